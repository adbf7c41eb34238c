import type { Comment } from '../yaml/lead.ts';
import type { Entry } from '../yaml/outline.ts';

/**
 * Finds an entry written as a comment, with the lines below that belong to it:
 *
 *     # resources:
 *     #   limits: {}
 */
export function commentedOut(entry: Entry, comments: readonly Comment[]): Comment[] {
  const first = comments.findIndex(comment => startsEntry(comment, entry));
  const head = comments[first];
  if (!head) return [];
  const column = wordColumn(head);
  const rest = comments.slice(first + 1);
  const end = rest.findIndex(comment => comment.blanks > 0 || !belongs(comment, column));
  return [head, ...rest.slice(0, end < 0 ? rest.length : end)];
}

function startsEntry(comment: Comment, entry: Entry): boolean {
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
