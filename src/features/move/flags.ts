import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway move`. */
export const FLAGS = {
  to: {
    value: '<folder>',
    help: say('move.environmentFolderArgoCdDoes'),
  },
} as const satisfies FlagTable;

export type MoveInput = CommandInput<typeof FLAGS>;
