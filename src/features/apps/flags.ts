import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway apps`. */
export const FLAGS = {
  base: { value: '<revision>', help: say('apps.flagBase') },
} as const satisfies FlagTable;

export type AppsInput = CommandInput<typeof FLAGS>;
