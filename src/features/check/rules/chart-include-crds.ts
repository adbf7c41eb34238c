import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Kustomize leaves a chart's `crds/` out unless told. */
export const chartIncludeCrds: AppRule = {
  scope: 'app',
  habit: 'includeCrds',
  severity: 'error',
  title: say('rules.everyChartHasIncludecrdsTrue'),
  check: ({ charts }) =>
    charts
      .filter(({ chart }) => chart.data['includeCRDs'] !== true)
      .map(({ chart, kustomization: { file, text } }) => {
        const isWritten = 'includeCRDs' in chart.data;
        return {
          ...chart.at(isWritten ? 'includeCRDs' : undefined),
          message: say('rules.chartLeavesCustomResourceDefinitions', { name: chart.name ?? '' }),
          hint: say('rules.setIncludecrdsTrue'),
          fix: style =>
            yamlFix(file, text, {
              kind: 'put',
              path: ['helmCharts', chart.index, 'includeCRDs'],
              value: true,
              place: { order: style.chartKeys.value },
            }),
        };
      }),
};
