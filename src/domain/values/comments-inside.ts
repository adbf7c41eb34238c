import type { Comment } from '../yaml/lead.ts';
import type { Entry } from '../yaml/outline.ts';
import { isBlock } from './slot-facts.ts';

/** The comments between the lines of an entry, in order; those above it are not among them. */
export function commentsInside({ value }: Entry): Comment[] {
  if (!isBlock(value)) return [];
  return value.entries.flatMap(entry => [...entry.lead.comments, ...commentsInside(entry)]);
}
