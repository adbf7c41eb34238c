import { dataOf } from '../yaml/data.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { identitiesIn } from './list-items.ts';
import type { Action } from './plan.ts';
import { isBlock, isFilledMap, isList, same } from './node-facts.ts';
import { mergedText, mergeSurely } from './merge-lines.ts';
import type { MergeNode } from './merge-nodes.ts';
import { resultOf } from './result-of.ts';

type Actions = ReadonlyMap<MergeNode, Action>;

/** Both sides' changes in one, and whether they are so far apart that nobody has to be asked. */
export type Merged = { readonly actions: Actions; readonly isApart: boolean };

const NOTHING: Merged = { actions: new Map(), isApart: true };

/**
 * Edits what is inside a list or one of its items, where Helm merges nothing: what a file lacks is gone there.
 * Undefined if both sides changed the same thing, or if it cannot be edited line by line.
 */
function planItems(slot: MergeNode): Merged | undefined {
  return isEditable(slot) ? planChildren(slot) : undefined;
}

function planChildren(slot: MergeNode): Merged | undefined {
  const actions = new Map<MergeNode, Action>();
  let isApart = true;
  for (const child of slot.children) {
    const planned = planItem(child);
    if (!planned || losesFirstField(child, planned.actions)) return undefined;
    for (const [at, action] of planned.actions) actions.set(at, action);
    isApart &&= planned.isApart;
  }
  return { actions, isApart };
}

/**
 * Merges a list that both sides changed, if no item changed on both sides: by what names the items; where nothing does, by what
 * stands between items that nobody touched, or else only as an offer.
 */
function planBothChanged(slot: MergeNode): Merged | undefined {
  const { base, ours, theirs } = slot;
  if (!isList(ours) || !isList(theirs)) return undefined;
  const lists = [isList(base) ? base.value.entries : [], ours.value.entries, theirs.value.entries];
  const identity = identitiesIn(lists);
  const planned = planChildren(slot);
  if (!planned) return undefined;
  const { actions, isApart: insideApart } = planned;
  const isNamed = identity && (pairsByName(slot, identity) || pairsInOrder(slot, actions, identity));
  const isApart = isNamed
    ? keepsSome(slot) && !insertAtOnePlace(slot)
    : isBetweenUntouched(lists, slot, actions);
  if (!isNamed && !isApart && (identity || lists.some(repeats))) return undefined;
  const written = isEditable(slot) ? actions : printed(slot, actions);
  return written && { actions: written, isApart: isApart && insideApart };
}

/** The items as lines say the same as the items that were paired, and say it again of their own result. */
function isBetweenUntouched(
  [base = [], ours = [], theirs = []]: readonly (readonly YamlNode[])[],
  slot: MergeNode,
  planned: Actions,
): boolean {
  const [old, own, others] = [base, ours, theirs].map(items =>
    items.map(item => JSON.stringify(dataOf(item.value))),
  );
  const merged = old && own && others && mergeSurely(old, own, others);
  const result = resultOf(slot, planned);
  return merged !== undefined && `[${merged.join(',')}]` === JSON.stringify(result);
}

/** An item comes twice. */
function repeats(items: readonly YamlNode[]): boolean {
  return new Set(items.map(({ value }) => value.meaning)).size < items.length;
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
  const items = slot.base ? planItems(slot)?.actions : undefined;
  return items ?? fillIn(slot) ?? new Map([[slot, { do: 'replace' }]]);
}

/** Where theirs has an empty value on the line of the key, ours comes in entry by entry, between the comments below. */
function fillIn({ ours, theirs, children }: MergeNode): Actions | undefined {
  const fills = ours?.value.layout === 'block' && theirs && theirs.value.entries.length === 0;
  if (!fills || ours.value.entries.length === 0) return undefined;
  return new Map(children.filter(child => child.ours).map(child => [child, { do: 'insert' }]));
}

/** What one side alone changed, it decides. */
function planItem(slot: MergeNode): Merged | undefined {
  const { base, ours, theirs } = slot;
  if (same(ours, base) || same(ours, theirs)) return NOTHING;
  if (!same(theirs, base))
    return isFilledMap(ours) && isFilledMap(theirs) ? planItems(slot) : planMerged(slot);
  if (!ours) return { actions: new Map([[slot, { do: 'delete' }]]), isApart: true };
  if (!theirs) return { actions: new Map([[slot, { do: 'insert' }]]), isApart: true };
  return { actions: takeOurs(slot), isApart: true };
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

/** Merges a list item by item, or a text of several lines line by line. Undefined where that is not certain. */
export function planMerged(slot: MergeNode): Merged | undefined {
  const text = mergedText(slot);
  if (text === undefined) return planBothChanged(slot);
  return { actions: new Map([[slot, { do: 'print', value: text }]]), isApart: true };
}

/** A list of which one side left nothing is that side's as a whole. */
function keepsSome({ children }: MergeNode): boolean {
  return children.some(({ base, ours, theirs }) => base && ours && theirs);
}

/** Both added items behind the same one: nobody knows in which order they have to stand. */
function insertAtOnePlace(slot: MergeNode): boolean {
  const theirs = new Set(insertedBehind(slot, 'theirs', 'ours'));
  return insertedBehind(slot, 'ours', 'theirs').some(place => theirs.has(place));
}

/** For each item that one side alone has and base has not, the item of base that it follows there. */
function insertedBehind(slot: MergeNode, side: 'ours' | 'theirs', other: 'ours' | 'theirs') {
  const items = slot.children.filter(child => child[side]);
  const ordered = items.toSorted((a, b) => (a[side]?.start ?? 0) - (b[side]?.start ?? 0));
  let last: YamlNode | undefined;
  return ordered.flatMap(child => {
    last = child.base ?? last;
    return child.base || child[other] ? [] : [last];
  });
}
