import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { flagsOf } from '../../../generators/question.ts';
import { REPOSITORY_QUESTIONS } from '../../../generators/init/questions.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway init`. */
export const FLAGS = {
  ...flagsOf(Object.values(REPOSITORY_QUESTIONS)),
  'charts-from': {
    value: '<url>',
    help: say('init.oneChartRepositoryHasAll'),
  },
  'no-charts': {
    help: say('init.noLookUpsAppsMade'),
  },
  force: {
    help: say('init.alsoOverwriteFilesThereDiffer'),
  },
} as const satisfies FlagTable;

export type InitInput = CommandInput<typeof FLAGS>;
