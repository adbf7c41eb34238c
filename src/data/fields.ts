/** Plain data of unknown shape, as YAML and JSON give it. */
export type DataMap = Readonly<Record<string, unknown>>;

const EMPTY: DataMap = Object.freeze(Object.create(null));

/** Whether data is a map, and no list. */
export function isDataMap(value: unknown): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself if it is a map, else an empty one. */
export function asMap(value: unknown): DataMap {
  return isDataMap(value) ? value : EMPTY;
}

/** The value itself if it is a list, else an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that is not empty; a number counts as its digits, as it does for Helm. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One own key of a map; keys such as `toString` that nobody wrote are absent. */
export function field(map: DataMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The pairs of a map whose values are text. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const result: Record<string, string> = Object.create(null);
  for (const [key, item] of Object.entries(asMap(value))) if (typeof item === 'string') result[key] = item;
  return result;
}

/** The fields that have a value. */
export function omitUndefined<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a careless merge would take the key for the prototype of all objects. */
export function isPrototypeKey(key: string): boolean {
  return PROTOTYPE_KEYS.has(key);
}

/** Whether data is a map, and no list. */
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

/** The value itself if it is a string. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether two values are the same data: of the same keys, lists in the same order, whatever prototype whoever made them gave. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSameData(item, b[index]));
  if (!isDataMap(a) || !isDataMap(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSameData(a[key], b[key]))
  );
}
