import path from 'node:path';
import { type CheckConventions, isYaml } from './app-facts.ts';
import type { FolderSummary } from './folder-summary.ts';
import { roomForSummaries, summarizeFiles, takeRoom } from './file-summary.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { parentOf } from './convention-summary.ts';
import { digestOfJson } from '../../../data/digest.ts';
import { lookOver, type Overview } from './overview.ts';
import { isScript } from '../../../repository/unread/chart-lines.ts';
import { idOf } from '../incremental/id-of.ts';
import { kustomizedFolders } from '../incremental/git-snapshot.ts';
import type { CheckCache } from '../incremental/open-check-cache.ts';
import { memoized } from '../../../data/memoized.ts';
import { type Snapshot, textsOf } from '../incremental/snapshot.ts';
import { sightOfSets } from './set-sight.ts';

/** What a whole repository looks like from afar. */
export type RepositorySummary = Omit<Overview, 'clusters' | 'namedOutside' | 'rules'> & {
  /** By folder; '' for files that are in none. */
  summaries: ReadonlyMap<string, FolderSummary>;
  clusters: ReadonlySet<string>;
  namedOutside: ReadonlySet<string>;
  conventionsOf(environment: string | undefined): CheckConventions;
  /** The digest of all that holds for every app of an environment. */
  rulesOf(environment: string | undefined): string;
  /** The summaries of a folder and of what lies in it. */
  within(folder: string): readonly FolderSummary[];
  /** Files of a folder and of what lies in it that had no room beside the others of the repository. */
  unreadIn(folder: string): readonly string[];
};

export type RepositorySummaryResult = {
  summary: RepositorySummary;
  remembered: Pick<CheckCache, 'summaries' | 'summaryIds' | 'overview'>;
  /** How many are not those of the last run. */
  fresh: number;
};

/** Summaries each folder whose files are not those of the last run; where none is, what they come to is known too. */
export async function summarizeRepository(
  snapshot: Snapshot,
  memory: CheckCache,
  configuration: Configuration,
): Promise<RepositorySummaryResult> {
  const groups = filesByFolder(snapshot);
  const idNow = (): Promise<string> => overviewId(snapshot, groups, configuration);
  // With nothing to compare it with it is asked for last: contents are read for their ids and their summaries at once then.
  const early = memory.overview === undefined ? undefined : await idNow();
  const known = memory.overview?.id === early ? memory.overview : undefined;
  if (known) return { summary: summaryOf(known.facts, memory.summaries, []), remembered: memory, fresh: 0 };
  const { summaries, summaryIds, fresh } = await summarizeFolders(snapshot, memory, groups);
  const gitignores = await gitignoresIn(snapshot);
  const sets = await sightOfSets(snapshot, [...summaries.values()]);
  const facts = lookOver({ summaries, files: snapshot.files.keys(), gitignores, sets }, configuration);
  const unread = [...summaries.values()].flatMap(summary => summary.unread);
  // What had no room beside other folders may have some next time.
  const overview = unread.length === 0 ? { id: early ?? (await idNow()), facts } : undefined;
  return {
    summary: summaryOf(facts, summaries, unread),
    remembered: { summaries, summaryIds, overview },
    fresh,
  };
}

/** What is known of a whole repository, where only some of its folders are looked at. */
export type KnownOverview = { facts: Overview; unread: readonly string[] };

/** Summaries the folders of a snapshot that holds some of a repository; what holds for all of it is known. */
export async function summarizeSome(
  snapshot: Snapshot,
  memory: CheckCache,
  { facts, unread }: KnownOverview,
): Promise<RepositorySummaryResult> {
  const { fresh, ...own } = await summarizeFolders(snapshot, memory, filesByFolder(snapshot));
  return {
    summary: summaryOf(facts, own.summaries, unread),
    remembered: { ...own, overview: undefined },
    fresh,
  };
}

/** What a summary holds for a whole repository, as plain data. */
export function overviewOf(summary: RepositorySummary): Overview {
  const { summaries: _, within: __, unreadIn: ___, ...whole } = summary;
  const { clusters, namedOutside, conventionsOf, rulesOf, ...facts } = whole;
  const environments = ['', ...new Set(facts.apps.map(({ environment }) => environment))];
  const rules = environments.map(environment => {
    const given = environment === '' ? undefined : environment;
    return { environment, conventions: conventionsOf(given), digest: rulesOf(given) };
  });
  return { ...facts, clusters: [...clusters], namedOutside: [...namedOutside], rules };
}

/** The id of all that an overview rests on: which files there are, the contents of those that are summarized, and what was chosen. */
async function overviewId(
  snapshot: Snapshot,
  groups: ReadonlyMap<string, string[]>,
  configuration: Configuration,
): Promise<string> {
  const files = [...snapshot.files.keys()];
  // Generators of ApplicationSets take parameters out of JSON too.
  const others = files.filter(file => isGitignore(file) || file.endsWith('.json'));
  const ids = await snapshot.idsOf([...[...groups.values()].flat(), ...others]);
  return digestOfJson([configuration, idOf(files, ids)]);
}

async function summarizeFolders(
  snapshot: Snapshot,
  memory: CheckCache,
  groups: ReadonlyMap<string, string[]>,
): Promise<Pick<CheckCache, 'summaries' | 'summaryIds'> & { fresh: number }> {
  const summaryIds = new Map<string, string>();
  const changed = new Map<string, FolderSummary>();
  const room = roomForSummaries();
  for (const [folder, files] of groups) {
    const id = idOf(files, await snapshot.idsOf(files));
    const known = memory.summaryIds.get(folder) === id ? memory.summaries.get(folder) : undefined;
    const isKnown = known?.unread.length === 0 && takeRoom(room, known);
    if (!isKnown) changed.set(folder, compact(await summarizeFiles(snapshot, { folder, files }, room)));
    summaryIds.set(folder, id);
  }
  const summaries = memory.summaries.pick([...groups.keys()], changed);
  return { summaries, summaryIds, fresh: changed.size };
}

/** As the next run reads it. What parsers give holds on to whole texts, and takes three times as much. */
function compact(summary: FolderSummary): FolderSummary {
  return JSON.parse(JSON.stringify(summary)) as FolderSummary;
}

function summaryOf(
  { clusters, namedOutside, rules, ...facts }: Overview,
  summaries: ReadonlyMap<string, FolderSummary>,
  unread: readonly string[],
): RepositorySummary {
  const known = new Map(rules.map(each => [each.environment, each]));
  const rulesFor = (environment = ''): Overview['rules'][number] => {
    const found = known.get(environment);
    if (!found) throw new Error(`no app is in ${environment}`);
    return found;
  };
  return {
    ...facts,
    summaries,
    clusters: new Set(clusters),
    namedOutside: new Set(namedOutside),
    conventionsOf: environment => rulesFor(environment).conventions,
    rulesOf: environment => rulesFor(environment).digest,
    within: nesting(summaries),
    unreadIn: folder => unread.filter(file => file.startsWith(`${folder}/`)),
  };
}

/** The YAML files and scripts of each folder with a kustomization, by the nearest one; values files say nothing to others. */
function filesByFolder(snapshot: Snapshot): ReadonlyMap<string, string[]> {
  const folders = kustomizedFolders(snapshot.files.keys());
  const nearest = new Map<string, string>();
  const ownerOf = (folder: string): string => {
    const known = nearest.get(folder);
    if (known !== undefined) return known;
    const owner = folders.has(folder) || folder === '' ? folder : ownerOf(parentOf(folder));
    nearest.set(folder, owner);
    return owner;
  };
  const groups = new Map<string, string[]>([...folders].map(folder => [folder, []]));
  for (const [file, kind] of snapshot.files) {
    if (kind !== 'file' || !(isYaml(file) || isScript(file))) continue;
    const owner = ownerOf(parentOf(file));
    if (file.startsWith(`${owner}/values/`)) continue;
    const group = groups.get(owner) ?? [];
    group.push(file);
    groups.set(owner, group);
  }
  // In one order, whether a disk or git names the files: what rests on it is the same then.
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isGitignore(file: string): boolean {
  return path.posix.basename(file) === '.gitignore';
}

/** A .gitignore has some lines. */
const MOST_IGNORED = 64 << 10;

/** The text of every .gitignore, by path; one that is none counts as empty. */
async function gitignoresIn(snapshot: Snapshot): Promise<Map<string, string>> {
  const files = [...snapshot.files.keys()].filter(isGitignore);
  // Most are the same.
  const ids = await snapshot.idsOf(files);
  const first = new Map([...ids].toReversed().map(([file, id]) => [id, file]));
  const texts = new Map<string, string>();
  for await (const [file, text] of textsOf(snapshot, [...first.values()]))
    texts.set(file, text.length <= MOST_IGNORED ? text : '');
  return new Map([...ids].flatMap(([file, id]) => textOf(file, texts.get(first.get(id) ?? ''))));
}

function textOf(file: string, text: string | undefined): [string, string][] {
  return text === undefined ? [] : [[file, text]];
}

function nesting(summaries: ReadonlyMap<string, FolderSummary>): RepositorySummary['within'] {
  const inside = memoized(() => {
    const folders = new Map<string, string[]>([...summaries.keys()].map(folder => [folder, []]));
    for (const folder of summaries.keys())
      for (let each = folder; each !== ''; each = parentOf(each)) folders.get(each)?.push(folder);
    return folders;
  });
  return folder => (inside().get(folder) ?? []).flatMap(each => summaries.get(each) ?? []);
}
