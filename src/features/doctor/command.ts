import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: FLAGS,
  examples: [
    'slipway doctor',
    'slipway doctor --offline',
    'slipway doctor --json',
    'slipway doctor --compare-renderers',
    'slipway doctor --schemas ~/.cache/cluster-schemas --context staging',
  ],
  async run(session, input) {
    const { runDoctor } = await import('./run.ts');
    return runDoctor(session, input);
  },
});
