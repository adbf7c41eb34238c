import type { Answers } from './decisions.ts';
import type { MergeNode } from './merge-nodes.ts';
import { isFilledMap } from './node-facts.ts';
import type { Decision, Outcome } from './plan.ts';

/** A change of the team's text: a key that goes, goes elsewhere, or gets another value; `put` also where there is none yet. */
export type OverrideEdit =
  | { kind: 'remove'; path: readonly string[] }
  | { kind: 'move'; path: readonly string[]; to: readonly string[] }
  | { kind: 'set' | 'put'; path: readonly string[]; value: unknown };

/** What is found out about overrides, and what a person or `tidy` makes of it. */
export type OverrideDraft = {
  readonly answers: Answers;
  readonly outcomes: Outcome[];
  readonly decisions: Decision[];
  readonly usedAnswers: string[];
  readonly removed: Set<MergeNode>;
  readonly moved: Map<MergeNode, readonly string[]>;
  readonly written: OverrideEdit[];
};

/** The changes in the order in which they can be made: what moves and what gets values first, then what goes. */
export function editsOf({ removed, moved, written }: OverrideDraft, root: MergeNode): OverrideEdit[] {
  const leaving = new Set([...removed, ...moved.keys()]);
  // A map that something moves into stays, whatever leaves it.
  const filled = [...moved.values()].map(to => to.join('\0'));
  const staysFor = (slot: MergeNode): boolean =>
    filled.some(to => to.startsWith(`${keysOf(slot).join('\0')}\0`));
  const gone = root.children.flatMap(child => removals(child, leaving, staysFor));
  return [
    ...Array.from(moved, ([slot, to]) => ({ kind: 'move' as const, path: keysOf(slot), to })),
    ...written,
    // What moved is no longer there.
    ...gone.filter(slot => !moved.has(slot)).map(slot => ({ kind: 'remove' as const, path: keysOf(slot) })),
  ];
}

/** A map goes with the last of its keys: an empty one would be one more line that says nothing. */
function removals(
  slot: MergeNode,
  removed: ReadonlySet<MergeNode>,
  stays: (slot: MergeNode) => boolean,
): MergeNode[] {
  if (!slot.ours || slot.ours.shadowed) return [];
  if (removed.has(slot)) return [slot];
  const own = slot.children.filter(({ ours }) => ours !== undefined);
  const inside = own.flatMap(child => removals(child, removed, stays));
  const isAll =
    !stays(slot) && own.length > 0 && isFilledMap(slot.ours) && own.every(child => inside.includes(child));
  return isAll ? [slot] : inside;
}

/** The way to a slot from the root of its document. */
export function keysOf(slot: MergeNode): string[] {
  return slot.parent ? [...keysOf(slot.parent), String(slot.key)] : [];
}
