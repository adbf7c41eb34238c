import { addTo } from '../../../data/append.ts';
import type { Fight } from './repository-facts.ts';

/** An Application that deploys a folder, and what it makes there. Plain data: shards leave it to be joined. */
export type Contender = {
  /** Its place among the Applications of the repository. */
  at: number;
  name: string;
  /** The file that it stands in. */
  from: string;
  folder: string;
  namespace: string;
  cluster: string;
  /** Whether the folder is there. */
  isThere: boolean;
  isRendered: boolean;
  /** Whether there were too many objects to name them. */
  isLeft: boolean;
  /** Group, kind, name and namespace of each. */
  objects: readonly (readonly string[])[];
};

type Placed = Pick<Contender, 'cluster' | 'namespace' | 'isRendered'>;

/**
 * Who is compared with whom: files say where most objects go, so that Applications of one namespace are; as soon as one of a
 * cluster is rendered, all of the cluster, those that could not be rendered too.
 */
export function placesOf(all: readonly Placed[], isByCluster: boolean): (each: Placed) => string {
  const rendered = new Set(all.flatMap(({ cluster, isRendered }) => (isRendered ? [cluster] : [])));
  return ({ cluster, namespace }) =>
    JSON.stringify(isByCluster || rendered.has(cluster) ? [cluster] : [cluster, namespace]);
}

/** The fights among Applications, whoever looked at what they make. */
export function fightsAmong(contenders: readonly Contender[]): Fight[] {
  const all = contenders.toSorted((a, b) => a.at - b.at);
  const placeOf = placesOf(all, false);
  const byPlace = new Map<string, Contender[]>();
  for (const each of all) addTo(byPlace, placeOf(each), each);
  return [...byPlace.values()].flatMap(some => (some.length > 1 ? fightsIn(some) : []));
}

function fightsIn(some: readonly Contender[]): Fight[] {
  const makers = new Map<string, Contender>();
  const byFolder = new Map<string, Contender>();
  const pairs = new Map<string, Fight & { objects: string[] }>();
  for (const other of some) {
    const place = JSON.stringify([other.folder, other.namespace]);
    const twin = byFolder.get(place);
    byFolder.set(place, twin ?? other);
    // Of one name they are what application-name-taken speaks of.
    if (twin && twin.name !== other.name && other.isThere)
      pairs.set(JSON.stringify([twin.name, other.name]), { one: twin, other, objects: [] });
    for (const object of twin ? [] : other.objects) {
      const key = JSON.stringify(object);
      const one = makers.get(key);
      makers.set(key, one ?? other);
      if (!one || one.name === other.name) continue;
      const id = JSON.stringify([one.name, other.name]);
      const fight = pairs.get(id) ?? { one, other, objects: [] };
      fight.objects.push(`${object[1]} ${object[2]}`);
      pairs.set(id, fight);
    }
  }
  return [...pairs.values()];
}
