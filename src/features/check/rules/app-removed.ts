import type { RemovedApp } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';

/** Without its folder an Application is deleted, and with it everything it had made, volumes included. */
export const appRemoved: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: {
    en: 'a removed or renamed folder takes what runs with it',
    'zh-CN': '删除或重命名目录会删除正在运行的资源',
  },
  check: ({ removed }) =>
    removed.map(app => ({ file: app.folder, message: describe(app), hint: hintFor(app) })),
};

function describe(app: RemovedApp): Text {
  const { renamedTo } = app;
  const lost = losses(app);
  const what =
    renamedTo === undefined
      ? { en: 'the folder is gone', 'zh-CN': '目录已删除' }
      : { en: `the folder is now ${renamedTo}`, 'zh-CN': `目录已变为 ${renamedTo}` };
  return {
    en: `${what.en}: Argo CD will delete the app${lost.en}`,
    'zh-CN': `${what['zh-CN']}：Argo CD 会删除该应用${lost['zh-CN']}`,
  };
}

function losses({ claims, crds, charts }: RemovedApp): Text {
  const parts = [
    ...(claims.length > 0 ? [`PersistentVolumeClaim ${claims.join(', ')}`] : []),
    ...(crds.length > 0 ? [`CustomResourceDefinition ${crds.join(', ')}`] : []),
  ];
  const unseen = charts.length > 0 ? charts.join(', ') : '';
  return {
    en: `${parts.length > 0 ? `, with ${parts.join('; ')}` : ''}${unseen === '' ? '' : `, and whatever ${unseen} made`}`,
    'zh-CN': `${parts.length > 0 ? `，包括 ${parts.join('；')}` : ''}${unseen === '' ? '' : `，以及 ${unseen} 创建的内容`}`,
  };
}

function hintFor({ claims, renamedTo }: RemovedApp): Text {
  if (renamedTo === undefined && claims.length === 0)
    return { en: 'nothing to do if that is meant', 'zh-CN': '如符合预期则无需处理' };
  return {
    en: 'back volumes up or keep them (argocd.argoproj.io/sync-options: Prune=false,Delete=false) before this is synced',
    'zh-CN': '同步之前备份数据卷，或用 argocd.argoproj.io/sync-options: Prune=false,Delete=false 保留',
  };
}
