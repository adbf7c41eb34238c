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
function planItems(node: MergeNode): Merged | undefined {
  return isEditable(node) ? planChildren(node) : undefined;
}

function planChildren(node: MergeNode): Merged | undefined {
  const actions = new Map<MergeNode, Action>();
  let isApart = true;
  for (const child of node.children) {
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
function planBothChanged(node: MergeNode): Merged | undefined {
  const { base, ours, theirs } = node;
  if (!isList(ours) || !isList(theirs)) return undefined;
  const lists = [isList(base) ? base.value.entries : [], ours.value.entries, theirs.value.entries];
  const identity = identitiesIn(lists);
  const planned = planChildren(node);
  if (!planned) return undefined;
  const { actions, isApart: insideApart } = planned;
  const isNamed = identity && (pairsByName(node, identity) || pairsInOrder(node, actions, identity));
  const isApart = isNamed
    ? keepsSome(node) && !insertAtOnePlace(node)
    : isBetweenUntouched(lists, node, actions);
  if (!isNamed && !isApart && (identity || lists.some(repeats))) return undefined;
  const written = isEditable(node) ? actions : printed(node, actions);
  return written && { actions: written, isApart: isApart && insideApart };
}

/** The items as lines say the same as the items that were paired, and say it again of their own result. */
function isBetweenUntouched(
  [base = [], ours = [], theirs = []]: readonly (readonly YamlNode[])[],
  node: MergeNode,
  planned: Actions,
): boolean {
  const [old, own, others] = [base, ours, theirs].map(items =>
    items.map(item => JSON.stringify(dataOf(item.value))),
  );
  const merged = old && own && others && mergeSurely(old, own, others);
  const result = resultOf(node, planned);
  return merged !== undefined && `[${merged.join(',')}]` === JSON.stringify(result);
}

/** An item comes twice. */
function repeats(items: readonly YamlNode[]): boolean {
  return new Set(items.map(({ value }) => value.meaning)).size < items.length;
}

/** A list in brackets, or one side's in brackets, is written anew where no comments stand in it. */
function printed(node: MergeNode, planned: Actions): Actions | undefined {
  if (hasComments(node.ours) || hasComments(node.theirs)) return undefined;
  return new Map([[node, { do: 'print', value: resultOf(node, planned) }]]);
}

function hasComments(entry: YamlNode | undefined): boolean {
  return (
    entry?.value.entries.some(item => item.lead.comments.length > 0 || item.note || hasComments(item)) ??
    false
  );
}

/** Makes a value ours: line by line where that can be done, else as a whole. What both sides added has no base to start from. */
export function takeOurs(node: MergeNode): Actions {
  const items = node.base ? planItems(node)?.actions : undefined;
  return items ?? fillIn(node) ?? new Map([[node, { do: 'replace' }]]);
}

/** Where theirs has an empty value on the line of the key, ours comes in entry by entry, between the comments below. */
function fillIn({ ours, theirs, children }: MergeNode): Actions | undefined {
  const fills = ours?.value.layout === 'block' && theirs && theirs.value.entries.length === 0;
  if (!fills || ours.value.entries.length === 0) return undefined;
  return new Map(children.filter(child => child.ours).map(child => [child, { do: 'insert' }]));
}

/** What one side alone changed, it decides. */
function planItem(node: MergeNode): Merged | undefined {
  const { base, ours, theirs } = node;
  if (same(ours, base) || same(ours, theirs)) return NOTHING;
  if (!same(theirs, base))
    return isFilledMap(ours) && isFilledMap(theirs) ? planItems(node) : planMerged(node);
  if (!ours) return { actions: new Map([[node, { do: 'delete' }]]), isApart: true };
  if (!theirs) return { actions: new Map([[node, { do: 'insert' }]]), isApart: true };
  return { actions: takeOurs(node), isApart: true };
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
function pairsInOrder(node: MergeNode, planned: Actions, identity: (item: YamlNode) => string): boolean {
  const isOneSided = node.children.every(({ base, ours, theirs }) => {
    const names = new Set([base, ours, theirs].filter(item => item !== undefined).map(identity));
    return names.size <= 1 || same(base, ours) || same(base, theirs) || same(ours, theirs);
  });
  const names = node.children.flatMap(child => namesLeft(child, planned, identity));
  return isOneSided && new Set(names).size === names.length;
}

function namesLeft(child: MergeNode, planned: Actions, identity: (item: YamlNode) => string): string[] {
  const action = planned.get(child)?.do;
  const item = action === 'replace' || action === 'insert' ? child.ours : child.theirs;
  return item && action !== 'delete' ? [identity(item)] : [];
}

/** Each node holds one name, and each name stands in one node. */
function pairsByName(node: MergeNode, identity: (item: YamlNode) => string): boolean {
  const seen = new Set<string>();
  return node.children.every(({ base, ours, theirs }) => {
    const names = new Set([base, ours, theirs].filter(item => item !== undefined).map(identity));
    const [name = ''] = names;
    const first = !seen.has(name);
    seen.add(name);
    return first && names.size === 1;
  });
}

/** Merges a list item by item, or a text of several lines line by line. Undefined where that is not certain. */
export function planMerged(node: MergeNode): Merged | undefined {
  const text = mergedText(node);
  if (text === undefined) return planBothChanged(node);
  return { actions: new Map([[node, { do: 'print', value: text }]]), isApart: true };
}

/** A list of which one side left nothing is that side's as a whole. */
function keepsSome({ children }: MergeNode): boolean {
  return children.some(({ base, ours, theirs }) => base && ours && theirs);
}

/** Both added items behind the same one: nobody knows in which order they have to stand. */
function insertAtOnePlace(node: MergeNode): boolean {
  const theirs = new Set(insertedBehind(node, 'theirs', 'ours'));
  return insertedBehind(node, 'ours', 'theirs').some(place => theirs.has(place));
}

/** For each item that one side alone has and base has not, the item of base that it follows there. */
function insertedBehind(node: MergeNode, side: 'ours' | 'theirs', other: 'ours' | 'theirs') {
  const items = node.children.filter(child => child[side]);
  const ordered = items.toSorted((a, b) => (a[side]?.start ?? 0) - (b[side]?.start ?? 0));
  let last: YamlNode | undefined;
  return ordered.flatMap(child => {
    last = child.base ?? last;
    return child.base || child[other] ? [] : [last];
  });
}
