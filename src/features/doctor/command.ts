import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '',
  maxPositionals: 0,
  flags: {},
  examples: ['slipway doctor', 'slipway doctor --offline', 'slipway doctor --json'],
  async run(session) {
    const { runDoctor } = await import('./run.ts');
    return runDoctor(session);
  },
};
