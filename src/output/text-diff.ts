import { structuredPatch } from 'diff';

export type DiffLine = { kind: 'same' | 'added' | 'removed' | 'hunk'; text: string };

/** The lines that a change touches, with three lines around them, as a unified diff shows them. */
export function diffLines(before: string, after: string): DiffLine[] {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3 });
  return patch.hunks.flatMap(hunk => [
    {
      kind: 'hunk' as const,
      text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    },
    ...hunk.lines.map(line => ({ kind: KINDS[line[0] ?? ' '] ?? ('same' as const), text: line })),
  ]);
}

const KINDS: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'same' };
