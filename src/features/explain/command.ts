import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  usage: say('explain.usage'),
  maxPositionals: 1,
  flags: {},
  examples: ['slipway explain E_DIRTY', 'slipway explain chart-outdated', 'slipway explain'],
  async run(session, input) {
    const { runExplain } = await import('./run.ts');
    return runExplain(session, input);
  },
});
