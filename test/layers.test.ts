import { describe, expect, test } from 'vitest';
import { longestChains, type SourceFile, sourceFiles } from './support/source-tree.ts';

const files = sourceFiles();
const imports = files.flatMap(source => source.imports);
const valueImports = imports.filter(({ typeOnly }) => !typeOnly);
const own = new Set(files.map(({ file }) => file));

/** The kernels, lower first. A file may import from its own kernel and from those above it in this list; types too. */
const KERNELS = [
  ['src/errors.ts', 'src/text/', 'src/locales/'],
  ['src/data/'],
  ['src/change-set.ts'],
  ['src/archive/'],
  ['src/system/'],
  ['src/yaml/'],
  ['src/values/'],
  ['src/repository/'],
  ['src/deliveries/'],
  ['src/charts/'],
  ['src/render/'],
  ['src/sealing/'],
  ['src/scaffold/'],
  ['src/output/'],
  ['src/cli/'],
];

/** What runs the house: it may import everything, and nothing imports it. */
const ENTRANCES = /^src\/(?:main|cli|commands|plop)\.ts$/;

/** The one place that may import each dependency. */
const OWNERS: Record<string, RegExp> = {
  'node-plop': /^src\/plop\.ts$/,
  '@inquirer/prompts': /^src\/output\/prompts\.ts$/,
  handlebars: /^src\/repository\/templates\.ts$/,
  'js-yaml': /^src\/yaml\/events\.ts$/,
  '@cfworker/json-schema': /^src\/charts\/schema\/judge-instance\.ts$/,
  yaml: /^src\/(?:yaml|values|repository)\//,
  undici: /^src\/system\/http\/proxied-lane\.ts$/,
  semver: /^src\/charts\/versions\/versions\.ts$/,
  'tar/header': /^src\/archive\/chart-archive\.ts$/,
  'tar/parse': /^src\/archive\/chart-archive\.ts$/,
  diff: /^src\/output\//,
  '@modelcontextprotocol/server': /^src\/features\/mcp\/open-server\.ts$/,
  ignore: /^src\/repository\/gitignore\.ts$/,
};

/** Their names say that they act: they open, run, write; the gate of `src/render` hands to renderers what it let pass. */
const EFFECTS = [
  /^src\/system\//,
  /^src\/charts\/(?:sources\/|network\.ts$)/,
  /^src\/render\/[^/]+\.ts$/,
  /(?:^|\/)(?:command|(?:open|run|write)(?:-[a-z-]+)?)\.ts$/,
  ENTRANCES,
];

/** What node offers beyond computing. */
const PURE_NODE = /^node:(?:path|util|buffer|crypto|url|zlib)(?:\/|$)/;

function kernelOf(file: string): number {
  return KERNELS.findIndex(prefixes => prefixes.some(prefix => file.startsWith(prefix)));
}

/** `upgrade` for its feature folder and for its generator. */
function featureOf(file: string): string | undefined {
  return /^(?:src\/features|generators)\/([^/]+)\//.exec(file)?.[1];
}

function isGenerator(file: string): boolean {
  return file.startsWith('generators/');
}

function shown({ from, to }: { from: string; to: string }): string {
  return `${from} → ${to}`;
}

describe('where a file may look', () => {
  test('every file is a kernel, a feature, a generator or an entrance', () => {
    const strays = [...own].filter(
      file =>
        kernelOf(file) < 0 && featureOf(file) === undefined && !isGenerator(file) && !ENTRANCES.test(file),
    );
    expect(strays).toEqual([]);
  });

  test('kernels import lower kernels only, never a feature or a generator', () => {
    const upward = imports.filter(({ from, to }) => {
      if (kernelOf(from) < 0 || !own.has(to)) return false;
      return kernelOf(to) < 0 || kernelOf(to) > kernelOf(from);
    });
    expect(upward.map(shown)).toEqual([]);
  });

  test('features never import each other; a generator and its feature may, generators share', () => {
    const across = imports.filter(({ from, to }) => {
      const [a, b] = [featureOf(from), featureOf(to)];
      if (a === undefined || b === undefined || a === b) return false;
      return !(isGenerator(from) && isGenerator(to)) && !(isGenerator(to) && !isGenerator(from));
    });
    expect(across.map(shown)).toEqual([]);
  });

  test('nothing imports an entrance but the one above it', () => {
    const above = imports.filter(({ from, to }) => ENTRANCES.test(to) && !ENTRANCES.test(from));
    expect(above.map(shown)).toEqual([]);
  });

  test('no cycle, types included', () => {
    expect(cycles(files)).toEqual([]);
  });
});

function cycles(sources: readonly SourceFile[]): string[] {
  const graph = new Map(
    sources.map(({ file, imports: found }) => [file, found.map(({ to }) => to).filter(to => own.has(to))]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

describe('effects', () => {
  test('only files that say so touch files, processes, the network or the machine', () => {
    const acting = valueImports.filter(
      ({ from, to }) =>
        !EFFECTS.some(pattern => pattern.test(from)) &&
        (to.startsWith('src/system/') || (to.startsWith('node:') && !PURE_NODE.test(to))),
    );
    expect(acting.map(shown)).toEqual([]);
  });

  test('what does not act knows the paths of a repository, which have the same form on every system', () => {
    const pure = files.filter(
      ({ file }) => kernelOf(file) >= 0 && !EFFECTS.some(pattern => pattern.test(file)),
    );
    const ofThisSystem = pure.flatMap(({ file, text }) => {
      if (!/^import path from 'node:path'/m.test(text)) return [];
      return [
        ...text.matchAll(
          /\bpath\.(?!posix\b)(?:join|resolve|relative|dirname|basename|normalize|sep|isAbsolute)\b/g,
        ),
      ].map(([found]) => `${file}: ${found}`);
    });
    expect(ofThisSystem).toEqual([]);
  });

  test('one door for every program', () => {
    const doors = imports.filter(({ to }) => /^(?:node:)?(?:child_process|cluster)$/.test(to));
    expect(doors.map(({ from }) => from)).toEqual(['src/system/tools/process.ts']);
  });

  test('what leaves the process goes through one door', () => {
    // JSON for programs is made by toJson, which escapes what acts or hides; diff's view shows single values to people.
    const printers = files.filter(
      ({ file, text }) =>
        /^src\/(?:cli\/|cli\.ts|features\/[^/]+\/(?:view|command|run[^/]*)\.ts)/.test(file) &&
        text.includes('JSON.stringify('),
    );
    expect(printers.map(({ file }) => file)).toEqual(['src/features/diff/view.ts']);
    const writers = files.filter(({ text }) =>
      /process\.std(?:out|err)\.write|console\.(?:log|error|warn|info)\(/.test(text),
    );
    expect(writers.map(({ file }) => file)).toEqual([]);
  });

  /** Where each renderer is started: behind the gate of `src/render/gate`, or with nothing but an archive or one chart. */
  const DOORS: [call: RegExp, files: string[]][] = [
    [/\bfindKustomize\(\{/, ['src/render/tools-engine.ts']],
    [/\bfindHelm\(/, ['src/render/tools-engine.ts']],
    [/\bcreateRenderer\(/, ['src/render/inside-engine.ts']],
    [/\binScratchFolder\(/, ['src/render/tools-engine.ts']],
    [/\bengine\.build\(/, ['src/render/renderers.ts']],
    [/\bengine\.template\(/, ['src/render/renderers.ts']],
  ];

  test.each(DOORS)('%s is called behind the gate only', (call, doors) => {
    const callers = files.filter(({ file, text }) => !file.startsWith('src/system/') && call.test(text));
    expect(callers.map(({ file }) => file).toSorted()).toEqual(doors);
  });

  test('a path of the repository is made by its check only', () => {
    const makers = files.filter(({ text }) => text.includes('as RepositoryPath'));
    expect(makers.map(({ file }) => file)).toEqual(['src/repository/repository-path.ts']);
  });
});

describe('doors', () => {
  test('each dependency has its owner', () => {
    const strangers = imports.filter(
      ({ from, to, typeOnly }) =>
        OWNERS[to] !== undefined && (!typeOnly || to === 'node-plop') && !OWNERS[to].test(from),
    );
    expect(strangers.map(shown)).toEqual([]);
  });

  test('YAML of people is edited through one door, and only the values merge splices by itself', () => {
    const inside = 'src/yaml/edit/';
    const besides = imports.filter(
      ({ from, to }) => to.startsWith(inside) && !from.startsWith(inside) && from !== 'src/yaml/edit.ts',
    );
    expect(besides.map(shown)).toEqual([]);
    const splicers = files.filter(({ text }) => /\bapplyEdits\b[^;]*from '[^']*text\.ts'/.test(text));
    const others = splicers.map(({ file }) => file).filter(file => !file.startsWith('src/values/'));
    // check joins the byte ranges that the editor gave it.
    expect(others.toSorted()).toEqual(['src/features/check/plan-fixes.ts', 'src/yaml/edit.ts']);
  });
});

describe('size', () => {
  const MOST = { depth: 10, fileLines: 300, functionLines: 50, fragmentLines: 40 };

  /** An `import()` begins a new chain: what it loads is not there until somebody asks for it. */
  test(`at most ${MOST.depth} imports on top of each other`, () => {
    const chains = [...longestChains(files).values()].filter(chain => chain.length - 1 > MOST.depth);
    expect(chains.map(chain => `${chain.length - 1}: ${chain.join(' → ')}`)).toEqual([]);
  });

  test(`no file over ${MOST.fileLines} lines, no function over ${MOST.functionLines}`, () => {
    const large = files.filter(({ lines }) => lines > MOST.fileLines);
    expect(large.map(({ file, lines }) => `${file} ${lines}`)).toEqual([]);
    const long = files
      .flatMap(({ functions }) => functions)
      .filter(({ lines }) => lines > MOST.functionLines);
    expect(long.map(({ file, name, lines }) => `${file} ${name} ${lines}`)).toEqual([]);
  });

  test(`what one file uses and is under ${MOST.fragmentLines} lines lives in it`, () => {
    expect(fragments(MOST.fragmentLines)).toEqual([]);
  });

  /** Files with one importer at the same address. Entries of a table (a rule, an output format, an area of the catalogue) are
   *  read and written one by one, and what is loaded on demand has to be a file. */
  function fragments(under: number): string[] {
    const importers = new Map<string, Set<string>>();
    for (const { from, to } of imports) importers.set(to, (importers.get(to) ?? new Set()).add(from));
    const lazy = new Set(imports.filter(edge => edge.lazy).map(({ to }) => to));
    return files
      .filter(({ file, lines }) => {
        const [importer, ...more] = importers.get(file) ?? [];
        const isEntry = /\/(?:rules|formats|en|zh-CN)\/[^/]+$/.test(file);
        if (importer === undefined || more.length > 0 || lines >= under || lazy.has(file) || isEntry)
          return false;
        return addressOf(file) === addressOf(importer);
      })
      .map(({ file, lines }) => `${file} ${lines}`);
  }

  function addressOf(file: string): string {
    return featureOf(file) ?? `kernel ${kernelOf(file)}`;
  }
});

test('every exported function says what it takes, gives and throws', () => {
  const silent = files
    .flatMap(({ functions }) => functions)
    .filter(({ exported, documented }) => exported && !documented);
  expect(silent.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

test('an exported name means one thing: a command’s entrance, its flags and the catalogues apart', () => {
  const program = files.filter(
    ({ file }) => !/\/(?:locales\/(?:en|zh-CN)\/[^/]+|command|flags)\.ts$/.test(file),
  );
  const places = new Map<string, string[]>();
  for (const { file, text } of program)
    for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:type|function|const|class) (\w+)/gm))
      places.set(name, [...(places.get(name) ?? []), file]);
  const shared = [...places].filter(([, where]) => where.length > 1);
  expect(shared.map(([name, where]) => `${name}: ${where.join(', ')}`)).toEqual([]);
});
