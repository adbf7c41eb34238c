import type { Command } from '../../cli/command.ts';

export const command: Command = {
  usage: '[path…]',
  maxPositionals: Number.POSITIVE_INFINITY,
  flags: {
    staged: {
      help: {
        en: 'read the index, as the next commit will have it; without paths, the apps that it changes',
        'zh-CN': '读取暂存区（即将提交的内容）；不给路径时只检查有改动的应用',
      },
    },
    since: {
      value: '<rev>',
      help: {
        en: 'the apps that changed since a branch, tag or commit',
        'zh-CN': '自某个分支、标签或提交以来有改动的应用',
      },
    },
    render: {
      help: {
        en: 'build every app with kustomize and helm, and check what comes out',
        'zh-CN': '用 kustomize 和 helm 渲染每个应用，并检查结果',
      },
    },
    outdated: {
      help: {
        en: 'note newer chart versions (asks the network)',
        'zh-CN': '提示 chart 的新版本（需要网络）',
      },
    },
    fix: {
      help: {
        en: 'mend what is safe to mend; shows the difference',
        'zh-CN': '修正可安全修正的问题，并显示差异',
      },
    },
    force: {
      help: {
        en: 'with --fix: also files with uncommitted changes',
        'zh-CN': '配合 --fix：包括有未提交改动的文件',
      },
    },
    format: {
      value: '<terminal|json|sarif|github|junit>',
      help: { en: 'what is printed', 'zh-CN': '输出格式' },
    },
    'fail-on': {
      value: '<error|warning|note>',
      help: {
        en: 'the mildest finding that ends with exit code 1 (default: warning)',
        'zh-CN': '导致退出码为 1 的最低级别（默认 warning）',
      },
    },
  },
  examples: [
    'slipway check',
    'slipway check production/grafana',
    'slipway check --staged',
    'slipway check --since origin/main --render --format github',
    'slipway check --fix production/grafana',
  ],
  async run(session, input) {
    const { runCheck } = await import('./run.ts');
    return runCheck(session, input);
  },
};
