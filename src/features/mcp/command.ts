import { untranslated } from '../../text/language.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: untranslated(''),
  maxPositionals: 0,
  flags: FLAGS,
  examples: ['slipway mcp -C fleet', 'slipway mcp --allow write', 'slipway mcp --tools outdated,diff,check'],
  async run(session, input) {
    const { runMcp } = await import('./run.ts');
    return runMcp(session, input);
  },
});
