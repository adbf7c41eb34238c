import { isCollection, isMap, isPair, isScalar, type Node, Scalar } from 'yaml';
import { columnOf, lineEnd } from './edit.ts';

/** The offset behind a node's own last character. Comments and blank lines that the parser counts to it are left out. */
export function contentEnd(text: string, node: Node): number {
  if (isCollection(node) && !node.flow && node.items.length > 0)
    return blockContentEnd(text, node.items.at(-1));
  const end = node.range?.[1] ?? 0;
  return isScalar(node) && isBlockScalar(node) ? trimmedEnd(text, node, end) : end;
}

/**
 * The start of the line behind a block node: behind its last line, and behind the comment lines right below it that
 * are indented deeper than `column`, since they speak about it.
 */
export function blockEnd(text: string, node: Node, column: number): number {
  return skipComments(text, lineEnd(text, contentEnd(text, node)), (_, indent) => indent > column);
}

/** Skips the comment lines from `offset`, a line's start, as long as each is one that belongs to what stands above. */
export function skipComments(
  text: string,
  offset: number,
  belongs: (comment: string, column: number) => boolean,
): number {
  for (let start = offset; start < text.length; start = lineEnd(text, start)) {
    const line = text.slice(start, lineEnd(text, start));
    const comment = line.trim();
    const column = columnOf(text, start + line.length - line.trimStart().length);
    if (!comment.startsWith('#') || !belongs(comment, column)) return start;
  }
  return text.length;
}

function blockContentEnd(text: string, last: unknown): number {
  if (!isPair<Node, Node | null>(last)) return contentEnd(text, last as Node);
  const { key, value } = last;
  const isEmpty = !value?.range || value.range[1] === value.range[0];
  return isEmpty ? (key.range?.[1] ?? 0) + 1 : contentEnd(text, value);
}

function isBlockScalar(node: Scalar): boolean {
  return node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
}

/** Blank lines behind a block scalar are no part of its value, unless its header says so with `+`. */
function trimmedEnd(text: string, node: Scalar, end: number): number {
  const start = node.range?.[0] ?? 0;
  const header = text.slice(start, lineEnd(text, start));
  const kept = /^[|>]\d?\+/.test(header)
    ? text.slice(start, end).replace(/\r?\n$/, '')
    : text.slice(start, end).trimEnd();
  return start + kept.length;
}

/** Whether a map or list is written between brackets, or holds nothing at all. */
export function isFlow(node: Node | null | undefined): boolean {
  return isCollection(node) && (node.flow === true || node.items.length === 0);
}

/** Nothing is there yet: no value, `null`, `[]` or `{}`. */
export function isEmptyValue(node: Node | null | undefined): boolean {
  if (!node) return true;
  if (isScalar(node)) return node.value === null;
  return isCollection(node) && node.items.length === 0;
}

/** The column of the first key of a block map. */
export function mapColumn(text: string, node: Node): number {
  const first = isMap<Node>(node) ? node.items[0]?.key : undefined;
  return columnOf(text, first?.range?.[0] ?? node.range?.[0] ?? 0);
}
