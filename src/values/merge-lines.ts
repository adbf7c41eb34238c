import { append } from '../data/append.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { align } from './longest-common.ts';
import type { MergeNode } from './merge-nodes.ts';

/** A text of several lines with the changes of both sides; undefined where they touch, or it has no lines. */
export function mergedText({
  base,
  ours,
  theirs,
}: Pick<MergeNode, 'base' | 'ours' | 'theirs'>): string | undefined {
  const [old, own, others] = [base, ours, theirs].map(textLines);
  return old && own && others && mergeSurely(old, own, others)?.join('\n');
}

/** The lines of both sides. Those that repeat can be paired in more than one way: what a second look reads otherwise is not certain. */
export function mergeSurely(base: readonly string[], ours: readonly string[], theirs: readonly string[]) {
  const merged = mergeLines(base, ours, theirs);
  const again = merged && mergeLines(base, merged, theirs);
  return again?.join('\n') === merged?.join('\n') ? merged : undefined;
}

/** The lines of a text that has several. */
function textLines(entry: YamlNode | undefined): string[] | undefined {
  const text = entry?.value.scalar;
  if (entry?.value.kind !== 'scalar' || typeof text !== 'string' || !text.includes('\n')) return undefined;
  return text.split('\n');
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
