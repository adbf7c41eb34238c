import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: { 'compare-renderers': { help: say('doctor.compareRenderersFlag') } },
  examples: [
    'slipway doctor',
    'slipway doctor --offline',
    'slipway doctor --json',
    'slipway doctor --compare-renderers',
  ],
  async run(session, input) {
    const { runDoctor } = await import('./run.ts');
    return runDoctor(session, { compare: input.switches.has('compare-renderers') });
  },
});
