import type { YamlNode } from '../yaml/syntax-tree.ts';
import type { Action } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';
import { align } from './longest-common.ts';
import { planBothChanged } from './plan-items.ts';

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
    merged.push(...base.slice(from, start), ...now);
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
