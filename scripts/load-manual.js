// What scripts need of the tables of the command line: bundled for this run, since Node 20 runs no TypeScript.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What commands load only when they run is left out. */
const lazily = {
  name: 'lazily',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path: name }) =>
      kind === 'dynamic-import' && !/(?:^|-|\/)command\.ts$/.test(name)
        ? { path: name, external: true }
        : undefined,
    );
  },
};

/** What scripts/manual.ts exports. */
export async function loadManual() {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'scripts/manual.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    define: { 'import.meta.url': 'ownUrl' },
    banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
    plugins: [lazily],
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-manual-'));
  try {
    const program = path.join(folder, 'manual.cjs');
    await writeFile(program, outputFiles[0].contents);
    return await import(pathToFileURL(program).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
