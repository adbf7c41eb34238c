import { isPrototypeKey, isRecord } from '../data/fields.ts';

/** Maps into each other, everything else in the place of what was there; null takes a key out (RFC 7396). */
export function mergePatch(under: unknown, over: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = isRecord(under) ? { ...under } : {};
  for (const [key, value] of Object.entries(over)) {
    if (isPrototypeKey(key)) continue;
    if (value === null) delete result[key];
    else result[key] = isRecord(value) ? mergePatch(result[key], value) : value;
  }
  return result;
}
