import { type Command, defineCommand } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';
import { FLAGS } from './flags.ts';

export const command: Command = defineCommand({
  usage: say('generators.newUsage'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: [
    'slipway new',
    'slipway new database --name orders --environment production',
    'slipway new database --set name=orders --dry-run',
  ],
  async inPlace(words, cwd) {
    const { flagsInPlace } = await import('./open-flags.ts');
    return { ...command, ...(await flagsInPlace(words, cwd)) };
  },
  async run(session, input) {
    const { runNew } = await import('./run.ts');
    return runNew(session, input);
  },
});
