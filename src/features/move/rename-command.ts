import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '<app> <new-name>',
  maxPositionals: 2,
  flags: {},
  examples: ['slipway rename wiki docs --dry-run', 'slipway rename production/wiki docs --yes'],
  async run(session, input) {
    const { runRename } = await import('./run.ts');
    return runRename(session, input);
  },
};
