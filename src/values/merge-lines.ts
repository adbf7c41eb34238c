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
export function mergeSurely(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] | undefined {
  const merged = mergeLines({ base, ours, theirs }, meet);
  const again = merged && mergeLines({ base, ours: merged, theirs }, meet);
  return again?.join('\n') === merged?.join('\n') ? merged : undefined;
}

/**
 * The same, where one side may also have put lines right behind those that the other takes away: the entry behind in a list stays.
 * Only what stands once, and no deeper, so that it is no part of what goes.
 */
export function mergeBeside(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] | undefined {
  const clash = (own: Change<string>, other: Change<string>): boolean =>
    meet(own, other) && !follows(own, other, base);
  return mergeSurely(base, ours, theirs) ?? mergeLines({ base, ours, theirs }, clash);
}

/** Between what both sides changed no element is as it was. */
function meet<T>(own: Change<T>, other: Change<T>): boolean {
  return own.start <= other.end && other.start <= own.end;
}

/** Whether one side only put lines behind those that the other only takes away, and no deeper. */
function follows(own: Change<string>, other: Change<string>, base: readonly string[]): boolean {
  const [put, taken] = own.start === own.end ? [own, other] : [other, own];
  const isBehind = put.start === put.end && put.start === taken.end && taken.now.length === 0;
  const gone = new Set(base.slice(taken.start, taken.end));
  const isOnce = base.filter(line => gone.has(line)).length === taken.end - taken.start;
  return isBehind && isOnce && indentOf(put.now[0]) <= indentOf(base[taken.start]);
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}

/** The lines of a text that has several. */
function textLines(entry: YamlNode | undefined): string[] | undefined {
  const text = entry?.value.scalar;
  if (entry?.value.kind !== 'scalar' || typeof text !== 'string' || !text.includes('\n')) return undefined;
  return text.split('\n');
}

/** What one side made of the elements [start, end) of base. */
type Change<T> = { readonly start: number; readonly end: number; readonly now: readonly T[] };

/** Merges what two sides made of a sequence; what both changed alike counts once. Undefined where two of their changes clash. */
function mergeLines<T>(
  { base, ours, theirs }: { base: readonly T[]; ours: readonly T[]; theirs: readonly T[] },
  clash: (own: Change<T>, other: Change<T>) => boolean,
): T[] | undefined {
  const own = changesOf(base, ours);
  const others = changesOf(base, theirs).filter(other => !own.some(change => isSame(change, other)));
  if (own.some(change => others.some(other => clash(change, other)))) return undefined;
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
