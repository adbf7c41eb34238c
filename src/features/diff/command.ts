import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    format: {
      value: '<table|yaml>',
      help: say('diff.yamlValuesFilesCutDown'),
    },
    demo: {
      value: '[dir]',
      optional: true,
      help: say('diff.demoRepository'),
    },
  },
  examples: ['slipway diff', 'slipway diff harbor --format yaml > harbor.yaml', 'slipway diff --json'],
  async run(session, input) {
    const { runDiff } = await import('./run.ts');
    return runDiff(session, input);
  },
};
