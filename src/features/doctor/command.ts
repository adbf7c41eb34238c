import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: {},
  examples: ['slipway doctor', 'slipway doctor --offline', 'slipway doctor --json'],
  async run(session) {
    const { runDoctor } = await import('./run.ts');
    return runDoctor(session);
  },
});
