import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: FLAGS,
  examples: ['slipway apps', 'slipway apps --base main', 'slipway apps --json'],
  async run(session, input) {
    const { runApps } = await import('./run.ts');
    return runApps(session, input);
  },
});
