import { lineEnd } from '../yaml/text.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';

/** The lines of `[start, end)`, without line endings. */
export function linesOf(text: string, start: number, end: number): string[] {
  return text
    .slice(start, end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
}

/** Moves lines to the right, or to the left as far as there are spaces. */
export function shift(lines: readonly string[], by: number): string[] {
  return lines.map(line => {
    if (line.trim() === '') return line;
    return by >= 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, line.length - line.trimStart().length));
  });
}

/** An entry with all that is in it and the comment on its last line, its key or dash in `column`. */
export function entryLines(text: string, entry: YamlNode, column: number): string[] {
  const [first = '', ...rest] = isInFlow(entry)
    ? linesOf(flowEntry(text, entry), 0, Infinity)
    : linesOf(text, entry.start, lineEnd(text, Math.max(entry.value.end, entry.colon)));
  return [' '.repeat(column) + first, ...shift(rest, column - entry.column)];
}

/** The line of the key alone. */
export function headerLine(text: string, entry: YamlNode, column: number): string {
  const [header = ''] = linesOf(text, entry.start, lineEnd(text, entry.colon - 1));
  return ' '.repeat(column) + header;
}

/** `"a":1` is an entry in braces only: outside of them it needs a space. */
export function flowEntry(text: string, { start, colon, value, parent }: YamlNode): string {
  const key = parent?.value.kind === 'list' ? '-' : text.slice(start, colon).trimEnd();
  return `${key} ${text.slice(value.start, value.end)}`.trimEnd();
}

function isInFlow({ parent }: YamlNode): boolean {
  return parent?.value.layout === 'inline';
}
