import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway undo`. */
export const FLAGS = {
  list: { help: say('undo.list') },
  decisions: { value: '<file>', help: say('undo.decisions') },
} as const satisfies FlagTable;

export type UndoInput = CommandInput<typeof FLAGS>;
