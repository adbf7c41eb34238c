import path from 'node:path';
import { inFolder, inRepository } from '../charts/address.ts';
import type { ValuesDiff } from '../values/values-diff.ts';
import type { ChartVersion } from '../charts/chart-version.ts';
import { resolveOpen } from '../charts/newer-versions.ts';
import { findVersion } from '../charts/versions/versions.ts';
import { parsedFile } from '../deliveries/parsed-files.ts';
import { saidAtPlace, valuesAt } from '../deliveries/values-at.ts';
import { memoized } from '../data/memoized.ts';
import { keepRecent } from '../data/recent.ts';
import type { Repository } from '../repository/model.ts';
import type { ChartUse, ValuesPlace } from '../deliveries/chart-use.ts';
import { resolveInside } from '../repository/repository-path.ts';
import { valuesPath } from '../repository/kustomization-paths.ts';
import { customisationsIn } from '../charts/customisations-in.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { valuesText } from '../repository/values-file.ts';
import { display, displayUrl } from '../text/display.ts';
import { ownFailure, UserError } from '../errors.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { inParallel } from '../data/in-parallel.ts';
import type { PulledChart } from '../charts/sources/chart-source.ts';
import type { Charts } from '../charts/lookup.ts';
import { saidInText } from '../yaml/read.ts';
import { minimalValues } from '../values/copies.ts';
import { say } from '../locales/say.ts';
import {
  isSameWith,
  layersBeside,
  placeName,
  type PlaceText,
  type ReadValues,
} from '../charts/place-layers.ts';
import { layerOf, type ProofContext, proveUse } from './effects/prove-use.ts';
import type { Effect, Layer, Proved } from './effects/prove-values.ts';

export type DiffContext = {
  files: RepositoryFiles;
  charts: Charts;
  repository: Pick<Repository, 'text' | 'apps'>;
};

export type DiffRequest = {
  uses: readonly ChartUse[];
  /** Also each values file cut down to its customisations. */
  minimal: boolean;
  /** Charts compared at once. */
  jobs: number | undefined;
  /** Renders, to find what each customisation does; undefined where nobody asks. */
  proof: ProofContext | undefined;
  /** Called after each chart. */
  progress(done: number, of: number): void;
};

/** A values file against the defaults of the chart that it is for. */
export type ChartDiff = {
  app: string;
  name: string;
  /** Undefined for a chart in the app's own folder. */
  version: string | undefined;
  /** From the repository's root. */
  valuesFile: string;
} & (
  | ({ status: 'compared'; minimal: string | undefined; proof?: ProvedFile } & Omit<ValuesDiff, 'data'>)
  /** The chart cannot be had, or one of the files cannot be read. */
  | { status: 'failed'; error: UserError }
);

/** What the customisations of a values file do, in their order. The renderings are those of the whole use. */
type ProvedFile = Omit<Proved, 'effects'> & { effects: readonly Effect[] };

type Task = { use: ChartUse; place: Exclude<ValuesPlace, { kind: 'opaque' }> };

/** The values themselves are needed for a proof alone. */
type Compared = { shown: ChartDiff; layer?: () => Layer };

/** A place of values that nobody compared with the defaults. */
export type NotCompared = { app: string; name: string; place: string };

/** Charts compared at once: each holds its whole archive. */
const AT_ONCE = 4;

/** Compares the values files of apps with the defaults of the pinned versions. One that fails costs its own rows only. */
export async function compareCharts(context: DiffContext, request: DiffRequest): Promise<ChartDiff[]> {
  const uses = request.uses.filter(use => tasksOf(use).length > 0);
  const done = new Map<ChartUse, ChartDiff[]>();
  const pullOnce = sharedPulls(context);
  await inParallel(uses, request.jobs ?? AT_ONCE, async use => {
    done.set(use, await compareUse({ ...context, pullOnce }, use, request));
    request.progress(done.size, uses.length);
  });
  return uses.flatMap(use => done.get(use) ?? []);
}

type Pull = (use: ChartUse) => Promise<PulledChart>;

/** A chart that many apps use is had once, as long as few others come between: each is held whole. */
function sharedPulls(context: DiffContext): Pull {
  const recent = keepRecent<Promise<PulledChart>>(AT_ONCE);
  return use => {
    if (use.source === undefined) return pullUse(context, use);
    return recent(JSON.stringify([use.source, use.name, use.version.text]), () => pullUse(context, use));
  };
}

async function compareUse(
  context: DiffContext & { pullOnce: Pull },
  use: ChartUse,
  { minimal, proof }: DiffRequest,
): Promise<ChartDiff[]> {
  const chart = context.pullOnce(use);
  const places = await Promise.all(use.values.map(place => readPlace(context, use, place)));
  const tasks = tasksOf(use).map(task => ({ ...task, places, chart }));
  const compared = await Promise.all(tasks.map(task => compare(task, minimal)));
  const shown = compared.map(file => file.shown);
  if (!proof || shown.some(({ status }) => status === 'failed')) return shown;
  const layers = compared.flatMap(({ layer }) => layer?.() ?? []);
  return withProof(shown, await proveUse(proof, { use, chart: await chart, layers }));
}

function withProof(compared: readonly ChartDiff[], { effects, ...proved }: Proved): ChartDiff[] {
  return compared.map((file, index) =>
    file.status === 'compared' ? { ...file, proof: { ...proved, effects: effects[index] ?? [] } } : file,
  );
}

function tasksOf(use: ChartUse): Task[] {
  return use.values.flatMap(place => (place.kind === 'opaque' ? [] : [{ use, place }]));
}

/** What only the cluster, another repository, or whoever fills it in knows of the values of a chart. */
export function valuesNotCompared({ app, name, values }: ChartUse): NotCompared[] {
  return values.flatMap(place =>
    place.kind === 'opaque' ? [{ app: app.path, name, place: place.what }] : [],
  );
}

/** The values of a place of a use, or why they cannot be had. */
export async function readPlace(
  context: Pick<DiffContext, 'files' | 'repository'>,
  use: ChartUse,
  place: ValuesPlace,
): Promise<PlaceText> {
  if (place.kind === 'opaque') return { place, read: undefined };
  try {
    return { place, read: await read(context, { use, place }) };
  } catch (error) {
    return { place, read: { error } };
  }
}

async function compare(
  { use, place, places, chart }: Task & { places: readonly PlaceText[]; chart: Promise<PulledChart> },
  minimal: boolean,
): Promise<Compared> {
  const valuesFile = placeName(place);
  const version = use.version.text === '' ? undefined : use.version.text;
  const about = { app: use.app.path, name: use.name, version, valuesFile };
  try {
    const pulled = await chart;
    const own = places.find(each => each.place === place);
    if (!own?.read) throw new Error(`${valuesFile} was not read`);
    if ('error' in own.read) throw own.read.error;
    const ours = { ...own.read, name: valuesFile };
    const { data, ...compared } = customisationsIn(pulled, use, ours, layersBeside(places, own));
    const text = minimal ? minimalAmong({ pulled, use, places, own }, ours) : undefined;
    const shown: ChartDiff = { ...about, status: 'compared', minimal: text, ...compared };
    return { shown, layer: () => layerOf({ data, ...compared }) };
  } catch (error) {
    return { shown: { ...about, status: 'failed', error: ownFailure(error) } };
  }
}

type Among = { pulled: PulledChart; use: ChartUse; places: readonly PlaceText[]; own: PlaceText };

/** What says again what the defaults say may be needed over a lower place: then the file is shown whole. */
function minimalAmong({ pulled, use, places, own }: Among, ours: { name: string; text(): string }): string {
  const base = decodeUtf8(pulled.chart.values ?? Buffer.alloc(0), 'values.yaml');
  const names = { base: `values.yaml of ${use.name} ${pulled.chart.version}`, ours: ours.name };
  const text = minimalValues(base, ours.text(), names);
  return isSameWith({ defaults: base, name: use.name }, places, { own, text }) ? text : ours.text();
}

/** The chart of a use, in the version that is pinned. @throws UserError E_NO_VERSION, and as `Charts.pull` does */
export async function pullUse(
  { files, charts }: Pick<DiffContext, 'files' | 'charts'>,
  use: ChartUse,
): Promise<PulledChart> {
  const { name, source } = use;
  const version = use.version.text === '' ? undefined : use.version.text;
  const address =
    source === undefined ? inFolder(path.join(files.root, chartFolderOf(use))) : inRepository(name, source);
  const versions = await charts.versions(address);
  const found = pinnedVersion(use, versions);
  if (found) return charts.pull(address, found);
  throw new UserError(
    'E_NO_VERSION',
    say('diff.hasNo', {
      value: source === undefined ? 'the folder' : displayUrl(source),
      value2: display(`${name} ${version}`),
    }),
    {
      hint: say('diff.withoutDefaultsThereNothingCompare'),
      subject: name,
    },
  );
}

/** Where a chart of the repository lies. @throws UserError E_OUTSIDE where that leads out of it */
function chartFolderOf({ app, name, folder, chartHome = `${app.path}/charts` }: ChartUse): string {
  if (folder !== undefined) return folder;
  const { path: home, problem } = resolveInside(chartHome, name);
  if (home === undefined) throw new UserError('E_OUTSIDE', problem, { subject: `${chartHome}/${name}` });
  return home;
}

/** The version that is pinned, or what a range comes to now. */
function pinnedVersion(
  { name, version }: ChartUse,
  versions: readonly ChartVersion[],
): ChartVersion | undefined {
  const { kind, text } = version;
  if (kind === 'none') return versions[0];
  if (kind === 'exact') return findVersion(versions, text);
  const current = text === '' ? '*' : text;
  const { resolves } = resolveOpen({ name, current }, versions, { today: new Date(0), minAgeDays: 0 });
  return findVersion(versions, resolves ?? text);
}

async function read(
  { files, repository }: Pick<DiffContext, 'files' | 'repository'>,
  { use, place }: Task,
): Promise<ReadValues> {
  if (place.kind !== 'file') {
    const text = memoized(() => valuesAt(repository.text.get(place.at.file) ?? '', place));
    const yaml = parsedFile(repository, place.at.file);
    return yaml ? { text, said: meanings => saidAtPlace(yaml, place, meanings) } : { text };
  }
  const { path: valuesFile, reference } = place;
  const bytes = await files.read(valuesPath(reference.folder, reference.written));
  if (bytes) {
    const text = valuesText(bytes, valuesFile).replace(/^\ufeff/, '');
    return { text: () => text, said: meanings => saidInText(text, meanings) };
  }
  throw new UserError('E_VALUE', say('diff.missing', { valuesFile }), {
    hint: say('diff.restoreTakeOut', { name: use.at.file }),
    subject: valuesFile,
  });
}
