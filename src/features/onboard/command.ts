import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageFolder'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: ['slipway onboard', 'slipway onboard --restart --demo', 'slipway onboard --yes --lang zh-CN'],
  async run(session, input) {
    const { runOnboard } = await import('./run.ts');
    return runOnboard(session, input);
  },
});
