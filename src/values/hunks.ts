import type { CommentHistory } from './comment-history.ts';
import type { Matching } from './matching.ts';
import type { Action } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Streams, Token } from './stream.ts';

/** Lines of ours in a row that theirs lacks: comments of the team, and entries that come in. */
export type Hunk = {
  readonly segments: readonly Segment[];
  /** Where the nearest tokens in front and behind stand in theirs, and how far to the right of where ours has them. */
  readonly before: number;
  readonly after: number;
  readonly shifts: { readonly before: number; readonly after: number };
  /** The token right behind the run, and whether that is the one at `after`. */
  readonly next: Token;
  readonly touchesAfter: boolean;
  /** Where the nearest tokens in front and behind stand in base. */
  readonly inBase: { readonly before: number; readonly after: number };
};

/** An entry with the comments above it, or the comments behind the last entry. */
export type Segment = {
  readonly tokens: readonly Token[];
  readonly node: MergeNode | undefined;
  /** So many blank lines stand below it, and what stands behind these is outside of its map or list. */
  readonly below: number;
  readonly isLast: boolean;
};

type Finding = {
  readonly ours: readonly Token[];
  readonly theirs: readonly Token[];
  readonly carried: readonly boolean[];
  readonly inTheirs: Matching;
  readonly inBase: Matching;
};

/** Finds what has to be carried from ours into theirs: the team's comments, and entries that the plan brings in. */
export function runsOf(
  streams: Streams,
  history: CommentHistory,
  actions: ReadonlyMap<MergeNode, Action>,
): Hunk[] {
  const [ours, theirs] = [streams.ours.tokens, streams.theirs.tokens];
  const isCarried = ({ comment, node }: Token): boolean =>
    comment ? history.teams.has(comment) : node !== undefined && !node.theirs && comesIn(actions.get(node));
  const finding = { ...history, ours, theirs, carried: withoutLoneMarks(ours, ours.map(isCarried)) };
  const runs: Hunk[] = [];
  for (let from = finding.carried.indexOf(true); from >= 0;) {
    const to = endOfRun(finding, from);
    runs.push(runAt(finding, from, to));
    from = finding.carried.indexOf(true, to);
  }
  return runs;
}

function comesIn(action: Action | undefined): boolean {
  return action?.do === 'insert' || action?.do === 'keep';
}

/** Comments that stay behind do not part a run; an entry does. */
function endOfRun({ ours, carried, inTheirs }: Finding, from: number): number {
  let to = from;
  while (carried[to] || (ours[to]?.comment && inTheirs[to] === -1)) to++;
  while (!carried[to - 1]) to--;
  return to;
}

/** A bare `#` only frames other comments: it goes where those above or below it go. */
function withoutLoneMarks(tokens: readonly Token[], carried: readonly boolean[]): boolean[] {
  const isMark = (index: number): boolean => tokens[index]?.comment?.says === '';
  const speaks = (index: number, step: 1 | -1): boolean => {
    let at = index;
    while (carried[at] && isMark(at)) at += step;
    return carried[at] === true;
  };
  return carried.map((is, index) => is && (!isMark(index) || speaks(index, -1) || speaks(index, 1)));
}

function runAt(finding: Finding, from: number, to: number): Hunk {
  const { ours, theirs, inTheirs, inBase } = finding;
  const next = ours[to] ?? ours[ours.length - 1];
  if (!next) throw new Error('a file ends with its end token');
  const above = lastMatched(inTheirs, from);
  const below = firstMatched(inTheirs, to);
  const [before, after] = [inTheirs[above] ?? 0, inTheirs[below] ?? theirs.length - 1];
  const shiftOf = (their: number, our: number): number => columnOf(theirs[their]) - columnOf(ours[our]);
  return {
    segments: segmentsOf(carriedTokens(finding, from, to), next),
    before,
    after,
    shifts: { before: shiftOf(before, above), after: shiftOf(after, below) },
    next,
    touchesAfter: inTheirs[to] !== -1,
    inBase: {
      before: inBase[lastMatched(inBase, from)] ?? -1,
      after: inBase[firstMatched(inBase, to)] ?? -1,
    },
  };
}

function segmentsOf(tokens: readonly Token[], next: Token): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const [index, { node }] of tokens.entries()) {
    if (!node && index < tokens.length - 1) continue;
    const behind = tokens[index + 1] ?? next;
    const isLast = node?.ours !== undefined && columnOf(behind) < node.ours.column;
    segments.push({ tokens: tokens.slice(from, index + 1), node, below: behind.blanks, isLast });
    from = index + 1;
  }
  return segments;
}

/** A comment that stays behind leaves its blank lines to what follows. */
function carriedTokens({ ours, carried, inTheirs }: Finding, from: number, to: number): Token[] {
  let first = from;
  while (ours[first - 1]?.comment && inTheirs[first - 1] === -1) first--;
  const tokens: Token[] = [];
  let blanks = 0;
  for (const [offset, token] of ours.slice(first, to).entries()) {
    blanks = Math.max(blanks, token.blanks);
    if (!carried[first + offset]) continue;
    tokens.push({ ...token, blanks });
    blanks = 0;
  }
  return tokens;
}

function lastMatched(matching: Matching, from: number): number {
  let index = from - 1;
  while (index >= 0 && matching[index] === -1) index--;
  return index;
}

function firstMatched(matching: Matching, from: number): number {
  let index = from;
  while (index < matching.length && matching[index] === -1) index++;
  return index;
}

function columnOf(token: Token | undefined): number {
  return token?.comment?.column ?? token?.entry?.column ?? 0;
}
