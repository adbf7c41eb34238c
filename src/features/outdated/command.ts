import type { Command } from '../../cli/command.ts';
import { EXIT } from '../../errors.ts';

export const command: Command = {
  usage: '[app…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    images: {
      help: { en: 'also the images of resources and values', 'zh-CN': '也检查资源和 values 中的镜像' },
    },
    'min-age': {
      value: '<days>',
      help: {
        en: 'how old a version must be to count (default 7)',
        'zh-CN': '版本至少发布多少天才算数（默认 7）',
      },
    },
    'exit-code': {
      help: { en: 'end with 1 if something is outdated', 'zh-CN': '有可升级的版本时以 1 退出' },
    },
    demo: {
      value: '[dir]',
      optional: true,
      help: { en: 'on the demo repository', 'zh-CN': '在演示仓库中运行' },
    },
  },
  examples: [
    'slipway outdated',
    'slipway outdated argo-cd harbor --images',
    'slipway outdated --json --exit-code',
  ],
  async run(session, input) {
    const { runOutdated } = await import('./run.ts');
    const outdated = await runOutdated(session, input);
    return outdated && input.switches.has('exit-code') ? EXIT.findings : EXIT.done;
  },
};
