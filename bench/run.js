// `npm run bench [name…]`: bundles the measurements (Node 20 runs no TypeScript) and runs them one after the other.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outfile = new URL('.run.mjs', import.meta.url).pathname;
await build({
  entryPoints: [new URL('main.ts', import.meta.url).pathname],
  outfile,
  bundle: true,
  packages: 'external',
  external: ['../test/support/tools.js'],
  format: 'esm',
  platform: 'node',
});
try {
  const { main } = await import(outfile);
  await main(process.argv.slice(2));
} finally {
  await rm(outfile, { force: true });
}
