import { append } from '../../data/append.ts';

/**
 * Whether leaving these out changes something; it is asked for some of them together with all that were found to change nothing.
 */
type Changes<Leaf> = (left: readonly Leaf[]) => Promise<boolean>;

export type NeutralSearch<Leaf> = {
  /** Left out all together they change nothing. */
  neutral: Leaf[];
  /** Each changes something, the neutral ones being left out. */
  effective: Leaf[];
};

/**
 * Splits leaves into those that change something and those that, all together, do not: of two that are neutral each but not
 * both, one. Groups double as long as they are neutral, and are halved where they are not: one question for each leaf that is
 * effective among its likes, 2 · log₂ n for one among n neutral ones. `found` is filled as it goes: what stands in it when
 * `changes` throws is known.
 */
export async function findNeutral<Leaf>(
  leaves: readonly Leaf[],
  changes: Changes<Leaf>,
  found: NeutralSearch<Leaf> = { neutral: [], effective: [] },
): Promise<NeutralSearch<Leaf>> {
  let at = 0;
  let size = 1;
  // Where the group ends of which is known that it holds one with an effect.
  let guilty = 0;
  while (at < leaves.length) {
    const group = leaves.slice(at, at + size);
    const isKnown = group.length === 1 && at + 1 === guilty;
    if (!isKnown && !(await changes([...found.neutral, ...group]))) {
      append(found.neutral, group);
      at += group.length;
      size = at < guilty ? Math.ceil((guilty - at) / 2) : group.length * 2;
    } else if (group.length === 1) {
      append(found.effective, group);
      at += 1;
      size = 1;
      guilty = 0;
    } else {
      guilty = at + group.length;
      size = Math.ceil(group.length / 2);
    }
  }
  return found;
}
