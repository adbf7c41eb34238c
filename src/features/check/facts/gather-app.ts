import { isUtf8 } from 'node:buffer';
import { type AppFacts, appFacts, type AppSurroundings, type Defaults, type Newer } from './app-facts.ts';
import { readBases, readPromotion } from './read-around.ts';
import { readTexts, roomForTexts, takeText, type TextRoom } from './read-texts.ts';
import { gitignoreIn } from '../../../repository/gitignore.ts';
import { sopsConfigurationIn } from '../../../repository/sops.ts';
import { type ChartEntry, isKustomization } from '../../../repository/kustomization.ts';
import type { RenderState } from './rendered-facts.ts';
import { type LockEntry, lockPath } from '../../../repository/lock-entry.ts';
import type { ValuesVerdict } from '../../../charts/schema/verdict.ts';
import { archivedChart, judgeEntry, unpackedChart } from './charts-schemas.ts';
import { resolveInside } from '../../../repository/repository-path.ts';
import { askRecorded, type RecordedInputs, type CheckSources } from '../incremental/recorded-inputs.ts';
import { readLockEntry } from './locked-charts.ts';
import type { ServedVersions } from '../../../repository/served-versions.ts';
import type { RepositorySummary } from './repository-summary.ts';
import type { AppPlace } from './app-place.ts';

/** What the network told, where a run asked it. */
export type News = { newer: readonly Newer[]; published: AppSurroundings['published'] };

export type GatherContext = {
  sources: CheckSources;
  summary: RepositorySummary;
  rendered: RenderState | undefined;
  served: ServedVersions;
  news: News;
};

export type GatheredApp = { facts: AppFacts; asked: RecordedInputs; unknownDefaults: number };

/** Reads what the rules will look at, and writes down what was asked for beyond the app's own files. */
export async function gatherApp(context: GatherContext, app: AppPlace): Promise<GatheredApp> {
  const { sources, summary } = context;
  const asked: RecordedInputs = {};
  const room = roomForTexts();
  const { texts: own, odd } = await readTexts(sources.snapshot, app.files, room);
  const outside = await readOutside(context, app, { asked, room });
  const texts = new Map([...own, ...outside]);
  const lock = await readLock(context, app, asked);
  const charts = await readCharts(context, app, { asked, lock, room });
  const committed = await readCommitted(context, app, asked);
  const surroundings: AppSurroundings = {
    ...app,
    text: file => texts.get(file),
    kindOf: kindOf(sources, app, asked),
    oddFiles: [...odd, ...withoutRoom(summary, app)],
    conventions: summary.conventionsOf(app.environment),
    gateways: summary.gateways,
    grants: summary.grants,
    namedOutside: summary.namedOutside,
    served: context.served,
    namespaces: summary.namespaces,
    lock,
    defaults: chart => defaultsIn(charts.get(chartKey(chart))),
    schemaVerdict: chart => verdicts.get(chart),
    committed: file =>
      committed.get(file) ?? (asked[`committed ${file}`] === '' ? undefined : texts.get(file)),
    rendered: context.rendered,
    ...context.news,
  };
  const verdicts = new Map<ChartEntry, ValuesVerdict>();
  const facts = appFacts(surroundings);
  for (const { chart, kustomization } of facts.charts) {
    const files = charts.get(chartKey(chart)) ?? new Map<string, Buffer>();
    const verdict = await judgeEntry(files, {
      chart,
      kustomization,
      text: surroundings.text,
      run: sources.runSchemas,
    });
    if (verdict) verdicts.set(chart, verdict);
  }
  const unknownDefaults = facts.charts.filter(
    ({ chart }) => surroundings.defaults(chart).status === 'unknown',
  ).length;
  return { facts, asked, unknownDefaults };
}

/** What the summary of the whole repository had no room for. */
function withoutRoom(summary: RepositorySummary, { folder, files }: AppPlace): AppFacts['oddFiles'] {
  const unread = new Set(summary.unreadIn(folder));
  return files.flatMap(file => (unread.has(file) ? [{ file, kind: 'too-big', detail: '' }] : []));
}

const UNKNOWN: Defaults = { status: 'unknown' };

function chartKey({ name, repo, version }: Pick<ChartEntry, 'name' | 'repo' | 'version'>): string {
  return `${name} ${repo ?? ''} ${version ?? ''}`;
}

/** Shared files that the app's kustomizations name, and of each folder around it what holds for the app as well. */
async function readOutside(
  { sources, summary }: GatherContext,
  app: AppPlace,
  { asked, room }: Pick<Known, 'asked' | 'room'>,
): Promise<Map<string, string>> {
  const { folder } = app;
  const named = summary
    .within(folder)
    .flatMap(({ outside }) => outside)
    .filter(file => !file.startsWith('..') && !file.startsWith(`${folder}/`));
  const parents = folder.split('/').map((_, index, names) => names.slice(0, index).join('/'));
  const files = [...new Set([...named, ...parents.map(gitignoreIn), ...parents.map(sopsConfigurationIn)])];
  for (const file of files) await askRecorded(sources, asked, 'id', file);
  const { texts } = await readTexts(sources.snapshot, files, room);
  const around = { sources, asked, room };
  return new Map([...texts, ...(await readBases(around, named)), ...(await readPromotion(around, app))]);
}

function kindOf(
  sources: CheckSources,
  { files }: AppPlace,
  asked: RecordedInputs,
): AppSurroundings['kindOf'] {
  const own = new Set(files);
  return path => {
    if (own.has(path)) return 'file';
    const kind = sources.snapshot.kindOf(path);
    asked[`kind ${path}`] = kind ?? '';
    return kind;
  };
}

async function readLock(
  { sources }: GatherContext,
  { environment, folder }: AppPlace,
  asked: RecordedInputs,
): Promise<LockEntry | undefined> {
  if (environment === undefined) return undefined;
  const file = lockPath(folder);
  if ((await askRecorded(sources, asked, 'id', file)) === '') return undefined;
  return readLockEntry(sources.snapshot, { environment, folder });
}

type Known = { asked: RecordedInputs; lock: LockEntry | undefined; room: TextRoom };

/** What is at hand of each chart: unpacked beside the app, else in the archive that the lock names. */
async function readCharts(
  { sources, summary }: GatherContext,
  { folder }: AppPlace,
  { asked, lock, room }: Known,
): Promise<ReadonlyMap<string, ChartFiles>> {
  const found = new Map<string, ChartFiles>();
  for (const { folder: own, chartHome, charts } of summary.within(folder))
    for (const { name, repo, version } of charts) {
      const home = version === undefined || repo === undefined ? name : `${name}-${version}/${name}`;
      const { path } = resolveInside(own, `${chartHome}/${home}`);
      const unpacked = path === undefined ? NOTHING : await unpackedChart({ sources, asked }, path);
      const isThere = unpacked.has('values.yaml') || unpacked.has('Chart.yaml');
      const digest = digestOf(lock, { name, repo, version });
      const files = isThere ? unpacked : await archivedChart({ sources, asked }, digest);
      // Defaults that have no room beside the app's own texts count as not at hand.
      const text = files.get('values.yaml')?.toString('utf8') ?? '';
      found.set(chartKey({ name, repo, version }), takeText(room, text) ? files : new Map());
    }
  return found;
}

type ChartFiles = ReadonlyMap<string, Buffer>;

const NOTHING: ChartFiles = new Map();

function defaultsIn(files: ChartFiles | undefined): Defaults {
  const text = files?.get('values.yaml')?.toString('utf8');
  return text === undefined ? UNKNOWN : { status: 'known', text };
}

function digestOf(
  lock: LockEntry | undefined,
  chart: { name: string; repo: string | undefined; version: string | undefined },
): string | undefined {
  const { name, repo, version } = chart;
  const locked = lock?.charts.find(
    each => each.name === name && each.repo === repo && each.version === version,
  );
  return locked?.digest.replace(/^sha256:/, '');
}

/** Kustomizations that are not as they were committed, as they were. */
async function readCommitted(
  { sources }: GatherContext,
  { files }: AppPlace,
  asked: RecordedInputs,
): Promise<Map<string, string>> {
  const { committed, snapshot } = sources;
  const own = files.filter(isKustomization);
  const now = await snapshot.idsOf(own);
  const changed: string[] = [];
  for (const file of own) {
    const id = await askRecorded(sources, asked, 'committed', file);
    if (id !== '' && id !== now.get(file)) changed.push(file);
  }
  if (!committed || changed.length === 0) return new Map();
  const texts = [...(await committed.read(changed))].filter(([, content]) => isUtf8(content));
  return new Map(texts.map(([file, content]) => [file, content.toString('utf8')]));
}
