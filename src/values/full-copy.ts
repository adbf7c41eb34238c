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
  const { same, all } = countLeaves(base, ours);
  return held / keys >= FULL_SHARE && same >= all * SAME_SHARE;
}

/** How many of the defaults' keys stand in the file, at every depth. */
function countKeys(base: unknown, ours: unknown): number {
  if (!isDataMap(base) || !isDataMap(ours)) return 0;
  return Object.keys(base).reduce(
    (sum, key) => sum + (Object.hasOwn(ours, key) ? 1 + countKeys(base[key], ours[key]) : 0),
    0,
  );
}

type Leaves = { same: number; all: number };

/** Of what both hold below a map, how much is the same. */
function countLeaves(base: unknown, ours: unknown): Leaves {
  if (!isDataMap(base) || !isDataMap(ours) || Object.keys(base).length === 0)
    return { same: isDeepStrictEqual(base, ours) ? 1 : 0, all: 1 };
  const shared = Object.keys(base).filter(key => Object.hasOwn(ours, key));
  const counts = shared.map(key => countLeaves(base[key], ours[key]));
  return counts.reduce((sum, { same, all }) => ({ same: sum.same + same, all: sum.all + all }), {
    same: 0,
    all: 0,
  });
}
