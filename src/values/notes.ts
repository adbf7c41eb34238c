import { saidBy } from '../yaml/leading-trivia.ts';
import type { MergeNode } from './merge-nodes.ts';

/**
 * The comment on an entry's own line: the team's if only the team changed it, both one after the other if both did.
 * A comment that the team took away is the new defaults' again.
 */
export function noteAt({ base, ours, theirs }: MergeNode): string | undefined {
  const [old, mine, their] = [base, ours, theirs].map(entry => entry?.note?.text);
  if (mine === undefined || saysSame(mine, old) || saysSame(mine, their)) return their;
  if (their === undefined || saysSame(their, old) || mine.includes(their)) return mine;
  return their.includes(mine) ? their : `${their} ${mine}`;
}

/** The comment beside a value that is ours: what upstream says there is about its own value, so ours alone stands. */
export function noteBesideOurs(node: MergeNode): string | undefined {
  return node.ours ? node.ours.note?.text : noteAt(node);
}

function saysSame(a: string, b: string | undefined): boolean {
  return b !== undefined && saidBy(a) === saidBy(b);
}
