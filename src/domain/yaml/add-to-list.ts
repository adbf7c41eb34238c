import { isMap, isSeq, type Node, type Pair } from 'yaml';
import { UserError } from '../../errors.ts';
import { columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { blockEnd, contentEnd, isEmptyValue, isFlow, mapColumn } from './extent.ts';
import { indented, insertLines } from './insert-lines.ts';
import { flowScalarLike, pairLines, scalarLike } from './scalar-style.ts';
import { requireUnshared } from './shared.ts';
import { pairOf, positionOf, type YamlSource } from './source.ts';

/** What goes into a list: a text, or the fields of a map in their order. */
export type ListItem = string | Readonly<Record<string, unknown>>;

export type ListStyle = {
  /** Spaces before the dashes, counted from the key's column. */
  indent: number;
  /** Characters from a dash to what it introduces: 2 for `- a`. */
  gap: number;
};

export type ListAddition = {
  /** The map that holds the list, and the list's key in it. */
  map: Node;
  key: string;
  item: ListItem;
  /** For a list that has no item yet; else its own items show the style. */
  style: ListStyle;
  /** Index of the item that the new one stands behind; the last one unless set. */
  after?: number;
};

/**
 * Adds an item to a list that exists, written as its other items are; every byte of them stays.
 * @throws UserError E_YAML_SHAPE if the key holds no list, or one shared through an anchor or alias
 */
export function addToList(source: YamlSource, addition: ListAddition): Edit[] {
  const pair = pairOf(addition.map, addition.key);
  if (!pair) throw new Error(`add to list: no key ${addition.key}`);
  requireUnshared(source, [addition.key], pair.value);
  if (isEmptyValue(pair.value)) return fillEmpty(source, pair, addition);
  if (!isSeq<Node>(pair.value)) throw notAList(source, pair);
  const beside = pair.value.items.at(addition.after ?? -1);
  if (!beside) throw new Error(`add to list: ${addition.key} has no item ${addition.after}`);
  return [
    isFlow(pair.value) ? intoFlow(source, beside, addition.item) : intoBlock(source, beside, addition.item),
  ];
}

/** A key with a list of one item, as lines. */
export function listLines(key: string, item: ListItem, { indent, gap }: ListStyle): string[] {
  return [`${key}:`, ...indented(itemLines(item, gap, undefined), indent)];
}

function intoBlock({ text }: YamlSource, beside: Node, item: ListItem): Edit {
  const start = beside.range?.[0] ?? 0;
  const dash = text.lastIndexOf('-', start - 1);
  const onOneLine = dash >= lineStart(text, start);
  const column = onOneLine ? columnOf(text, dash) : Math.max(0, columnOf(text, start) - 2);
  const lines = itemLines(item, onOneLine ? start - dash : 2, beside);
  return insertLines(text, blockEnd(text, beside, column), indented(lines, column));
}

/** The lines of an item, its dash included, in the quotes of the item beside it. */
function itemLines(item: ListItem, gap: number, beside: Node | undefined): string[] {
  const lines =
    typeof item === 'string'
      ? [scalarLike(item, beside)]
      : Object.entries(item).flatMap(([key, value]) =>
          pairLines(key, value, { like: pairOf(beside, key), step: 2, indentLists: false }),
        );
  return lines.map((line, index) =>
    index === 0 ? `-${' '.repeat(gap - 1)}${line}` : `${' '.repeat(gap)}${line}`,
  );
}

/** Behind an item between brackets: on a line of its own if that one stands on one. */
function intoFlow({ text }: YamlSource, beside: Node, item: ListItem): Edit {
  const start = beside.range?.[0] ?? 0;
  const end = contentEnd(text, beside);
  const lead = text.slice(lineStart(text, start), start);
  const separator = lead.trim() === '' && lineStart(text, start) > 0 ? `,${lineEnding(text)}${lead}` : ', ';
  return { start: end, end, text: separator + flowText(item, beside) };
}

/** An item between brackets, in the quotes of the one beside it. */
export function flowText(item: ListItem, beside: Node | undefined): string {
  if (typeof item === 'string') return flowScalarLike(item, beside);
  const first = isMap<Node, Node | null>(beside) ? beside.items[0] : undefined;
  const pairs = Object.entries(item).map(([key, value]) => {
    const like = pairOf(beside, key) ?? first;
    const text = typeof value === 'string' ? flowScalarLike(value, like?.value) : JSON.stringify(value);
    return `${flowScalarLike(key, like?.key)}: ${text}`;
  });
  return `{ ${pairs.join(', ')} }`;
}

function fillEmpty({ text }: YamlSource, pair: Pair<Node, Node | null>, addition: ListAddition): Edit[] {
  const { map, item, style } = addition;
  const start = (pair.key.range?.[1] ?? 0) + 1;
  const end = Math.max(start, pair.value?.range?.[1] ?? 0);
  if (isFlow(map)) return [{ start, end, text: ` [${flowText(item, undefined)}]` }];
  const column = mapColumn(text, map) + style.indent;
  return [
    { start, end, text: '' },
    insertLines(text, lineEnd(text, end), indented(itemLines(item, style.gap, undefined), column)),
  ];
}

function notAList(source: YamlSource, pair: Pair<Node, Node | null>): UserError {
  const { line } = positionOf(source, pair.key.range?.[0] ?? 0);
  return new UserError('E_YAML_SHAPE', `${source.name}:${line}: ${pair.key.toString()} is no list`, {
    hint: 'Make it a list, then run again.',
    subject: source.name,
  });
}
