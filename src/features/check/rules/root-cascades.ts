import { say } from '../../../locales/say.ts';
import type { ListedApplication } from '../../../repository/applications.ts';
import { folderAt } from '../../../repository/deployments.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryRule } from '../rule.ts';

/** A root with the finalizer, once deleted, deletes its Applications, and these what they made: a whole cluster. */
export const rootCascades: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.rootCascades'),
  check: ({ applications, unseen }) => {
    const files = new Map<string, number>();
    for (const { from } of applications) files.set(from, (files.get(from) ?? 0) + 1);
    const below = countBelow(applications);
    const hidden = new Map(unseen.map(({ root, file, children }) => [`${file} ${root}`, new Set(children)]));
    return applications.flatMap(({ name, from, set, path, deletes }) => {
      const folder = folderAt(path) ?? '';
      // Its own file may stand among those of its Applications.
      const own = from.startsWith(`${folder}/`) ? [from] : [];
      const others = new Set([...own, ...(hidden.get(`${from} ${name}`) ?? [])]);
      const count = [...others].reduce((left, file) => left - (files.get(file) ?? 0), below.get(folder) ?? 0);
      if (set !== undefined || !deletes || count < 1) return [];
      return [
        {
          file: from,
          isOfNoApp: true as const,
          message: say('rules.rootTakesAlong', { name: display(name), count }),
          hint: say('rules.rootTakesAlongHint'),
        },
      ];
    });
  },
};

/** How many Applications stand below each folder. */
function countBelow(applications: readonly ListedApplication[]): Map<string, number> {
  const below = new Map<string, number>();
  for (const { from } of applications)
    for (let at = from.lastIndexOf('/'); at > 0; at = from.lastIndexOf('/', at - 1))
      below.set(from.slice(0, at), (below.get(from.slice(0, at)) ?? 0) + 1);
  return below;
}
