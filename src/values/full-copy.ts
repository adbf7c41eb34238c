import { isDeepStrictEqual } from 'node:util';
import { isDataMap } from '../data/fields.ts';

/** Below this share of the defaults' keys a file holds overrides rather than a full copy. */
const FULL_SHARE = 0.6;

/** A copy has this share of its values as the defaults have them; overrides say something else nearly everywhere. */
const SAME_SHARE = 1 / 3;

/**
 * Whether values are a full copy of the defaults, as the migration expects, or only override single ones: by what they say,
 * wherever they stand. An edited copy lacks few keys, and most of what it says is the default; overrides have few keys, or say
 * something of their own. What has every key is a copy; of nothing, nothing is.
 */
export function isFullCopy(ours: unknown, base: unknown): boolean {
  const keys = countKeys(base, base);
  const held = countKeys(base, ours);
  if (keys === 0) return !isDataMap(ours) || Object.keys(ours).length === 0;
  if (held === keys) return true;
  if (held / keys < FULL_SHARE) return false;
  const { same, all } = countLeaves(base, ours);
  return same >= all * SAME_SHARE;
}

/** How many of the defaults' keys stand in the file, at every depth. */
function countKeys(base: unknown, ours: unknown): number {
  if (!isDataMap(base) || !isDataMap(ours)) return 0;
  return Object.keys(base).reduce(
    (sum, key) => sum + (Object.hasOwn(ours, key) ? 1 + countKeys(base[key], ours[key]) : 0),
    0,
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || (typeof one === 'object' && isDeepStrictEqual(one, other));
}

type Leaves = { same: number; all: number };

/** Of what both hold below a map, how much is the same. */
function countLeaves(base: unknown, ours: unknown, leaves: Leaves = { same: 0, all: 0 }): Leaves {
  if (isDataMap(base) && isDataMap(ours) && Object.keys(base).length > 0) {
    for (const key of Object.keys(base))
      if (Object.hasOwn(ours, key)) countLeaves(base[key], ours[key], leaves);
  } else {
    leaves.all++;
    if (isSame(base, ours)) leaves.same++;
  }
  return leaves;
}
