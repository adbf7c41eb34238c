import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageCheck'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway check',
    'slipway check production/grafana',
    'slipway check --staged',
    'slipway check --since origin/main --render --format github',
    'slipway check --cluster --context staging production/grafana',
    'slipway check --fix production/grafana',
    'slipway check --shard 2/8 --json > check-2.json',
  ],
  async join(session, request) {
    const { joinChecks } = await import('./shards/run-join.ts');
    return joinChecks(session, request);
  },
  async run(session, input) {
    const { runCheck } = await import('./run.ts');
    return runCheck(session, input);
  },
});
