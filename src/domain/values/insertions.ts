import { type Keeping, keptLines } from './kept-text.ts';
import { gapFor, gapForComment, type Places } from './places.ts';
import { replacedBy, type Replacing } from './replaced-comments.ts';
import type { Run, Segment } from './runs.ts';
import { isBlock } from './slot-facts.ts';
import type { Slot } from './slots.ts';
import type { Token } from './stream.ts';

/** Lines that come into theirs in front of a token. */
export type Insertion = {
  readonly gap: number;
  readonly lines: readonly string[];
  /** Blank lines above and below them in ours. */
  readonly above: number;
  readonly below: number;
  /** They belong to what stands behind them, not to what stands in front. */
  readonly leads: boolean;
  /** The entry that comes in; undefined for comments alone, which belong to an entry of theirs. */
  readonly slot: Slot | undefined;
  readonly commentOn: Slot | undefined;
};

export type Carrying = Omit<Replacing, 'tokens'> & { readonly places: Places; readonly keeping: Keeping };

/** What a run does to theirs. */
export type Carried = {
  readonly insertions: readonly Insertion[];
  /** The comments that it takes the place of, as indexes of tokens. */
  readonly replaced: readonly number[];
};

/** Places the lines of a run: where what they replace stands, else next to what they stand next to in ours. */
export function carryRun(run: Run, carrying: Carrying): Carried {
  const { places, keeping } = carrying;
  const { tokens } = places;
  const replaced: number[] = [];
  let gap = run.before + 1;
  const insertions = run.segments.map(segment => {
    const { slot } = segment;
    const gone = replacedBy(segment, run, { ...carrying, tokens }).filter(index => !replaced.includes(index));
    const leads = !slot && isLead(run, segment);
    const wanted = gone[0] ?? (leads ? run.after : gap);
    gap = slot ? gapFor(places, slot, wanted) : gapForComment(places, wanted);
    for (const index of gone) if (isNextTo(tokens, gap, index)) replaced.push(index);
    const by = slot ? columnFor(slot) - (slot.ours?.column ?? 0) : run.shifts[leads ? 'after' : 'before'];
    return {
      gap,
      lines: segment.tokens.flatMap((token, index) => tokenLines(token, { by, first: index === 0, keeping })),
      above: segment.tokens[0]?.blanks ?? 0,
      below: segment.below,
      leads,
      slot,
      commentOn: slot ? undefined : neighbourOf(run, places, leads),
    };
  });
  return { insertions, replaced };
}

/** The column of the entries that the parent has in theirs, or as deep below it as in ours. */
export function columnFor({ parent, ours }: Slot): number {
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
function isLead({ touchesAfter, next }: Run, { tokens, below }: Segment): boolean {
  const [first] = tokens;
  if (!touchesAfter || !first?.comment) return false;
  if (next.kind === 'end') return first.blanks > 0;
  if (next.entry && first.comment.column > next.entry.column) return false;
  return below === 0 || first.blanks > 0;
}

/** The entry that comments stand above, or else the one they stand below. */
function neighbourOf(run: Run, { tokens }: Places, leads: boolean): Slot | undefined {
  const behind = tokens.slice(run.after).find(token => token.slot);
  const before = tokens.slice(0, run.before + 1).findLast(token => token.slot);
  return (leads ? (behind ?? before) : (before ?? behind))?.slot;
}

type Line = { by: number; first: boolean; keeping: Keeping };

function tokenLines({ comment, slot, blanks }: Token, { by, first, keeping }: Line): string[] {
  const above = Array<string>(first ? 0 : blanks).fill('');
  if (comment) return [...above, ' '.repeat(Math.max(0, comment.column + by)) + comment.text];
  return slot ? [...above, ...keptLines(slot, columnFor(slot), keeping)] : above;
}
