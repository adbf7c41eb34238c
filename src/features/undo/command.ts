import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('undo.usage'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: ['slipway undo --dry-run', 'slipway undo', 'slipway undo --list'],
  async run(session, input) {
    const { runUndo } = await import('./run.ts');
    return runUndo(session, input);
  },
});
