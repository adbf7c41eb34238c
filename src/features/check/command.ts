import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[path…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    staged: {
      help: say('check.readIndexNextCommitWill'),
    },
    since: {
      value: '<rev>',
      help: say('check.appsChangedSinceBranchTag'),
    },
    render: {
      help: say('check.buildEveryAppKustomizeHelm'),
    },
    outdated: {
      help: say('check.noteNewerChartVersionsAsks'),
    },
    fix: {
      help: say('check.mendWhatSafeMendShows'),
    },
    force: {
      help: say('check.fixAlsoFilesUncommittedChanges'),
    },
    format: {
      value: '<terminal|json|sarif|github|junit>',
      help: say('check.whatPrinted'),
    },
    'fail-on': {
      value: '<error|warning|note>',
      help: say('check.mildestFindingEndsExitCode'),
    },
  },
  examples: [
    'slipway check',
    'slipway check production/grafana',
    'slipway check --staged',
    'slipway check --since origin/main --render --format github',
    'slipway check --fix production/grafana',
  ],
  async run(session, input) {
    const { runCheck } = await import('./run.ts');
    return runCheck(session, input);
  },
};
