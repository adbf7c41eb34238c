import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';

export const command = defineCommand({
  usage: say('cli.usageRename'),
  maxPositionals: 2,
  flags: {},
  examples: ['slipway rename wiki docs --dry-run', 'slipway rename production/wiki docs --yes'],
  async run(session, input) {
    const { runRename } = await import('./run.ts');
    return runRename(session, input);
  },
});
