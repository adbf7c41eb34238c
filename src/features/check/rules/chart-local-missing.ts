import { posix } from 'node:path';
import type { ChartEntry, Kustomization } from '../../../repository/kustomization.ts';
import type { AppRule } from '../rule.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** Where kustomize looks for charts, as it is written. */
function chartHomeOf({ data }: Kustomization): string {
  return stringOf(valueAt(data, ['helmGlobals', 'chartHome'])) ?? 'charts';
}

/** The Chart.yaml that kustomize takes for an entry without a version, whatever its repo says. */
export function localChartFile(chart: ChartEntry, kustomization: Kustomization): string {
  return posix.join(kustomization.folder, chartHomeOf(kustomization), chart.name ?? '', 'Chart.yaml');
}

/** An entry without repo and version means a chart in the app's own charts/. */
export const chartLocalMissing: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.localChartCharts'),
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const { name } = chart;
      const home = chartHomeOf(kustomization);
      const isLocal = chart.data['repo'] === undefined && chart.data['version'] === undefined;
      if (name === undefined || !isLocal || home.startsWith('/')) return [];
      if (facts.kindOf(localChartFile(chart, kustomization)) === 'file') return [];
      const folder = `${home.replace(/\/$/, '')}/${name}`;
      return [
        {
          ...chart.at('name'),
          message: say('rules.thereNoChartYamlEntry', { folder }),
          hint: say('rules.putChartIntoAddRepo', { folder }),
        },
      ];
    }),
};
