import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[dir]',
  maxPositionals: 1,
  flags: {
    restart: { help: say('onboard.beginAnew') },
    demo: {
      help: say('onboard.copyDemoEvenInsideRepository'),
    },
  },
  examples: ['slipway onboard', 'slipway onboard --restart --demo', 'slipway onboard --yes --lang zh-CN'],
  async run(session, input) {
    const { runOnboard } = await import('./run.ts');
    return runOnboard(session, input);
  },
};
