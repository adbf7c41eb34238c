import { append } from '../data/append.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { identitiesIn } from './list-items.ts';
import type { Action } from './plan.ts';
import { isBlock, isFilledMap, isList, same } from './node-facts.ts';
import { align } from './longest-common.ts';
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
function planBothChanged(slot: MergeNode): Actions | undefined {
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

/** Both sides' changes in one, and whether they are so far apart that nobody has to be asked. */
export type Merged = { readonly actions: ReadonlyMap<MergeNode, Action>; readonly isApart: boolean };

/** Merges a list item by item, or a text of several lines line by line. Undefined where that is not certain. */
export function planMerged(slot: MergeNode): Merged | undefined {
  const text = mergedText(slot);
  if (text !== undefined) return { actions: new Map([[slot, { do: 'print', value: text }]]), isApart: true };
  const actions = planBothChanged(slot);
  return actions && { actions, isApart: keepsSome(slot) && !insertAtOnePlace(slot) };
}

function mergedText({ base, ours, theirs }: MergeNode): string | undefined {
  const texts = [base, ours, theirs].map(textLines);
  const [old, own, others] = texts;
  const merged = old && own && others && mergeLines(old, own, others);
  if (!merged) return undefined;
  const text = merged.join('\n');
  // Lines that repeat can be paired in more than one way: what a second look reads otherwise is not certain.
  return mergeLines(old, merged, others)?.join('\n') === text ? text : undefined;
}

/** The lines of a text that has several. */
function textLines(entry: YamlNode | undefined): string[] | undefined {
  const text = entry?.value.scalar;
  if (entry?.value.kind !== 'scalar' || typeof text !== 'string' || !text.includes('\n')) return undefined;
  return text.split('\n');
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

/** What one side made of the elements [start, end) of base. */
type Change<T> = { readonly start: number; readonly end: number; readonly now: readonly T[] };

/**
 * Merges what two sides made of a sequence; what both changed alike counts once. Undefined where their changes touch:
 * between them at least one element has to be as it was.
 */
function mergeLines<T>(base: readonly T[], ours: readonly T[], theirs: readonly T[]): T[] | undefined {
  const own = changesOf(base, ours);
  const others = changesOf(base, theirs).filter(other => !own.some(change => isSame(change, other)));
  if (own.some(change => others.some(other => change.start <= other.end && other.start <= change.end)))
    return undefined;
  const merged: T[] = [];
  let from = 0;
  for (const { start, end, now } of [...own, ...others].toSorted((a, b) => a.start - b.start)) {
    append(merged, base.slice(from, start));
    append(merged, now);
    from = end;
  }
  return [...merged, ...base.slice(from)];
}

function changesOf<T>(base: readonly T[], side: readonly T[]): Change<T>[] {
  const changes: Change<T>[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...align(base, side), [base.length, side.length] as const]) {
    if (nextI > i || nextJ > j) changes.push({ start: i, end: nextI, now: side.slice(j, nextJ) });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return changes;
}

function isSame<T>(a: Change<T>, b: Change<T>): boolean {
  if (a.start !== b.start || a.end !== b.end || a.now.length !== b.now.length) return false;
  return a.now.every((element, index) => element === b.now[index]);
}
