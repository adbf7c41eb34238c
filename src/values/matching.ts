import type { Comment } from '../yaml/leading-trivia.ts';
import { align } from './longest-common.ts';
import type { Stream, Token } from './stream.ts';

/** For each token of one file, the index of the token of another that is the same, or -1. */
export type Matching = Int32Array;

/**
 * Matches landmarks, then the comments in front of each place that both files hold, so that they are found where their
 * key went, and then what is left behind each place: where keys changed order, some comments belong to the key above.
 */
export function matchStreams(a: Stream, b: Stream): Matching {
  const matching = new Int32Array(a.tokens.length).fill(-1);
  const taken = new Uint8Array(b.tokens.length);
  const behind: Gap[] = [];
  let last = -1;
  for (let index = 0; index < a.tokens.length; index++) {
    const other = markIn(b, a.tokens[index]);
    if (other === -1) continue;
    matching[index] = other;
    const above = sharedBefore(b, a, other);
    matchComments(a, b, { from: last + 1, to: index, otherFrom: above + 1, otherTo: other, matching, taken });
    const lastIn = last < 0 ? -1 : (matching[last] ?? -1);
    if (above !== lastIn)
      behind.push({ from: last + 1, to: index, otherFrom: lastIn + 1, otherTo: sharedBehind(b, a, lastIn) });
    last = index;
  }
  for (const gap of behind) matchComments(a, b, { ...gap, matching, taken });
  return matching;
}

/** What stands between two shared landmarks of one file, and between two of the other. */
type Gap = {
  readonly from: number;
  readonly to: number;
  readonly otherFrom: number;
  readonly otherTo: number;
};

function markIn(stream: Stream, token: Token | undefined): number {
  return token?.anchor === undefined ? -1 : (stream.indexOf.get(token.anchor) ?? -1);
}

function sharedBefore(stream: Stream, other: Stream, from: number): number {
  let index = from - 1;
  while (index >= 0 && markIn(other, stream.tokens[index]) === -1) index--;
  return index;
}

function sharedBehind(stream: Stream, other: Stream, from: number): number {
  let index = from + 1;
  while (index < stream.tokens.length && markIn(other, stream.tokens[index]) === -1) index++;
  return index;
}

type Comparison = Gap & { readonly matching: Matching; readonly taken: Uint8Array };

function matchComments(a: Stream, b: Stream, comparison: Comparison): void {
  const { matching, taken } = comparison;
  let { from, otherFrom } = comparison;
  while (from < comparison.to && otherFrom < comparison.otherTo && canMatch(a, b, from, otherFrom)) {
    if (matching[from] !== -1 || taken[otherFrom] !== 0) break;
    matching[from] = otherFrom;
    taken[otherFrom++] = 1;
    from++;
  }
  if (from < comparison.to && otherFrom < comparison.otherTo)
    alignComments(a, b, { ...comparison, from, otherFrom });
}

function canMatch(a: Stream, b: Stream, index: number, other: number): boolean {
  const words = saying(a, index);
  return words !== undefined && words === saying(b, other);
}

function saying({ tokens }: Stream, index: number): string | undefined {
  return tokens[index]?.comment?.says;
}

function alignComments(
  a: Stream,
  b: Stream,
  { from, to, otherFrom, otherTo, matching, taken }: Comparison,
): void {
  const left = commentsBetween(a, from, to).filter(index => matching[index] === -1);
  const right = commentsBetween(b, otherFrom, otherTo).filter(index => taken[index] === 0);
  if (left.length === 0 || right.length === 0) return;
  const [says, others] = [left.map(index => saying(a, index)), right.map(index => saying(b, index))];
  for (const [i, j] of align(says, others)) {
    const [index, other] = [left[i] ?? -1, right[j] ?? -1];
    matching[index] = other;
    taken[other] = 1;
  }
}

function commentsBetween({ tokens }: Stream, from: number, to: number): number[] {
  const found: number[] = [];
  for (let index = from; index < to; index++) if (tokens[index]?.comment) found.push(index);
  return found;
}

/** Pairs what is said once among these and once among those, wherever it went. */
export function matchMoved(a: readonly Comment[], b: readonly Comment[]): Map<Comment, Comment> {
  const moved = new Map<Comment, Comment>();
  if (a.length === 0 || b.length === 0) return moved;
  const others = bySaying(b);
  for (const [words, [comment, ...more]] of bySaying(a)) {
    const [other, ...rest] = others.get(words) ?? [];
    if (comment && other && more.length + rest.length === 0) moved.set(comment, other);
  }
  return moved;
}

function bySaying(comments: readonly Comment[]): Map<string, Comment[]> {
  const found = new Map<string, Comment[]>();
  for (const comment of comments) {
    if (comment.says === '') continue;
    const same = found.get(comment.says);
    if (same) same.push(comment);
    else found.set(comment.says, [comment]);
  }
  return found;
}
