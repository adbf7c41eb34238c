import { isCollection, isScalar, type Node } from 'yaml';
import { type Edit, lineEnd, lineEnding, lineStart } from '../text.ts';
import { contentEnd, type EditEntry, entriesOf, isBlock, isBlockScalar } from './place.ts';

/** Lines put in before `offset`, which is the start of a line, or the end of a text whose last line is open. */
export function insertLines(text: string, offset: number, lines: readonly string[]): Edit {
  const eol = lineEnding(text);
  const block = lines.join(eol);
  const isOpen = offset === text.length && text !== '' && !text.endsWith('\n');
  return { start: offset, end: offset, text: isOpen ? eol + block : block + eol };
}

/**
 * Lines put in behind an entry, whose section ends at `offset`. A block scalar at the end of a file without a final newline
 * holds none either; once something stands behind it, only its header can say so.
 */
export function insertBehind(
  text: string,
  entry: EditEntry,
  offset: number,
  lines: readonly string[],
): Edit[] {
  const inserted = insertLines(text, offset, lines);
  const scalar = lastScalar(entry.node);
  const isOpen = offset === text.length && !text.endsWith('\n');
  if (!isOpen || !scalar || contentEnd(text, scalar) !== text.length) return [inserted];
  const { start, end } = headerOf(text, scalar);
  const header = text.slice(start, end);
  return [{ start, end, text: `${header.replace(/[-+]/, '')}-` }, inserted];
}

/** The block scalar that a node ends with. */
export function lastScalar(node: Node | null): Node | undefined {
  const last = isBlock(node) ? entriesOf(node).at(-1) : undefined;
  if (last) return lastScalar(last.node);
  return node && isBlockScalar(node) ? node : undefined;
}

/** The `|` or `>` of a block scalar with its indicators, without the comment behind them. */
function headerOf(text: string, node: Node): { start: number; end: number; lineEnd: number } {
  const start = node.range?.[0] ?? 0;
  const line = /^[^\r\n]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
  return { start, end: start + (/^[|>][-+\d]*/.exec(line)?.[0].length ?? 1), lineEnd: start + line.length };
}

/**
 * Takes the value of an entry away and puts `head` in its place, on the line of the key or the dash. The comment behind it
 * stays. `below` is where lines that belong to the new value go.
 */
export function replaceHead(text: string, entry: EditEntry, head: string): { edits: Edit[]; below: number } {
  const { behind, node } = entry;
  const put = { start: behind, end: behind, text: head === '' ? '' : ` ${head}` };
  if (entry.isEmpty || !node?.range) return { edits: [put], below: lineEnd(text, behind) };
  const [from] = node.range;
  const to = contentEnd(text, node);
  if (isBlockScalar(node)) {
    const header = headerOf(text, node);
    const start = head === '' ? behind : from;
    const edits = [
      { start, end: header.end, text: head },
      { start: header.lineEnd, end: Math.max(header.lineEnd, to), text: '' },
    ];
    return { edits, below: lineEnd(text, to) };
  }
  if (isBlock(node)) return replaceBlock(text, entry, put);
  const isBeside = text.slice(behind, from).trim() === '';
  const start = head === '' && isBeside ? behind : from;
  return { edits: [{ start, end: to, text: head }], below: lineEnd(text, to) };
}

/** The lines of a map or a list go; one that begins on the line of its dash is replaced where it stands. */
function replaceBlock(
  text: string,
  { behind, node }: EditEntry,
  put: Edit,
): { edits: Edit[]; below: number } {
  const start = entriesOf(node)[0]?.start ?? 0;
  const to = node ? contentEnd(text, node) : start;
  if (text.slice(behind, start).includes('\n')) {
    const end = lineEnd(text, to);
    return { edits: [put, { start: lineStart(text, start), end, text: '' }], below: end };
  }
  return {
    edits: [{ start: behind, end: behindComment(text, to), text: put.text }],
    below: lineEnd(text, to),
  };
}

/** Behind the comment on the rest of a line, in front of the line ending; the offset itself if there is none. */
export function behindComment(text: string, offset: number): number {
  return offset + (/^[ \t]+#[^\r\n]*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0].length ?? 0);
}

export function isNonEmptyCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Whether a map or list stands between brackets or holds nothing at all. */
export function isFlow(node: Node | null | undefined): boolean {
  return isCollection(node) && (node.flow === true || node.items.length === 0);
}

/** Whether the names in a map are double-quoted, as in JSON. */
export function isJson(node: Node | null | undefined): boolean {
  const keys = entriesOf(node).flatMap(({ key }) => key ?? []);
  return keys.length > 0 && keys.every(key => isScalar(key) && key.type === 'QUOTE_DOUBLE');
}
