import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '[dir]',
  maxPositionals: 1,
  flags: {
    restart: { help: { en: 'begin anew', 'zh-CN': '重新开始' } },
    demo: {
      help: {
        en: 'in a copy of the demo, even inside a repository',
        'zh-CN': '使用演示仓库的副本，即使当前目录在仓库中',
      },
    },
  },
  examples: ['slipway onboard', 'slipway onboard --restart --demo', 'slipway onboard --yes --lang zh-CN'],
  async run(session, input) {
    const { runOnboard } = await import('./run.ts');
    return runOnboard(session, input);
  },
};
