import { addTo } from '../data/append.ts';
import type { Applications, ListedApplication, ListedSet } from './applications.ts';

/** An Application that goes: to Argo CD one of another name is another one. */
export type GoneApplication = {
  application: ListedApplication;
  /** What stands in its place. */
  to: ListedApplication | undefined;
  /** Its set goes too, which owns it, and no policy of the set holds the Application then. */
  isWithSet: boolean;
  /** Whether what it made is deleted. */
  deletes: boolean;
};

/** What is other than it was. */
export type ApplicationChanges = { appears: ListedApplication[]; gone: GoneApplication[] };

/** What of the Applications is other than before; of sets that cannot be told on a side nothing is said to come or go. */
export function compareApplications(before: Applications, after: Applications): ApplicationChanges {
  const untold = new Set([...before.unknown, ...after.unknown].map(({ set }) => set));
  const isSaid = ({ set }: ListedApplication): boolean => set === undefined || !untold.has(set);
  const [known, now] = [before, after].map(
    ({ applications }) => new Map(applications.map(each => [idOf(each), each])),
  );
  const appeared = after.applications.filter(each => isSaid(each) && !known?.has(idOf(each)));
  const byPlace = new Map(appeared.map(each => [placeOf(each), each]));
  const setOf = findSets(before, after);
  const gone = before.applications.flatMap((application): GoneApplication[] => {
    if (!isSaid(application)) return [];
    const set = setOf(application);
    const isWithSet = application.set !== undefined && set === undefined;
    const same = now?.get(idOf(application));
    // What another set makes again was deleted before, for it was owned by the one that goes.
    if (same && !(isWithSet && same.set !== undefined)) return [];
    const deletes = application.deletes && (set?.deletes ?? true);
    return [{ application, to: same ?? byPlace.get(placeOf(application)), isWithSet, deletes }];
  });
  const replacing = new Set(gone.map(({ to }) => to));
  return { appears: appeared.filter(each => !replacing.has(each)), gone };
}

function idOf({ instance = '', name }: ListedApplication): string {
  return `${instance}/${name}`;
}

/** The set that made an Application, as it is now: in its file, or in another one that did not have it before. */
function findSets(before: Applications, after: Applications) {
  const known = new Set(before.sets.map(({ set, file }) => JSON.stringify([set, file])));
  const now = new Map<string, ListedSet[]>();
  for (const each of after.sets) addTo(now, each.set, each);
  return ({ set = '', from }: ListedApplication): ListedSet | undefined => {
    const own = now.get(set) ?? [];
    const isMoved = ({ file }: ListedSet): boolean => !known.has(JSON.stringify([set, file]));
    return own.find(({ file }) => file === from) ?? own.find(isMoved);
  };
}

/** What it deploys, and where to. */
function placeOf({ path, cluster, namespace }: ListedApplication): string {
  return JSON.stringify([path, cluster, namespace]);
}
