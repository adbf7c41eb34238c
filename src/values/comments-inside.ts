import type { Comment } from '../yaml/lead.ts';
import type { Entry } from '../yaml/outline.ts';
import { isBlock } from './slot-facts.ts';

type CommentsOf = (entry: Entry) => readonly Comment[];

/** The comments between the lines of an entry, in order; those above it are not among them. */
export function commentsInside({ value }: Entry, commentsOf: CommentsOf = commentsAbove): Comment[] {
  if (!isBlock(value)) return [];
  return value.entries.flatMap(entry => [...commentsOf(entry), ...commentsInside(entry, commentsOf)]);
}

function commentsAbove({ lead }: Entry): readonly Comment[] {
  return lead.comments;
}
