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
import { lineStart, markerIn } from './text.ts';
import { leadOf } from './leading-trivia.ts';
import { type Meanings, NO_MEANING, scalarMeaning } from './meanings.ts';
import { collectionMeaning } from './said.ts';
import {
  type EntryBuilder,
  entryOf,
  type EntryPlace,
  foldedEnd,
  PENDING,
  scalarOf,
  type SyntaxTree,
  type Value,
  type YamlNode,
} from './syntax-tree.ts';
import { explicitAt, isPlainPair, keyOf, positionOf, readTokens } from './nodes.ts';
import type { YamlSource } from './source.ts';
import { say } from '../locales/say.ts';

type Builder = EntryBuilder & {
  readonly source: YamlSource;
  readonly anchors: Map<string, Value>;
};

/** What an entry is made of. `properties` is where they start and end, or just behind the colon if there are none. */
type Parts = EntryPlace & {
  readonly node: Node | null;
  readonly properties: { readonly start: number; readonly end: number };
};

type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

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
    return nodeOf(builder, undefined, { key, start, colon, node, properties, flow: false, shadowed: false });
  });
  const { name, lines } = source;
  return { name, text, lines, documents, tail: leadOf(text, builder.next, text.length) };
}

function nodeOf(builder: Builder, parent: YamlNode | undefined, parts: Parts): YamlNode {
  return entryOf(builder, parent, parts, entry => valueOf(builder, entry, parts));
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

function scalarValue(builder: Builder, node: Scalar | null, at: { start: number; bare: number }): Value {
  const folded = node?.type === 'BLOCK_LITERAL' || node?.type === 'BLOCK_FOLDED';
  const [from, to] = node?.range ?? [at.bare, at.bare];
  const end = to <= from ? at.bare : folded ? foldedEnd(builder.text, from, to) : to;
  const meaning = node ? scalarMeaning(node) : NO_MEANING;
  return scalarOf(builder, { start: at.start, end, folded, anchor: node?.anchor }, meaning);
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
    return nodeOf(builder, parent, {
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
    return nodeOf(builder, parent, { key, start, colon, node, properties: place, flow, shadowed: false });
  });
}
