import { type ChartUse, isReadElsewhere } from '../deliveries/chart-use.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { memoized } from '../data/memoized.ts';
import { diffValues, type OurValues, type ValuesDiff } from '../values/values-diff.ts';
import { type ReadDefaults, readDefaults } from '../values/read-defaults.ts';
import type { PulledChart } from './sources/chart-source.ts';
import type { OtherLayers } from '../values/layers.ts';
import { type TemplateReads, valuesKeyOf, templateReads } from './template-reads.ts';

/**
 * What values say otherwise than the defaults of a chart, or again over layers that say otherwise.
 * @throws UserError for values that are no map, or no YAML
 */
export function customisationsIn(
  pulled: PulledChart,
  use: Pick<ChartUse, 'name' | 'alsoRead'>,
  ours: OurValues,
  others?: OtherLayers,
): ValuesDiff {
  const { base, reads, subcharts } = comparable(pulled);
  return diffValues({
    base,
    ours,
    isRead: at => isReadElsewhere(use, at) || reads().readerOf(at) !== undefined,
    subcharts,
    ...(others ? { others } : {}),
  });
}

type Comparable = { base: ReadDefaults; reads(): TemplateReads; subcharts: readonly string[] };

const known = new WeakMap<PulledChart, Comparable>();

/** What of a chart values are compared with, read once. */
function comparable(pulled: PulledChart): Comparable {
  const { chart, files } = pulled;
  const { dependencies, name, version } = chart;
  const found = known.get(pulled) ?? {
    base: readDefaults(
      decodeUtf8(chart.values ?? Buffer.alloc(0), 'values.yaml'),
      `values.yaml of ${name} ${version}`,
    ),
    reads: memoized(() => templateReads({ files, dependencies })),
    subcharts: dependencies.map(valuesKeyOf),
  };
  known.set(pulled, found);
  return found;
}
