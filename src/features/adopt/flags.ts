import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway adopt`. */
export const FLAGS = {
  demo: { value: '[dir]', optional: true, help: say('diff.demoRepository') },
} as const satisfies FlagTable;

export type AdoptInput = CommandInput<typeof FLAGS>;
