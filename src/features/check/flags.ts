import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway check`. */
export const FLAGS = {
  staged: {
    help: say('check.readIndexNextCommitWill'),
  },
  since: {
    value: '<rev>',
    help: say('check.appsChangedSinceBranchTag'),
  },
  render: {
    help: say('check.buildEveryAppKustomizeHelm'),
  },
  cluster: {
    help: say('cluster.askWithServer'),
  },
  context: {
    value: '<name>',
    help: say('cluster.whichContext'),
  },
  policies: { help: say('policies.flag') },
  outdated: {
    help: say('check.noteNewerChartVersionsAsks'),
  },
  fix: {
    help: say('check.mendWhatSafeMendShows'),
  },
  force: {
    help: say('check.fixAlsoFilesUncommittedChanges'),
  },
  format: {
    value: '<terminal|lines|json|html|sarif|github|junit>',
    help: say('check.whatPrinted'),
  },
  'fail-on': {
    value: '<error|warning|note>',
    help: say('check.mildestFindingEndsExitCode'),
  },
  watch: { help: say('check.watch') },
  shard: { value: '<n/of>', help: say('shard.flag') },
  matrix: { value: '<shards>', help: say('shard.flagMatrix') },
  plan: { value: '<file>', help: say('check.flagPlan') },
  apply: { value: '<file>', help: say('check.flagApply') },
  'exit-code': { help: say('check.exitCode') },
} as const satisfies FlagTable;

export type CheckInput = CommandInput<typeof FLAGS>;
