import type { AppRule } from '../rule.ts';
import { repositoryUrlProblem } from '../../../repository/repository-url.ts';

/** A repository that is no address can be asked by nobody: not by kustomize either. */
export const chartRepoUrl: AppRule = {
  scope: 'app',
  severity: 'error',
  title: {
    en: "a chart's repo is an address, without a login",
    'zh-CN': 'chart 的 repo 是地址，且不含登录信息',
  },
  check: ({ charts }) =>
    charts.flatMap(({ chart }) => {
      const problem = chart.repo ? repositoryUrlProblem(chart.repo) : undefined;
      if (problem === undefined) return [];
      return [
        {
          ...chart.at('repo'),
          message: {
            en: `the repo of chart ${chart.name ?? ''} is no address: ${problem.en}`,
            'zh-CN': `chart ${chart.name ?? ''} 的 repo 不是地址：${problem['zh-CN']}`,
          },
          hint: {
            en: 'write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm',
            'zh-CN': '写成 https://HOST/PATH 或 oci://HOST/PATH；登录信息交给 helm',
          },
        },
      ];
    }),
};
