import { isPrototypeKey, isRecord } from '../data/fields.ts';

/** Values with others laid over them, as Helm lays values files over each other: maps are merged, all else is replaced. */
export function mergeMaps(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (isPrototypeKey(key)) continue;
    const own = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = isRecord(own) && isRecord(value) ? mergeMaps(own, value) : value;
  }
  return merged;
}
