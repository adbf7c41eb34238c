// Bundles the command line into dist/: one entry for the binary, one for `npx plop`. Bundled because start-up
// matters (loading the same modules from node_modules costs several hundred milliseconds).
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: {
    main: 'src/main.ts',
    plop: 'src/plop.ts',
    'index-worker': 'src/charts/sources/index-worker.ts',
    watchdog: 'src/system/tools/watchdog-worker.ts',
  },
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as slipwayCreateRequire } from 'node:module'; const require = slipwayCreateRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// A slipway that runs meanwhile loads its chunks later: what stays the same is not touched, and nothing is half there.
for (const { path: file, contents } of outputFiles) {
  const old = await readFile(file).catch(() => undefined);
  if (old?.equals(contents)) continue;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
}
const built = new Set(outputFiles.map(({ path: file }) => file));
for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  const file = path.resolve(entry.parentPath, entry.name);
  if (entry.isFile() && file.endsWith('.js') && !built.has(file)) await rm(file, { force: true });
}
