import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    to: { value: '<version|range>', help: { en: 'the version to move to', 'zh-CN': '目标版本' } },
    patch: { help: { en: 'patch versions only', 'zh-CN': '只升级补丁版本' } },
    minor: { help: { en: 'up to the next major version (default)', 'zh-CN': '不跨主版本（默认）' } },
    major: { help: { en: 'major versions too', 'zh-CN': '也升级主版本' } },
    'min-age': {
      value: '<days>',
      help: { en: 'how old a version must be (default 7)', 'zh-CN': '版本至少发布多少天（默认 7）' },
    },
    interactive: {
      short: 'i',
      help: { en: 'choose apps and versions, answer decisions', 'zh-CN': '选择应用和版本，回答待决定事项' },
    },
    decisions: {
      value: '<file>',
      help: {
        en: 'answers to decisions: a YAML map of id to ours, theirs, merged or { value }',
        'zh-CN': '决定的答案：YAML，id 对应 ours、theirs、merged 或 { value }',
      },
    },
    plan: {
      value: '<file>',
      help: { en: 'write the plan to a file and stop', 'zh-CN': '把计划写入文件后停止' },
    },
    apply: {
      value: '<file>',
      help: { en: 'carry out a plan, if its inputs have not changed', 'zh-CN': '执行计划（其输入必须未变）' },
    },
    app: {
      value: '<app>',
      repeatable: true,
      help: { en: 'with --apply: only this app', 'zh-CN': '配合 --apply：只处理此应用' },
    },
    matrix: {
      help: { en: 'print the plan’s apps as a CI matrix', 'zh-CN': '以 CI 矩阵形式输出计划中的应用' },
    },
    commit: { help: { en: 'one commit per app; never pushes', 'zh-CN': '每个应用一次提交；不推送' } },
    'all-or-nothing': {
      help: {
        en: 'write nothing unless every app can be written',
        'zh-CN': '除非所有应用都能写入，否则什么都不写',
      },
    },
    report: {
      value: '<file>',
      repeatable: true,
      help: {
        en: 'write the report, Markdown or .json; .zh-CN.md is in Chinese',
        'zh-CN': '写入报告：Markdown 或 .json；.en.md 为英文',
      },
    },
    'no-render': { help: { en: 'do not render before and after', 'zh-CN': '不做前后渲染对比' } },
    demo: {
      value: '[dir]',
      optional: true,
      help: { en: 'on the demo repository', 'zh-CN': '在演示仓库中运行' },
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
