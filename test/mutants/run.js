// `npm run test:mutants [row or file…]`: bundles the script (Node 20 runs no TypeScript) and runs it.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outfile = new URL(`.run-${process.pid}.mjs`, import.meta.url).pathname;
await build({
  entryPoints: [new URL('main.ts', import.meta.url).pathname],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
});
try {
  const { main } = await import(outfile);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(outfile, { force: true });
}
