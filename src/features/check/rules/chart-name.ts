import type { AppRule } from '../rule.ts';

/** Kustomize needs a name for every chart. */
export const chartName: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'every chart has a name', 'zh-CN': '每个 chart 都有 name' },
  check: ({ charts }) =>
    charts
      .filter(
        ({ chart }) =>
          chart.data['name'] === undefined || chart.data['name'] === '' || chart.data['name'] === null,
      )
      .map(({ chart }) => ({
        ...chart.at(),
        message: { en: 'the chart has no name', 'zh-CN': '该 chart 没有 name' },
        hint: { en: 'add name:', 'zh-CN': '添加 name:' },
      })),
};
