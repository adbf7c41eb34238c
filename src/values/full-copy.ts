import { isDataMap } from '../data/fields.ts';

/** Below this share of the defaults' keys a file holds overrides rather than a full copy. */
const FULL_SHARE = 0.6;

/**
 * Whether a values file is a full copy of the defaults, as the migration expects, or only overrides single values. An
 * edited copy lacks few keys; a file of overrides has few.
 */
export function isFullCopy(ours: unknown, base: unknown): boolean {
  const keys = countKeys(base, base);
  return keys === 0 || countKeys(base, ours) / keys >= FULL_SHARE;
}

/** How many of the defaults' keys stand in the file, at every depth. */
function countKeys(base: unknown, ours: unknown): number {
  if (!isDataMap(base) || !isDataMap(ours)) return 0;
  return Object.keys(base).reduce(
    (sum, key) => sum + (Object.hasOwn(ours, key) ? 1 + countKeys(base[key], ours[key]) : 0),
    0,
  );
}
