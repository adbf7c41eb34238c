import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway upgrade --dry-run',
    'slipway upgrade --yes --commit --report report.md --report report.zh-CN.md',
    'slipway upgrade harbor --to 1.19.x --interactive',
    'slipway upgrade --plan plan.json --matrix && slipway upgrade --apply plan.json --app production/harbor --yes',
  ],
  async run(session, input) {
    const { runUpgrade } = await import('./run.ts');
    return runUpgrade(session, input);
  },
});
