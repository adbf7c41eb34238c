import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    format: {
      value: '<table|yaml>',
      help: {
        en: 'yaml: values files cut down to the customisations, comments kept',
        'zh-CN': 'yaml：只含定制项的 values 文件，保留注释',
      },
    },
    demo: {
      value: '[dir]',
      optional: true,
      help: { en: 'on the demo repository', 'zh-CN': '在演示仓库中运行' },
    },
  },
  examples: ['slipway diff', 'slipway diff harbor --format yaml > harbor.yaml', 'slipway diff --json'],
  async run(session, input) {
    const { runDiff } = await import('./run.ts');
    return runDiff(session, input);
  },
};
