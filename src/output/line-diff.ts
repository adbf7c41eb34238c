import { structuredPatch } from 'diff';

/** A line of a difference with its mark; a hunk says where lines were left out. */
export type DiffLine = { kind: 'same' | 'added' | 'removed' | 'hunk'; text: string };

/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** What takes longer to compare than so many edits is shown whole, old and new. */
const MOST_EDITS = 4000;

/** The lines that a change touches, with three lines around them, as a unified diff shows them. An absent text has no lines. */
export function diffLines(before: string | undefined, after: string | undefined): DiffLine[] {
  if (before === undefined || after === undefined)
    return [...allLines(before, 'removed'), ...allLines(after, 'added')];
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch = structuredPatch('', '', before, after, '', '', options);
  if (!patch) return [...allLines(before, 'removed'), ...allLines(after, 'added')];
  return patch.hunks.flatMap(hunk => [
    {
      kind: 'hunk' as const,
      text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    },
    ...hunk.lines.map(line => ({ kind: KINDS[line[0] ?? ' '] ?? ('same' as const), text: line })),
  ]);
}

const KINDS: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'same' };

function allLines(text: string | undefined, kind: 'added' | 'removed'): DiffLine[] {
  const mark = kind === 'added' ? '+' : '-';
  const lines = text === undefined ? [] : text.replace(/\n$/, '').split('\n');
  return lines.map(line => ({ kind, text: mark + line }));
}
