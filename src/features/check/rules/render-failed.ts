import type { AppRule } from '../rule.ts';

/** What does not build here does not build in the cluster. */
export const renderFailed: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: { en: 'the app renders', 'zh-CN': '应用可以渲染' },
  check: ({ rendered, root }) => {
    if (!root || rendered === undefined) return [];
    if (rendered.status === 'rendered' || rendered.status === 'refused') return [];
    const isImpossible = rendered.status === 'impossible';
    return [
      {
        ...(isImpossible && rendered.place ? rendered.place : root.at()),
        ...(isImpossible ? { severity: 'note' as const } : {}),
        message: isImpossible
          ? { en: `not rendered: ${rendered.reason}`, 'zh-CN': `未渲染：${rendered.reason}` }
          : { en: `does not render: ${rendered.reason}`, 'zh-CN': `渲染失败：${rendered.reason}` },
        hint: isImpossible
          ? {
              en: 'install what is missing, run once with the network, or keep a copy in the repository',
              'zh-CN': '安装缺少的工具、联网运行一次，或在仓库内保存副本',
            }
          : { en: 'mend what the tool says', 'zh-CN': '按工具提示修正' },
      },
    ];
  },
};
