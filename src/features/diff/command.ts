import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: ['slipway diff', 'slipway diff harbor --format yaml > harbor.yaml', 'slipway diff --json'],
  async run(session, input) {
    const { runDiff } = await import('./run.ts');
    return runDiff(session, input);
  },
});
