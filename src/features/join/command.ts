import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('shard.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway join check-*.json',
    'slipway join --format sarif check-*.json',
    'slipway join --format markdown preview-*.json',
  ],
  async run(session, input) {
    const { runJoin } = await import('./run.ts');
    return runJoin(session, input);
  },
});
