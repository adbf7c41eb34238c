import { isMap, type Node } from 'yaml';
import { columnOf, type Edit, lineEnding } from '../text.ts';
import {
  behindComment,
  insertLines,
  isFlow,
  isJson,
  isNonEmptyCollection,
  replaceHead,
  contentEnd,
  endOf,
  type EditEntry,
  entriesOf,
  isBlockCollection,
  isBlockScalar,
} from './place.ts';
import { flowText, indented, lineInBlock, valueLines, type Look, type Written, writeValue } from './write.ts';

/** Gives an entry of a map or a list another value. What stands on its line besides stays, the comment too. */
export function setValue(text: string, holder: Node, entry: EditEntry, value: unknown, look: Look): Edit[] {
  if (isFlow(holder) && holder.range) {
    const shown = flowText(value, entry.node, isJson(holder));
    return replaceIn(text, entry, entry.isBare ? `: ${shown}` : ` ${shown}`, shown);
  }
  if (entry.isBare) return [beneathKey(text, entry, valueLines(value, undefined, look))];
  if (isNonEmptyCollection(value)) return setCollection(text, entry, value, look);
  return setWritten(text, entry, lineInBlock(value, entry.node, look) ?? writeValue(value, entry.node, look));
}

function replaceIn(text: string, { behind, node, isEmpty }: EditEntry, added: string, shown: string): Edit[] {
  if (isEmpty || !node?.range) return [{ start: behind, end: behind, text: added }];
  return [{ start: node.range[0], end: contentEnd(text, node), text: shown }];
}

/** `? key` without a value gets its `: value` on the next line. */
function beneathKey(text: string, entry: EditEntry, lines: readonly string[]): Edit {
  const column = columnOf(text, entry.start);
  const eol = lineEnding(text);
  const body = lines.map((line, index) => (index === 0 ? `: ${line}` : `  ${line}`));
  return { start: entry.behind, end: entry.behind, text: eol + indented(body, column).join(eol) };
}

/** A list or map where one stands already takes its lines and its indentation. */
function setCollection(text: string, entry: EditEntry, value: object, look: Look): Edit[] {
  const [first] = entriesOf(entry.node);
  const column = columnOf(text, entry.start);
  if (
    first &&
    isBlockCollection(entry.node) &&
    mayStandAt(columnOf(text, first.start), { entry, value, column })
  ) {
    const lines = valueLines(value, entry.node, look);
    const end = behindComment(text, contentEnd(text, entry.node));
    return [{ start: first.start, end, text: joined(text, first.start, lines) }];
  }
  if (entry.key) return setWritten(text, entry, writeValue(value, undefined, look));
  return setInItem(text, entry, valueLines(value, undefined, look));
}

type Standing = { entry: EditEntry; value: object; column: number };

/** A list may stand in the column of its key, a map may not. */
function mayStandAt(first: number, { entry, value, column }: Standing): boolean {
  return Array.isArray(value) === !isMap(entry.node) && (first > column || entry.key !== undefined);
}

/** Behind a dash a map or list begins on its line, unless a comment stands there. */
function setInItem(text: string, entry: EditEntry, lines: readonly string[]): Edit[] {
  const { behind, node, isEmpty } = entry;
  if (isBlockScalar(node)) return setWritten(text, entry, { head: '', tail: indented(lines, 2) });
  const from = isEmpty
    ? behind
    : (entriesOf(isBlockCollection(node) ? node : null)[0]?.start ?? node?.range?.[0] ?? behind);
  // A tab may stand before a scalar, not before a map or list.
  const isApart = text.slice(behind, from).includes('\n') || /^ +$/.test(text.slice(behind, from));
  const end = endOf(text, entry);
  if (isApart) return [{ start: from, end, text: joined(text, from, lines) }];
  const [first = '', ...rest] = lines;
  const column = columnOf(text, behind) + 1;
  return [{ start: behind, end, text: ` ${[first, ...indented(rest, column)].join(lineEnding(text))}` }];
}

/** Lines from an offset on, those below the first in its column. */
function joined(text: string, offset: number, lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  return [first, ...indented(rest, columnOf(text, offset))].join(lineEnding(text));
}

/** `head` on the entry's line, and `tail` below it. */
export function setWritten(text: string, entry: EditEntry, { head, tail }: Written): Edit[] {
  const { edits, below } = replaceHead(text, entry, head);
  if (tail.length === 0) return edits;
  return [...edits, insertLines(text, below, indented(tail, columnOf(text, entry.start)))];
}
