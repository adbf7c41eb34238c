import type { AppRule } from '../rule.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';

/** An entry without repo and version means a chart in the app's own charts/. */
export const chartLocalMissing: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'a local chart is in charts/', 'zh-CN': '本地 chart 位于 charts/' },
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
          message: {
            en: `there is no ${folder}/Chart.yaml, and the entry names no repo`,
            'zh-CN': `没有 ${folder}/Chart.yaml，且未写 repo`,
          },
          hint: {
            en: `put the chart into ${folder}, or add repo and version`,
            'zh-CN': `将 chart 放入 ${folder}，或添加 repo 和 version`,
          },
        },
      ];
    }),
};
