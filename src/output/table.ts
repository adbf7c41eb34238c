import { append, largest } from '../data/append.ts';
import { paint, plainText, type Span, type Style } from './spans.ts';
import { pad, widthOf } from './width.ts';
import { longestWord, wrap } from './wrap.ts';

/** A cell is laid out as plain text; its colours are put on afterwards. */
export type Cell = Span | readonly Span[];

export type Page = {
  style: Style;
  /** The room there is; `Infinity` in a pipe, where nothing is wrapped. */
  columns: number;
};

export type TableOptions = Page & { head?: readonly string[]; indent?: string };

/** Less room than this for the last column, and the cells of a row go below each other. */
const NARROWEST = 20;
const GAP = '  ';
const DEEPER = '    ';

/**
 * Left-aligned columns. The last one is wrapped in what is left of the width, or hangs below its row where a word of it would be
 * torn; where too little is left, each row becomes a block: its first cell on a line, the rest below and further in, as many on a
 * line as fit, each with the name of its column.
 */
export function renderTable(rows: readonly (readonly Cell[])[], options: TableOptions): string[] {
  const { head = [], columns, indent = '' } = options;
  const bold = head.map(text => ({ text, format: 'bold' as const }));
  const all = (head.length > 0 ? [bold, ...rows] : rows).map(row => row.map(spansOf));
  const count = largest(all.map(row => row.length));
  const widths = Array.from({ length: Math.max(0, count - 1) }, (_, index) => widest(all, index));
  const left = indent.length + widths.reduce((sum, width) => sum + width + GAP.length, 0);
  const room = columns - left;
  if (room >= Math.min(widest(all, count - 1), NARROWEST))
    return all.flatMap(row => renderRow(row, { ...options, indent, widths, room }));
  const own = all.slice(head.length > 0 ? 1 : 0);
  return own.flatMap(row => renderBlock(named(row, head), { ...options, indent }));
}

/** The cells but the first with the name of their column, where it has one. */
function named(row: Row, head: readonly string[]): Row {
  return row.map((spans, index) => {
    const name = head[index] ?? '';
    if (index === 0 || name === '' || plainText(spans) === '') return spans;
    return [{ text: `${name}:`, format: 'dim' }, ' ', ...spans];
  });
}

type Row = readonly (readonly Span[])[];
type Layout = Page & { indent: string };

function renderRow(
  row: Row,
  { style, columns, indent, widths, room }: Layout & { widths: readonly number[]; room: number },
): string[] {
  const fixed = widths.map((width, index) => {
    const spans = row[index] ?? [];
    return paint([pad(plainText(spans), width)], spans, style)[0] ?? '';
  });
  const last = row[widths.length] ?? [];
  const isTorn = longestWord(plainText(last)) > room;
  if (isTorn) return [(indent + fixed.join(GAP)).trimEnd(), ...hanging(last, { style, columns, indent })];
  const lines = paint(wrap(plainText(last), room), last, style);
  return lines.map((line, index) => {
    const before = index === 0 ? fixed : widths.map(width => ' '.repeat(width));
    return (indent + [...before, line].join(GAP)).trimEnd();
  });
}

function renderBlock(row: Row, { style, columns, indent }: Layout): string[] {
  const lines: string[] = [];
  for (const spans of row.filter(one => plainText(one) !== '')) {
    const text = plainText(spans);
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + GAP.length + widthOf(text) <= columns) {
      lines[lines.length - 1] = last + GAP + paint([text], spans, style).join('');
      continue;
    }
    append(
      lines,
      lines.length === 0
        ? broken(spans, { style, columns, indent }, indent)
        : hanging(spans, { style, columns, indent }),
    );
  }
  return lines.map(line => line.trimEnd());
}

/** A cell below its row, further in. */
function hanging(spans: readonly Span[], layout: Layout): string[] {
  return broken(spans, layout, layout.indent + DEEPER);
}

/** A cell that has the page for itself. */
function broken(spans: readonly Span[], { style, columns, indent }: Layout, begin: string): string[] {
  const parts = wrap(begin + plainText(spans), columns, { hang: indent + DEEPER, hard: true });
  return paint(parts, [begin, ...spans], style);
}

function widest(rows: readonly Row[], index: number): number {
  return largest(rows.map(row => widthOf(plainText(row[index] ?? []))));
}

function spansOf(cell: Cell): readonly Span[] {
  return typeof cell === 'string' || 'text' in cell ? [cell] : cell;
}
