import { type Keeping, keptLines } from './kept-text.ts';
import { gapFor, gapForComment, type Places } from './places.ts';
import { replacedBy, type Replacing } from './replaced-comments.ts';
import type { Hunk, Segment } from './hunks.ts';
import { isBlock } from './node-facts.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Token } from './stream.ts';

/** Lines that come into theirs in front of a token. */
export type Insertion = {
  readonly gap: number;
  readonly lines: readonly string[];
  /** Blank lines above and below them in ours. */
  readonly above: number;
  readonly below: number;
  /** What stands behind them in ours is outside of the map or list that they are in. */
  readonly isLast: boolean;
  /** They belong to what stands behind them, not to what stands in front. */
  readonly leads: boolean;
  /** The entry that comes in; undefined for comments alone, which belong to an entry of theirs. */
  readonly node: MergeNode | undefined;
  readonly commentOn: MergeNode | undefined;
};

export type Carrying = Omit<Replacing, 'tokens'> & { readonly places: Places; readonly keeping: Keeping };

/** What a run does to theirs. */
export type Carried = {
  readonly insertions: readonly Insertion[];
  /** The comments that it takes the place of, as indexes of tokens. */
  readonly replaced: readonly number[];
};

/** Places the lines of a run: where what they replace stands, else next to what they stand next to in ours. */
export function carryRun(run: Hunk, carrying: Carrying): Carried {
  const { places, keeping } = carrying;
  const { tokens } = places;
  const replaced: number[] = [];
  const stoodFor = inOrder(
    run.segments,
    run.segments.map(segment => replacedBy(segment, run, { ...carrying, tokens })),
  );
  let gap = run.before + 1;
  const insertions = run.segments.map((segment, number) => {
    const { node } = segment;
    const gone = (stoodFor[number] ?? []).filter(index => !replaced.includes(index));
    const leads = !node && isLead(run, segment);
    const wanted = gone[0] ?? (leads ? run.after : gap);
    gap = node ? gapFor(places, node, wanted) : gapForComment(places, wanted);
    for (const index of gone) if (isNextTo(tokens, gap, index)) replaced.push(index);
    const by = node ? columnFor(node) - (node.ours?.column ?? 0) : run.shifts[leads ? 'after' : 'before'];
    return {
      gap,
      lines: segment.tokens.flatMap((token, index) => tokenLines(token, { by, first: index === 0, keeping })),
      above: segment.tokens[0]?.blanks ?? 0,
      below: segment.below,
      isLast: segment.isLast,
      leads,
      node,
      commentOn: node ? undefined : neighbourOf(run, places, leads),
    };
  });
  return { insertions, replaced };
}

/** What is inside an entry cannot take the place of comments behind those that a later neighbour of that entry takes. */
function inOrder(
  segments: readonly Segment[],
  replaced: readonly (readonly number[])[],
): (readonly number[])[] {
  const depths = segments.map(({ node }) => depthOf(node));
  return replaced.map((gone, number) => {
    const overtakes = replaced.some(
      ([first = Infinity], other) =>
        other > number && first < (gone[0] ?? 0) && (depths[other] ?? 0) < (depths[number] ?? 0),
    );
    return overtakes ? [] : gone;
  });
}

function depthOf(node: MergeNode | undefined): number {
  return node ? 1 + depthOf(node.parent) : 0;
}

/** The column of the entries that the parent has in theirs, or as deep below it as in ours. */
export function columnFor({ parent, ours }: MergeNode): number {
  const holder = parent?.theirs;
  const [sibling] = holder?.value.entries ?? [];
  if (!holder || !ours) return 0;
  if (sibling && isBlock(holder.value)) return sibling.column;
  const inFlow = parent.ours?.value.layout === 'inline';
  return holder.column + (inFlow ? 2 : ours.column - (parent.ours?.column ?? 0));
}

/** Nothing but comments stands between a gap and a token. */
function isNextTo(tokens: readonly Token[], gap: number, index: number): boolean {
  return tokens.slice(Math.min(gap, index), Math.max(gap, index)).every(({ kind }) => kind === 'comment');
}

/** Comments right above an entry speak of it, unless they are indented like something in the entry before. */
function isLead({ touchesAfter, next }: Hunk, { tokens, below }: Segment): boolean {
  const [first] = tokens;
  if (!touchesAfter || !first?.comment) return false;
  if (next.kind === 'end') return first.blanks > 0;
  if (next.entry && first.comment.column > next.entry.column) return false;
  return below === 0 || first.blanks > 0;
}

/** The entry that comments stand above, or else the one they stand below. */
function neighbourOf(run: Hunk, { tokens }: Places, leads: boolean): MergeNode | undefined {
  const behind = nextSlot(tokens, run.after, 1);
  const before = nextSlot(tokens, run.before, -1);
  return leads ? (behind ?? before) : (before ?? behind);
}

function nextSlot(tokens: readonly Token[], from: number, step: 1 | -1): MergeNode | undefined {
  let index = from;
  while (tokens[index] && !tokens[index]?.node?.parent) index += step;
  return tokens[index]?.node;
}

type Line = { by: number; first: boolean; keeping: Keeping };

function tokenLines({ comment, node, blanks }: Token, { by, first, keeping }: Line): string[] {
  const above = Array<string>(first ? 0 : blanks).fill('');
  if (comment) return [...above, ' '.repeat(Math.max(0, comment.column + by)) + comment.text];
  return node ? [...above, ...keptLines(node, columnFor(node), keeping)] : above;
}
