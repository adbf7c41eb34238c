import { isMap, type Node, type Pair, type YAMLMap } from 'yaml';
import { UserError } from '../../errors.ts';
import { columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { blockEnd, contentEnd, isEmptyValue, isFlow, mapColumn } from './extent.ts';
import { indented, insertLines } from './insert-lines.ts';
import { printYaml } from './print.ts';
import { flowScalarLike, isSorted, pairLines, scalarLike } from './scalar-style.ts';
import { requireUnshared } from './shared.ts';
import { keyOf, pairOf, positionOf, type YamlSource } from './source.ts';

/** A value for a key: a scalar, or maps of such for keys that do not exist yet. */
export type MapValue = string | boolean | { readonly [key: string]: MapValue };

export type Placement = {
  /** The document, or a map in it, that the path starts from. */
  root: Node | null | undefined;
  path: readonly string[];
  value: MapValue;
};

/**
 * Gives the key at a path a value: replaces a scalar in its own quotes, or adds the key to the deepest map that exists,
 * with the maps that are missing in between. Every other byte stays.
 * @throws UserError E_YAML_SHAPE if something on the way is no map, or shared through an anchor or alias
 */
export function putInMap(source: YamlSource, { root, path, value }: Placement): Edit[] {
  let map = root;
  for (const [index, key] of path.entries()) {
    if (!isMap(map)) throw notAMap(source, map, path.slice(0, index));
    const rest = nested(path.slice(index + 1), value);
    const pair = pairOf(map, key);
    if (!pair) return [addPair(source, map, key, rest)];
    requireUnshared(source, path.slice(0, index + 1), pair.value);
    if (index === path.length - 1 || isEmptyValue(pair.value)) return replaceValue(source, map, pair, rest);
    map = pair.value;
  }
  return [];
}

/** `['a', 'b']` and a value are `{ a: { b: value } }`. */
function nested(path: readonly string[], value: MapValue): MapValue {
  return path.reduceRight<MapValue>((inner, key) => ({ [key]: inner }), value);
}

function replaceValue(
  source: YamlSource,
  map: YAMLMap,
  pair: Pair<Node, Node | null>,
  value: MapValue,
): Edit[] {
  const { text } = source;
  const behindKey = (pair.key.range?.[1] ?? 0) + 1;
  const [from = behindKey, to = behindKey] = pair.value?.range ?? [];
  const isNothing = to === from || !pair.value;
  if (typeof value !== 'object') {
    const shown = typeof value === 'string' ? likeIn(map)(value, pair.value) : String(value);
    if (isNothing) return [{ start: behindKey, end: behindKey, text: ` ${shown}` }];
    return [{ start: from, end: valueEnd(text, pair.value), text: shown }];
  }
  const end = isNothing ? behindKey : to;
  if (isFlow(map)) return [{ start: behindKey, end, text: ` ${JSON.stringify(value)}` }];
  const step = stepOf(source);
  const lines = printYaml(value, { step }).split('\n');
  return [
    { start: behindKey, end, text: '' },
    insertLines(text, lineEnd(text, end), indented(lines, mapColumn(text, map) + step)),
  ];
}

/** A block scalar's last line break stays. */
function valueEnd(text: string, node: Node | null): number {
  return node ? contentEnd(text, node) : 0;
}

function likeIn(map: YAMLMap) {
  return isFlow(map) ? flowScalarLike : scalarLike;
}

function addPair(source: YamlSource, map: YAMLMap, key: string, value: MapValue): Edit {
  const items = map.items as Pair<Node, Node | null>[];
  const sorted = isSorted(map) ? items.findIndex(pair => keyOf(pair) > key) : -1;
  const place = sorted < 0 ? items.length : sorted;
  const previous = items[place - 1];
  const like = previous ?? items[place];
  if (isFlow(map)) return intoFlow(source, { map, like, previous, key, value });
  const { text } = source;
  const column = mapColumn(text, map);
  const lines = indented(pairLines(key, value, { like, step: stepOf(source), indentLists: false }), column);
  if (previous) return insertLines(text, pairEnd(text, previous, column), lines);
  return insertLines(text, lineStart(text, like?.key.range?.[0] ?? 0), lines);
}

type FlowPair = {
  map: YAMLMap;
  like: Pair<Node, Node | null> | undefined;
  previous: Pair<Node, Node | null> | undefined;
  key: string;
  value: MapValue;
};

/** Between brackets: on a line of its own if the pair before stands on one. */
function intoFlow({ text }: YamlSource, { map, like, previous, key, value }: FlowPair): Edit {
  const shown = typeof value === 'string' ? flowScalarLike(value, like?.value) : JSON.stringify(value);
  const pair = `${flowScalarLike(key, like?.key)}: ${shown}`;
  const first = like?.key.range?.[0] ?? (map.range?.[0] ?? 0) + 1;
  const lead = text.slice(lineStart(text, first), first);
  const separator = lead.trim() === '' && lineStart(text, first) > 0 ? `,${lineEnding(text)}${lead}` : ', ';
  if (!like) return { start: first, end: first, text: ` ${pair} ` };
  if (!previous) return { start: first, end: first, text: pair + separator };
  const end = previous.value ? contentEnd(text, previous.value) : (previous.key.range?.[1] ?? 0);
  return { start: end, end, text: separator + pair };
}

function pairEnd(text: string, pair: Pair<Node, Node | null>, column: number): number {
  const isNothing = !pair.value?.range || pair.value.range[1] === pair.value.range[0];
  return isNothing ? lineEnd(text, pair.key.range?.[1] ?? 0) : blockEnd(text, pair.value as Node, column);
}

/** Spaces from a top-level key to the map below it, as the file has them. */
function stepOf({ text, documents }: YamlSource): number {
  const root = documents[0]?.contents;
  if (!isMap<Node, Node | null>(root)) return 2;
  const inner = root.items.map(({ value }) => value).find(value => isMap(value) && !isFlow(value));
  return inner ? Math.max(1, mapColumn(text, inner) - columnOf(text, root.range?.[0] ?? 0)) : 2;
}

function notAMap(source: YamlSource, node: Node | null | undefined, path: readonly string[]): UserError {
  const line = node?.range ? `:${positionOf(source, node.range[0]).line}` : '';
  const what = path.length > 0 ? path.join('.') : 'the document';
  return new UserError('E_YAML_SHAPE', `${source.name}${line}: ${what} is no map`, {
    hint: 'Mend it by hand, then run again.',
    subject: source.name,
  });
}
