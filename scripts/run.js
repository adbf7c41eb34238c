// `node scripts/run.js <file.ts> [argument…]`: bundles a script beside itself (Node 20 runs no TypeScript) and runs its `main`.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('usage: node scripts/run.js <file.ts> [argument…]');
const outfile = path.resolve(path.dirname(entry), `.run-${process.pid}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  // It finds the tools beside its own file.
  external: ['*/tools.js'],
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
});
try {
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(args);
} finally {
  await rm(outfile, { force: true });
}
