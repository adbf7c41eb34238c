import type { CommandInput } from '../../cli/command.ts';
import type { FlagTable } from '../../cli/flags.ts';
import { say } from '../../locales/say.ts';

/** The flags of `slipway upgrade`. */
export const FLAGS = {
  to: { value: '<version|range>', help: say('upgrade.versionMove') },
  patch: { help: say('upgrade.patchVersionsOnly') },
  minor: { help: say('upgrade.upNextMajorVersionDefault') },
  major: { help: say('upgrade.majorVersionsToo') },
  pin: { help: say('upgrade.pin') },
  'min-age': {
    value: '<days>',
    help: say('upgrade.howOldVersionMustDefault'),
  },
  interactive: {
    short: 'i',
    help: say('upgrade.chooseAppsVersionsAnswerDecisions'),
  },
  decisions: {
    value: '<file>',
    help: say('upgrade.answersDecisionsYamlMapId'),
  },
  accept: {
    value: '<risk>',
    repeatable: true,
    help: say('upgrade.acceptRisk'),
  },
  plan: {
    value: '<file>',
    help: say('upgrade.writePlanFileStop'),
  },
  apply: {
    value: '<file>',
    help: say('upgrade.carryOutPlanIfInputs'),
  },
  app: {
    value: '<app>',
    repeatable: true,
    help: say('upgrade.applyOnlyApp'),
  },
  shard: { value: '<n/of>', help: say('upgrade.shard') },
  matrix: {
    value: '[shards]',
    optional: true,
    help: say('upgrade.printPlansAppsCiMatrix'),
  },
  commit: { help: say('upgrade.oneCommitPerAppNever') },
  'all-or-nothing': {
    help: say('upgrade.writeNothingUnlessEveryApp'),
  },
  report: {
    value: '<file>',
    repeatable: true,
    help: say('upgrade.writeReportMarkdownJsonZh'),
  },
  tidy: { help: say('upgrade.tidy') },
  prove: { help: say('proof.prove') },
  budget: { value: '<renders>', help: say('cli.proofBudget') },
  'no-render': { help: say('upgrade.doNotRenderBeforeAfter') },
  'exit-code': { help: say('upgrade.exitCode') },
  demo: {
    value: '[dir]',
    optional: true,
    help: say('upgrade.demoRepository'),
  },
} as const satisfies FlagTable;

export type UpgradeInput = CommandInput<typeof FLAGS>;
