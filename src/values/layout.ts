import { addTo } from '../data/append.ts';
import { type Edit, lineEnd } from '../yaml/text.ts';
import { endsKeeping, endingScalar } from '../yaml/open-end.ts';
import type { Value } from '../yaml/syntax-tree.ts';
import { columnFor, type Insertion } from './insertions.ts';
import { lastKept } from './kept-text.ts';
import type { Action } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Token } from './stream.ts';

export type Layout = {
  readonly text: string;
  /** The text of ours. */
  readonly ours: string;
  readonly eol: string;
  readonly tokens: readonly Token[];
  readonly insertions: readonly Insertion[];
  readonly actions: ReadonlyMap<MergeNode, Action>;
  /** The comments that are taken out, as indexes of tokens. */
  readonly gone: ReadonlySet<number>;
};

/** One edit for each gap that lines come into, with the blank lines that they have around them in ours. */
export function insertionEdits(layout: Layout): Edit[] {
  const gaps = new Map<number, Insertion[]>();
  for (const insertion of layout.insertions) addTo(gaps, insertion.gap, insertion);
  return Array.from(gaps, ([gap, insertions]) => insertionEdit(layout, gap, insertions));
}

/** Comments go with the blank lines between them. */
export function removalEdits({ tokens, gone }: Layout): Edit[] {
  return Array.from(gone, index => {
    const start = gone.has(index - 1) ? tokens[index - 1]?.end : tokens[index]?.start;
    return { start: start ?? 0, end: tokens[index]?.end ?? 0, text: '' };
  });
}

/** Comments below an entry that has become folded would become its content: they move to the left. */
export function unindentEdits({ tokens, insertions, actions, gone }: Layout): Edit[] {
  const edits = new Map<number, Edit>();
  const unindentFrom = (first: number, column: number): void => {
    for (let index = first; tokens[index]?.comment; index++) {
      const { comment } = tokens[index] ?? {};
      if (!comment || gone.has(index) || comment.column <= column) continue;
      edits.set(index, { start: comment.start, end: comment.start + comment.column - column, text: '' });
    }
  };
  for (const { gap, node } of insertions)
    if (node?.ours && endsFolded(node.ours.value)) unindentFrom(gap, columnFor(node));
  for (const [index, { node }] of tokens.entries())
    if (node?.ours && node.theirs && actions.has(node) && endsFolded(node.ours.value))
      unindentFrom(index + 1, node.theirs.column);
  return [...edits.values()];
}

function insertionEdit(layout: Layout, gap: number, unordered: readonly Insertion[]): Edit {
  const { text, eol, tokens } = layout;
  const insertions = unordered.toSorted((a, b) => Number(a.leads) - Number(b.leads));
  const { offset, above, below } = blanksAround(layout, gap, insertions);
  const lines = insertions.flatMap((insertion, index) => [
    ...Array<string>(index === 0 ? above : blanksBetween(layout, insertions[index - 1], insertion)).fill(''),
    ...behindInsertion(insertions[index - 1], insertion.lines, layout.actions),
  ]);
  const clear = behindToken(tokens[gap - 1], lines, layout.actions);
  const block = [...clear, ...Array<string>(below).fill('')].join(eol);
  const atEnd = offset === text.length && offset > 0 && !text.endsWith('\n');
  const lastSlot = insertions.at(-1)?.node;
  const last = lastSlot && lastKept(lastSlot, layout.actions);
  const final = !atEnd || (last && endsFolded(last)) ? eol : '';
  return { start: offset, end: offset, text: (atEnd ? eol : '') + block + final };
}

function blanksBetween(
  { ours, actions }: Layout,
  before: Insertion | undefined,
  { above }: Insertion,
): number {
  const last = before?.node && lastKept(before.node, actions);
  return last && endsKeeping(ours, last) ? 0 : above;
}

type Around = { offset: number; above: number; below: number };

/**
 * Blank lines in the gap stay. They go above or below as in ours; where ours has some and the gap has none left, one
 * comes in. What takes the place of a comment takes over its blank lines.
 */
function blanksAround(layout: Layout, gap: number, insertions: readonly Insertion[]): Around {
  const { text, tokens, gone, actions, ours } = layout;
  const [before, behind] = [tokens[gap - 1], tokens[gap]];
  const start = before?.end ?? 0;
  const deleted = behind?.node && actions.get(behind.node)?.do === 'delete';
  if (gone.has(gap) || deleted)
    return { offset: gone.has(gap - 1) ? start : (behind?.start ?? start), above: 0, below: 0 };
  const existing = behind?.blanks ?? 0;
  const [first, final] = [insertions[0], insertions.at(-1)?.node];
  const last = final && lastKept(final, actions);
  if (last && endsKeeping(ours, last))
    return { offset: skipLines(text, start, existing), above: 0, below: 0 };
  const isFirstInside = before?.entry !== undefined && before.entry === first?.node?.parent?.theirs;
  const keeps = before !== undefined && keepsBlanks(layout, before);
  const wantedAbove = isFirstInside || keeps ? 0 : (first?.above ?? 0);
  const wantedBelow = insertions.at(-1)?.below ?? 0;
  const above = wantedBelow === 0 && wantedAbove > 0 ? existing : Math.min(wantedAbove, existing);
  // Where theirs goes on inside, the blank line of ours parts it from nothing.
  const parts = existing > 0 || !insertions.at(-1)?.isLast;
  return {
    offset: skipLines(text, start, above),
    above: wantedAbove > 0 && above === 0 && gap > 1 ? 1 : 0,
    below: wantedBelow > 0 && above === existing && parts && behind?.kind !== 'end' ? 1 : 0,
  };
}

/** As it will stand there, the token takes blank lines behind it for its own. */
function keepsBlanks({ text, ours, actions }: Layout, { entry, node }: Token): boolean {
  if (node?.ours && actions.has(node)) return endsKeeping(ours, node.ours.value);
  return entry !== undefined && entry.value.entries.length === 0 && endsKeeping(text, entry.value);
}

function skipLines(text: string, from: number, count: number): number {
  let offset = from;
  for (let left = count; left > 0; left--) offset = lineEnd(text, offset);
  return offset;
}

function behindToken(
  before: Token | undefined,
  lines: readonly string[],
  actions: Layout['actions'],
): readonly string[] {
  const { entry, node } = before ?? {};
  const value = node && actions.has(node) ? node.ours?.value : entry?.value;
  return entry && value && endsFolded(value) ? clearOfFolded(lines, entry.column) : lines;
}

function behindInsertion(
  before: Insertion | undefined,
  lines: readonly string[],
  actions: Layout['actions'],
): readonly string[] {
  const last = before?.node && lastKept(before.node, actions);
  return before?.node && last && endsFolded(last) ? clearOfFolded(lines, columnFor(before.node)) : lines;
}

/** Below a folded scalar a comment that is indented like its content would become content. */
function clearOfFolded(lines: readonly string[], column: number): string[] {
  const end = lines.findIndex(line => line !== '' && !line.trimStart().startsWith('#'));
  return lines.map((line, index) => {
    const text = line.trimStart();
    const inside = (end < 0 || index < end) && text !== '' && line.length - text.length > column;
    return inside ? ' '.repeat(column) + text : line;
  });
}

function endsFolded(value: Value): boolean {
  return endingScalar(value).layout === 'folded';
}
