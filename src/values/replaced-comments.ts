import { append } from '../data/append.ts';
import type { Comment } from '../yaml/leading-trivia.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { align } from './longest-common.ts';
import { commentsInside } from './comments-inside.ts';
import { isEmpty, same } from './node-facts.ts';
import type { CommentHistory } from './comment-history.ts';
import type { Action } from './plan.ts';
import type { Hunk, Segment } from './hunks.ts';
import type { MergeNode } from './merge-nodes.ts';
import type { Token } from './stream.ts';

export type Replacing = {
  readonly tokens: readonly Token[];
  readonly actions: ReadonlyMap<MergeNode, Action>;
  readonly history: CommentHistory;
};

/**
 * The comments of theirs that a segment stands in place of, as indexes of tokens. An entry replaces the lines that it
 * was written as while it was commented out, and its comment the one above them; comments alone replace what the team
 * took out there. Nothing goes where an entry comes back: its comments come back with it.
 */
export function replacedBy(segment: Segment, run: Hunk, replacing: Replacing): number[] {
  const { tokens, actions, history } = replacing;
  const between = tokens.slice(run.before + 1, run.after);
  const comesBack = between.some(
    ({ node }) => node?.base && !node.ours && actions.get(node)?.do !== 'delete',
  );
  if (comesBack) return [];
  const around = surroundings(run, tokens).filter(index => isIn(history.notInOurs, tokens[index]));
  return segment.node?.ours ? asEntry(segment, around, replacing) : asComments(run, around, replacing);
}

/**
 * The rest of each example that an entry stands in place of, as indexes of tokens: lines of it right above or below
 * that the team took out too. Sentences stay.
 */
export function restOfExamples(replaced: ReadonlySet<number>, { tokens, history }: Replacing): number[] {
  const rest = new Set<number>();
  const look = (start: number, step: 1 | -1): void => {
    // A bare `#` goes with what goes on behind it.
    let marks: number[] = [];
    for (let index = start + step; !replaced.has(index); index += step) {
      const { comment } = tokens[index] ?? {};
      const isNext = touches(tokens, step < 0 ? index : index - 1);
      if (!isNext || !comment || wasTakenOut(history, tokens[index]) === undefined) return;
      if (comment.says === '') marks.push(index);
      else if (EXAMPLE.test(uncommented(comment))) {
        for (const each of [...marks, index]) rest.add(each);
        marks = [];
      } else return;
    }
  };
  for (const start of replaced) {
    look(start, -1);
    look(start, 1);
  }
  return [...rest];
}

/**
 * The commented examples beside keys that were empty and that ours fills, as indexes of tokens: where the team took
 * one out as a whole, its own value stands for it.
 */
export function examplesOfFilled({ tokens, history }: Replacing): number[] {
  return tokens.flatMap(({ node }, index) => {
    const { base, ours } = node ?? {};
    if (!ours || !base || !isEmpty(base) || isEmpty(ours) || same(base, ours)) return [];
    return [...blockBeside(tokens, index, -1), ...blockBeside(tokens, index, 1)].filter((at, _, all) => {
      const example = exampleOf(
        ours,
        all.flatMap(each => tokens[each]?.comment ?? []),
      );
      const isWhole = example.every(comment => history.notInOurs.get(comment) !== undefined);
      return isWhole && isIn(new Set(example), tokens[at]);
    });
  });
}

/** The comments right above or below a token, in the order of the text. */
function blockBeside(tokens: readonly Token[], from: number, step: 1 | -1): number[] {
  const block: number[] = [];
  const isNext = (index: number): boolean => touches(tokens, step < 0 ? index : index - 1);
  for (let index = from + step; tokens[index]?.comment && isNext(index); index += step) block.push(index);
  return step < 0 ? block.toReversed() : block;
}

// `key:`, `key: value`, `- item`; a sentence may hold a colon behind its words.
const EXAMPLE = /^(?:- .*|(?:- )?["']?[\w./-]+["']?:(?:\s.*)?)$/;

/** No blank line stands between a token and the next one. */
function touches(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.blanks === 0;
}

function asEntry(
  { node, tokens: lines }: Segment,
  around: readonly number[],
  replacing: Replacing,
): number[] {
  const { tokens, history } = replacing;
  const entry = node?.ours;
  const comments = around.flatMap(index => tokens[index]?.comment ?? []);
  if (!entry || comments.length === 0) return [];
  const wasComment = commentedOut(entry, history.dropped).length > 0;
  const twin = wasComment ? commentedOut(entry, comments) : [];
  const gone = new Set([...twin, ...alsoInside(entry, comments)]);
  const replaced = around.filter(index => isIn(gone, tokens[index]));
  const isAbove = (index: number): boolean =>
    around.includes(index) &&
    wasTakenOut(history, tokens[index]) !== undefined &&
    tokens[index + 1]?.blanks === 0;
  if (lines.length > 1 && twin.length > 0)
    for (let index = (replaced[0] ?? 0) - 1; isAbove(index); index--) replaced.unshift(index);
  return replaced;
}

/** The comments that ours has inside the entry. */
function alsoInside(entry: YamlNode, comments: readonly Comment[]): Comment[] {
  const inside = commentsInside(entry).filter(({ says }) => says !== '');
  const pairs = align(
    inside.map(({ says }) => says),
    comments.map(({ says }) => says),
  );
  return pairs.flatMap(([, index]) => comments[index] ?? []);
}

/** Between other entries only what base has at the very place: theirs may have moved the rest there. */
function asComments(run: Hunk, around: readonly number[], { tokens, history }: Replacing): number[] {
  const between = tokens.slice(run.before + 1, run.after);
  const isLocal = run.before < run.after && between.every(({ kind }) => kind === 'comment');
  return around.filter(index => {
    const old = wasTakenOut(history, tokens[index]);
    return old !== undefined && (isLocal || (old > run.inBase.before && old < run.inBase.after));
  });
}

/** The comments between the run's neighbours; where these went apart, those next to either. */
function surroundings({ before, after }: Hunk, tokens: readonly Token[]): number[] {
  const isComment = (index: number): boolean => tokens[index]?.kind === 'comment';
  const comments: number[] = [];
  if (before < after) for (let index = before + 1; index < after; index++) comments.push(index);
  else {
    for (let index = after - 1; isComment(index); index--) comments.unshift(index);
    for (let index = before + 1; isComment(index); index++) comments.push(index);
  }
  return comments.filter(isComment);
}

function wasTakenOut({ notInOurs }: CommentHistory, token: Token | undefined): number | undefined {
  return token?.comment && notInOurs.get(token.comment);
}

function isIn(comments: Pick<ReadonlySet<Comment>, 'has'>, token: Token | undefined): boolean {
  return token?.comment !== undefined && comments.has(token.comment);
}

/**
 * Finds an entry written as a comment, with the lines below that belong to it:
 *
 *     # resources:
 *     #   limits: {}
 */
function commentedOut(entry: YamlNode, comments: readonly Comment[]): Comment[] {
  return blockFrom(
    comments,
    comments.findIndex(comment => startsEntry(comment, entry)),
  );
}

/** Beside a list that was empty its items alone may be written as comments. */
function exampleOf(entry: YamlNode, comments: readonly Comment[]): Comment[] {
  const whole = commentedOut(entry, comments);
  if (whole.length > 0 || entry.value.kind !== 'list') return whole;
  return blockFrom(
    comments,
    comments.findIndex(comment => /^-\s/.test(uncommented(comment))),
  );
}

/** A commented line with those below that belong to it; a bare `#` belongs where the one below it does. */
function blockFrom(comments: readonly Comment[], first: number): Comment[] {
  const head = comments[first];
  if (!head) return [];
  const column = wordColumn(head);
  const block = [head];
  let marks: Comment[] = [];
  for (const comment of comments.slice(first + 1)) {
    if (comment.blanks > 0) break;
    if (comment.says === '') marks.push(comment);
    else if (belongs(comment, column)) {
      append(block, [...marks, comment]);
      marks = [];
    } else break;
  }
  return block;
}

function startsEntry(comment: Comment, entry: YamlNode): boolean {
  const words = uncommented(comment);
  const item = typeof entry.key === 'number';
  const first = item && entry.value.kind === 'map' ? entry.value.entries[0] : undefined;
  const key = first ? `- ${first.key}` : String(entry.key);
  return item && !first
    ? false
    : [`${key}:`, `"${key}":`, `'${key}':`].some(start => words.startsWith(start));
}

/** Deeper than the key, or an item of the key's list in the key's own column. */
function belongs(comment: Comment, column: number): boolean {
  const at = wordColumn(comment);
  return at > column || (at === column && /^-(?:\s|$)/.test(uncommented(comment)));
}

function uncommented(comment: Comment): string {
  return comment.text.replace(/^#+\s*/, '');
}

function wordColumn(comment: Comment): number {
  return comment.column + comment.text.length - uncommented(comment).length;
}
