import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway build shop',
    'slipway build | kube-score score -',
    'slipway build --json production/wiki',
    'slipway build shop --env production',
  ],
  async run(session, input) {
    const { runBuild } = await import('./run.ts');
    return runBuild(session, input);
  },
});
