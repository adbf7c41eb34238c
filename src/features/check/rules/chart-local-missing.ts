import type { AppRule } from '../rule.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';

/** An entry without repo and version means a chart in the app's own charts/. */
export const chartLocalMissing: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.localChartCharts'),
  check: facts =>
    facts.charts.flatMap(({ chart, kustomization }) => {
      const { name } = chart;
      const home = stringOf(valueAt(kustomization.data, ['helmGlobals', 'chartHome'])) ?? 'charts';
      const isLocal = chart.data['repo'] === undefined && chart.data['version'] === undefined;
      if (name === undefined || !isLocal || home.startsWith('/')) return [];
      const folder = `${home.replace(/\/$/, '')}/${name}`;
      if (facts.kindOf(`${kustomization.folder}/${folder}/Chart.yaml`) === 'file') return [];
      return [
        {
          ...chart.at('name'),
          message: say('rules.thereNoChartYamlEntry', { folder }),
          hint: say('rules.putChartIntoAddRepo', { folder }),
        },
      ];
    }),
};
