import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';

/** Kustomize leaves a chart's `crds/` out unless told. */
export const chartIncludeCrds: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'every chart has includeCRDs: true', 'zh-CN': '每个 chart 都设置 includeCRDs: true' },
  check: ({ charts }) =>
    charts
      .filter(({ chart }) => chart.data['includeCRDs'] !== true)
      .map(({ chart, kustomization: { file, text } }) => {
        const isWritten = 'includeCRDs' in chart.data;
        return {
          ...chart.at(isWritten ? 'includeCRDs' : undefined),
          message: {
            en: `chart ${chart.name ?? ''} leaves its custom resource definitions out`,
            'zh-CN': `chart ${chart.name ?? ''} 不包含 CRD`,
          },
          hint: { en: 'set includeCRDs: true', 'zh-CN': '设置 includeCRDs: true' },
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
