import { lineEnd, lineStart } from '../yaml/text.ts';
import type { Entry } from '../yaml/outline.ts';
import { printYaml } from '../yaml/print.ts';
import { linesOf, shift } from './entry-text.ts';

/** A value as lines: what follows the key, and what stands below. */
export type Written = {
  readonly line: string;
  readonly rest: readonly string[];
  /** The value goes on below, so a comment can only follow its last line. */
  readonly spansLines: boolean;
};

export const NOTHING_WRITTEN: Written = { line: '', rest: [], spansLines: false };

/** How a file writes the value of an entry, moved so that it fits an entry in `column`. */
export function writtenIn(text: string, entry: Entry, target: Entry): Written {
  const { value, note, column } = entry;
  const by = target.column - column;
  if (value.layout === 'compact') {
    const at = target.value.layout === 'compact' ? columnOf(target) : target.column + 2;
    const [line = '', ...rest] = linesOf(text, value.start, lineEnd(text, value.end - 1));
    return { line, rest: shift(rest, at - columnOf(entry)), spansLines: true };
  }
  const header = linesOf(text, value.start, note && note.start > value.start ? note.start : value.end);
  if (value.layout === 'block') return blockWritten(text, entry, by);
  const lines = text.slice(value.start, value.end).split(/\r?\n/);
  const rest = shift(lines.slice(1), by);
  if (value.layout === 'folded') return { line: header[0]?.trimEnd() ?? '', rest, spansLines: false };
  return { line: lines[0] ?? '', rest, spansLines: rest.length > 0 };
}

/** Data in the form that fits an entry: in braces where it has braces. */
export function writtenData(data: unknown, { column, value: { layout, entries } }: Entry): Written {
  const inBraces = layout === 'inline' && entries.length > 0;
  if (inBraces && typeof data === 'object')
    return { ...NOTHING_WRITTEN, line: printYaml(data, { flow: true }) };
  const [first = '', ...rest] = printYaml({ k: data }).split('\n');
  return { line: first.slice('k:'.length).trimStart(), rest: shift(rest, column), spansLines: false };
}

function blockWritten(text: string, { value }: Entry, by: number): Written {
  const [first] = value.entries;
  const from = first ? lineStart(text, first.start) : value.start;
  const properties = value.start < from ? (linesOf(text, value.start, from)[0] ?? '') : '';
  const rest = shift(linesOf(text, from, lineEnd(text, value.end - 1)), by);
  return { line: properties.replace(/\s+#.*$/, ''), rest, spansLines: false };
}

function columnOf({ start, column, value }: Entry): number {
  return column + value.start - start;
}
