import { folderAt } from '../../../repository/deployments.ts';
import type { RemovedApp, RepositoryFacts } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { say } from '../../../locales/say.ts';
import { lossWords } from './loss-words.ts';

/** Without its folder an Application is deleted, and with it everything it had made, volumes included. */
export const appRemoved: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.removedRenamedFolderTakesWhat'),
  check: facts =>
    facts.removed.map(app => {
      const file = app.folder;
      if (!isKept(app, facts)) return { file, message: describe(app), hint: hintFor(app) };
      const message = say('rules.argoCdKeepsApp', { what: whatOf(app) });
      return { file, severity: 'note', message, hint: say('rules.hintArgoCdKeepsApp') };
    }),
};

/** Whether Applications that go are known to have deployed it, and none of them takes along what it made. */
function isKept({ folder }: RemovedApp, { gone }: RepositoryFacts): boolean {
  const own = gone.filter(({ application: { path } }) => folderAt(path) === folder);
  return own.length > 0 && own.every(({ deletes }) => !deletes);
}

function whatOf({ renamedTo }: RemovedApp): Text {
  return renamedTo === undefined ? say('rules.folderGone') : say('rules.folderNow', { renamedTo });
}

function describe(app: RemovedApp): Text {
  return say('rules.argoCdWillDeleteApp', { what: whatOf(app), lost: lossWords(app) });
}

function hintFor({ claims, clusters, renamedTo }: RemovedApp): Text {
  if (clusters.length > 0) return say('rules.clusterGoesWithApp');
  if (renamedTo === undefined && claims.length === 0) return say('rules.nothingDoIfMeant');
  return say('rules.backVolumesUpKeepThem');
}
