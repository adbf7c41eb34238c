import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway outdated`. */
export const FLAGS = {
  images: {
    help: say('outdated.alsoImagesResourcesValues'),
  },
  'min-age': {
    value: '<days>',
    help: say('outdated.howOldVersionMustCount'),
  },
  html: { value: '<file>', help: say('outdated.flagHtml') },
  'exit-code': {
    help: say('outdated.end1IfSomethingOutdated'),
  },
  demo: {
    value: '[dir]',
    optional: true,
    help: say('outdated.demoRepository'),
  },
} as const satisfies FlagTable;

export type OutdatedInput = CommandInput<typeof FLAGS>;
