import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway diff`. */
export const FLAGS = {
  format: {
    value: '<table|yaml>',
    help: say('diff.yamlValuesFilesCutDown'),
  },
  html: { value: '<file>', help: say('diff.flagHtml') },
  prove: { help: say('diff.prove') },
  budget: { value: '<renders>', help: say('cli.proofBudget') },
  'exit-code': { help: say('diff.exitCode') },
  demo: {
    value: '[dir]',
    optional: true,
    help: say('diff.demoRepository'),
  },
} as const satisfies FlagTable;

export type DiffInput = CommandInput<typeof FLAGS>;
