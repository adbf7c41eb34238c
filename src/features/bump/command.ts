import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('bump.usage'),
  maxPositionals: 1,
  flags: FLAGS,
  examples: [
    'slipway bump shop --image shop=registry.example.com/team/shop:1.4.0 --dry-run',
    'slipway bump shop --env production --image shop=:1.4.0@sha256:… --commit --no-input',
    'slipway bump shop --image shop=:1.4.0 --require-change',
  ],
  async run(session, input) {
    const { runBump } = await import('./run.ts');
    return runBump(session, input);
  },
});
