import { posix } from 'node:path';
import type { ChangeSet } from '../../change-set.ts';
import { lockedChart } from '../../charts/chart-files.ts';
import { readValues } from '../../charts/chart-values.ts';
import { clusterLookups } from '../../charts/cluster-lookups.ts';
import type { Charts } from '../../charts/lookup.ts';
import { placeName } from '../../charts/place-layers.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { asMap } from '../../data/fields.ts';
import { type ChartUse, inside, type UsingApp, type ValuesPlace } from '../../deliveries/chart-use.ts';
import { usesIn } from '../../deliveries/find-uses.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { parsedFile } from '../../deliveries/parsed-files.ts';
import { leadsTo, requireOwnValues } from '../../deliveries/shared-values.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { pullUse, readPlace } from '../../render/compare-charts.ts';
import type { KustomizationStyle } from '../../repository/conventions/style.ts';
import { createDrafts, type Drafts } from '../../repository/drafts.ts';
import { dataAtSteps } from '../../repository/kustomization.ts';
import { lockPath, lockWith } from '../../repository/lock-entry.ts';
import type { Repository } from '../../repository/model.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { completeValues, type NamedValues } from '../../values/copies.ts';
import { changedValues } from '../../values/layers.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';

export type AdoptContext = {
  repository: Repository;
  uses: readonly ChartUse[];
  files: RepositoryFiles;
  charts: Charts;
  style: Pick<KustomizationStyle, 'chartKeys' | 'valuesFile'>;
  t(text: Text): string;
};

/** A chart whose values become a full copy of its defaults. */
export type AdoptedChart = {
  name: string;
  /** Undefined for a chart of the repository. */
  version: string | undefined;
  /** The copy, from the repository's root. */
  valuesFile: string;
  /** The places that go into it, from low to high. */
  folded: string[];
  /** The places that stay, laid over it. */
  stays: string[];
  /** Templates that ask the cluster, which nothing here can answer. */
  lookups: string[];
};

export type Adoption = { app: UsingApp; charts: AdoptedChart[]; changes: ChangeSet };

/**
 * Full copies in the place of an app's overrides: the bytes of the defaults of the pinned versions, what the app says spliced in.
 * @throws UserError E_VALUE where the delivery keeps the values in a place that can hold no copy, or a file is shared
 */
export async function planAdoption(context: AdoptContext, app: UsingApp): Promise<Adoption> {
  const drafts = createDrafts(context.files);
  const own = usesIn(context.uses, [app]);
  if (own.length === 0)
    throw new UserError('E_VALUE', say('adopt.noChart', { app: display(app.path) }), { subject: app.path });
  const charts: AdoptedChart[] = [];
  const left = new Set(context.uses);
  for (const use of own) {
    left.delete(use);
    charts.push(await adoptUse({ ...context, uses: [...left] }, drafts, use));
  }
  return { app, charts, changes: drafts.changes() };
}

async function adoptUse(context: AdoptContext, drafts: Drafts, use: ChartUse): Promise<AdoptedChart> {
  const chart = await pullUse(context, use);
  const places = chosenPlaces(use);
  const layers = await Promise.all(places.map(place => textOf(context, use, place)));
  const version = use.version.text === '' ? undefined : use.version.text;
  const base = decodeUtf8(chart.chart.values ?? Buffer.alloc(0), 'values.yaml');
  const defaults = { name: `values.yaml of ${use.name} ${chart.chart.version}`, text: base };
  const text = completeValues(defaults, layers);
  requireSame({ name: use.name, file: use.at.file }, defaults, { layers, text });
  const valuesFile = await placeCopy(context, drafts, { use, chart, places, text });
  return {
    name: use.name,
    version,
    valuesFile,
    folded: places.map(placeName),
    stays: use.values.filter(place => !places.includes(place)).map(placeName),
    lookups: clusterLookups(chart),
  };
}

/** Kustomize lays all of them over each other by itself, so that one file can take their place; of others the lowest becomes the copy. */
function chosenPlaces({ delivery, values, name, at }: ChartUse): ValuesPlace[] {
  if (delivery === 'kustomize') return [...values];
  const [lowest] = values;
  if (lowest?.kind === 'file') return [lowest];
  const place = lowest ? placeName(lowest) : at.file;
  throw new UserError('E_VALUE', say('adopt.noFile', { name: display(name), place: display(place) }), {
    hint: say('adopt.giveFile'),
    subject: at.file,
  });
}

async function textOf(context: AdoptContext, use: ChartUse, place: ValuesPlace): Promise<NamedValues> {
  const { read } = await readPlace(context, use, place);
  if (read && 'error' in read) throw read.error;
  const name = placeName(place);
  if (read) return { name, text: read.text() };
  throw new UserError('E_VALUE', say('render.valuesUnseen', { places: name }), { subject: name });
}

/** Holds that a copy says what it is made of. @throws UserError E_VALUES_MERGE where Helm would make something else of the copy */
export function requireSame(
  { name, file }: { name: string; file: string },
  defaults: NamedValues,
  { layers, text }: { layers: readonly NamedValues[]; text: string },
): void {
  const data = layers.map(layer => dataOf(layer.text, layer.name));
  const changed = changedValues(readValues(defaults.text, name), data, [dataOf(text, defaults.name)]);
  const [first] = changed;
  if (first === undefined) return;
  throw new UserError('E_VALUES_MERGE', say('adopt.saysOther', { name, path: display(first) }), {
    hint: say('values.writeOut'),
    subject: file,
  });
}

function dataOf(text: string, name: string): unknown {
  return toData(parseRepeating(text, name));
}

type Copy = { use: ChartUse; chart: PulledChart; places: readonly ValuesPlace[]; text: string };

async function placeCopy(context: AdoptContext, drafts: Drafts, copy: Copy): Promise<string> {
  const { use, places, text, chart } = copy;
  const { t } = context;
  const [lowest] = places;
  if (use.delivery !== 'kustomize') {
    if (lowest?.kind !== 'file') throw new Error('a copy without a file');
    requireOwnValues(context.uses, { use, together: [] }, lowest.path);
    await drafts.write({ path: lowest.path, text, why: t(COPY) });
    return lowest.path;
  }
  const written = await copyName(context, copy);
  const valuesFile = posix.join(folderOf(use), written);
  await repoint(context, drafts, { use, written });
  const old = places.flatMap(place => (place.kind === 'file' ? [place.path] : []));
  for (const path of new Set(old))
    if (path !== valuesFile && !isUsed(context, path)) await drafts.remove({ path, why: t(FOLDED) });
  if (old.includes(valuesFile)) requireOwnValues(context.uses, { use, together: [] }, valuesFile);
  const name = t(say('scaffold.chartsDefaults'));
  const content = chart.chart.values ?? Buffer.alloc(0);
  await drafts.write({ path: valuesFile, text, why: t(COPY), madeFrom: { name, content } });
  await lock(context, drafts, copy);
  return valuesFile;
}

const COPY = say('adopt.copy');
const FOLDED = say('adopt.foldedIn');
const POINTS = say('adopt.pointsThere');
const LOCKED = say('scaffold.whatPinned');

/** The folder that kustomize reads the entry's paths from. */
function folderOf({ at, values }: ChartUse): string {
  const file = values.find(place => place.kind === 'file');
  return file?.reference.folder ?? posix.dirname(at.file);
}

/** As the repository names copies; a file keeps its name where those bear no version. @throws UserError E_EXISTS */
async function copyName(context: AdoptContext, { use, places }: Copy): Promise<string> {
  const own = places.find(place => place.kind === 'file' && place.via === 'valuesFile');
  const current = own?.kind === 'file' ? own.reference.written : undefined;
  const pattern = context.style.valuesFile.value;
  const versioned = use.version.text === '' ? '' : `-${use.version.text}`;
  const usual =
    pattern === '' ? `values/${use.name}${versioned}.yaml` : pattern.replace('<chart>', () => use.name);
  if (current !== undefined && (pattern !== '' || versioned === '')) return current;
  const folder = folderOf(use);
  const isFree = async (name: string): Promise<boolean> => {
    const path = posix.join(folder, name);
    return places.some(place => leadsTo(place, path)) || (await context.files.read(path)) === undefined;
  };
  if (await isFree(usual)) return usual;
  const second = `values/${use.release.name}${versioned}.yaml`;
  if (second !== usual && (await isFree(second))) return second;
  throw new UserError('E_EXISTS', say('adopt.nameTaken', { file: display(posix.join(folder, usual)) }), {
    hint: say('adopt.moveAway'),
    subject: posix.join(folder, usual),
  });
}

/** The entry names the copy, and nothing beside it. */
async function repoint(
  { repository, style, t }: AdoptContext,
  drafts: Drafts,
  { use, written }: { use: ChartUse; written: string },
): Promise<void> {
  const { file, document, path } = use.at;
  const entry = asMap(dataAtSteps(parsedFile(repository, file)?.documents[document], path));
  const gone = ['valuesInline', 'additionalValuesFiles', 'valuesMerge'].filter(key => key in entry);
  const edits: YamlEdit[] = [
    {
      kind: 'put',
      document,
      path: inside(use.at, 'valuesFile').path,
      value: written,
      place: { order: style.chartKeys.value },
    },
    ...gone.map((key): YamlEdit => ({ kind: 'remove', document, path: inside(use.at, key).path })),
  ];
  const before = (await drafts.read(file)) ?? '';
  const text = editYaml(before, file, edits);
  if (text !== before) await drafts.write({ path: file, text, why: t(POINTS) });
}

/** Another chart reads the file, or a kustomization takes it in. */
function isUsed({ repository, uses }: AdoptContext, file: string): boolean {
  return (
    uses.some(({ values }) => values.some(place => leadsTo(place, file))) ||
    readKustomizations(repository).all.some(({ references }) =>
      references.some(({ steps, path }) => path === file && steps[0] !== 'helmCharts'),
    )
  );
}

async function lock({ t }: AdoptContext, drafts: Drafts, { use, chart }: Copy): Promise<void> {
  const { app, name, source } = use;
  const path = lockPath(app.path);
  const { version, chart: own, digest } = chart;
  const pinned = { name, repo: source, version: use.version.text, digest, appVersion: own.appVersion };
  const locked = lockedChart({ ...pinned, created: version.created });
  if (locked.length === 0) return;
  await drafts.write({ path, text: lockWith(await drafts.read(path), path, locked), why: t(LOCKED) });
}
