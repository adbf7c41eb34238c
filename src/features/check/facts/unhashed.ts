import { isRecord, stringOf } from '../../../data/fields.ts';
import type { Manifest } from '../../../repository/manifest.ts';

/** A reference to an object that stands there under a name with kustomize's hash alone. */
export type UnhashedReference = {
  kind: 'ConfigMap' | 'Secret';
  /** As it is asked for, and as it is called. */
  name: string;
  is: string;
  /** Who asks, and where. */
  by: string;
  path: string;
};

/** The letters that kustomize takes for a hash. */
const HASHED = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** What is asked for without the hash that it bears, in fields whose names say that they name a ConfigMap or a Secret. */
export function unhashedIn(manifests: readonly Manifest[]): UnhashedReference[] {
  const objects = manifests.filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret');
  const called = new Set(objects.map(({ kind, name }) => `${kind} ${name}`));
  const hashed = new Map<string, string>();
  for (const { kind, name } of objects) {
    const plain = `${kind} ${HASHED.exec(name)?.[1] ?? ''}`;
    if (!called.has(plain)) hashed.set(plain, name);
  }
  if (hashed.size === 0) return [];
  return manifests.flatMap(({ kind: by, name: byName, body }) =>
    referencesIn(body, [], undefined).flatMap(({ kind, name, path }) => {
      const is = hashed.get(`${kind} ${name}`);
      return is === undefined ? [] : [{ kind, name, is, by: `${by} ${byName}`, path: path.join('.') }];
    }),
  );
}

type Found = Pick<UnhashedReference, 'kind' | 'name'> & { path: readonly string[] };

/** `secretName: x`, `existingSecret: x`, `configMap: { name: x }`, `{ kind: Secret, name: x }`. */
function referencesIn(value: unknown, path: readonly string[], around: Found['kind'] | undefined): Found[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => referencesIn(item, [...path, String(index)], around));
  if (!isRecord(value)) return [];
  const said = stringOf(value['kind']);
  const own = said === 'ConfigMap' || said === 'Secret' ? said : around;
  return Object.entries(value).flatMap(([key, inner]) => {
    if (path.length === 0 && key === 'metadata') return [];
    const at = [...path, key];
    const kind = kindIn(key);
    if (typeof inner !== 'string') return referencesIn(inner, at, kind);
    const named = key === 'name' && path.length > 0 ? own : kind;
    return named === undefined ? [] : [{ kind: named, name: inner, path: at }];
  });
}

function kindIn(key: string): Found['kind'] | undefined {
  if (/secret(?:Name|Ref|KeyRef)?$/i.test(key)) return 'Secret';
  return /configMap(?:Name|Ref|KeyRef)?$/i.test(key) ? 'ConfigMap' : undefined;
}
