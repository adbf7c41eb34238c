import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('adopt.usage'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway adopt wiki --dry-run',
    'slipway adopt production/wiki --yes',
    'helm get values wiki -o yaml | slipway adopt --release wiki --values - --chart wiki --repo https://… --version 1.4.0',
    'slipway adopt --audit',
  ],
  async run(session, input) {
    const { runAdopt } = await import('./run.ts');
    return runAdopt(session, input);
  },
});
