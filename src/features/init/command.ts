import { flagsOf } from '../../../generators/question.ts';
import { REPOSITORY_QUESTIONS } from '../../../generators/init/questions.ts';
import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[dir]',
  maxPositionals: 1,
  flags: {
    ...flagsOf(Object.values(REPOSITORY_QUESTIONS)),
    'charts-from': {
      value: '<url>',
      help: say('init.oneChartRepositoryHasAll'),
    },
    'no-charts': {
      help: say('init.noLookUpsAppsMade'),
    },
    package: {
      value: '<name@version>',
      help: say('init.npmPackageCiPreCommit'),
    },
    force: {
      help: say('init.alsoOverwriteFilesThereDiffer'),
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
