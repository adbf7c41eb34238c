import type { YamlNode } from '../yaml/syntax-tree.ts';
import { identitiesIn } from './list-items.ts';
import type { Action } from './plan.ts';
import { isBlock, isFilledMap, isList, same } from './node-facts.ts';
import type { MergeNode } from './merge-nodes.ts';
import { resultOf } from './result-of.ts';

type Actions = ReadonlyMap<MergeNode, Action>;

const NOTHING: Actions = new Map();

/**
 * Edits what is inside a list or one of its items, where Helm merges nothing: what a file lacks is gone there.
 * Undefined if both sides changed the same thing, or if it cannot be edited line by line.
 */
function planItems(slot: MergeNode): Actions | undefined {
  return isEditable(slot) ? planChildren(slot) : undefined;
}

function planChildren(slot: MergeNode): Actions | undefined {
  const actions = new Map<MergeNode, Action>();
  for (const child of slot.children) {
    const planned = planItem(child);
    if (!planned || losesFirstField(child, planned)) return undefined;
    for (const [at, action] of planned) actions.set(at, action);
  }
  return actions;
}

/** Merges a list that both sides changed, if it is certain which item is which and no item changed on both sides. */
export function planBothChanged(slot: MergeNode): Actions | undefined {
  const { base, ours, theirs } = slot;
  if (!isList(ours) || !isList(theirs)) return undefined;
  const identity = identitiesIn([
    isList(base) ? base.value.entries : [],
    ours.value.entries,
    theirs.value.entries,
  ]);
  if (!identity) return undefined;
  const planned = planChildren(slot);
  if (!planned) return undefined;
  const isCertain = pairsByName(slot, identity) || pairsInOrder(slot, planned, identity);
  if (!isCertain) return undefined;
  return isEditable(slot) ? planned : printed(slot, planned);
}

/** A list in brackets, or one side's in brackets, is written anew where no comments stand in it. */
function printed(slot: MergeNode, planned: Actions): Actions | undefined {
  if (hasComments(slot.ours) || hasComments(slot.theirs)) return undefined;
  return new Map([[slot, { do: 'print', value: resultOf(slot, planned) }]]);
}

function hasComments(entry: YamlNode | undefined): boolean {
  return (
    entry?.value.entries.some(item => item.lead.comments.length > 0 || item.note || hasComments(item)) ??
    false
  );
}

/** Makes a value ours: line by line where that can be done, else as a whole. What both sides added has no base to start from. */
export function takeOurs(slot: MergeNode): Actions {
  const items = slot.base ? planItems(slot) : undefined;
  return items ?? fillIn(slot) ?? new Map([[slot, { do: 'replace' }]]);
}

/** Where theirs has its value on the line of the key, ours comes in entry by entry, between the comments below. */
function fillIn({ ours, theirs, children }: MergeNode): Actions | undefined {
  const fills = ours?.value.layout === 'block' && theirs && !isBlock(theirs.value);
  if (!fills || ours.value.entries.length === 0) return undefined;
  return new Map(children.filter(child => child.ours).map(child => [child, { do: 'insert' }]));
}

/** What one side alone changed, it decides. */
function planItem(slot: MergeNode): Actions | undefined {
  const { base, ours, theirs } = slot;
  if (same(ours, base) || same(ours, theirs)) return NOTHING;
  if (!same(theirs, base))
    return isFilledMap(ours) && isFilledMap(theirs) ? planItems(slot) : planBothChanged(slot);
  if (!ours) return new Map([[slot, { do: 'delete' }]]);
  if (!theirs) return new Map([[slot, { do: 'insert' }]]);
  return takeOurs(slot);
}

/** Both hold a map, or both a list, with a line of its own for each entry; no list starts on the line of a dash. */
function isEditable({ ours, theirs }: MergeNode): boolean {
  if (!ours || !theirs || ours.value.kind !== theirs.value.kind) return false;
  const lines = [ours.value, theirs.value].every(value => isBlock(value) && value.entries.length > 0);
  return lines && (theirs.value.kind === 'map' || theirs.value.layout === 'block');
}

/** The field that shares the line of the dash cannot go alone. */
function losesFirstField(child: MergeNode, planned: Actions): boolean {
  return child.theirs?.ownLine === false && planned.get(child)?.do === 'delete';
}

/** Where an item became another one, or went elsewhere, one side alone did that; and no name comes twice of it. */
function pairsInOrder(slot: MergeNode, planned: Actions, identity: (item: YamlNode) => string): boolean {
  const isOneSided = slot.children.every(({ base, ours, theirs }) => {
    const names = new Set([base, ours, theirs].filter(item => item !== undefined).map(identity));
    return names.size <= 1 || same(base, ours) || same(base, theirs) || same(ours, theirs);
  });
  const names = slot.children.flatMap(child => namesLeft(child, planned, identity));
  return isOneSided && new Set(names).size === names.length;
}

function namesLeft(child: MergeNode, planned: Actions, identity: (item: YamlNode) => string): string[] {
  const action = planned.get(child)?.do;
  const item = action === 'replace' || action === 'insert' ? child.ours : child.theirs;
  return item && action !== 'delete' ? [identity(item)] : [];
}

/** Each slot holds one name, and each name stands in one slot. */
function pairsByName(slot: MergeNode, identity: (item: YamlNode) => string): boolean {
  const seen = new Set<string>();
  return slot.children.every(({ base, ours, theirs }) => {
    const names = new Set([base, ours, theirs].filter(item => item !== undefined).map(identity));
    const [name = ''] = names;
    const first = !seen.has(name);
    seen.add(name);
    return first && names.size === 1;
  });
}
