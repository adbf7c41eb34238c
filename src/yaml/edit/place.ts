import {
  type Alias,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UserError } from '../../errors.ts';
import { keyOf, nodeAt, positionOf, type Step, type YamlSource } from '../source.ts';
import { columnOf, lineEnd, lineStart } from '../text.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

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
  const last = isBlock(node) ? entriesOf(node).at(-1) : undefined;
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

export function isBlockScalar(node: Node | null | undefined): boolean {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

/** A map or a list that has lines of its own. */
export function isBlock(node: Node | null | undefined): node is MapNode | ListNode {
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

/** What an edit works on: a document of a file that was read. */
export type Target = { source: YamlSource; text: string; document: Document.Parsed; quoted: boolean };

/** The first `count` steps of a path lead to a node that only this place has. */
export function requireOwn(target: Target, path: readonly Step[]): void {
  for (let length = 1; length <= path.length; length++) {
    const node = nodeAt(target.document.contents, path.slice(0, length));
    if (!node) return;
    if (isAlias(node) || (node.anchor !== undefined && isAliased(target, node.anchor)))
      throw refusal(target, path.slice(0, length), say('yaml.isShared'), say('yaml.editByHand'));
  }
}

function isAliased({ document }: Target, anchor: string): boolean {
  let found = false;
  visit(document, {
    Alias: (_, { source }: Alias) => {
      found ||= source === anchor;
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

/** What cannot be edited, with its line. */
export function refusal(
  { source, document }: Target,
  path: readonly Step[],
  predicate: Text,
  hint: Text,
): UserError {
  const node = path.length > 0 ? nodeAt(document.contents, path) : document.contents;
  const line = node?.range ? `:${positionOf(source, node.range[0]).line}` : '';
  const what = path.length > 0 ? path.join('.') : say('yaml.theDocument');
  return new UserError(
    'E_YAML_SHAPE',
    say('yaml.cannotEdit', { place: `${source.name}${line}`, what, predicate }),
    {
      hint,
      subject: source.name,
    },
  );
}
