import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway outdated',
    'slipway outdated argo-cd harbor --images',
    'slipway outdated --json --exit-code',
  ],
  async run(session, input) {
    const { runOutdated } = await import('./run.ts');
    return runOutdated(session, input);
  },
});
