import type { Command } from '../../cli/command.ts';
import { EXIT } from '../../errors.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    images: {
      help: say('outdated.alsoImagesResourcesValues'),
    },
    'min-age': {
      value: '<days>',
      help: say('outdated.howOldVersionMustCount'),
    },
    'exit-code': {
      help: say('outdated.end1IfSomethingOutdated'),
    },
    demo: {
      value: '[dir]',
      optional: true,
      help: say('outdated.demoRepository'),
    },
  },
  examples: [
    'slipway outdated',
    'slipway outdated argo-cd harbor --images',
    'slipway outdated --json --exit-code',
  ],
  async run(session, input) {
    const { runOutdated } = await import('./run.ts');
    const outdated = await runOutdated(session, input);
    return outdated && input.switches.has('exit-code') ? EXIT.findings : EXIT.done;
  },
};
