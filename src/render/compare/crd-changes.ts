import { asMap, asText, field, recordsAt } from '../../data/fields.ts';
import type { Manifest } from '../../repository/manifest.ts';

/** What happens to a custom resource definition. */
export type CrdChange =
  | { kind: 'added'; name: string }
  /** Deleting it deletes every object of its kind. */
  | { kind: 'removed'; name: string }
  | { kind: 'versions'; name: string; added: string[]; removed: string[] }
  | { kind: 'schema'; name: string };

/** Compares the custom resource definitions that an app renders. */
export function crdChanges(before: readonly Manifest[], after: readonly Manifest[]): CrdChange[] {
  const old = crdsOf(before);
  const fresh = crdsOf(after);
  const removed = [...old.keys()]
    .filter(name => !fresh.has(name))
    .map(name => ({ kind: 'removed' as const, name }));
  return [
    ...removed,
    ...[...fresh].flatMap(([name, manifest]): CrdChange[] => {
      const previous = old.get(name);
      return previous ? compare(name, previous, manifest) : [{ kind: 'added', name }];
    }),
  ];
}

function crdsOf(manifests: readonly Manifest[]): Map<string, Manifest> {
  const crds = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
  return new Map(crds.map(manifest => [manifest.name, manifest]));
}

function compare(name: string, before: Manifest, after: Manifest): CrdChange[] {
  const [old, fresh] = [servedVersions(before), servedVersions(after)];
  const added = fresh.filter(version => !old.includes(version));
  const removed = old.filter(version => !fresh.includes(version));
  if (added.length + removed.length > 0) return [{ kind: 'versions', name, added, removed }];
  const spec = (manifest: Manifest): string => JSON.stringify(field(asMap(manifest.body), 'spec'));
  return spec(before) === spec(after) ? [] : [{ kind: 'schema', name }];
}

function servedVersions({ body }: Manifest): string[] {
  const versions = recordsAt(body, ['spec', 'versions']).filter(
    version => field(version, 'served') !== false,
  );
  return versions.flatMap(version => asText(field(version, 'name')) ?? []);
}
