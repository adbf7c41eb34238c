import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '<app> --to <environment|disabled>',
  maxPositionals: 1,
  flags: {
    to: {
      value: '<folder>',
      help: say('move.environmentFolderArgoCdDoes'),
    },
  },
  examples: ['slipway move wiki --to disabled --dry-run', 'slipway move disabled/wiki --to production --yes'],
  async run(session, input) {
    const { runMove } = await import('./run.ts');
    return runMove(session, input);
  },
};
