import { stringOf, valueAt } from '../../data/fields.ts';
import type { LocatedObject } from '../located-object.ts';

/** What `sourceRef` and `chartRef` say. */
export type SourceRef = { kind: string; name: string; namespace: string | undefined };

/** Reads a reference at a path of an object; undefined where it names nothing. */
export function sourceRefAt(body: unknown, path: readonly string[]): SourceRef | undefined {
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map(key =>
    stringOf(valueAt(body, [...path, key])),
  );
  return kind === undefined || name === undefined ? undefined : { kind, name, namespace };
}

/** Sources of one kind and name. */
type Named = {
  all: LocatedObject[];
  /** Made where many are asked for: what stands nearest, by the folder around it or the file. */
  nearest?: ReadonlyMap<string, InPlace>;
};

/** Sources by kind and name. */
export type Sources = ReadonlyMap<string, Named>;

/** Of the sources below a folder those whose own folders lie least deep, in one namespace: the first, and whether all say the same. */
type Nearest = { depth: number; first: LocatedObject; order: number; agree: boolean };

/** By their namespace, which they need not tell, and of all. */
type InPlace = Map<string | typeof ANY | undefined, Nearest>;

const ANY: unique symbol = Symbol('any namespace');

/** Of so many, nothing is kept between two looks. */
const FEW = 8;

/**
 * The objects that references may mean.
 * @param namesOf what a name with variables comes to, by whatever builds it; as it is written without
 */
export function sourcesAmong(
  objects: readonly LocatedObject[],
  namesOf: (object: LocatedObject) => readonly string[] = ({ name }) => [name],
): Sources {
  const sources = new Map<string, Named>();
  for (const object of objects) {
    if (object.group !== 'source.toolkit.fluxcd.io') continue;
    for (const name of namesOf(object)) {
      const key = sourceKey({ kind: object.kind, name });
      const named = sources.get(key) ?? { all: [] };
      named.all.push(object);
      sources.set(key, named);
    }
  }
  return sources;
}

function sourceKey({ kind, name }: Pick<SourceRef, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/**
 * The object that a reference of another means: of that kind and name, in its namespace where both tell theirs, the one whose
 * file stands nearest. Undefined where none is there, or several stand equally near and do not say the same.
 */
export function findSource(sources: Sources, from: LocatedObject, ref: SourceRef): LocatedObject | undefined {
  const named = sources.get(sourceKey(ref));
  if (!named) return undefined;
  const nearest = named.nearest ?? nearestOf(named.all);
  if (named.all.length > FEW) named.nearest = nearest;
  const namespace = ref.namespace ?? from.namespace;
  for (const place of [from.at.file, ...around(from.at.file)]) {
    const here = nearest.get(place);
    const found =
      here && joined(namespace === undefined ? [here.get(ANY)] : [here.get(undefined), here.get(namespace)]);
    if (found) return found.agree ? found.first : undefined;
  }
  return undefined;
}

/** Files hold what is nearest of all; then, from the inside out, each folder what lies below it and no nearer. */
function nearestOf(all: readonly LocatedObject[]): Map<string, InPlace> {
  const places = new Map<string, InPlace>();
  for (const [order, first] of all.entries()) {
    const folders = around(first.at.file);
    for (const place of [first.at.file, ...folders]) {
      const here: InPlace = places.get(place) ?? new Map();
      const own = { depth: place === first.at.file ? 0 : folders.length, first, order, agree: true };
      for (const key of [first.namespace, ANY] as const) here.set(key, joined([here.get(key), own]) ?? own);
      places.set(place, here);
    }
  }
  return places;
}

function joined(found: readonly (Nearest | undefined)[]): Nearest | undefined {
  let best: Nearest | undefined;
  for (const each of found) if (each) best = best ? nearer(best, each) : each;
  return best;
}

function nearer(one: Nearest, other: Nearest): Nearest {
  if (one.depth !== other.depth) return one.depth < other.depth ? one : other;
  const [first, second] = one.order < other.order ? [one, other] : [other, one];
  return { ...first, agree: first.agree && second.agree && saysSame(first.first, second.first) };
}

/** The folders around a file, the innermost first; `/` is the repository's own. */
function around(file: string): string[] {
  const folders: string[] = [];
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1))
    folders.push(`${file.slice(0, end)}/`);
  return [...folders, '/'];
}

/** What an address is taken from may stand twice; a version that is to be moved may not. */
function saysSame(a: LocatedObject, b: LocatedObject): boolean {
  return a.kind === 'HelmRepository' && valueAt(a.body, ['spec', 'url']) === valueAt(b.body, ['spec', 'url']);
}
