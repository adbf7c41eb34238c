import { type Document, isScalar, type Node, Scalar, visit } from 'yaml';
import { isRecord } from '../../data/fields.ts';
import { isString, printYaml, yamlScalar } from '../print.ts';
import { columnOf } from '../text.ts';
import { entriesOf, isBlockCollection, startsLine } from './place.ts';

/** How a file writes what it does not show at the place of the edit. */
export type Look = {
  step: number;
  indentLists: boolean;
  /** Texts of several lines between quotes: where comments stand close, they would become part of a block. */
  quoted: boolean;
};

/** The look of a document: the indentation of its first nested map, and that of its first list. */
export function lookOf(
  text: string,
  { contents }: Document.Parsed,
  { quoted, indentLists = true }: { quoted: boolean; indentLists?: boolean },
): Look {
  const step = isBlockCollection(contents) ? stepBelow(text, contents) : undefined;
  const list = contents ? listIndent(text, contents) : undefined;
  return { quoted, step: step ?? 2, indentLists: list === undefined ? indentLists : list > 0 };
}

function stepBelow(text: string, map: Node): number | undefined {
  const inner = entriesOf(map).find(
    ({ node }) => isBlockCollection(node) && !('anchor' in node && node.anchor) && isMapBlock(node),
  );
  const [first] = entriesOf(inner?.node);
  if (!inner || !first) return undefined;
  return Math.max(1, columnOf(text, first.start) - columnOf(text, inner.start));
}

function isMapBlock(node: Node | null): boolean {
  return isBlockCollection(node) && entriesOf(node)[0]?.key !== undefined;
}

function listIndent(text: string, contents: Node): number | undefined {
  let indent: number | undefined;
  visit(contents, {
    Map: (_, map) => {
      const holder = entriesOf(map).find(({ node }) => isBlockCollection(node) && !isMapBlock(node));
      const [item] = entriesOf(holder?.node);
      if (!holder || !item || !startsLine(text, item.start)) return undefined;
      indent = columnOf(text, item.start) - columnOf(text, holder.start);
      return visit.BREAK;
    },
  });
  return indent;
}

/**
 * One string on one line, in the quotes of a scalar that stands there or beside it; plain or double where those cannot hold
 * it. Quotes around nothing show no style.
 */
export function scalarLike(text: string, sibling: Node | null | undefined): string {
  const type = isScalar(sibling) && sibling.value !== '' ? sibling.type : undefined;
  const printable = !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text);
  if (type === Scalar.QUOTE_DOUBLE && printable) return JSON.stringify(text);
  if (type === Scalar.QUOTE_SINGLE && printable) return `'${text.replaceAll("'", "''")}'`;
  // Argo CD's `$ref/values.yaml`: plain for every reader, and people write it so.
  if (type === Scalar.PLAIN && /^\$[A-Za-z][\w./-]*$/.test(text)) return text;
  return yamlScalar(text);
}

/** Like `scalarLike`, between brackets: a comma or a bracket would end a plain scalar there. */
export function flowScalarLike(text: string, sibling: Node | null | undefined): string {
  const like = scalarLike(text, sibling);
  return /^["']/.test(like) || !/[,[\]{}]/.test(like) ? like : JSON.stringify(text);
}

/** A value between brackets; `json` where the file is JSON. */
export function flowText(value: unknown, like: Node | null | undefined, json: boolean): string {
  if (json) return JSON.stringify(value);
  if (typeof value === 'string') return flowScalarLike(value, like);
  if (Array.isArray(value)) return `[${value.map(item => flowText(item, undefined, false)).join(', ')}]`;
  if (!isRecord(value)) return printYaml(value);
  const siblings = entriesOf(like);
  const pairs = Object.entries(value).map(([key, field]) => {
    const beside = siblings.find(entry => isScalar(entry.key) && entry.key.value === key) ?? siblings[0];
    return `${flowScalarLike(key, beside?.key)}: ${flowText(field, beside?.node, false)}`;
  });
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
}

/** A value in block style: what stands behind the key or the dash, and the lines below, indented from its column. */
export type Written = { head: string; tail: string[] };

/** A scalar in the quotes of `like`; longer texts and collections as lines of their own. */
export function writeValue(value: unknown, like: Node | null | undefined, look: Look): Written {
  if (typeof value === 'string' && !/[\r\n]/.test(value)) return { head: scalarLike(value, like), tail: [] };
  if (typeof value === 'string' && (look.quoted || /\r|[^\S\n]\n|^\s/.test(value)))
    return { head: yamlScalar(value), tail: [] };
  const [first = '', ...tail] = printYaml({ k: value }, look).split('\n');
  return { head: first.slice('k:'.length).trim(), tail };
}

/** One line where a block of lines stood (`|`): it stays a block. Undefined for what cannot be one. */
export function lineInBlock(
  value: unknown,
  before: Node | null | undefined,
  look: Look,
): Written | undefined {
  const isBlock = isScalar(before) && before.type === Scalar.BLOCK_LITERAL && !look.quoted;
  if (!isBlock || typeof value !== 'string' || !/^\S(?:[^\r\n]*\S)?$/.test(value)) return undefined;
  return { head: '|-', tail: [' '.repeat(look.step) + value] };
}

/** `key: value` as lines, in the quotes of the entry beside it. */
export function fieldLines(
  key: string,
  value: unknown,
  beside: { key?: Node | undefined; node?: Node | null } | undefined,
  look: Look,
): string[] {
  const { head, tail } = writeValue(value, beside?.node, look);
  return [`${scalarLike(key, beside?.key)}:${head === '' ? '' : ` ${head}`}`, ...tail];
}

/** The lines of an item of a list, its dash included, in the quotes of the item beside it. */
export function itemLines(item: unknown, beside: Node | undefined, look: Look, gap = ' '): string[] {
  const lines = valueLines(item, beside, look);
  const space = ' '.repeat(gap.length + 1);
  return lines.map((line, index) => (index === 0 ? `-${gap}${line}` : line === '' ? '' : `${space}${line}`));
}

/** A value that begins on the line of a dash. */
export function valueLines(value: unknown, beside: Node | undefined, look: Look): string[] {
  if (isRecord(value) && Object.keys(value).length > 0) {
    const siblings = entriesOf(beside);
    return Object.entries(value).flatMap(([key, field]) => {
      const like = siblings.find(entry => isScalar(entry.key) && entry.key.value === key);
      return fieldLines(key, field, like, look);
    });
  }
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap(item => itemLines(item, undefined, look));
  const { head, tail } = writeValue(value, beside, look);
  return [head, ...tail];
}

/** Each line behind `column` spaces; empty lines stay empty. */
export function indented(lines: readonly string[], column: number): string[] {
  return lines.map(line => (line === '' ? '' : ' '.repeat(column) + line));
}

/** Whether every reader of YAML takes a scalar for this value already. */
export function says({ value, type }: Scalar, wanted: unknown): boolean {
  return value === wanted && (typeof value !== 'string' || type !== 'PLAIN' || isString(value));
}
