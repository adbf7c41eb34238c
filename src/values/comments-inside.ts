import type { Comment } from '../yaml/leading-trivia.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { isBlock } from './node-facts.ts';

type CommentsOf = (entry: YamlNode) => readonly Comment[];

/** The comments between the lines of an entry, in order; those above it are not among them. */
export function commentsInside({ value }: YamlNode, commentsOf: CommentsOf = commentsAbove): Comment[] {
  if (!isBlock(value)) return [];
  return value.entries.flatMap(entry => [...commentsOf(entry), ...commentsInside(entry, commentsOf)]);
}

function commentsAbove({ lead }: YamlNode): readonly Comment[] {
  return lead.comments;
}
