import type { AppRule } from '../rule.ts';

/** A build that would run a program of the repository, or read a file outside of it, is not started. */
export const renderRefused: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: {
    en: 'a build runs no program and stays in the repository',
    'zh-CN': '构建不运行程序，也不越出仓库',
  },
  check: ({ rendered }) =>
    rendered?.status !== 'refused'
      ? []
      : rendered.refusals.map(({ reason, ...place }) => ({
          ...place,
          message: { en: `not rendered: ${reason.en}`, 'zh-CN': `未渲染：${reason['zh-CN']}` },
          hint: {
            en: 'remove it; what a build takes has to lie in the repository as plain files',
            'zh-CN': '请删除；构建所需内容应以普通文件存放在仓库内',
          },
        })),
};
