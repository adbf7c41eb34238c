import { say } from '../../../locales/say.ts';
import type { ListedApplication } from '../../../repository/applications.ts';
import { display } from '../../../text/display.ts';
import type { RepositoryRule } from '../rule.ts';

/** A root with the finalizer, once deleted, deletes its Applications, and these what they made: a whole cluster. */
export const rootCascades: RepositoryRule = {
  scope: 'repository',
  severity: 'warning',
  title: say('rules.rootCascades'),
  check: ({ applications }) => {
    const below = countBelow(applications);
    return applications.flatMap(({ name, from, set, path = '', deletes }) => {
      // Its own file may stand among those of its Applications.
      const count = (below.get(path) ?? 0) - (from.startsWith(`${path}/`) ? 1 : 0);
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
