import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('adopt.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: ['slipway minimize wiki --dry-run', 'slipway minimize wiki --prove --yes'],
  async run(session, input) {
    const { runMinimize } = await import('./run.ts');
    return runMinimize(session, input);
  },
});
