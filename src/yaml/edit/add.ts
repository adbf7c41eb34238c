import { isMap, isScalar } from 'yaml';
import { keyOf, type Step } from '../nodes.ts';
import type { YamlSource } from '../source.ts';
import { columnOf, type Edit, lineEnding, lineStart, startOfText } from '../text.ts';
import {
  insertBehind,
  insertLines,
  isFlow,
  isJson,
  isNonEmptyCollection,
  aboveComments,
  endOf,
  type EditEntry,
  entriesOf,
  type ListNode,
  type MapNode,
  sectionEnd,
  startsLine,
} from './place.ts';
import type { FieldPlace, YamlEdit } from './edits.ts';
import { nothingThere } from './refuse.ts';
import type { EditPlan } from './verify.ts';
import { fieldLines, flowScalarLike, flowText, indented, itemLines, type Look } from './write.ts';

export type Field = { key: string; value: unknown; place: FieldPlace };

/** Adds a key to a map that has others. `lines` is how it looks in a block, unless it is written as the look has it. */
export function addField(
  text: string,
  map: MapNode,
  field: Field,
  look: Look,
  lines?: readonly string[],
): Edit[] {
  const at = placeOf(map, field);
  const entries = entriesOf(map);
  const previous = entries[at - 1];
  const beside = previous ?? entries[at];
  if (isFlow(map)) {
    const like = typeof field.value === 'string' ? beside?.node : undefined;
    const value = flowText(field.value, like, isJson(map));
    return [intoFlow(text, map, at, `${flowScalarLike(field.key, beside?.key)}: ${value}`)];
  }
  const like = field.place === 'sorted' ? beside : { key: beside?.key };
  const written = lines ?? fieldLines(field.key, field.value, like, look);
  const column = columnOf(text, beside?.start ?? 0);
  const isApart =
    isNonEmptyCollection(field.value) && isGapAt(text, entries, at) && typeof field.place === 'object';
  const body = indented(isApart ? ['', ...written] : written, column);
  if (previous) return insertBehind(text, previous, sectionEnd(text, previous), body);
  return beside ? [insertAbove(text, beside, body)] : [];
}

function placeOf(map: MapNode, { key, place }: Field): number {
  const keys = map.items.map(keyOf);
  if (place === 'first') return 0;
  if (place === 'front') return isFlow(map) ? keys.length : 0;
  if (place === 'sorted') {
    const next = isSorted(keys) ? keys.findIndex(other => other > key) : -1;
    return next < 0 ? keys.length : next;
  }
  const rank = place.order.indexOf(key);
  if (rank < 0) return keys.length;
  const previous = keys.findLastIndex(other => isBefore(place.order, other, rank));
  if (previous >= 0) return previous + 1;
  const next = keys.findIndex(other => place.order.indexOf(other) > rank);
  return next > 0 ? next : keys.length;
}

function isBefore(order: readonly string[], key: string, rank: number): boolean {
  return order.includes(key) && order.indexOf(key) < rank;
}

/** Whether keys stand in alphabetical order, so that a new one has its place. */
function isSorted(keys: readonly string[]): boolean {
  return keys.length > 1 && keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}

/** Whether a blank line stands where a new section goes, or before the last one if it goes behind all. */
function isGapAt(text: string, entries: readonly EditEntry[], at: number): boolean {
  const index = at < entries.length ? at : at - 1;
  const [above, entry] = [entries[index - 1], entries[index]];
  if (!above || !entry) return false;
  const between = text.slice(sectionEnd(text, above), lineStart(text, entry.start));
  return between !== '' && /^[ \t]*\r?$/m.test(between.replace(/\n$/, ''));
}

/** Above the first key of a map and the comments that belong to it. */
function insertAbove(text: string, first: EditEntry, lines: readonly string[]): Edit {
  if (startsLine(text, first.start))
    return insertLines(
      text,
      Math.max(startOfText(text), aboveComments(text, lineStart(text, first.start))),
      lines,
    );
  const eol = lineEnding(text);
  const space = ' '.repeat(columnOf(text, first.start));
  return { start: first.start, end: first.start, text: `${lines.join(eol).trimStart()}${eol}${space}` };
}

/** Adds items to a list that has some, behind the one at `after`, as that one is written. */
export function addItems(
  text: string,
  list: ListNode,
  { items, after = list.items.length - 1 }: { items: readonly unknown[]; after?: number | undefined },
  look: Look,
): Edit[] {
  const beside = entriesOf(list)[after];
  if (!beside) throw new Error(`add to list: there is no item ${after}`);
  const like = beside.node ?? undefined;
  if (isFlow(list)) {
    const isQuoted = isJson(like) || (isScalar(like) && like.type === 'QUOTE_DOUBLE');
    const shown = items.map(item => flowText(item, like, isQuoted));
    return [intoFlow(text, list, after + 1, ...shown)];
  }
  const gap = /^[ \t]+(?=[^ \t\r\n#&!])/.exec(text.slice(beside.behind))?.[0] ?? ' ';
  const isPlain = items.every(item => typeof item === 'string');
  const lines = items.flatMap(item => itemLines(item, like, look, isPlain ? gap : gap.replaceAll('\t', ' ')));
  const column = columnOf(text, beside.start);
  return insertBehind(text, beside, sectionEnd(text, beside), indented(lines, column));
}

/** Between brackets: on a line of its own if the entry beside stands on one. */
function intoFlow(text: string, node: MapNode | ListNode, at: number, ...shown: readonly string[]): Edit {
  const entries = entriesOf(node);
  const previous = entries[at - 1];
  const beside = previous ?? entries[at];
  const open = (node.range?.[0] ?? 0) + 1;
  if (!beside) {
    const body = shown.join(', ');
    return { start: open, end: open, text: isMap(node) ? ` ${body} ` : body };
  }
  const lead = text.slice(lineStart(text, beside.start), beside.start);
  const isOwnLine = lead.trim() === '' && lineStart(text, beside.start) > 0;
  const separator = isOwnLine ? `,${lineEnding(text)}${lead}` : ', ';
  if (!previous)
    return { start: beside.start, end: beside.start, text: shown.map(each => each + separator).join('') };
  const end = endOf(text, previous);
  return { start: end, end, text: shown.map(each => separator + each).join('') };
}

/** A file without data gets its first key, behind its comments. @throws UserError E_YAML_SHAPE for what needs more than nothing */
export function planInNothing({ text, name }: YamlSource, edit: YamlEdit): EditPlan | undefined {
  const [key, ...rest] = edit.path;
  if (key === undefined || !(edit.kind === 'put' || edit.kind === 'add')) throw nothingThere(name, edit.path);
  const look: Look = {
    quoted: false,
    step: 2,
    indentLists: edit.kind === 'put' || (edit.list?.indent ?? 2) > 0,
  };
  const value = nested(rest, edit.kind === 'put' ? edit.value : edit.items);
  const lines = fieldLines(String(key), value, undefined, look);
  return {
    edits: [insertLines(text, text.length, lines)],
    intent: { kind: 'set', path: [], value: { [key]: value } },
  };
}

/** `['a', 'b']` and a value are `{ a: { b: value } }`. */
export function nested(path: readonly Step[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
