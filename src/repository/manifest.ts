import { isRecord, stringOf } from '../data/fields.ts';
/** A Kubernetes object as plain data: a rendered one, or one of a file under resources/. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string | undefined;
  body: Record<string, unknown>;
};

/**
 * What a `List` holds, or a list of one kind such as `RoleBindingList`; undefined for everything else. Kustomize and kubectl open
 * both.
 */
export function listItems(document: unknown): readonly unknown[] | undefined {
  if (!isRecord(document)) return undefined;
  const { kind, items } = document;
  if (typeof kind !== 'string' || !Array.isArray(items)) return undefined;
  // A kind of somebody's own may have such a name too, and hold no objects.
  const isOfOne =
    kind.endsWith('List') && items.every(item => isRecord(item) && typeof item['kind'] === 'string');
  return kind === 'List' || isOfOne ? items : undefined;
}

/** The Kubernetes objects among YAML documents; `List` objects are opened, anything else is left out. */
export function parseManifests(documents: readonly unknown[]): Manifest[] {
  return documents.flatMap(document => {
    if (!isRecord(document)) return [];
    const items = listItems(document);
    if (items) return parseManifests(items);
    const { apiVersion, kind, metadata } = document;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isRecord(metadata)) return [];
    return [
      {
        apiVersion,
        kind,
        name: stringOf(metadata['name']) ?? '',
        namespace: stringOf(metadata['namespace']),
        body: document,
      },
    ];
  });
}
