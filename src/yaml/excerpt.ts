import { isCollection, isMap, isNode, isPair, type Node, visit } from 'yaml';
import { nodeAt, type Step } from './nodes.ts';
import { printYaml } from './print.ts';
import type { YamlSource } from './source.ts';
import { entryAt, type SyntaxTree, type YamlNode } from './syntax-tree.ts';
import { columnOf, lineEnd, lineStart } from './text.ts';

/** Of a block map: the offsets of the first and behind the last, and the column of its keys. */
type Lines = { start: number; end: number; column: number };

/**
 * The value at a path as a text of its own: the lines of a block map, moved to the left, with their comments; anything else as
 * YAML of its data. Undefined where nothing is there.
 */
export function excerptAt(source: YamlSource, document: number, path: readonly Step[]): string | undefined {
  const tree = source.documents[document];
  const node = nodeAt(tree?.contents, path);
  if (!tree || !node) return undefined;
  const lines = linesAt(source, document, path);
  if (!lines) return `${printYaml(node.toJS(tree, { maxAliasCount: 10_000 }))}\n`;
  const { start, end, column } = lines;
  return movedLeft(source.text.slice(start, end), column);
}

/**
 * The same from an outline, where that is certain: a block map in lines of its own, behind which no comment stands that may be
 * its. Undefined for all else, which the parser tells.
 */
export function excerptInOutline(tree: SyntaxTree, path: readonly Step[]): string | undefined {
  const { text } = tree;
  const entry = path.length > 0 ? entryAt(tree, path) : undefined;
  if (entry?.value.kind !== 'map' || entry.value.layout !== 'block') return undefined;
  const from = entry.value.start;
  const column = columnOf(text, from);
  const end = endOfEntry(text, entry);
  if (column === 0 || endOfLines(text, { from: end, to: text.length, column }) !== end) return undefined;
  return movedLeft(text.slice(startOfLines(text, lineStart(text, from), column), end), column);
}

function endOfEntry(text: string, { value }: YamlNode): number {
  const last = value.layout === 'inline' ? undefined : value.entries.at(-1);
  if (last) return endOfEntry(text, last);
  return lineEnd(text, value.start + text.slice(value.start, value.end).trimEnd().length);
}

function movedLeft(lines: string, column: number): string {
  return lines.replaceAll(new RegExp(`^ {0,${column}}`, 'gm'), '');
}

/** An alias may lead out of the lines, and an anchor stands in front of them: such a map has no lines of its own. */
export function linesAt(
  { text, documents }: YamlSource,
  document: number,
  path: readonly Step[],
): Lines | undefined {
  const node = nodeAt(documents[document]?.contents, path);
  if (!isMap(node) || node.flow || !node.range || node.items.length === 0) return undefined;
  const [from] = node.range;
  const column = columnOf(text, from);
  if (text.slice(lineStart(text, from), from).trim() !== '') return undefined;
  const start = startOfLines(text, lineStart(text, from), column);
  const end = endOfLines(text, { from: endOfContent(text, node), to: node.range[2], column });
  return holdsAlias(node) ? undefined : { start, end, column };
}

function holdsAlias(node: Node): boolean {
  let found = false;
  visit(node, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** Behind the last line that says something. */
function endOfContent(text: string, node: Node): number {
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  const inner = isPair<Node, Node | null>(last) ? (last.value ?? last.key) : last;
  if (isNode(inner)) return endOfContent(text, inner);
  const [start = 0, end = 0] = node.range ?? [];
  return lineEnd(text, start + text.slice(start, end).trimEnd().length);
}

/** Comments above that are indented like the keys belong to them. */
function startOfLines(text: string, from: number, column: number): number {
  let start = from;
  for (let at = from; at > 0; at = lineStart(text, at - 1)) {
    const line = text.slice(lineStart(text, at - 1), at);
    const comment = line.trimStart();
    if (comment !== '' && !(comment.startsWith('#') && line.length - comment.length >= column)) break;
    if (comment !== '') start = lineStart(text, at - 1);
  }
  return start;
}

/** Comments below that are indented like the keys belong to them. */
function endOfLines(
  text: string,
  { from, to, column }: { from: number; to: number; column: number },
): number {
  let end = from;
  for (let at = from; at < to; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') continue;
    if (indent < column) break;
    end = lineEnd(text, at);
  }
  return end;
}
