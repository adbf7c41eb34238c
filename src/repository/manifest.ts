import { isRecord, stringOf } from '../data/fields.ts';
/** A Kubernetes object as plain data: a rendered one, or one of a file under resources/. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string | undefined;
  body: Record<string, unknown>;
};

/** The Kubernetes objects among YAML documents; `List` objects are opened, anything else is left out. */
export function parseManifests(documents: readonly unknown[]): Manifest[] {
  return documents.flatMap(document => {
    if (!isRecord(document)) return [];
    if (document['kind'] === 'List' && Array.isArray(document['items']))
      return parseManifests(document['items']);
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
