import type { AppRule } from '../rule.ts';

/** Kustomize stops at a values file that is not there. */
export const valuesFileMissing: AppRule = {
  scope: 'app',
  severity: 'error',
  title: { en: 'the values files of charts exist', 'zh-CN': 'chart 的 values 文件存在' },
  check: facts =>
    facts.kustomizations.flatMap(kustomization =>
      kustomization.references
        .filter(({ steps }) => steps[0] === 'helmCharts')
        .filter(({ path }) => path !== undefined && facts.kindOf(path) !== 'file')
        .map(({ steps, value }) => ({
          ...kustomization.at(...steps),
          message: { en: `there is no ${value}`, 'zh-CN': `${value} 不存在` },
          hint: {
            en: "copy the chart's default values there, or correct the path",
            'zh-CN': '将 chart 的默认值复制到该处，或更正路径',
          },
        })),
    ),
};
