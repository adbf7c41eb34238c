import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('convert.usage'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: [
    'slipway convert production/ledger --to flux --dry-run',
    "slipway convert production/ledger --to argo --accept 'lost:*' --yes",
  ],
  async run(session, input) {
    const { runConvert } = await import('./run.ts');
    return runConvert(session, input);
  },
});
