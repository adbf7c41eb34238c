// Bundles the command line into dist/: bundled and compiled because start-up matters (loading the same modules from
// node_modules costs several hundred milliseconds, compiling them anew as much as running them).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { CODE_CACHE } from './bin/bundle.js';
import { loadManual } from './scripts/load-manual.js';

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

/** Of the names inside of functions of libraries nobody reads any in a stack: they were a fifth of the libraries. */
const shortNames = {
  name: 'short-names',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]node_modules[/\\].+\.[cm]?js$/ }, async ({ path: file }) => {
      const { code } = await transform(await readFile(file, 'utf8'), { minifyIdentifiers: true });
      return { contents: code };
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
  metafile: true,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [plainState, lean, shortNames],
};

const COMMON_JS = {
  ...COMMON,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
};

const commandLine = await build({ ...COMMON_JS, entryPoints: { slipway: 'src/main.ts' } });

/** Runs before all of slipway, and often instead of it: nothing but what it needs may come with it. */
const before = await build({
  ...COMMON_JS,
  entryPoints: { again: 'src/features/check/again/run-again.ts' },
});

/** What only `slipway mcp` loads: a library that costs more at each start than all the rest. */
const agents = await build({
  ...COMMON,
  entryPoints: { 'mcp-server': 'src/features/mcp/open-server.ts' },
  // Nearly all of it is the library's and its schemas: nobody looks for our names in its stack.
  minifyIdentifiers: true,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

/** Threads load their own code. */
const THREADS = {
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
};
const threads = await build({ ...THREADS, plugins: [...COMMON.plugins, await sentencesOf(THREADS)] });

/**
 * Of all sentences a thread says a few, and the others were most of its code: the areas that no file of it names in a key are left
 * out. A key is always written as a whole, `'area.key'`, or the compiler would not know it.
 */
async function sentencesOf(settings) {
  const { metafile } = await build(settings);
  const areaOf = file => /(?:^|\/)src\/locales\/(?:en|zh-CN)\/(.+)\.ts$/.exec(file)?.[1];
  const sources = Object.keys(metafile.inputs).filter(file => file.startsWith('src/') && !areaOf(file));
  const texts = await Promise.all(sources.map(file => readFile(file, 'utf8')));
  const said = new Set(texts.flatMap(text => [...text.matchAll(/'(\w+)\.\w+'/g)].map(([, area]) => area)));
  return {
    name: 'sentences',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]src[/\\]locales[/\\](?:en|zh-CN)[/\\].+\.ts$/ }, ({ path: file }) => {
        const area = areaOf(file.split(path.sep).join('/')).replaceAll(/-(\w)/g, (_, letter) =>
          letter.toUpperCase(),
        );
        return said.has(area) ? undefined : { contents: `export const ${area} = {};` };
      });
    },
  };
}

/** esbuild leaves regular expressions as they are; the escapes mean the same in them. */
function toAscii({ path: file, text }) {
  const escape = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return { path: file, contents: Buffer.from(text.replace(/[^\0-\x7f]/g, escape)) };
}

/**
 * The packages of which code is in `outputs`: what a licence asks to go along with, and what a list of parts names. By name; each
 * is there once, as `npm ci` lays it.
 */
async function bundledPackages(outputs) {
  const inside = outputs.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inside.flatMap(
    file => /^(?:lean:)?.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [],
  );
  return Promise.all([...new Set(folders)].toSorted(byText).map(packageAt));
}

const byText = (a, b) => (a < b ? -1 : 1);

async function packageAt(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter(file => /^(?:licen[sc]e|notice|copying)/i.test(file));
  const texts = await Promise.all(
    files.toSorted(byText).map(file => readFile(path.join(folder, file), 'utf8')),
  );
  return { name, version, license, text: texts.join('\n') };
}

/** The texts; where a package has none, the name of its licence stands alone. */
function licencesOf(packages) {
  return packages
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** When the sources were committed, so that the same sources make the same files; unknown without git. */
function dateOfSources() {
  const { SOURCE_DATE_EPOCH: given } = process.env;
  if (given) return new Date(Number(given) * 1000).toISOString();
  try {
    const words = ['log', '-1', '--format=%ct'];
    const seconds = execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return new Date(Number(seconds) * 1000).toISOString();
  } catch {
    return undefined;
  }
}

/** The manual, by the tables of the command line as they stand now. */
async function manual() {
  const { manPages } = await loadManual();
  const [en, zh] = await Promise.all(['README.md', 'README.zh-CN.md'].map(file => readFile(file, 'utf8')));
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const day = (facts.sources ?? '').slice(0, 10);
  const pages = await manPages({ version, day, readme: { en, 'zh-CN': zh } });
  return [...pages].map(([name, contents]) => ({ path: path.resolve('dist/man', name), contents }));
}

const packages = await bundledPackages([commandLine, before, agents, threads]);
const facts = {
  sources: dateOfSources(),
  packages: packages.map(({ name, version, license }) => ({ name, version, license })),
};
const texts = [
  { path: path.resolve('dist/build.json'), contents: Buffer.from(`${JSON.stringify(facts, null, 2)}\n`) },
  { path: path.resolve('dist/THIRD-PARTY.txt'), contents: Buffer.from(licencesOf(packages)) },
  ...(await manual()),
];

const programs = [...commandLine.outputFiles, ...agents.outputFiles, ...before.outputFiles];
const built = [...programs.map(toAscii), ...threads.outputFiles, ...texts];
let changed = false;
// A slipway that starts meanwhile finds nothing that is half there.
for (const { path: file, contents } of built) {
  const old = await readFile(file).catch(() => undefined);
  if (old?.equals(contents)) continue;
  changed ||= !texts.some(({ path: text }) => text === file);
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
