import {
  type CST,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { keyOf, type Step } from '../nodes.ts';
import { columnOf, type Edit, lineEnd, lineEnding, lineStart, startOfText } from '../text.ts';

export type MapNode = YAMLMap<Node, Node | null>;
export type ListNode = YAMLSeq<Node>;

/** A key of a map with its value, or an item of a list, and where it stands. */
export type EditEntry = {
  /** Its first character: the dash, the `?`, the key, or the anchor or tag of the key. */
  start: number;
  /** Behind the colon or the dash, and behind an anchor or a tag of the value. */
  behind: number;
  /** A key that has no colon, as in `{a, b}` and `? a`. */
  isBare: boolean;
  key: Node | undefined;
  node: Node | null;
  /** Nothing is written where the value belongs. */
  isEmpty: boolean;
};

/** The keys of a map or the items of a list, in the order written. */
export function entriesOf(node: Node | null | undefined): EditEntry[] {
  if (isMap<Node, Node | null>(node)) return node.items.map(pairEntry);
  return isSeq<Node>(node) ? node.items.map((item, index) => itemEntry(node, item, index)) : [];
}

/** The index of a key or of an item that exists; -1 for none. */
export function indexOf(node: Node | null | undefined, step: Step | undefined): number {
  if (isMap<Node, Node | null>(node)) return node.items.findIndex(pair => keyOf(pair) === String(step));
  return isSeq(node) && typeof step === 'number' && step < node.items.length ? step : -1;
}

const ARE_MARKS = new Set(['map-value-ind', 'seq-item-ind', 'anchor', 'tag']);
const BEGIN_ENTRY = new Set(['explicit-key-ind', 'seq-item-ind', 'anchor', 'tag']);

function pairEntry(pair: Pair<Node, Node | null>): EditEntry {
  const { start = [], sep = [] } = (pair.srcToken ?? {}) as Partial<CST.CollectionItem>;
  const keyStart = pair.key.range?.[0] ?? 0;
  const mark = sep?.findLast(({ type }) => ARE_MARKS.has(type));
  return {
    start: Math.min(keyStart, start.find(({ type }) => BEGIN_ENTRY.has(type))?.offset ?? keyStart),
    behind: mark ? mark.offset + mark.source.length : (pair.key.range?.[1] ?? 0),
    isBare: !mark,
    key: pair.key,
    node: pair.value,
    isEmpty: isNothing(pair.value),
  };
}

function itemEntry(list: ListNode, node: Node, index: number): EditEntry {
  const items = (list.srcToken as { items?: CST.CollectionItem[] } | undefined)?.items ?? [];
  const start = items[index]?.start ?? [];
  const mark = start.findLast(({ type }) => ARE_MARKS.has(type));
  const from = node.range?.[0] ?? 0;
  return {
    start: Math.min(start.find(({ type }) => BEGIN_ENTRY.has(type))?.offset ?? from, from),
    behind: mark ? mark.offset + mark.source.length : from,
    isBare: false,
    key: undefined,
    node,
    isEmpty: isNothing(node),
  };
}

function isNothing(node: Node | null): boolean {
  return !node?.range || node.range[0] === node.range[1];
}

/** The offset behind an entry's own last character. Comments and blank lines that the parser counts to it are left out. */
export function endOf(text: string, entry: EditEntry): number {
  return entry.isEmpty || !entry.node ? entry.behind : contentEnd(text, entry.node);
}

/** The same for a node. */
export function contentEnd(text: string, node: Node): number {
  const last = isBlockCollection(node) ? entriesOf(node).at(-1) : undefined;
  if (last) return endOf(text, last);
  const end = node.range?.[1] ?? 0;
  return isBlockScalar(node) ? trimmedEnd(text, node, end) : end;
}

/** Blank lines behind a block scalar are no part of its value, unless its header says so with `+`. */
function trimmedEnd(text: string, node: Node, end: number): number {
  const start = node.range?.[0] ?? 0;
  const written = text.slice(start, end);
  const isKeeping = /^[|>]\d?\+/.test(written);
  return start + (isKeeping ? written.replace(/\r?\n$/, '') : written.trimEnd()).length;
}

/** Whether a text starts with `|` or `>`. */
export function isBlockScalar(node: Node | null | undefined): boolean {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

/** A map or a list that has lines of its own. */
export function isBlockCollection(node: Node | null | undefined): node is MapNode | ListNode {
  return isCollection(node) && node.flow !== true && node.items.length > 0;
}

/** Nothing is there yet: no value, `null`, `[]` or `{}`. */
export function isEmptyValue(node: Node | null | undefined): boolean {
  if (!node) return true;
  if (isScalar(node)) return node.value === null;
  return isCollection(node) && node.items.length === 0;
}

/** Whether nothing but spaces stands before an offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/**
 * The start of the line behind an entry: behind its last line and the comments right below that belong to it. Those are
 * indented deeper, or are entries of its list that somebody commented out; others speak about what follows.
 */
export function sectionEnd(text: string, entry: EditEntry): number {
  const column = columnOf(text, entry.start);
  const mayList = entry.key !== undefined && (isSeq(entry.node) || isEmptyValue(entry.node));
  let inEntry = false;
  let start = lineEnd(text, endOf(text, entry));
  for (; start < text.length; start = lineEnd(text, start)) {
    const line = text.slice(start, lineEnd(text, start));
    const comment = line.trim();
    if (!comment.startsWith('#')) break;
    inEntry = /^#\s*-\s/.test(comment) || (inEntry && /^#\s{2,}/.test(comment));
    if (line.indexOf('#') <= column && !(mayList && inEntry)) break;
  }
  return start;
}

/** The start of the lines of comments that stand right above a line's start, without a blank line in between. */
export function aboveComments(text: string, start: number): number {
  const previous = lineStart(text, start - 1);
  const isComment = start > 0 && text.slice(previous, start).trim().startsWith('#');
  return isComment ? aboveComments(text, previous) : start;
}

/** The start of an entry's first line, or of the comments right above it that are its own. */
export function firstLine(text: string, offset: number, withComments: boolean): number {
  const start = Math.max(startOfText(text), lineStart(text, offset));
  if (!withComments || start === 0) return start;
  const above = lineStart(text, start - 1);
  const isOwn = new RegExp(`^ {${columnOf(text, offset)}}#`).test(text.slice(above, start));
  return isOwn && above > 0 ? firstLine(text, above + columnOf(text, offset), true) : start;
}

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
  const last = isBlockCollection(node) ? entriesOf(node).at(-1) : undefined;
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
  if (isBlockCollection(node)) return replaceBlock(text, entry, put);
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

/** Whether data is a map or list with something in it. */
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
