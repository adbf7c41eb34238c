import type { AppRule } from '../rule.ts';
import { say } from '../../../locales/say.ts';

/** Kustomize needs a name for every chart. */
export const chartName: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.everyChartHasName'),
  check: ({ charts }) =>
    charts
      .filter(
        ({ chart }) =>
          chart.data['name'] === undefined || chart.data['name'] === '' || chart.data['name'] === null,
      )
      .map(({ chart }) => ({
        ...chart.at(),
        message: say('rules.chartHasNoName'),
        hint: say('rules.addName'),
      })),
};
