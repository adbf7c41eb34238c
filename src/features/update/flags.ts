import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway update`. */
export const FLAGS = {
  set: { value: '<name=answer>', repeatable: true, help: say('update.set') },
  decisions: { value: '<file>', help: say('promote.decisions') },
} as const satisfies FlagTable;

export type UpdateInput = CommandInput<typeof FLAGS>;
