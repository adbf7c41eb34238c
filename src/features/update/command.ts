import { defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('update.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway update --dry-run',
    'slipway update orders',
    'slipway update orders --set size=20',
    'slipway update orders --decisions decisions.yaml',
  ],
  async run(session, input) {
    const { runUpdate } = await import('./run.ts');
    return runUpdate(session, input);
  },
});
