import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '<app> --to <environment|disabled>',
  maxPositionals: 1,
  flags: {
    to: {
      value: '<folder>',
      help: {
        en: 'the environment, or a folder that Argo CD does not sync, such as disabled',
        'zh-CN': '目标环境，或 Argo CD 不同步的目录（例如 disabled）',
      },
    },
  },
  examples: ['slipway move wiki --to disabled --dry-run', 'slipway move disabled/wiki --to production --yes'],
  async run(session, input) {
    const { runMove } = await import('./run.ts');
    return runMove(session, input);
  },
};
