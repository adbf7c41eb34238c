import type { ChangeSet } from '../../change-set.ts';
import { readValues } from '../../charts/chart-values.ts';
import { clusterLookups } from '../../charts/cluster-lookups.ts';
import { placeName } from '../../charts/place-layers.ts';
import { isDataMap } from '../../data/fields.ts';
import type { ChartUse, UsingApp, ValuesPlace } from '../../deliveries/chart-use.ts';
import { usesIn } from '../../deliveries/find-uses.ts';
import { requireOwnValues } from '../../deliveries/shared-values.ts';
import { overridesText } from '../../deliveries/siblings/values-file.ts';
import { replaceValuesAt } from '../../deliveries/values-at.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import {
  type ChartDiff,
  compareCharts,
  type DiffContext,
  pullUse,
  readPlace,
} from '../../render/compare-charts.ts';
import type { Evidence } from '../../render/effects/describe-proof.ts';
import type { ProofContext } from '../../render/effects/prove-use.ts';
import { createDrafts, type Drafts } from '../../repository/drafts.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { changedValues } from '../../values/layers.ts';
import { editYaml } from '../../yaml/edit.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';

export type MinimizeContext = DiffContext & {
  uses: readonly ChartUse[];
  /** Finds what has no effect; undefined where nobody asks. */
  proof: ProofContext | undefined;
  t(text: Text): string;
};

/** The values of one place, cut down. */
export type MinimizedFile = {
  name: string;
  /** Undefined for a chart of the repository. */
  version: string | undefined;
  /** From the repository's root. */
  valuesFile: string;
  lines: { before: number; after: number };
  /** Customisations that are taken out since they change nothing that is rendered. */
  dropped: string[];
  /** Templates that ask the cluster, which nothing here can answer. */
  lookups: string[];
  evidence: Evidence | undefined;
};

export type Minimized = { app: UsingApp; files: MinimizedFile[]; changes: ChangeSet };

/**
 * What an app's values say otherwise than the defaults, in the place of full copies.
 * @throws UserError E_VALUE for a file that another app reads; as `compareCharts` reports it for one that cannot be compared
 */
export async function planMinimal(context: MinimizeContext, app: UsingApp): Promise<Minimized> {
  const drafts = createDrafts(context.files);
  const own = usesIn(context.uses, [app]);
  if (own.length === 0)
    throw new UserError('E_VALUE', say('adopt.noChart', { app: display(app.path) }), { subject: app.path });
  const together = own.map(({ id }) => id);
  const files: MinimizedFile[] = [];
  for (const use of own)
    for (const file of await minimizeUse(context, drafts, { use, together })) files.push(file);
  return { app, files, changes: drafts.changes() };
}

type Shared = { use: ChartUse; together: readonly string[] };
type Layer = { place: ValuesPlace; before: string; after: string; dropped: string[] };

async function minimizeUse(
  context: MinimizeContext,
  drafts: Drafts,
  shared: Shared,
): Promise<MinimizedFile[]> {
  const { use } = shared;
  const request = { uses: [use], minimal: true, jobs: 1, proof: context.proof, progress: () => undefined };
  const compared = (await compareCharts(context, request)).map(requireCompared);
  const pulled = await pullUse(context, use);
  const layers = await layersOf(context, use, compared);
  keepNeeded(readValues(pulled.chart.values?.toString('utf8') ?? '', use.name), layers);
  const files: MinimizedFile[] = [];
  for (const [index, file] of compared.entries()) {
    const layer = layers[index];
    if (!layer) continue;
    await writeLayer(context, drafts, { ...shared, layer });
    const { name, version, valuesFile } = file;
    const lines = { before: linesIn(layer.before), after: linesIn(layer.after) };
    const evidence = file.proof;
    const { dropped } = layer;
    files.push({ name, version, valuesFile, lines, dropped, lookups: clusterLookups(pulled), evidence });
  }
  return files;
}

type Compared = Extract<ChartDiff, { status: 'compared' }>;

function requireCompared(file: ChartDiff): Compared {
  if (file.status === 'compared') return file;
  throw file.error;
}

async function layersOf(
  context: MinimizeContext,
  use: ChartUse,
  compared: readonly Compared[],
): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const file of compared) {
    const place = use.values.find(each => placeName(each) === file.valuesFile);
    const { read } = place ? await readPlace(context, use, place) : { read: undefined };
    if (!place || !read || 'error' in read) throw new Error(`${file.valuesFile} was not read`);
    const before = read.text();
    layers.push({ place, before, ...minimalOf(file, { use, place, before }) });
  }
  return layers;
}

/** Settings in a list are overrides by their nature. */
function minimalOf(
  { minimal, customisations, proof, valuesFile, name, version = '' }: Compared,
  { place, before }: { use: ChartUse; place: ValuesPlace; before: string },
): Pick<Layer, 'after' | 'dropped'> {
  if (place.kind === 'parameters' || minimal === undefined) return { after: before, dropped: [] };
  const idle = customisations.filter((_, index) => /^(?:none|dead)$/.test(proof?.effects[index] ?? ''));
  const text = withoutKeys(
    minimal,
    valuesFile,
    idle.map(({ keys }) => keys),
  );
  const isEmpty = dataOf(text, valuesFile) === undefined || dataOf(text, valuesFile) === null;
  const nothing = overridesText({ name, version, overrides: {} });
  return {
    after: isEmpty ? (text.trim() === '' ? nothing : `${text.trimEnd()}\n{}\n`) : text,
    dropped: idle.map(({ path }) => path),
  };
}

/** Without these keys; a map goes with the last of its own. */
function withoutKeys(text: string, name: string, keys: readonly (readonly string[])[]): string {
  if (keys.length === 0) return text;
  const gone = new Set(keys.map(way => way.join('\0')));
  const paths = removals(dataOf(text, name), [], gone);
  return editYaml(
    text,
    name,
    paths.map(path => ({ kind: 'remove', path, withComments: true })),
  );
}

function removals(data: unknown, path: string[], gone: ReadonlySet<string>): string[][] {
  if (path.length > 0 && gone.has(path.join('\0'))) return [path];
  if (!isDataMap(data)) return [];
  const keys = Object.keys(data);
  const inside = keys.map(key => removals(data[key], [...path, key], gone));
  const isAll =
    path.length > 0 &&
    keys.length > 0 &&
    inside.every(([first], index) => first?.length === path.length + 1 && first.at(-1) === keys[index]);
  return isAll ? [path] : inside.flat();
}

/** What each place says alone may be needed over a lower one that is cut down too: then the higher one stays as it is. */
function keepNeeded(defaults: unknown, layers: Layer[]): void {
  if (layers.some(({ dropped }) => dropped.length > 0)) return;
  const data = (side: 'before' | 'after'): unknown[] =>
    layers.map(layer => dataOf(layer[side], placeName(layer.place)));
  for (const layer of layers.toReversed()) {
    if (changedValues(defaults, data('before'), data('after')).length === 0) return;
    layer.after = layer.before;
  }
}

async function writeLayer(
  { uses, t }: MinimizeContext,
  drafts: Drafts,
  { use, together, layer: { place, before, after } }: Shared & { layer: Layer },
): Promise<void> {
  if (after === before) return;
  const why = t(say('minimize.overridesOnly'));
  if (place.kind === 'file') {
    requireOwnValues(uses, { use, together }, place.path);
    return drafts.write({ path: place.path, text: after, why });
  }
  if (place.kind !== 'map' && place.kind !== 'text') return;
  const { file } = place.at;
  const text = replaceValuesAt((await drafts.read(file)) ?? '', place, after);
  await drafts.write({ path: file, text, why });
}

function linesIn(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

function dataOf(text: string, name: string): unknown {
  return toData(parseRepeating(text, name));
}
