import type { Comment } from '../yaml/leading-trivia.ts';
import type { YamlNode, Value } from '../yaml/syntax-tree.ts';
import { commentsInside } from './comments-inside.ts';
import { entryLines, flowEntry, headerLine } from './entry-text.ts';
import type { Action } from './plan.ts';
import type { MergeNode } from './merge-nodes.ts';

export type Keeping = {
  readonly text: string;
  readonly actions: ReadonlyMap<MergeNode, Action>;
  readonly teams: ReadonlySet<Comment>;
  readonly lost: ReadonlyMap<YamlNode, Comment>;
};

/** Of an entry that the new defaults lack: the keys on the way, what is customised, and the team's comments. */
export function keptLines(node: MergeNode, column: number, keeping: Keeping): string[] {
  const { text, actions } = keeping;
  const { ours } = node;
  if (!ours) return [];
  const children = node.children.filter(child => child.ours).toSorted(inOurs);
  const kept = children.filter(child => actions.has(child));
  if (actions.get(node)?.do === 'insert' || kept.length === 0) return entryLines(text, ours, column);
  if (ours.value.layout === 'block')
    return [
      headerLine(text, ours, column),
      ...children.flatMap(child => childLines(child, column - ours.column, keeping)),
    ];
  const fields = kept.flatMap(child => (child.ours ? [flowEntry(text, child.ours)] : []));
  return [`${' '.repeat(column)}${text.slice(ours.start, ours.colon)} {${fields.join(', ')}}`];
}

/** The value that stands last in those lines. */
export function lastKept(node: MergeNode, actions: Keeping['actions']): Value | undefined {
  const kept = node.children.filter(child => child.ours && actions.has(child)).toSorted(inOurs);
  const last = actions.get(node)?.do === 'keep' ? kept.at(-1) : undefined;
  return last ? lastKept(last, actions) : node.ours?.value;
}

function childLines(child: MergeNode, by: number, keeping: Keeping): string[] {
  if (!child.ours) return [];
  const kept = keeping.actions.has(child);
  const own = child.ours.column;
  const commentsOf = (entry: YamlNode): Comment[] => [...entry.lead.comments, ...lostAt(keeping, entry)];
  const inside = kept ? [] : commentsInside(child.ours, commentsOf);
  const comments = [...commentsOf(child.ours), ...inside];
  const teams = comments.filter(comment => keeping.teams.has(comment));
  // What goes away leaves no deeper comments behind: below a folded scalar they would become content.
  const columnOf = ({ column }: Comment): number => Math.max(0, Math.min(column, own) + by);
  const lines = teams.map(comment => ' '.repeat(columnOf(comment)) + comment.text);
  return kept ? [...lines, ...keptLines(child, child.ours.column + by, keeping)] : lines;
}

function lostAt({ lost }: Keeping, entry: YamlNode): Comment[] {
  const comment = lost.get(entry);
  return comment ? [comment] : [];
}

function inOurs(a: MergeNode, b: MergeNode): number {
  return (a.ours?.start ?? 0) - (b.ours?.start ?? 0);
}
