import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway map',
    'slipway map --html map.html',
    'slipway map shop --mermaid',
    'slipway map --json',
  ],
  async run(session, input) {
    const { runMap } = await import('./run.ts');
    return runMap(session, input);
  },
});
