import { dataOf } from '../yaml/data.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Action } from './plan.ts';

type Actions = ReadonlyMap<MergeNode, Action>;

/** What a node holds once the actions are done, as data; undefined for nothing. */
export function resultOf(node: MergeNode, actions: Actions): unknown {
  const { ours, theirs } = node;
  const action = actions.get(node);
  if (action?.do === 'print') return action.value;
  if (action?.do === 'delete') return undefined;
  if (action?.do === 'replace' || action?.do === 'insert') return ours && dataOf(ours.value);
  const changed = node.children.some(child => changes(child, actions));
  if (action?.do === 'keep') return changed ? fields(node, actions) : ours && dataOf(ours.value);
  if (!theirs || !changed) return theirs && dataOf(theirs.value);
  return ours?.value.kind === 'list' ? items(node, actions) : fields(node, actions);
}

function changes(node: MergeNode, actions: Actions): boolean {
  return actions.has(node) || node.children.some(child => changes(child, actions));
}

function fields(node: MergeNode, actions: Actions): unknown {
  const held = node.children.map(child => [child.key, resultOf(child, actions)] as const);
  return Object.fromEntries(held.filter(([, value]) => value !== undefined));
}

/** Their order; what ours added follows the item that it follows in ours. */
function items(node: MergeNode, actions: Actions): unknown[] {
  const ordered = node.children.filter(child => child.theirs).toSorted(byPlace('theirs'));
  for (const added of node.children
    .filter(child => !child.theirs && actions.has(child))
    .toSorted(byPlace('ours'))) {
    const before = ordered.findLastIndex(
      child => child.ours && added.ours && child.ours.start < added.ours.start,
    );
    ordered.splice(before + 1, 0, added);
  }
  return ordered.map(child => resultOf(child, actions)).filter(value => value !== undefined);
}

function byPlace(side: 'ours' | 'theirs'): (a: MergeNode, b: MergeNode) => number {
  return (a, b) => (a[side]?.start ?? 0) - (b[side]?.start ?? 0);
}
