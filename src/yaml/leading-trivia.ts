/** A comment that has its line for itself. */
export type Comment = {
  /** Of the line. */
  readonly start: number;
  /** Behind the text, in front of the line ending. */
  readonly end: number;
  readonly column: number;
  /** From `#` on. */
  readonly text: string;
  /** Blank lines above it. */
  readonly blanks: number;
  /** What the comment says, whatever its indentation and its number of `#`. */
  readonly says: string;
};

/** What stands between two lines of content. */
export type LeadingTrivia = {
  readonly comments: readonly Comment[];
  /** Blank lines behind the last comment. */
  readonly blanks: number;
};

export const NO_LEAD: LeadingTrivia = { comments: [], blanks: 0 };

/** Reads the lines in `[from, to)`; `from` is the start of a line. Document markers and directives say nothing. */
export function leadOf(text: string, from: number, to: number): LeadingTrivia {
  if (from >= to) return NO_LEAD;
  const comments: Comment[] = [];
  let blanks = 0;
  for (let start = from; start < to;) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? to : newline + 1;
    const end = newline < 0 ? to : text[newline - 1] === '\r' ? newline - 1 : newline;
    const line = text.slice(start, end);
    const words = line.trim();
    if (words.startsWith('#')) {
      comments.push({ start, end, column: line.indexOf('#'), text: words, blanks, says: saidBy(words) });
      blanks = 0;
    } else if (words === '') blanks++;
    else blanks = 0;
    start = next;
  }
  return comments.length === 0 && blanks === 0 ? NO_LEAD : { comments, blanks };
}

/** `## a  b` and `#a b` say the same. */
export function saidBy(comment: string): string {
  let from = 0;
  while (from < comment.length && '# \t'.includes(comment.charAt(from))) from++;
  const words = comment.slice(from);
  return /\s\s|[^\S ]|\s$/.test(words) ? words.trimEnd().replaceAll(/\s+/g, ' ') : words;
}
