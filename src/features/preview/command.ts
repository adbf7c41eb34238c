import { say } from '../../locales/say.ts';
import { defineCommand } from '../../cli/command.ts';
import { FLAGS } from './flags.ts';

export const command = defineCommand({
  usage: say('cli.usageApps'),
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: FLAGS,
  examples: [
    'slipway preview',
    'slipway preview --base main --html preview.html --markdown preview.md',
    'slipway preview shop --json --exit-code',
    'slipway preview --demo',
  ],
  async join(session, request) {
    const { joinPreviews } = await import('./run-join.ts');
    return joinPreviews(session, request);
  },
  async run(session, input) {
    const { runPreview } = await import('./run.ts');
    return runPreview(session, input);
  },
});
