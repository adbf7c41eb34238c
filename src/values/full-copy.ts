import { countValue, type ValuesBudget, valuesBudget } from '../yaml/data.ts';
import type { DefaultValue, ReadDefaults } from './read-defaults.ts';
import { fieldPairs, isFilled, saysMap, type SaidValue, unaliased } from '../yaml/said.ts';

/** Below this share of the defaults' keys a file holds overrides rather than a full copy. */
const FULL_SHARE = 0.6;

/** A copy has this share of its values as the defaults have them; overrides say something else nearly everywhere. */
const SAME_SHARE = 1 / 3;

/**
 * Whether values are a full copy of the defaults, as the migration expects, or only override single ones: by what they say,
 * wherever they stand. An edited copy lacks few keys, and most of what it says is the default; overrides have few keys, or say
 * something of their own. What has every key is a copy; of nothing, nothing is.
 * @throws UserError E_YAML_LIMIT where aliases make too much of them
 */
export function isFullCopy(ours: SaidValue | undefined, defaults: ReadDefaults): boolean {
  const keys = defaults.keys();
  if (keys === 0) return ours === undefined || !isFilled(ours);
  const budget = valuesBudget();
  const both = { base: defaults.root(), ours };
  const held = countHeld(both, budget);
  if (held === keys) return true;
  if (held / keys < FULL_SHARE) return false;
  const leaves = { same: 0, all: 0 };
  countLeaves(both, { leaves, budget });
  return leaves.same >= leaves.all * SAME_SHARE;
}

type Both = { base: DefaultValue | undefined; ours: SaidValue | undefined };

/** How many of the defaults' keys stand in the file, at every depth. */
function countHeld(both: Both, budget: ValuesBudget): number {
  let held = 0;
  for (const inner of inBoth(both, budget)) held += 1 + countHeld(inner, budget);
  return held;
}

type Counting = { leaves: { same: number; all: number }; budget: ValuesBudget };

/** Of what both hold below a map, how much is the same. */
function countLeaves({ base, ours }: Both, counting: Counting): void {
  const { leaves, budget } = counting;
  if (base && ours && isFilled(base.said) && saysMap(ours)) {
    for (const inner of inBoth({ base, ours }, budget)) countLeaves(inner, counting);
  } else {
    leaves.all++;
    if (base?.said.meaning === ours?.meaning) leaves.same++;
  }
}

/** The fields that two maps have in common; none of what is no map. */
function inBoth({ base, ours }: Both, budget: ValuesBudget): Both[] {
  if (!base || !ours || !saysMap(base.said) || !saysMap(ours)) return [];
  const defaults = base.fields();
  return fieldPairs(unaliased(ours).entries).flatMap(({ key, value }): Both[] => {
    countValue(budget);
    const own = defaults.get(key);
    return own ? [{ base: own, ours: value }] : [];
  });
}
