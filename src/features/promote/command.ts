import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('promote.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway promote --all --from dev --to production --status',
    'slipway promote shop --from dev --to production --dry-run',
    'slipway promote --all --from dev --to production --only charts,images --commit --yes',
    'slipway promote --all --from dev --to production --plan plan.json',
  ],
  async run(session, input) {
    const { runPromote } = await import('./run.ts');
    return runPromote(session, input);
  },
});
