import { isUtf8 } from 'node:buffer';
import { type AppFacts, appFacts, type AppSurroundings, type Defaults, type Newer } from './app-facts.ts';
import { readTexts, roomForTexts, takeText, type TextRoom } from './read-texts.ts';
import { gitignoreIn } from './gitignores.ts';
import { sopsConfigurationIn } from '../../../repository/sops.ts';
import { type ChartEntry, isKustomization } from '../../../repository/kustomization.ts';
import type { RenderState } from './rendered-facts.ts';
import { type LockEntry, lockPath } from '../../../repository/lock-entry.ts';
import { readChartArchive } from '../../../archive/chart-archive.ts';
import { askRecorded, type RecordedInputs, type CheckSources } from '../incremental/recorded-inputs.ts';
import { readLockEntry } from './locked-charts.ts';
import type { ServedVersions } from '../../../repository/served-versions.ts';
import type { RepositorySurvey } from './survey-repository.ts';
import { type AppPlace } from './app-place.ts';

/** What the network told, where a run asked it. */
export type News = { newer: readonly Newer[]; published: AppSurroundings['published'] };

export type GatherContext = {
  sources: CheckSources;
  survey: RepositorySurvey;
  rendered: RenderState | undefined;
  served: ServedVersions;
  news: News;
};

export type GatheredApp = { facts: AppFacts; asked: RecordedInputs; unknownDefaults: number };

/** Reads what the rules will look at, and writes down what was asked for beyond the app's own files. */
export async function gatherApp(context: GatherContext, app: AppPlace): Promise<GatheredApp> {
  const { sources, survey } = context;
  const asked: RecordedInputs = {};
  const room = roomForTexts();
  const { texts: own, odd } = await readTexts(sources.snapshot, app.files, room);
  const outside = await readOutside(context, app, { asked, room });
  const texts = new Map([...own, ...outside]);
  const lock = await readLock(context, app, asked);
  const defaults = await readDefaults(context, app, { asked, lock, room });
  const committed = await readCommitted(context, app, asked);
  const surroundings: AppSurroundings = {
    ...app,
    text: file => texts.get(file),
    kindOf: kindOf(sources, app, asked),
    oddFiles: [...odd, ...withoutRoom(survey, app)],
    conventions: survey.conventionsOf(app.environment),
    gateways: survey.gateways,
    grants: survey.grants,
    served: context.served,
    namespaces: survey.namespaces,
    lock,
    defaults: chart => defaults.get(chartKey(chart)) ?? UNKNOWN,
    committed: file =>
      committed.get(file) ?? (asked[`committed ${file}`] === '' ? undefined : texts.get(file)),
    rendered: context.rendered,
    ...context.news,
  };
  const facts = appFacts(surroundings);
  const unknownDefaults = facts.charts.filter(
    ({ chart }) => surroundings.defaults(chart).status === 'unknown',
  ).length;
  return { facts, asked, unknownDefaults };
}

/** What the survey of the whole repository had no room for. */
function withoutRoom(survey: RepositorySurvey, { folder, files }: AppPlace): AppFacts['oddFiles'] {
  const unread = new Set(survey.within(folder).flatMap(each => each.unread));
  return files.flatMap(file => (unread.has(file) ? [{ file, kind: 'too-big', detail: '' }] : []));
}

const UNKNOWN: Defaults = { status: 'unknown' };

function chartKey({ name, repo, version }: Pick<ChartEntry, 'name' | 'repo' | 'version'>): string {
  return `${name} ${repo ?? ''} ${version ?? ''}`;
}

/** Shared files that the app's kustomizations name, and of each folder around it what holds for the app as well. */
async function readOutside(
  { sources, survey }: GatherContext,
  { folder }: AppPlace,
  { asked, room }: Pick<Known, 'asked' | 'room'>,
): Promise<Map<string, string>> {
  const named = survey
    .within(folder)
    .flatMap(({ outside }) => outside)
    .filter(file => !file.startsWith('..') && !file.startsWith(`${folder}/`));
  const parents = folder.split('/').map((_, index, names) => names.slice(0, index).join('/'));
  const files = [...new Set([...named, ...parents.map(gitignoreIn), ...parents.map(sopsConfigurationIn)])];
  for (const file of files) await askRecorded(sources, asked, 'id', file);
  return (await readTexts(sources.snapshot, files, room)).texts;
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
  { environment, name }: AppPlace,
  asked: RecordedInputs,
): Promise<LockEntry | undefined> {
  if (environment === undefined) return undefined;
  const file = lockPath(environment, name);
  if ((await askRecorded(sources, asked, 'id', file)) === '') return undefined;
  return readLockEntry(sources.snapshot, { environment, name });
}

type Known = { asked: RecordedInputs; lock: LockEntry | undefined; room: TextRoom };

/** The default values of each chart: unpacked beside the app, else in the archive that the lock names. */
async function readDefaults(
  context: GatherContext,
  { folder }: AppPlace,
  { asked, lock, room }: Known,
): Promise<ReadonlyMap<string, Defaults>> {
  const found = new Map<string, Defaults>();
  for (const survey of context.survey.within(folder))
    for (const { name, repo, version } of survey.charts) {
      const home = version === undefined || repo === undefined ? name : `${name}-${version}/${name}`;
      const text =
        (await readValues(context, asked, `${survey.folder}/charts/${home}/values.yaml`)) ??
        (await readArchived(context, asked, digestOf(lock, { name, repo, version })));
      const isKnown = text !== undefined && takeText(room, text);
      found.set(chartKey({ name, repo, version }), isKnown ? { status: 'known', text } : UNKNOWN);
    }
  return found;
}

async function readValues(
  { sources }: GatherContext,
  asked: RecordedInputs,
  file: string,
): Promise<string | undefined> {
  if ((await askRecorded(sources, asked, 'disk', file)) === '') return undefined;
  return (await sources.disk.read([file])).get(file)?.toString('utf8');
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

async function readArchived(
  { sources }: GatherContext,
  asked: RecordedInputs,
  digest: string | undefined,
): Promise<string | undefined> {
  if (digest === undefined || (await askRecorded(sources, asked, 'blob', digest)) === '') return undefined;
  const stored = await sources.blobs.read(digest);
  if (stored.state !== 'found') return undefined;
  return readChartArchive(stored.bytes).files.get('values.yaml')?.toString('utf8');
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
