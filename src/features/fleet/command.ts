import { defineCommand } from '../../cli/command.ts';
import { untranslated } from '../../text/language.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: {},
  examples: ['slipway fleet', 'slipway fleet --json'],
  async run(session, input) {
    const { runFleet } = await import('./run.ts');
    return runFleet(session, input);
  },
});
