import type { AppRule } from '../rule.ts';
import { localChartFile } from './chart-local-missing.ts';
import { repositoryUrlProblem } from '../../../repository/repository-url.ts';
import { say } from '../../../locales/say.ts';

/** A repository that is no address can be asked by nobody: not by kustomize either. */
export const chartRepoUrl: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.chartsRepoAddressWithoutLogin'),
  check: ({ charts, kindOf }) =>
    charts.flatMap(({ chart, kustomization }) => {
      const problem = chart.repo ? repositoryUrlProblem(chart.repo) : undefined;
      const isLocal = !chart.version && kindOf(localChartFile(chart, kustomization)) === 'file';
      if (problem === undefined || isLocal) return [];
      return [
        {
          ...chart.at('repo'),
          message: say('rules.repoChartNoAddress', { name: chart.name ?? '', problem }),
          hint: say('rules.writeHttpsHostPathOci'),
        },
      ];
    }),
};
