import { GENERATORS_FOLDER } from '../../repository/generators/definition.ts';
import type { GeneratorProblem } from './facts/repository-facts.ts';
import {
  CONFIGURATION_FILE,
  type Configuration,
  parseConfiguration,
} from '../../repository/configuration.ts';
import { requireKnownRules } from './rule-settings.ts';
import { type OpenedDeliveries, openDeliveries } from './deliveries/delivery-facts.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { openBlobStore } from '../../system/cache/blob-store.ts';
import type { CacheFiles } from '../../system/cache/cache-files.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { type GitHistory, openHistory } from '../../system/git/git-tree.ts';
import type { RepositoryRoot } from '../../system/files/find-repository.ts';
import { keepHeapNearUse, keepYoungGenerationSmall } from '../../system/tools/tune-heap.ts';
import type { CheckSources } from './incremental/recorded-inputs.ts';
import { changedPaths, type ChosenApps, chooseApps, type CheckScope } from './choose-apps.ts';
import { openCommitted } from './incremental/committed.ts';
import { openGitSnapshot } from './incremental/git-snapshot.ts';
import { type CheckCache, type CheckCacheStore, openCheckCache } from './incremental/open-check-cache.ts';
import { type Snapshot, type Unusable, withoutTemplates } from './incremental/snapshot.ts';
import type { ChartsRead } from '../../repository/unread/charts-read.ts';
import { summarizeCharts } from './facts/chart-summary.ts';
import { type RepositorySummaryResult, summarizeRepository } from './facts/repository-summary.ts';
import { openAskedFiles, openWorkTree, type WorkTree } from './incremental/open-work-tree.ts';
import type { Across } from './finding.ts';
import type { CheckPlan } from './shards/check-plan.ts';
import { isInShard, saysOfAll, type Shard } from '../../cli/shard.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** What a run was asked to look at. */
export type CheckRequest = {
  /** From the repository's root; empty for no paths. */
  paths: readonly string[];
  /** The index instead of the work tree; without paths, the apps that it changes. */
  staged: boolean;
  /** The apps that changed since this revision. */
  since: string | undefined;
  /** The share of one machine. */
  shard?: Shard | undefined;
  /** What is known of the other shards, so that they need not be looked at. */
  plan?: CheckPlan | undefined;
};

export type CheckPlace = {
  repository: RepositoryRoot;
  files: RepositoryFiles;
  cache: CacheFiles;
  version: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  now: number;
};

/** Apps that are known from before, of which most runs look at few. */
const MANY = 2000;

/**
 * Whether thousands of files may be read, whose contents are garbage soon, and for which V8 takes memory rather than collect it. A run
 * that knows all of a smaller repository reads little.
 */
function mayBeMuch({ results }: CheckCache): boolean {
  return results.size === 0 || results.size > MANY;
}

/** Everything that is known before the first rule runs. */
export type OpenedCheck = OpenedDeliveries & {
  sources: CheckSources;
  summarized: RepositorySummaryResult;
  configuration: Configuration;
  chosen: ChosenApps;
  /** How many charts of what was chosen are read, and what is not. */
  charts: ChartsRead;
  /** Those of the whole repository, for the next run. */
  allCharts: CheckCache['charts'];
  /** YAML files that were left out: another program fills them in. */
  templates: readonly string[];
  memory: CheckCache;
  store: CheckCacheStore;
  disk: WorkTree;
  /** What is wrong with the team's own generators. */
  generators: readonly GeneratorProblem[];
  /** Whether all of the repository is asked for. */
  isWhole: boolean;
  /** The folders of all that was asked for: `chosen` has those of the shard. */
  scope: readonly string[];
  shard?: Shard | undefined;
  /** The last commit. */
  head: string | undefined;
  across?: readonly Across[] | undefined;
};

/** @throws UserError E_USAGE, E_CONFIG, E_GIT_STATE */
export async function openCheck(place: CheckPlace, request: CheckRequest): Promise<OpenedCheck> {
  const { repository, files, signal, env } = place;
  const history = openHistory(repository, { signal, indexFile: env['GIT_INDEX_FILE'] });
  const store = openCheckCache(place.cache, repository.root);
  const memory = await store.load();
  if (mayBeMuch(memory)) {
    keepYoungGenerationSmall();
    keepHeapNearUse();
  }
  const base = await findBase(history, request);
  const committed = history && base !== undefined ? await openCommitted(history, base, memory) : undefined;
  const algorithm = committed?.id.length === 64 ? 'sha256' : 'sha1';
  const onDisk = { files, memory, algorithm, now: place.now, signal } as const;
  const disk = request.staged ? openAskedFiles(onDisk) : await openWorkTree(onDisk);
  const all = request.staged ? openGitSnapshot(await requireHistory(history).index()) : disk;
  const { snapshot, templates } = await withoutTemplates(all);
  const configuration = await readConfiguration(snapshot);
  const summarized = await summarizeRepository(snapshot, memory, configuration);
  const scope = await findScope(request, snapshot, async () =>
    committed ? (await committed.tree()).entries : new Map(),
  );
  const asked = chooseApps(snapshot, summarized.summary, scope);
  const delivering = await openDeliveries(snapshot, summarized.summary, memory);
  const sources = { snapshot, disk, blobs: openBlobStore(place.cache), committed };
  const isWhole = scope.kind === 'all';
  const seen = { summarized, chosen: asked, memory, isWhole, ...delivering };
  const head = request.since === undefined ? committed?.id : await history?.resolve('HEAD');
  const generators = await findGenerators(place, request, disk);
  const opened = { sources, configuration, templates, store, disk, generators, head };
  const whole = { ...opened, scope: foldersOf(asked), ...seen, ...countCharts(seen) };
  return ofShard(whole, request.shard);
}

function foldersOf({ apps }: ChosenApps): string[] {
  return apps.map(({ folder }) => folder);
}

/** What holds for all of the repository is said by one shard. */
function ofShard(opened: OpenedCheck, shard: Shard | undefined): OpenedCheck {
  if (!shard) return opened;
  const own = { ...opened, shard, chosen: chosenBy(shard, opened.chosen) };
  return saysOfAll(shard) ? own : { ...own, charts: NO_CHARTS, templates: [] };
}

/** Those of some apps that a shard looks after. */
export function chosenBy(shard: Shard, { apps, ignored }: ChosenApps): ChosenApps {
  return { apps: apps.filter(({ folder }) => isInShard(shard, folder)), ignored };
}

/** What a shard counts that leaves the counting to another one. */
export const NO_CHARTS: ChartsRead = { read: 0, unread: [] };

/** They lie outside of what is listed: the next run has to see that one has changed. */
async function findGenerators(
  { files }: CheckPlace,
  { paths }: CheckRequest,
  disk: WorkTree,
): Promise<GeneratorProblem[]> {
  const isAsked = paths.length === 0 || paths.some(path => `${path}/`.startsWith(`${GENERATORS_FOLDER}/`));
  if (!isAsked || disk.kindOf(GENERATORS_FOLDER) !== 'folder') return [];
  for (const { path } of await files.walk(GENERATORS_FOLDER)) disk.kindOf(path);
  const { judgeGenerators } = await import('./facts/team-generators.ts');
  return judgeGenerators(files);
}

type Counted = Pick<OpenedCheck, 'summarized' | 'chosen' | 'memory' | 'isWhole' | 'deliveries'>;

/** Of the whole repository they are known as long as all that they rest on is. */
function countCharts({ summarized, chosen, memory, isWhole, deliveries }: Counted) {
  const { summary, remembered } = summarized;
  const folders = isWhole ? undefined : chosen.apps.map(({ folder }) => folder);
  const count = (): ChartsRead => summarizeCharts(summary, folders, deliveries?.facts.reads ?? []);
  if (!isWhole || !remembered.overview) return { charts: count(), allCharts: undefined };
  const id = `${remembered.overview.id} ${deliveries?.id ?? ''}`;
  const allCharts = memory.charts?.id === id ? memory.charts : { id, charts: count() };
  return { charts: allCharts.charts, allCharts };
}

/** Where --since began: what both sides have in common, so that others' changes do not count. */
async function findBase(
  history: GitHistory | undefined,
  { since }: CheckRequest,
): Promise<string | undefined> {
  if (since === undefined) return history ? 'HEAD' : undefined;
  const own = requireHistory(history);
  const revision = await own.resolve(since);
  if (revision === undefined)
    throw new UserError('E_USAGE', say('check.gitKnowsNoRevision', { since: display(since) }), {
      hint: say('check.nameBranchTagCommitCi'),
      subject: since,
    });
  return (await own.mergeBase(revision, 'HEAD')) ?? revision;
}

function requireHistory(history: GitHistory | undefined): GitHistory {
  if (history) return history;
  throw new UserError('E_GIT_STATE', say('check.folderNoGitRepository'), {
    hint: say('check.stagedSinceNeedOne'),
  });
}

const REASONS = {
  link: say('check.itIsSymbolicLink'),
  special: say('check.itIsNotRegularFile'),
  'too-big': say('check.itIsTooLarge'),
  unreadable: say('check.systemRefusesIt'),
} as const satisfies Record<Unusable['kind'], Text>;

/** The settings of a repository. @throws UserError E_CONFIG also where something else stands in its place: that must not count as no settings */
export async function readConfiguration(snapshot: Snapshot): Promise<Configuration> {
  if (!snapshot.files.has(CONFIGURATION_FILE)) return {};
  const content = (await snapshot.read([CONFIGURATION_FILE])).get(CONFIGURATION_FILE);
  const reason = snapshot.unusable(CONFIGURATION_FILE)?.kind ?? 'unreadable';
  if (!content)
    throw new UserError(
      'E_CONFIG',
      say('check.cannotRead', { configuration_file: CONFIGURATION_FILE, reasons: REASONS[reason] }),
      {
        hint: say('check.putPlainFilePlace'),
        subject: CONFIGURATION_FILE,
      },
    );
  const configuration = parseConfiguration(content.toString('utf8'));
  requireKnownRules(configuration.rules ?? {});
  return configuration;
}

async function findScope(
  { paths, staged, since }: CheckRequest,
  snapshot: Snapshot,
  committed: () => Promise<ReadonlyMap<string, { id: string }>>,
): Promise<CheckScope> {
  if (paths.length > 0) return { kind: 'named', paths };
  if (!staged && since === undefined) return { kind: 'all' };
  const before = new Map([...(await committed())].map(([path, { id }]) => [path, id]));
  // A local chart's files are not looked at one by one, but those of the commit can be asked for.
  const after = await snapshot.idsOf([...new Set([...snapshot.files.keys(), ...before.keys()])]);
  return { kind: 'changed', paths: changedPaths(before, after) };
}
