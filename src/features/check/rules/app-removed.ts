import type { RemovedApp } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { say } from '../../../locales/say.ts';

/** Without its folder an Application is deleted, and with it everything it had made, volumes included. */
export const appRemoved: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.removedRenamedFolderTakesWhat'),
  check: ({ removed }) =>
    removed.map(app => ({ file: app.folder, message: describe(app), hint: hintFor(app) })),
};

function describe(app: RemovedApp): Text {
  const { renamedTo } = app;
  const lost = losses(app);
  const what = renamedTo === undefined ? say('rules.folderGone') : say('rules.folderNow', { renamedTo });
  return say('rules.argoCdWillDeleteApp', { what, lost });
}

function losses({ claims, crds, charts }: RemovedApp): Text {
  const parts = [
    ...(claims.length > 0 ? [`PersistentVolumeClaim ${claims.join(', ')}`] : []),
    ...(crds.length > 0 ? [`CustomResourceDefinition ${crds.join(', ')}`] : []),
  ];
  const unseen = charts.length > 0 ? charts.join(', ') : '';
  return say('rules.deletedWithApp', {
    value: parts.length > 0 ? `, with ${parts.join('; ')}` : '',
    value2: unseen === '' ? '' : `, and whatever ${unseen} made`,
    value3: parts.length > 0 ? `，包括 ${parts.join('；')}` : '',
    value4: unseen === '' ? '' : `，以及 ${unseen} 创建的内容`,
  });
}

function hintFor({ claims, renamedTo }: RemovedApp): Text {
  if (renamedTo === undefined && claims.length === 0) return say('rules.nothingDoIfMeant');
  return say('rules.backVolumesUpKeepThem');
}
