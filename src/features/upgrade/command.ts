import type { Command } from '../../cli/command.ts';
import { say } from '../../locales/say.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    to: { value: '<version|range>', help: say('upgrade.versionMove') },
    patch: { help: say('upgrade.patchVersionsOnly') },
    minor: { help: say('upgrade.upNextMajorVersionDefault') },
    major: { help: say('upgrade.majorVersionsToo') },
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
    matrix: {
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
    'no-render': { help: say('upgrade.doNotRenderBeforeAfter') },
    demo: {
      value: '[dir]',
      optional: true,
      help: say('upgrade.demoRepository'),
    },
  },
  examples: [
    'slipway upgrade --dry-run',
    'slipway upgrade --yes --commit --report report.md --report report.zh-CN.md',
    'slipway upgrade harbor --to 1.19.x --interactive',
    'slipway upgrade --plan plan.json --matrix && slipway upgrade --apply plan.json --app production/harbor --yes',
  ],
  async run(session, input) {
    const { runUpgrade } = await import('./run.ts');
    return runUpgrade(session, input);
  },
};
