import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { keyOf, nodeAt, pairOf, type Step, type YamlSource } from './source.ts';

/** How a new section has to look: its neighbours by order, and the spaces before its dashes. */
export type SectionStyle = { order: readonly string[]; indent: number };

/**
 * Adds a field to a block or flow map, behind the one that comes before it in `order`. Undefined where the map is not
 * there, is shared through an alias, or has the field.
 */
export function addField(
  source: YamlSource,
  path: readonly Step[],
  field: { key: string; value: string; order: readonly string[] },
): Edit[] | undefined {
  const map = nodeAt(source.documents[0]?.contents, path);
  if (!isMap(map) || map.items.length === 0 || pairOf(map, field.key)) return undefined;
  const pairs = (map as YAMLMap<Node, Node | null>).items;
  const before = precedingPair(pairs, field);
  const line = `${field.key}: ${field.value}`;
  if (map.flow) {
    const end = endOf(before);
    return [{ start: end, end, text: `, ${line}` }];
  }
  const indent = ' '.repeat(columnOf(source.text, pairs[0]?.key.range?.[0] ?? 0));
  return [insertLines(source, endOf(before), [`${indent}${line}`])];
}

/** The last pair, in the order written, that `order` puts before the new one; else the last of all. */
function precedingPair(
  pairs: readonly Pair<Node, Node | null>[],
  { key, order }: { key: string; order: readonly string[] },
): Pair<Node, Node | null> {
  const rank = order.indexOf(key);
  const earlier = pairs.filter(pair => {
    const own = order.indexOf(keyOf(pair));
    return own >= 0 && own < rank;
  });
  const last = earlier.at(-1) ?? pairs.at(-1);
  if (!last) throw new Error('an empty map has no pair to follow');
  return last;
}

/**
 * Adds an item, given as its lines without dash, to a top-level list; makes the list where there is none. Undefined where
 * the key holds something else.
 */
export function addItem(
  source: YamlSource,
  key: string,
  item: { lines: readonly string[]; flow: string; style: SectionStyle },
): Edit[] | undefined {
  const root = source.documents[0]?.contents;
  if (!isMap(root)) return undefined;
  const pair = pairOf(root, key);
  if (!pair) return [addSection(source, root, key, item)];
  const list = pair.value;
  if (list === null || (isScalar(list) && list.value === null)) return [fillSection(source, pair, item)];
  return appendTo(source, list, item);
}

/** Adds an item at the end of a list that has items. Undefined for anything else, and for a shared list. */
export function appendTo(
  source: YamlSource,
  list: Node | undefined,
  { lines, flow }: { lines: readonly string[]; flow: string },
): Edit[] | undefined {
  if (!isSeq(list) || list.anchor !== undefined) return undefined;
  if (list.flow) return [addFlowItem(list, flow)];
  if (list.items.length === 0) return undefined;
  return [insertLines(source, endOfNode(list), dashed(lines, dashColumn(source.text, list)))];
}

function dashed(lines: readonly string[], column: number): string[] {
  const space = ' '.repeat(column);
  return lines.map((line, index) => `${space}${index === 0 ? '- ' : '  '}${line}`);
}

/** The column of the first dash: the list begins with it. */
function dashColumn(text: string, list: YAMLSeq): number {
  return columnOf(text, list.range?.[0] ?? 0);
}

function addFlowItem(list: YAMLSeq, flow: string): Edit {
  const last = list.items.at(-1) as Node | undefined;
  const end = last ? endOfNode(last) : (list.range?.[0] ?? 0) + 1;
  return { start: end, end, text: last ? `, ${flow}` : flow };
}

type Item = { lines: readonly string[]; style: SectionStyle };

function addSection(
  source: YamlSource,
  root: YAMLMap<Node, Node | null>,
  key: string,
  { lines, style }: Item,
): Edit {
  const before = precedingPair(root.items, { key, order: style.order });
  const blank = isSpaced(source.text, root) ? [''] : [];
  return insertLines(source, endOf(before), [...blank, `${key}:`, ...dashed(lines, style.indent)]);
}

/** `resources:` with nothing behind it. */
function fillSection(source: YamlSource, pair: Pair<Node, Node | null>, { lines, style }: Item): Edit {
  return insertLines(source, endOf(pair), dashed(lines, style.indent));
}

/** Whether this file has an empty line before its sections. */
function isSpaced(text: string, root: YAMLMap<Node, Node | null>): boolean {
  const sections = root.items.filter(pair => isCollection(pair.value) && !pair.value.flow);
  const spaced = sections.filter(pair =>
    /\n[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*$/.test(text.slice(0, lineStart(text, pair.key.range?.[0] ?? 0))),
  );
  return spaced.length * 2 > sections.length;
}

/** Takes an item out of a list with its line, or with its comma. Undefined where it is not there. */
export function removeItem(source: YamlSource, path: readonly Step[]): Edit[] | undefined {
  const list = nodeAt(source.documents[0]?.contents, path.slice(0, -1));
  const index = path.at(-1);
  if (!isSeq(list) || typeof index !== 'number') return undefined;
  const item = list.items[index] as Node | undefined;
  if (!item?.range || item.anchor !== undefined) return undefined;
  if (!list.flow)
    return [
      { start: lineStart(source.text, item.range[0]), end: behind(source.text, endOfNode(item)), text: '' },
    ];
  const previous = list.items[index - 1] as Node | undefined;
  const next = list.items[index + 1] as Node | undefined;
  if (previous) return [{ start: endOfNode(previous), end: endOfNode(item), text: '' }];
  return [{ start: item.range[0], end: next?.range?.[0] ?? endOfNode(item), text: '' }];
}

/** Takes a field out of a block map with its line. Undefined where it is not there, or the map would be empty. */
export function removeField(source: YamlSource, path: readonly Step[]): Edit[] | undefined {
  const map = nodeAt(source.documents[0]?.contents, path.slice(0, -1));
  const pair = pairOf(map, String(path.at(-1)));
  const [first, second] = isMap(map) ? (map as YAMLMap<Node, Node | null>).items : [];
  if (!isMap(map) || map.flow || !first || !second || !pair?.key.range) return undefined;
  const start = pair.key.range[0];
  // The dash of a list item stands before its first key, which therefore has to be swallowed up to the second.
  if (first === pair) return [{ start, end: second.key.range?.[0] ?? start, text: '' }];
  return [{ start: lineStart(source.text, start), end: behind(source.text, endOf(pair)), text: '' }];
}

/** Puts a scalar that is written plain into quotes, as it stands. */
export function quoteScalar(source: YamlSource, path: readonly Step[]): Edit[] | undefined {
  const node = nodeAt(source.documents[0]?.contents, path);
  if (!isScalar(node) || node.type !== 'PLAIN' || !node.range) return undefined;
  const [start, end] = node.range;
  return [{ start, end, text: `"${source.text.slice(start, end)}"` }];
}

/** Gives a key another name. */
export function renameKey(source: YamlSource, path: readonly Step[], name: string): Edit[] | undefined {
  const map = nodeAt(source.documents[0]?.contents, path.slice(0, -1));
  const range = pairOf(map, String(path.at(-1)))?.key.range;
  return range ? [{ start: range[0], end: range[1], text: name }] : undefined;
}

/** New lines behind the line that holds `offset`. */
export function insertLines(source: YamlSource, offset: number, lines: readonly string[]): Edit {
  const { text } = source;
  const eol = lineEnding(text);
  const start = behind(text, offset);
  const unfinished = start > 0 && text[start - 1] !== '\n';
  const body = lines.join(eol);
  return { start, end: start, text: unfinished ? `${eol}${body}` : `${body}${eol}` };
}

/** A block scalar ends behind its last line break already. */
function behind(text: string, offset: number): number {
  return offset > 0 && text[offset - 1] === '\n' ? offset : lineEnd(text, offset);
}

function endOf({ key, value }: Pair<Node, Node | null>): number {
  const end = value ? endOfNode(value) : 0;
  return Math.max(end, (key.range?.[1] ?? 0) + (value?.range ? 0 : 1));
}

/** The end of the last thing written in a node: a block collection's own range reaches over comments behind it. */
function endOfNode(node: Node): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last: unknown = node.items.at(-1);
    if (isSeq(node)) return endOfNode(last as Node);
    return endOf(last as Pair<Node, Node | null>);
  }
  return node.range?.[1] ?? 0;
}
