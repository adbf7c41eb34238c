import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway merge-values`. */
export const FLAGS = {
  base: { value: '<file>', help: say('mergeValues.chartsOldDefaultValues') },
  ours: { value: '<file>', help: say('mergeValues.teamsEditedCopyThem') },
  theirs: { value: '<file>', help: say('mergeValues.chartsNewDefaultValues') },
  decisions: {
    value: '<file>',
    help: say('mergeValues.answersDecisionsYamlMapId'),
  },
  into: {
    value: '<file>',
    help: say('mergeValues.writeResultHereNotStdout'),
  },
  mark: {
    help: say('mergeValues.commentAboveEachOpenDecision'),
  },
} as const satisfies FlagTable;

export type MergeInput = CommandInput<typeof FLAGS>;
