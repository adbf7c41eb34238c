import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UserError } from '../errors.ts';
import { lineEnd, lineStart, isBlank, markerIn } from './text.ts';
import { leadOf, NO_LEAD } from './leading-trivia.ts';
import { type Meaning, type Meanings, scalarMeaning } from './meanings.ts';
import { collectionMeaning } from './said.ts';
import { noteOf, type SyntaxTree, type Value, type YamlNode } from './syntax-tree.ts';
import { explicitAt, isPlainPair, keyOf, positionOf, readTokens } from './nodes.ts';
import type { YamlSource } from './source.ts';
import { say } from '../locales/say.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };

type Builder = {
  readonly text: string;
  readonly source: YamlSource;
  readonly meanings: Meanings;
  readonly anchors: Map<string, Value>;
  /** The start of the first line that belongs to no entry yet. */
  next: number;
  /** Where the entry before began, and the start of its line. */
  readonly seen: { offset: number; line: number };
};

/** What an entry is made of. `properties` is where they start and end, or just behind the colon if there are none. */
type Parts = {
  readonly key: string | number;
  readonly start: number;
  readonly colon: number;
  readonly node: Node | null;
  readonly properties: { readonly start: number; readonly end: number };
  readonly flow: boolean;
  readonly shadowed: boolean;
};

type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

const PENDING: Value = {
  kind: 'scalar',
  type: 'null',
  layout: 'inline',
  start: 0,
  end: 0,
  entries: [],
  opaque: false,
  meaning: 0 as Meaning,
  anchor: undefined,
  target: undefined,
  scalar: null,
};

/** Outlines a parsed file. Outlines that share `meanings` can be compared. */
export function outlineOf(source: YamlSource, meanings: Meanings): SyntaxTree {
  const { text } = source;
  const next = text.startsWith('\ufeff') ? 1 : 0;
  const builder: Builder = { text, source, meanings, anchors: new Map(), next, seen: { offset: 0, line: 0 } };
  const roots = source.documents.map(document => ({ node: document.contents, from: document.range[0] }));
  const documents = (roots.length > 0 ? roots : [{ node: null, from: 0 }]).map(({ node, from }, key) => {
    builder.anchors.clear();
    const marker = markerIn(text, key === 0 ? next : from, node?.range?.[0] ?? text.length);
    const start = marker < 0 ? next : marker;
    const colon = marker < 0 ? next : marker + 3;
    const properties = { start: colon, end: colon };
    return entryOf(builder, undefined, { key, start, colon, node, properties, flow: false, shadowed: false });
  });
  const { name, lines } = source;
  return { name, text, lines, documents, tail: leadOf(text, builder.next, text.length) };
}

/** Entries are made in the order of the text: each takes the lines between it and the one before. */
function entryOf(builder: Builder, parent: YamlNode | undefined, parts: Parts): YamlNode {
  const { text } = builder;
  const { key, start, colon, flow, shadowed } = parts;
  const line = lineOf(builder, start);
  const ownLine = !flow && colon > start && isBlank(text, line, start);
  const lead = ownLine ? leadOf(text, builder.next, line) : NO_LEAD;
  const column = ownLine || parent ? start - line : 0;
  const entry: Draft<YamlNode> = {
    key,
    parent,
    start,
    column,
    colon,
    ownLine,
    shadowed,
    lead,
    value: PENDING,
    note: undefined,
  };
  take(builder, colon);
  entry.value = valueOf(builder, entry, parts);
  take(builder, entry.value.end);
  if (!flow) entry.note = noteOf(text, entry);
  return entry;
}

/** As `lineStart`, from the entry before on: a list of many items may stand on one line. */
function lineOf(builder: Builder, offset: number): number {
  const { text, seen } = builder;
  if (offset < seen.offset) return lineStart(text, offset);
  let index = offset - 1;
  while (index >= seen.offset && text.charCodeAt(index) !== 0x0a) index--;
  seen.line = index >= seen.offset ? index + 1 : seen.line;
  seen.offset = offset;
  return seen.line;
}

/** The line in front of `end` belongs to an entry. */
function take(builder: Builder, end: number): void {
  if (end > builder.next) builder.next = lineEnd(builder.text, end);
}

function valueOf(builder: Builder, entry: YamlNode, { node, properties }: Parts): Value {
  const bare = properties.end;
  const range = node?.range;
  const start =
    properties.end > entry.colon ? properties.start : range && range[1] > range[0] ? range[0] : bare;
  if (isAlias(node)) return aliasValue(builder, node as Alias.Parsed, start);
  const value =
    node === null || isScalar(node)
      ? scalarValue(builder, node, { start, bare })
      : collectionValue(builder, entry, { node: node as Collection, start });
  if (value.anchor !== undefined) builder.anchors.set(value.anchor, value);
  return value;
}

function aliasValue({ text, source, meanings, anchors }: Builder, node: Alias.Parsed, start: number): Value {
  const target = anchors.get(node.source);
  if (!target && !text.includes(`&${node.source}`)) {
    const { line, column } = positionOf(source, start);
    const where = `${source.name}:${line}:${column}`;
    throw new UserError('E_YAML_SYNTAX', say('yaml.aliasHasNoAnchor', { where, source: node.source }));
  }
  return {
    ...PENDING,
    kind: 'alias',
    type: target?.type ?? 'map',
    start,
    end: node.range[1],
    meaning: target?.meaning ?? meanings.of(`cycle ${node.source}`),
    target,
    scalar: node.source,
  };
}

const NO_VALUE = { type: 'null', text: 'null', value: null } as const;

function scalarValue(
  { text, meanings }: Builder,
  node: Scalar | null,
  at: { start: number; bare: number },
): Value {
  const folded = node?.type === 'BLOCK_LITERAL' || node?.type === 'BLOCK_FOLDED';
  const [from, to] = node?.range ?? [at.bare, at.bare];
  const end = to <= from ? at.bare : folded ? foldedEnd(text, from, to) : to;
  const cut = folded && end === text.length;
  const meaning = node ? scalarMeaning(node) : NO_VALUE;
  return {
    kind: 'scalar',
    type: meaning.type,
    layout: folded ? 'folded' : 'inline',
    start: at.start,
    end,
    entries: PENDING.entries,
    opaque: false,
    meaning: meanings.of(cut ? withoutNewline(meaning.text) : meaning.text),
    anchor: node?.anchor,
    target: undefined,
    scalar: cut ? withoutNewline(String(node?.value)) : (meaning.value ?? null),
  };
}

/** At the end of a file that lacks its final newline, Helm's parser reads none into the scalar either. */
function withoutNewline(text: string): string {
  return text.replace(/\n$/, '');
}

/** Trailing blank lines are content where the header says keep, or where they are longer than the indentation. */
function foldedEnd(text: string, start: number, end: number): number {
  const [header = '', ...lines] = text.slice(start, end).split('\n');
  if (/^[|>]\d?\+/.test(header)) return start + text.slice(start, end).replace(/\r?\n$/, '').length;
  const indent = lines.find(line => line.trim() !== '')?.search(/\S/) ?? 0;
  const last = lines.findLastIndex(line => line.trim() !== '' || line.replace('\r', '').length > indent);
  return start + [header, ...lines.slice(0, last + 1)].join('\n').replace(/\r$/, '').length;
}

function collectionValue(builder: Builder, entry: YamlNode, at: { node: Collection; start: number }): Value {
  const { text, meanings } = builder;
  const { node, start } = at;
  const kind = isMap(node) ? 'map' : 'list';
  const [from, to] = node.range ?? [start, start];
  const written = text.slice(from, to).trimEnd();
  const entries = isMap(node) ? mapEntries(builder, entry, node) : listEntries(builder, entry, node);
  const opaque = entries.length < node.items.length;
  return {
    kind,
    type: kind,
    layout: node.flow ? 'inline' : entry.parent && lineStart(text, from) <= entry.start ? 'compact' : 'block',
    start,
    end: node.flow || opaque ? from + written.length : (entries.at(-1)?.value.end ?? to),
    entries,
    opaque,
    meaning: opaque ? meanings.of(`? ${written}`) : collectionMeaning(meanings, kind, entries),
    anchor: node.anchor,
    target: undefined,
    scalar: undefined,
  };
}

function mapEntries(
  builder: Builder,
  parent: YamlNode,
  { items, flow = false }: YAMLMap<Node, Node | null>,
): YamlNode[] {
  if (!items.every(pair => isPlainPair(builder.text, pair))) return [];
  const names = items.map(keyOf);
  const left = new Map<string, number>();
  for (const name of names) left.set(name, (left.get(name) ?? 0) + 1);
  return items.map((pair, index) => {
    const name = names[index] ?? '';
    const again = (left.get(name) ?? 1) - 1;
    left.set(name, again);
    const shadowed = again > 0 && name !== '<<';
    const { indicator, properties } = readTokens(pair.srcToken?.sep, 'map-value-ind');
    const key = shadowed ? `${name} (${again} below)` : name;
    const start = explicitAt(pair) ?? pair.key.range?.[0] ?? 0;
    return entryOf(builder, parent, {
      key,
      start,
      colon: indicator + 1,
      node: pair.value,
      properties,
      flow,
      shadowed,
    });
  });
}

function listEntries(
  builder: Builder,
  parent: YamlNode,
  { items, flow = false, srcToken }: YAMLSeq<Node>,
): YamlNode[] {
  const tokens = srcToken && 'items' in srcToken ? srcToken.items : [];
  return items.map((node, key) => {
    const { indicator, properties } = readTokens(tokens[key]?.start, 'seq-item-ind');
    const start = indicator < 0 ? (node.range?.[0] ?? 0) : indicator;
    const colon = indicator < 0 ? start : indicator + 1;
    const place = indicator < 0 ? { start: colon, end: colon } : properties;
    return entryOf(builder, parent, { key, start, colon, node, properties: place, flow, shadowed: false });
  });
}
