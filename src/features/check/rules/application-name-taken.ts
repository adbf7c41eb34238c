import type { ListedApplication } from '../../../repository/applications.ts';
import { clusterFolderOf } from '../../../repository/cluster-summary.ts';
import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryDiagnostic, RepositoryFacts } from '../facts/repository-facts.ts';
import type { RepositoryRule } from '../rule.ts';

/**
 * Two Applications of one name are one: each side writes it anew, and when one of them goes, the workload of the other goes with it.
 * Within a set Argo CD makes nothing at all.
 */
export const applicationNameTaken: RepositoryRule = {
  scope: 'repository',
  severity: 'error',
  title: say('rules.applicationNameTaken'),
  check: facts => {
    const seen = new Map<string, ListedApplication>();
    const folders = new Set(facts.apps.map(({ folder }) => folder));
    return facts.applications.flatMap(each => {
      // What goes nowhere is a patch of one, and what a kustomization renames is called otherwise than it says.
      const isRenamed = facts.renaming.some(folder => each.from.startsWith(`${folder}/`));
      if (each.path === undefined || each.cluster === undefined || isRenamed) return [];
      const id = `${instanceOf(facts, each)} ${each.name}`;
      const twin = seen.get(id);
      seen.set(id, twin ?? each);
      return twin && !isSaidOfFolders(folders, twin, each) ? [taken(each, twin)] : [];
    });
  },
};

/** The Argo CD that an Application stands in: clusters with a folder of their own below `clusters/` have one each. */
function instanceOf({ clusters }: RepositoryFacts, { from, instance = '' }: ListedApplication): string {
  const cluster = clusterFolderOf(from, clusters) ?? '';
  return `${cluster} ${instance}`;
}

/** Folders of one name are what twin-app and app-name speak of. */
function isSaidOfFolders(
  folders: ReadonlySet<string>,
  one: ListedApplication,
  other: ListedApplication,
): boolean {
  const isOfFolder = ({ path, set }: ListedApplication): boolean =>
    set !== undefined && folders.has(path ?? '');
  return one.path !== other.path && isOfFolder(one) && isOfFolder(other);
}

function taken({ name, from }: ListedApplication, twin: ListedApplication): RepositoryDiagnostic {
  return {
    file: from,
    isOfNoApp: true,
    message: say('rules.applicationNameTakenBy', { name: display(name), file: display(twin.from) }),
    hint: say('rules.applicationNameTakenHint'),
  };
}
