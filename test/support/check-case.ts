import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import type { EngineVersions } from '../../src/render/engine.ts';
import type { RenderState } from '../../src/features/check/facts/rendered-facts.ts';
import { parseConfiguration } from '../../src/repository/configuration.ts';
import { kustomizedFolders } from '../../src/features/check/incremental/git-snapshot.ts';
import { checkRepository, type CheckResult } from '../../src/features/check/check-repository.ts';
import { chooseApps } from '../../src/features/check/choose-apps.ts';
import { deliveryFacts } from '../../src/features/check/deliveries/delivery-facts.ts';
import { judgeGenerators } from '../../src/features/check/facts/team-generators.ts';
import type { GeneratorSource } from '../../src/repository/generators/read.ts';
import { openDelivered } from '../../src/features/check/deliveries/open-delivered.ts';
import { judgeInstance } from '../../src/charts/schema/judge-instance.ts';
import type { RunSchemas } from '../../src/charts/schema/run-schemas.ts';
import type { News } from '../../src/features/check/facts/gather-app.ts';
import { emptyCheckCache } from '../../src/features/check/incremental/open-check-cache.ts';
import { planFixes } from '../../src/features/check/plan-fixes.ts';
import { isLookedInto } from '../../src/repository/looked-into.ts';
import type { Snapshot } from '../../src/features/check/incremental/snapshot.ts';
import { servedHere } from '../../src/features/check/facts/served-here.ts';
import { summarizeRepository } from '../../src/features/check/facts/repository-summary.ts';

const CASES = path.resolve(import.meta.dirname, '../cases');

export type Files = ReadonlyMap<string, string>;

/** One way of breaking a rule: a diff from the good repository, under lines that say what has to be found. */
export type CheckCase = {
  rule: string;
  way: string;
  files: Files;
  /** `file:line:column code`, in order; a severity before the code where it is not the rule's own. */
  finds: string[];
  /** The files as a person would correct them; undefined where nothing is certain. */
  corrected: Files | undefined;
  rendered: ReadonlyMap<string, { state: RenderState; key: string }>;
  tools: EngineVersions | undefined;
  news: News | undefined;
  /** What the last commit has; the good repository unless the case says otherwise. */
  committed: Files;
};

/** The repository that breaks no rule. */
export const GOOD: Files = readFolder(path.join(CASES, 'good'));

function readFolder(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .map(file => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

export function readCases(rule: string): CheckCase[] {
  const folder = path.join(CASES, rule);
  return readdirSync(folder)
    .filter(name => name.endsWith('.diff') && !/\.(?:fixed|committed)\.diff$/.test(name))
    .map(name => readCase(rule, path.join(folder, name)));
}

export function ruleFolders(): string[] {
  return readdirSync(CASES).filter(name => name !== 'good' && name !== 'upgrade');
}

function readCase(rule: string, file: string): CheckCase {
  const text = readFileSync(file, 'utf8');
  const first = text.search(/^diff --git /m);
  const start = first < 0 ? text.length : first;
  const head = text.slice(0, start).split('\n');
  const field = (name: string): string[] =>
    head.filter(line => line.startsWith(`${name} `)).map(line => line.slice(name.length + 1));
  const json = (name: string): unknown =>
    field(name)[0] === undefined ? undefined : JSON.parse(field(name)[0] ?? '');
  const [fixed] = field('fixed');
  const [committed] = field('committed');
  const rendered = (json('rendered') ?? {}) as Record<string, RenderState>;
  return {
    rule,
    way: path.basename(file, '.diff'),
    files: patched(text.slice(start)),
    finds: field('finds'),
    corrected:
      fixed === undefined
        ? undefined
        : fixed === 'good'
          ? GOOD
          : patched(readFileSync(path.join(path.dirname(file), fixed), 'utf8')),
    rendered: new Map(
      Object.entries(rendered).map(([app, state]) => [app, { state: whole(state), key: '' }]),
    ),
    tools: toolsOf(json('tools') as Partial<EngineVersions> | undefined),
    news: json('news') as News | undefined,
    committed:
      committed === undefined
        ? GOOD
        : patched(readFileSync(path.join(path.dirname(file), committed), 'utf8')),
  };
}

/** Those of PATH unless the case says otherwise. */
function toolsOf(found: Partial<EngineVersions> | undefined): EngineVersions | undefined {
  return found && { kind: 'tools', kustomize: '', helm: undefined, ...found };
}

/** The good repository with a diff of git's applied. */
function patched(diff: string): Files {
  const files = new Map(GOOD);
  for (const part of parsePatch(diff)) {
    const before = nameOf(part.oldFileName);
    const after = nameOf(part.newFileName);
    const text = before === undefined ? '' : (files.get(before) ?? '');
    const result = applyPatch(text, part);
    if (result === false) throw new Error(`${before} → ${after}: the diff does not apply`);
    if (before !== undefined) files.delete(before);
    if (after !== undefined) files.set(after, result);
  }
  return files;
}

function nameOf(name: string | undefined): string | undefined {
  return name === undefined || name === '/dev/null' ? undefined : name.replace(/^[ab]\//, '');
}

function idOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Files in memory, seen as the work tree is. */
function snapshotOf(files: Files): Snapshot {
  const names = [...files.keys()].toSorted();
  const folders = new Set(names.flatMap(name => parents(name)));
  const isSeen = (name: string): boolean =>
    parents(name).every(folder =>
      isLookedInto(folder, each => files.has(path.posix.join(path.posix.dirname(folder), each))),
    );
  const present = (wanted: readonly string[]): string[] => wanted.filter(name => files.has(name));
  return {
    files: new Map(names.filter(isSeen).map(name => [name, 'file'])),
    kindOf: name => (files.has(name) ? 'file' : folders.has(name) ? 'folder' : undefined),
    idsOf: async wanted => new Map(present(wanted).map(name => [name, idOf(files.get(name) ?? '')])),
    read: async wanted => new Map(present(wanted).map(name => [name, Buffer.from(files.get(name) ?? '')])),
    release: () => undefined,
    unusable: () => undefined,
  };
}

function parents(name: string): string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

type Checking = Pick<CheckCase, 'rendered' | 'tools' | 'news'> & { committed?: Files };

/** Checks every app of files in memory; the good repository is what was committed, unless the case says otherwise. */
export async function checkFiles(
  files: Files,
  { rendered, tools, news, committed = GOOD }: Checking,
): Promise<CheckResult & { mended: Files }> {
  const snapshot = snapshotOf(files);
  const memory = emptyCheckCache();
  const configuration = parseConfiguration(files.get('.slipway/config.yaml') ?? '');
  const summarized = await summarizeRepository(snapshot, memory, configuration);
  const { apps } = chooseApps(snapshot, summarized.summary, { kind: 'all' });
  const blobs = {
    read: missing,
    has: async () => false,
    write: async () => '',
    remove: async () => undefined,
    touch: async () => undefined,
  };
  // The same judge, in this thread: nothing has to be built.
  const runSchemas: RunSchemas = async orders => orders.map(judgeInstance);
  const sources = { snapshot, disk: snapshot, blobs, committed: committedAs(committed), runSchemas };
  const signal = new AbortController().signal;
  const delivered = await openDelivered(snapshot, summarized.summary);
  const deliveries = delivered && { id: delivered.id, facts: deliveryFacts(delivered) };
  const about = { sources, summarized, configuration, memory, signal, rendered, tools, news };
  const generators = await judgeGenerators(sourceOf(files));
  const context = {
    ...about,
    deliveries,
    generators,
    isWhole: true,
    scope: apps.map(({ folder }) => folder),
  };
  const result = await checkRepository(context, apps);
  const { changes } = await planFixes(
    {
      sources,
      summary: summarized.summary,
      served: servedHere(summarized.summary, rendered),
      rendered: folder => rendered.get(folder)?.state,
      news: news ?? { newer: [], published: [] },
      rules: configuration.rules ?? {},
    },
    apps,
  );
  const mended = new Map(files);
  for (const change of changes)
    if (change.kind === 'file' && change.action !== 'delete')
      mended.set(change.path, Buffer.from(change.content).toString());
  return { ...result, mended };
}

/** The same files, as generators are read. */
function sourceOf(files: Files): GeneratorSource {
  const below = (folder: string): string[] => [...files.keys()].filter(name => name.startsWith(`${folder}/`));
  return {
    list: async folder => {
      const inside = below(folder).map(name => name.slice(folder.length + 1).split('/'));
      const kinds = new Map(
        inside.map(([name = '', ...rest]) => [name, rest.length > 0 ? 'folder' : 'file']),
      );
      const entries = [...kinds].map(([name, kind]) => ({ name, kind: kind as 'file' | 'folder' }));
      return entries.length > 0 ? entries : undefined;
    },
    walk: async folder => below(folder).map(name => ({ path: name, kind: 'file' as const })),
    readEach: async names => ({
      contents: new Map([...names].map(name => [name, Buffer.from(files.get(name) ?? '')])),
      problems: new Map(),
    }),
  };
}

async function missing() {
  return { state: 'missing' as const };
}

function committedAs(files: Files) {
  const snapshot = snapshotOf(files);
  const kustomizations = [...files].filter(([name]) => name.endsWith('/kustomization.yaml'));
  const entries = new Map(
    [...files].map(([name, text]) => [name, { id: idOf(text), kind: 'file' as const }]),
  );
  const read = async (names: readonly string[]) => new Map(await snapshot.read(names));
  return {
    id: 'good',
    paths: {
      folders: [...kustomizedFolders(kustomizations.map(([name]) => name))],
      kustomizations: Object.fromEntries(kustomizations.map(([name, text]) => [name, idOf(text)])),
    },
    read,
    tree: async () => ({ entries, read }),
  };
}

/** Cases leave out what is empty in nearly all of them. */
function whole(state: RenderState): RenderState {
  if (state.status !== 'rendered') return state;
  return {
    ...state,
    facts: {
      ...state.facts,
      releases: state.facts.releases ?? [],
      open: state.facts.open ?? [],
      served: state.facts.served ?? {},
      refused: state.facts.refused ?? [],
      cutSchemas: state.facts.cutSchemas ?? [],
      warnings: state.facts.warnings ?? [],
    },
  };
}
