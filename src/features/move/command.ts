import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageMove'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: ['slipway move wiki --to disabled --dry-run', 'slipway move disabled/wiki --to production --yes'],
  async run(session, input) {
    const { runMove } = await import('./run.ts');
    return runMove(session, input);
  },
});
