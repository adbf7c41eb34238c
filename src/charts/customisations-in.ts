import { type ChartUse, isReadElsewhere } from '../deliveries/chart-use.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { diffValues, type ValuesDiff } from '../values/values-diff.ts';
import type { PulledChart } from './sources/chart-source.ts';
import type { OtherLayers } from '../values/layers.ts';
import { valuesKeyOf, templateReads } from './template-reads.ts';

/**
 * What a text of values says otherwise than the defaults of a chart, or again over layers that say otherwise.
 * @throws UserError for a text that is no map, or no YAML
 */
export function customisationsIn(
  { chart, files }: PulledChart,
  use: Pick<ChartUse, 'name' | 'alsoRead'>,
  ours: { text: string; name: string; others?: OtherLayers },
): ValuesDiff {
  const { dependencies, version } = chart;
  const reads = templateReads({ files, dependencies });
  return diffValues({
    base: decodeUtf8(chart.values ?? Buffer.alloc(0), 'values.yaml'),
    ours: ours.text.replace(/^\ufeff/, ''),
    names: { base: `values.yaml of ${use.name} ${version}`, ours: ours.name },
    isRead: at => isReadElsewhere(use, at) || reads.readerOf(at) !== undefined,
    subcharts: dependencies.map(valuesKeyOf),
    ...(ours.others ? { others: ours.others } : {}),
  });
}
