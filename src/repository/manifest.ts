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

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a path of keys leads to; `undefined` where it leads nowhere. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The maps in a list at a path. */
export function recordsAt(value: unknown, path: readonly string[]): Record<string, unknown>[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** The strings in a list at a path. */
export function stringsAt(value: unknown, path: readonly string[]): string[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
