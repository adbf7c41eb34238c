import { flagsOf } from '../../../generators/question.ts';
import { REPOSITORY_QUESTIONS } from '../../../generators/init/questions.ts';
import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '[dir]',
  maxPositionals: 1,
  flags: {
    ...flagsOf(Object.values(REPOSITORY_QUESTIONS)),
    'charts-from': {
      value: '<url>',
      help: {
        en: 'one chart repository that has all charts, instead of their publishers’',
        'zh-CN': '从同一个 chart 仓库获取所有 chart，而不是各自的发布者',
      },
    },
    'no-charts': {
      help: {
        en: 'no look-ups: the apps are made without their charts, which a later init adds',
        'zh-CN': '不查询 chart：应用先不含 chart，以后再次 init 补上',
      },
    },
    package: {
      value: '<name@version>',
      help: {
        en: 'the npm package that CI and pre-commit run (default: this version of slipway)',
        'zh-CN': 'CI 和 pre-commit 运行的 npm 包（默认：slipway 的当前版本）',
      },
    },
    force: {
      help: { en: 'also overwrite files that are there and differ', 'zh-CN': '同时覆盖已存在且不同的文件' },
    },
  },
  examples: [
    'slipway init',
    'slipway init cluster --repo-url https://git.example.org/team/cluster.git --domains apps.example.org --yes',
    'slipway init --repo-url git@git.example.org:team/cluster.git --domains apps.example.org,a.example.org --mirror mirror.example.org/ --email ops@example.org --ci gitlab',
    'slipway init --domains apps.example.org --repo-url https://git.example.org/c.git --no-charts',
  ],
  async run(session, input) {
    const { runInit } = await import('./run.ts');
    return runInit(session, input);
  },
};
