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
  const staysFor = (node: MergeNode): boolean =>
    filled.some(to => to.startsWith(`${keysOf(node).join('\0')}\0`));
  const gone = root.children.flatMap(child => removals(child, leaving, staysFor));
  return [
    ...Array.from(moved, ([node, to]) => ({ kind: 'move' as const, path: keysOf(node), to })),
    ...written,
    // What moved is no longer there.
    ...gone.filter(node => !moved.has(node)).map(node => ({ kind: 'remove' as const, path: keysOf(node) })),
  ];
}

/** A map goes with the last of its keys: an empty one would be one more line that says nothing. */
function removals(
  node: MergeNode,
  removed: ReadonlySet<MergeNode>,
  stays: (node: MergeNode) => boolean,
): MergeNode[] {
  if (!node.ours || node.ours.shadowed) return [];
  if (removed.has(node)) return [node];
  const own = node.children.filter(({ ours }) => ours !== undefined);
  const inside = own.flatMap(child => removals(child, removed, stays));
  const isAll =
    !stays(node) && own.length > 0 && isFilledMap(node.ours) && own.every(child => inside.includes(child));
  return isAll ? [node] : inside;
}

/** The way to a node from the root of its document. */
export function keysOf(node: MergeNode): string[] {
  return node.parent ? [...keysOf(node.parent), String(node.key)] : [];
}
