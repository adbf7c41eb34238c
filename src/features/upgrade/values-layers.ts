import { readValues } from '../../charts/chart-values.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { type ChartUse, placeId, type ValuesPlace } from '../../deliveries/chart-use.ts';
import { insideFrom } from '../../repository/kustomization-paths.ts';
import { changedValues, type OtherLayers } from '../../values/layers.ts';
import { parseRepeating, toData } from '../../yaml/source.ts';
import type { ValuesReport } from './report-facts.ts';

/** The values of a place after the step. */
type Migrated = { report: Pick<ValuesReport, 'after' | 'outcomes'>; next(): string };

type Layered = { use: ChartUse; place: ValuesPlace; below: readonly Migrated[] };

/** What else gives a chart values beside one place, as it will be after the step. */
export function otherLayers(uses: readonly ChartUse[], { use, place, below }: Layered): OtherLayers {
  if (use.values.length === 1 && !isLayeredElsewhere(uses, place)) return { below: [], unseen: undefined };
  const unseen = isLayeredElsewhere(uses, place) ? idOf(place) : unseenOf(use);
  return {
    unseen,
    below: below.map(layer => ({ name: layer.report.after, data: dataOf(layer.next(), layer) })),
  };
}

function unseenOf({ values }: ChartUse): string | undefined {
  return values.flatMap(place => (place.kind === 'opaque' ? [place.what] : []))[0];
}

/** What several uses read, one of them over other values, says to each of them something else. */
function isLayeredElsewhere(uses: readonly ChartUse[], place: ValuesPlace): boolean {
  const id = idOf(place);
  const readers = uses.filter(({ values }) => values.some(each => idOf(each) === id));
  const isLowest = ({ values }: ChartUse): boolean => values[0] !== undefined && idOf(values[0]) === id;
  return readers.length > 1 && !readers.every(use => isLowest(use) && unseenOf(use) === undefined);
}

function idOf(place: ValuesPlace): string {
  if (place.kind === 'opaque') return place.what;
  if (place.kind !== 'file') return placeId(place.at);
  const { folder, written } = place.reference;
  return insideFrom(folder, written) ?? place.path;
}

/** Whether two migrations of one use give its new chart the same values, but for what they call dead. */
export function isSameForChart(
  { chart }: Pick<PulledChart, 'chart'>,
  before: readonly Migrated[],
  after: readonly Migrated[],
): boolean {
  const defaults = readValues(chart.values?.toString('utf8') ?? '', chart.name);
  const dead = after.flatMap(({ report }) =>
    report.outcomes.flatMap(({ path, outcome }) => (outcome === 'removed-and-dead' ? [path] : [])),
  );
  const [old, now] = [before, after].map(layers => layers.map(layer => dataOf(layer.next(), layer)));
  return changedValues(defaults, old ?? [], now ?? []).every(path => dead.some(own => isWithin(path, own)));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function dataOf(text: string, { report }: Migrated): unknown {
  return toData(parseRepeating(text, report.after));
}
