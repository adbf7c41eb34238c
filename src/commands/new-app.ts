import type { Command } from '../cli.ts';

export const command: Command = {
  usage: '[name]',
  maxPositionals: 1,
  flags: {},
  examples: [],
  async run() {
    return Promise.resolve(0);
  },
};
