import type { RemovedApp } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { say } from '../../../locales/say.ts';
import { lossWords } from './loss-words.ts';

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
  const lost = lossWords(app);
  const what = renamedTo === undefined ? say('rules.folderGone') : say('rules.folderNow', { renamedTo });
  return say('rules.argoCdWillDeleteApp', { what, lost });
}

function hintFor({ claims, clusters, renamedTo }: RemovedApp): Text {
  if (clusters.length > 0) return say('rules.clusterGoesWithApp');
  if (renamedTo === undefined && claims.length === 0) return say('rules.nothingDoIfMeant');
  return say('rules.backVolumesUpKeepThem');
}
