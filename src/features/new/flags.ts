import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway new` beside those of the generator's questions. */
export const FLAGS = {
  set: { value: '<name=answer>', repeatable: true, help: say('generators.set') },
} as const satisfies FlagTable;

export type NewInput = CommandInput<typeof FLAGS>;
