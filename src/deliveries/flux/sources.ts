import { posix } from 'node:path';
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

/** Sources by kind and name, and by the folder that they stand in besides. */
export type Sources = ReadonlyMap<string, readonly LocatedObject[]>;

/** The objects that references may mean. */
export function sourcesAmong(objects: readonly LocatedObject[]): Sources {
  const sources = new Map<string, LocatedObject[]>();
  for (const object of objects) {
    if (object.group !== 'source.toolkit.fluxcd.io') continue;
    for (const key of [sourceKey(object), keyInFolder(object, object)]) {
      const known = sources.get(key);
      if (known) known.push(object);
      else sources.set(key, [object]);
    }
  }
  return sources;
}

function sourceKey({ kind, name }: Pick<SourceRef, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

function keyInFolder(ref: Pick<SourceRef, 'kind' | 'name'>, { at }: Pick<LocatedObject, 'at'>): string {
  return `${sourceKey(ref)} ${posix.dirname(at.file)}`;
}

/**
 * The object that a reference of another means: of that kind and name, in its namespace where both tell theirs, the one whose
 * file stands nearest. Undefined where none is there, or several stand equally near and do not say the same.
 */
export function findSource(sources: Sources, from: LocatedObject, ref: SourceRef): LocatedObject | undefined {
  const namespace = ref.namespace ?? from.namespace;
  const among = (key: string): LocatedObject[] =>
    (sources.get(key) ?? []).filter(
      source => namespace === undefined || source.namespace === undefined || source.namespace === namespace,
    );
  // Nothing is nearer than the same folder; large repositories have a source of one name in each.
  const beside = among(keyInFolder(ref, from));
  const named = beside.length > 0 ? beside : among(sourceKey(ref));
  const near = named.map(source => ({ source, shared: nearness(source.at.file, from.at.file) }));
  const most = near.reduce((max, { shared }) => Math.max(max, shared), -1);
  const [first, ...others] = near.filter(({ shared }) => shared === most).map(({ source }) => source);
  return first && others.every(other => saysSame(first, other)) ? first : undefined;
}

/** How near a source's file is to that of its user: the folders that they have in common; one file is nearest. */
function nearness(a: string, b: string): number {
  if (a === b) return Number.MAX_SAFE_INTEGER;
  const [left, right] = [foldersOf(a), foldersOf(b)];
  const first = left.findIndex((part, index) => part !== right[index]);
  const shared = first < 0 ? left.length : first;
  // What stands above is nearer than what stands beside.
  return shared - (left.length - shared) / (left.length + 1);
}

function foldersOf(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? [] : folder.split('/');
}

/** What an address is taken from may stand twice; a version that is to be moved may not. */
function saysSame(a: LocatedObject, b: LocatedObject): boolean {
  return a.kind === 'HelmRepository' && valueAt(a.body, ['spec', 'url']) === valueAt(b.body, ['spec', 'url']);
}
