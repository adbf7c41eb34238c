import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** From top to bottom. A file may import values from its own layer and from those below. */
const LAYERS = [
  { name: 'cli', files: /^src\/(main|cli|help|report-error|plop|plop-arguments)\.ts$/ },
  { name: 'commands', files: /^src\/commands\// },
  { name: 'generators', files: /^generators\// },
  { name: 'use-cases', files: /^src\/use-cases\// },
  { name: 'domain', files: /^src\/domain\// },
  { name: 'io', files: /^src\/io\// },
  {
    name: 'floor',
    files: /^src\/(append|errors|display|file-name|flags|redaction|session|shell-quote|json|memoized)\.ts$/,
  },
];

/** The one file that may import each dependency. */
const OWNERS: Record<string, string[]> = {
  'node-plop': ['src/plop.ts'],
  '@inquirer/prompts': ['src/output/prompts.ts'],
  handlebars: ['src/repository/templates.ts'],
  'js-yaml': ['src/yaml/events.ts'],
  undici: ['src/system/http/http-transport.ts'],
  semver: ['src/charts/versions/versions.ts'],
  tar: ['src/system/archive/chart-archive.ts'],
  diff: ['src/output/text-diff.ts'],
  ignore: ['src/repository/gitignore.ts'],
};

type Import = { from: string; to: string; typeOnly: boolean };

const files = ['src', 'generators'].flatMap(folder =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => path.posix.join(folder, name.split(path.sep).join('/'))),
);
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?([^;'"]*?)\s*(?:from\s+)?'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, names = '', fixed, lazy]) => {
    const target = fixed ?? lazy ?? '';
    const to = target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target;
    const named =
      /^\{([^}]*)\}$/
        .exec(names.trim())?.[1]
        ?.split(',')
        .filter(name => name.trim() !== '') ?? [];
    const onlyTypes = named.length > 0 && named.every(name => name.trim().startsWith('type '));
    return { from: file, to, typeOnly: type !== undefined || onlyTypes };
  });
}

function layerOf(file: string): number {
  return LAYERS.findIndex(layer => layer.files.test(file));
}

/** A type says what is handed over: the floor may name any, io those of the domain, anyone the command table's. */
function mayNameTypeOf(from: string, to: string): boolean {
  const layer = LAYERS[layerOf(from)]?.name;
  return layer === 'floor' || to === 'src/cli.ts' || (layer === 'io' && to.startsWith('src/domain/'));
}

test('every source file belongs to a layer', () => {
  expect(files.filter(file => layerOf(file) < 0)).toEqual([]);
});

test('imports go down only', () => {
  const upward = imports.filter(({ from, to, typeOnly }) => {
    const target = layerOf(to);
    return target >= 0 && target < layerOf(from) && !(typeOnly && mayNameTypeOf(from, to));
  });
  expect(upward).toEqual([]);
});

test('the domain takes types, never values, from io', () => {
  const effects = imports.filter(
    ({ from, to, typeOnly }) =>
      from.startsWith('src/domain/') &&
      !typeOnly &&
      (to.startsWith('src/io/') || /^node:(?!path|util|buffer|crypto)/.test(to)),
  );
  expect(effects).toEqual([]);
});

test('what leaves the process goes through one door', () => {
  const using = (pattern: RegExp, own: RegExp): string[] =>
    files.filter(file => own.test(file) && pattern.test(readFileSync(path.join(ROOT, file), 'utf8')));
  // JSON for programs is made by toJson, which escapes what acts or hides; show-diff shows single values to people.
  expect(using(/JSON\.stringify\(/, /^src\/(commands\/|report-error|cli)/)).toEqual([
    'src/features/diff/view.ts',
  ]);
  // main prints its own version number before anything is loaded.
  const printers = using(/process\.std(?:out|err)\.write|console\.(?:log|error|warn|info)\(/, /./);
  expect(printers).toEqual(['src/main.ts']);
});

test('no cycle of value imports', () => {
  const graph = new Map(
    files.map(file => [
      file,
      imports
        .filter(edge => edge.from === file && !edge.typeOnly && files.includes(edge.to))
        .map(edge => edge.to),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): void => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('YAML of people is edited through one door, and only the values merge splices by itself', () => {
  const inside = 'src/domain/yaml/edit/';
  const besides = imports.filter(
    ({ from, to }) => to.startsWith(inside) && !from.startsWith(inside) && from !== 'src/yaml/edit.ts',
  );
  expect(besides).toEqual([]);
  const splicers = files.filter(file =>
    /\bapplyEdits\b[^;]*from '[^']*text\.ts'/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  const others = splicers.filter(file => !file.startsWith('src/domain/values/'));
  // check joins the byte ranges that the editor gave it.
  expect(others).toEqual(['src/features/check/apply-fixes.ts', 'src/yaml/edit.ts']);
});

test('one door for every program', () => {
  const doors = imports.filter(({ to }) => /^(?:node:)?(?:child_process|cluster)$/.test(to));
  expect(doors.map(({ from }) => from)).toEqual(['src/system/tools/process.ts']);
});

test('each dependency has its owner', () => {
  const strangers = imports.filter(
    ({ from, to, typeOnly }) =>
      (!typeOnly || to === 'node-plop') && OWNERS[to] !== undefined && !OWNERS[to].includes(from),
  );
  expect(strangers).toEqual([]);
  const parsesYaml = imports.filter(
    ({ from, to, typeOnly }) => to === 'yaml' && !typeOnly && !from.startsWith('src/domain/yaml/'),
  );
  expect(parsesYaml).toEqual([]);
});

/** Where each renderer is started: behind the gate of `domain/render`, or with nothing but an archive or one chart. */
const DOORS: [call: RegExp, files: string[]][] = [
  [/\bkustomize\.build\(/, ['src/render/build-app.ts']],
  [
    /\bhelm\.template\(/,
    ['src/render/inspect-app.ts', 'src/render/inspect-existing-app.ts', 'src/features/upgrade/render-app.ts'],
  ],
  [/\binScratchFolder\(/, ['src/render/build-app.ts', 'src/render/inspect-existing-app.ts']],
];

test.each(DOORS)('%s is called behind the gate only', (call, doors) => {
  const callers = files.filter(
    file => !file.startsWith('src/io/') && call.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(callers.toSorted()).toEqual(doors);
});

test('a path of the repository is made by its check only', () => {
  const makers = files.filter(file =>
    readFileSync(path.join(ROOT, file), 'utf8').includes('as RepositoryPath'),
  );
  expect(makers).toEqual(['src/repository/repository-path.ts']);
});
