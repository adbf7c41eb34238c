import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway minimize`. */
export const FLAGS = {
  prove: { help: say('minimize.prove') },
  budget: { value: '<renders>', help: say('cli.proofBudget') },
  demo: { value: '[dir]', optional: true, help: say('diff.demoRepository') },
} as const satisfies FlagTable;

export type MinimizeInput = CommandInput<typeof FLAGS>;
