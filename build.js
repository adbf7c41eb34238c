// Bundles the command line into dist/: bundled and compiled because start-up matters (loading the same modules from
// node_modules costs several hundred milliseconds, compiling them anew as much as running them).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { CODE_CACHE } from './bin/bundle.js';

/**
 * js-yaml makes its state of two spread objects, which V8 gives a slow shape: reading YAML takes a third longer for it. A plain
 * literal means the same for what we pass (`maxDepth`).
 */
const plainState = {
  name: 'plain-state',
  setup({ onLoad }) {
    onLoad({ filter: /js-yaml[/\\]dist[/\\]js-yaml\.mjs$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const spread = /const state = \{\s*\.\.\.DEFAULT_PARSER_OPTIONS,\s*\.\.\.options,/;
      if (text.split(spread).length !== 2) throw new Error(`${file} makes its state in another way now`);
      const plain =
        'const state = { filename: "", maxDepth: options?.maxDepth ?? DEFAULT_PARSER_OPTIONS.maxDepth,';
      return { contents: text.replace(spread, plain) };
    });
  },
};

const packageFile = file => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));

/**
 * Packages whose whole costs more at each start than all of ours. string-width reads the list of all emoji: it is loaded for the
 * first text that is not plain. Of undici come the parts that open connections, as its index.js puts them together, without fetch,
 * caches, WebSockets and mocks. A part that is not there any more fails the build.
 */
const lean = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:string-width|undici)$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'lean',
    }));
    onLoad({ filter: /^string-width$/, namespace: 'lean' }, () => ({
      resolveDir: packageFile('string-width'),
      contents: 'let whole; export default text => (whole ??= require("./index.js").default)(text);',
    }));
    onLoad({ filter: /^undici$/, namespace: 'lean' }, () => ({
      resolveDir: packageFile('undici'),
      contents: `
        import Dispatcher from './lib/dispatcher/dispatcher.js';
        import api from './lib/api/index.js';
        Object.assign(Dispatcher.prototype, api);
        export { default as Agent } from './lib/dispatcher/agent.js';
        export { default as EnvHttpProxyAgent } from './lib/dispatcher/env-http-proxy-agent.js';
        export { default as Pool } from './lib/dispatcher/pool.js';
        export { default as buildConnector } from './lib/core/connect.js';`,
    }));
  },
};

const COMMON = {
  outdir: 'dist',
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [plainState, lean],
};

const commandLine = await build({
  ...COMMON,
  entryPoints: { slipway: 'src/main.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
});

/** What only `slipway mcp` loads: a library that costs more at each start than all the rest. */
const agents = await build({
  ...COMMON,
  entryPoints: { 'mcp-server': 'src/features/mcp/open-server.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

/** Threads load their own code. */
const threads = await build({
  ...COMMON,
  entryPoints: {
    'index-worker': 'src/charts/sources/index-worker.ts',
    'schema-worker': 'src/charts/schema/run-worker.ts',
    watchdog: 'src/system/tools/watchdog-worker.ts',
  },
  format: 'esm',
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: {
    js: "import { createRequire as slipwayCreateRequire } from 'node:module'; const require = slipwayCreateRequire(import.meta.url);",
  },
});

/** esbuild leaves regular expressions as they are; the escapes mean the same in them. */
function toAscii({ path: file, text }) {
  const escape = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return { path: file, contents: Buffer.from(text.replace(/[^\0-\x7f]/g, escape)) };
}

const built = [...[...commandLine.outputFiles, ...agents.outputFiles].map(toAscii), ...threads.outputFiles];
let changed = false;
// A slipway that starts meanwhile finds nothing that is half there.
for (const { path: file, contents } of built) {
  const old = await readFile(file).catch(() => undefined);
  if (old?.equals(contents)) continue;
  changed = true;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
}
const kept = new Set([
  ...built.map(({ path: file }) => file),
  ...(changed ? [] : caches(await readdir('dist'))),
]);
for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  const file = path.resolve(entry.parentPath, entry.name);
  if (entry.isFile() && !kept.has(file)) await rm(file, { force: true });
}
// What its commands print is not the build's.
if (!existsSync(CODE_CACHE)) execFileSync(process.execPath, ['scripts/compile.js'], { stdio: 'ignore' });

function caches(names) {
  return names.filter(name => name.endsWith('.cache')).map(name => path.resolve('dist', name));
}
