import type { Comment } from '../yaml/leading-trivia.ts';
import { type Matching, matchMoved, matchStreams } from './matching.ts';
import type { Stream, Streams } from './stream.ts';

/** Which comments of the three files are one and the same. */
export type CommentHistory = {
  /** Where the tokens of ours stand in base, and in theirs. */
  readonly inBase: Matching;
  readonly inTheirs: Matching;
  /** The comments of ours that neither base nor theirs knows. */
  readonly teams: ReadonlySet<Comment>;
  /** The comments of theirs that ours lacks. For one that the team took out, where base has it. */
  readonly notInOurs: ReadonlyMap<Comment, number | undefined>;
  /** The comments of base that ours has nowhere. */
  readonly dropped: readonly Comment[];
};

type Matchings = { readonly openInBase: Matching; readonly inTheirs: Matching; readonly fromBase: Matching };

/** Follows each comment through the files. */
export function findComments(streams: Streams): CommentHistory {
  const { base, ours, oursOpen, theirs } = streams;
  const inTheirs = matchStreams(ours, theirs);
  const openInBase = matchStreams(oursOpen, base);
  const matchings = { openInBase, inTheirs, fromBase: matchStreams(theirs, base) };
  const inBase = ours === oursOpen ? openInBase : matchStreams(ours, base);
  const { teams, moved } = teamComments(streams, matchings);
  return {
    inBase,
    inTheirs,
    teams,
    notInOurs: lackingComments(streams, matchings, moved),
    dropped: droppedComments(streams, openInBase),
  };
}

/** What ours says that the others do not, and what theirs says too, elsewhere. */
function teamComments(
  { base, ours, oursOpen, theirs }: Streams,
  { openInBase, inTheirs, fromBase }: Matchings,
): { teams: ReadonlySet<Comment>; moved: ReadonlySet<Comment> } {
  const known = new Set(commentsWhere(ours, index => inTheirs[index] !== -1));
  const unknown = commentsWhere(oursOpen, index => openInBase[index] === -1).filter(
    comment => !known.has(comment),
  );
  const matched = imagesOf(inTheirs, theirs);
  const added = commentsWhere(theirs, index => !matched[index] && fromBase[index] === -1);
  const moved = matchMoved(unknown, added);
  const isReshuffled = unknown.length > 0 ? reshuffledIn({ base, oursOpen, theirs }) : undefined;
  const teams = unknown.filter(comment => !moved.has(comment) && !isReshuffled?.(comment));
  return { teams: new Set(teams), moved: new Set(moved.values()) };
}

type Reshuffled = (comment: Comment) => boolean;

/** What ours says no more often than base, and theirs still says, only changed its place. */
function reshuffledIn({ base, oursOpen, theirs }: Pick<Streams, 'base' | 'oursOpen' | 'theirs'>): Reshuffled {
  const [inBase, inOurs, inTheirs] = [base, oursOpen, theirs].map(countSayings);
  const count = (counts: Counts | undefined, { says }: Comment): number => counts?.get(says) ?? 0;
  return comment => count(inTheirs, comment) > 0 && count(inOurs, comment) <= count(inBase, comment);
}

type Counts = ReadonlyMap<string, number>;

function countSayings({ tokens }: Stream): Counts {
  const counts = new Map<string, number>();
  for (const { comment } of tokens)
    if (comment) counts.set(comment.says, (counts.get(comment.says) ?? 0) + 1);
  return counts;
}

function lackingComments(
  { base, theirs }: Streams,
  { openInBase, inTheirs, fromBase }: Matchings,
  moved: ReadonlySet<Comment>,
): Map<Comment, number | undefined> {
  const inOurs = imagesOf(inTheirs, theirs);
  const stillInOurs = imagesOf(openInBase, base);
  const origins = withMoved(base, theirs, fromBase);
  const lacking = new Map<Comment, number | undefined>();
  for (let index = 0; index < theirs.tokens.length; index++) {
    const comment = theirs.tokens[index]?.comment;
    if (!comment || inOurs[index] || moved.has(comment)) continue;
    const origin = origins[index] ?? -1;
    lacking.set(comment, origin >= 0 && !stillInOurs[origin] ? origin : undefined);
  }
  return lacking;
}

function droppedComments({ base, oursOpen }: Streams, openInBase: Matching): Comment[] {
  const stillInOurs = imagesOf(openInBase, base);
  const moved = new Set(commentsWhere(oursOpen, index => openInBase[index] === -1).map(({ says }) => says));
  return commentsWhere(base, index => !stillInOurs[index]).filter(({ says }) => !moved.has(says));
}

/** Where base has the tokens of theirs, also where upstream put a comment elsewhere. */
function withMoved(base: Stream, theirs: Stream, fromBase: Matching): Matching {
  const stayed = imagesOf(fromBase, base);
  const left = commentsWhere(theirs, index => fromBase[index] === -1);
  const moved = matchMoved(
    left,
    commentsWhere(base, index => !stayed[index]),
  );
  if (moved.size === 0) return fromBase;
  const places = new Map(base.tokens.map(({ comment }, index) => [comment, index]));
  return fromBase.map((origin, index) => {
    const comment = theirs.tokens[index]?.comment;
    return origin >= 0 || !comment ? origin : (places.get(moved.get(comment)) ?? -1);
  });
}

function commentsWhere({ tokens }: Stream, wanted: (index: number) => boolean): Comment[] {
  const comments: Comment[] = [];
  tokens.forEach(({ comment }, index) => {
    if (comment && wanted(index)) comments.push(comment);
  });
  return comments;
}

/** Marks the tokens of a stream that a matching leads to. */
function imagesOf(matching: Matching, { tokens }: Stream): Uint8Array {
  const images = new Uint8Array(tokens.length);
  for (const index of matching) if (index >= 0) images[index] = 1;
  return images;
}
