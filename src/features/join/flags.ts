import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway join`. */
export const FLAGS = {
  format: {
    value: '<terminal|json|markdown|html|lines|sarif|github|junit>',
    help: say('shard.flagFormat'),
  },
} as const satisfies FlagTable;

export type JoinInput = CommandInput<typeof FLAGS>;
