import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway map`. */
export const FLAGS = {
  html: { value: '<file>', help: say('map.flagHtml') },
  mermaid: { help: say('map.flagMermaid') },
} as const satisfies FlagTable;

export type MapInput = CommandInput<typeof FLAGS>;
