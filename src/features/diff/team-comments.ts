import { type Lead, saidBy } from '../../yaml/lead.ts';
import type { Entry, Outline } from '../../yaml/outline.ts';

/** The comments of a values file that the defaults do not have. */
export type TeamComments = {
  /** Above the entry's line and behind it. */
  on(entry: Entry): string[];
  /** Those inside of it too. */
  onAll(entry: Entry): string[];
};

/** Finds the team's comments: a comment is the same wherever it stands, however it is indented. */
export function teamComments(base: Outline): TeamComments {
  const known = new Set([...base.documents.flatMap(commentsOf), ...textsIn(base.tail)].map(saidBy));
  const isOwn = (text: string): boolean => saidBy(text) !== '' && !known.has(saidBy(text));
  return {
    on: entry => aboveAndBehind(entry).filter(isOwn),
    onAll: entry => commentsOf(entry).filter(isOwn),
  };
}

function commentsOf(entry: Entry): string[] {
  return [...aboveAndBehind(entry), ...entry.value.entries.flatMap(commentsOf)];
}

function aboveAndBehind({ lead, note }: Entry): string[] {
  return [...textsIn(lead), ...(note ? [note.text] : [])];
}

function textsIn({ comments }: Lead): string[] {
  return comments.map(({ text }) => text);
}
