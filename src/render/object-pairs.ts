import { isSameData } from '../data/fields.ts';
import type { Manifest } from '../repository/manifest.ts';

/** What becomes of one object between two builds of an app: `before` is undefined where it is new, `after` where it goes. */
export type ObjectPair =
  { before: Manifest; after: undefined } | { before: Manifest | undefined; after: Manifest };

/**
 * The objects of two builds, each with what it is on the other side: those that go, then the new build's in its order. The API
 * version is no part of an object's identity. One that names no namespace lands in the app's: it stays the same object where the
 * new version writes one, or no longer does.
 */
function objectPairs(before: readonly Manifest[], after: readonly Manifest[]): ObjectPair[] {
  const old = byIdentity(before);
  const fresh = sameKeys(old, byIdentity(after));
  const gone = [...old].filter(([identity]) => !fresh.has(identity));
  return [
    ...gone.map(([, manifest]) => ({ before: manifest, after: undefined })),
    ...[...fresh].map(([identity, manifest]) => ({ before: old.get(identity), after: manifest })),
  ];
}

const compared = new WeakMap<Manifest, { before: Manifest; isSame: boolean }>();

/** The pairs of which something differs; every judgement of a step asks, so that each pair is looked at once. */
export function differingPairs(before: readonly Manifest[], after: readonly Manifest[]): ObjectPair[] {
  return objectPairs(before, after).filter(
    pair => !pair.before || !pair.after || !isSamePair(pair.before, pair.after),
  );
}

function isSamePair(before: Manifest, after: Manifest): boolean {
  const known = compared.get(after);
  if (known?.before === before) return known.isSame;
  const found = { before, isSame: isSameData(before.body, after.body) };
  compared.set(after, found);
  return found.isSame;
}

function byIdentity(manifests: readonly Manifest[]): Map<string, Manifest> {
  return new Map(
    manifests.map(manifest => {
      const { namespace = '' } = manifest;
      return [`${nameIn(manifest)} ${namespace}`, manifest];
    }),
  );
}

function nameIn({ apiVersion, kind, name }: Manifest): string {
  return `${groupOf(apiVersion)} ${kind} ${name}`;
}

/** The API group of `apps/v1`: `apps`; empty for the core's `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Where one side names a namespace and the other none, and nothing else bears the name, the new object gets the old one's key. */
function sameKeys(
  old: ReadonlyMap<string, Manifest>,
  fresh: ReadonlyMap<string, Manifest>,
): Map<string, Manifest> {
  const gone = onlyOnes([...old].filter(([key]) => !fresh.has(key)));
  const come = onlyOnes([...fresh].filter(([key]) => !old.has(key)));
  const keyOf = (key: string, manifest: Manifest): string => {
    const [before, after] = [gone.get(nameIn(manifest)), come.get(nameIn(manifest))];
    if (!before || after?.manifest !== manifest) return key;
    const isSame = (before.manifest.namespace === undefined) !== (manifest.namespace === undefined);
    return isSame ? before.key : key;
  };
  return new Map([...fresh].map(([key, manifest]) => [keyOf(key, manifest), manifest]));
}

/** Objects whose kind and name no other one has, by both. */
function onlyOnes(objects: readonly [string, Manifest][]): Map<string, { key: string; manifest: Manifest }> {
  const found = new Map<string, { key: string; manifest: Manifest } | undefined>();
  for (const [key, manifest] of objects) {
    const name = nameIn(manifest);
    found.set(name, found.has(name) ? undefined : { key, manifest });
  }
  return new Map([...found].flatMap(([name, one]) => (one ? [[name, one] as const] : [])));
}
