import { saidBy } from '../yaml/leading-trivia.ts';
import type { YamlNode, SyntaxTree } from '../yaml/syntax-tree.ts';
import { align } from './longest-common.ts';
import type { ValuePath } from './flatten.ts';
import type { Meanings } from '../yaml/meanings.ts';
import type { DecisionAnswer } from './plan.ts';
import type { Side } from './merge-nodes.ts';

type Hunk = { readonly removed: readonly number[]; readonly added: readonly number[] };

/** Compares the new defaults with the result, and gives each changed line that nothing accounts for. */
export function changedLines(
  { files, result }: Pick<Claim, 'files' | 'result'>,
  named: (place: ValuePath) => boolean,
): { count: number; unexplained: string[] } {
  const [before, after] = [linesOf(files.theirs.text), linesOf(result.text)];
  const [inBase, inOurs, inTheirs] = [sayingsIn(files.base), sayingsIn(files.ours), sayingsIn(files.theirs)];
  const isKnown = (line: string): boolean => inOurs(line) || inTheirs(line);
  const [namedBefore, namedAfter] = [
    namedLines(files.theirs, before, named),
    namedLines(result, after, named),
  ];
  const hunks = hunksOf(before, after);
  const unexplained = hunks.flatMap(({ removed, added }) => {
    const strange = added.filter(line => !isKnown(after[line] ?? '') && !namedAfter(line));
    const missing = removed.filter(line => !inBase(before[line] ?? '') && !namedBefore(line));
    // A comment that upstream changed may still be the one that the team made an entry of.
    const lost =
      added.length > strange.length ? missing.filter(line => !isComment(before[line] ?? '')) : missing;
    return [...strange.map(line => `+${after[line]}`), ...lost.map(line => `-${before[line]}`)];
  });
  return { count: countIn(hunks), unexplained };
}

/** How many lines a comparison of two texts shows as changed. */
export function countChangedLines(before: string, after: string): number {
  return countIn(hunksOf(linesOf(before), linesOf(after)));
}

/**
 * Tells whether a line belongs to one of the named places. Of lines that read the same it cannot be said which one a
 * comparison shows as changed: one that is named is enough.
 */
function namedLines(
  file: SyntaxTree,
  lines: readonly string[],
  named: (place: ValuePath) => boolean,
): (line: number) => boolean {
  const isNamed = (line: number): boolean => {
    const place = ownerOf(file, line);
    return place !== undefined && named(place);
  };
  return line => isNamed(line) || lines.some((other, index) => other === lines[line] && isNamed(index));
}

/** The leaf that a line belongs to, or the map in braces. */
function ownerOf({ lines, documents }: SyntaxTree, line: number): ValuePath | undefined {
  const start = lines.lineStarts[line] ?? 0;
  const end = lines.lineStarts[line + 1] ?? Infinity;
  let owner: ValuePath | undefined;
  let isWhole = false;
  let entries: readonly YamlNode[] = documents;
  for (
    let held = lastBefore(entries, end);
    held && held.value.end >= start;
    held = lastBefore(entries, end)
  ) {
    if (held.key === '<<') return owner;
    owner = owner === undefined ? String(held.key) : `${owner}\0${held.key}`;
    isWhole = held.value.kind !== 'map' || held.value.layout === 'inline' || held.value.opaque;
    entries = isWhole ? [] : held.value.entries;
  }
  return isWhole || owner?.includes('\0') ? owner : undefined;
}

/** The last entry that starts before an offset. */
function lastBefore(entries: readonly YamlNode[], offset: number): YamlNode | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}

/** Tells whether a line is blank, or a comment that the file has too. */
function sayingsIn({ text }: SyntaxTree): (line: string) => boolean {
  let sayings: ReadonlySet<string> | undefined;
  return line => {
    if (line.trim() === '') return true;
    if (!isComment(line)) return false;
    sayings ??= new Set(linesOf(text).flatMap(commentsIn).map(saidBy));
    return sayings.has(saidBy(line));
  };
}

/** A comment on a line of its own, and any that may stand behind a value. */
function commentsIn(line: string): string[] {
  const behind = line.search(/\s#/);
  return behind < 0 ? [line] : [line, line.slice(behind)];
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r?\n/);
}

function hunksOf(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...align(before, after), [before.length, after.length] as const]) {
    if (nextI > i || nextJ > j) hunks.push({ removed: range(i, nextI), added: range(j, nextJ) });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return hunks;
}

function countIn(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

export type Claim = {
  readonly files: Readonly<Record<Side, SyntaxTree>>;
  readonly result: SyntaxTree;
  readonly meanings: Meanings;
  /** Where a person decided or has to, and the answer; without one ours stands. */
  readonly decided: ReadonlyMap<ValuePath, DecisionAnswer | undefined>;
  /** Whose line got an anchor of the team's. */
  readonly anchored: ReadonlySet<ValuePath>;
  /** Where places of base and ours stand in theirs. */
  readonly moved: readonly { readonly from: ValuePath; readonly to: ValuePath }[];
  /** What the answer `merged` gave, where it was the one. */
  readonly merged: ReadonlyMap<ValuePath, unknown>;
  /** Where comments of the team came to stand. */
  readonly commented: ReadonlySet<ValuePath>;
  /** What is written anew as a whole, though it may hold the same in part. */
  readonly rewritten: readonly ValuePath[];
};
