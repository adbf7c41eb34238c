import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

export type Position = { line: number; column: number };

/** A key of a map or an index of a list. */
export type Step = string | number;

/** Line and column (from 1) of a character offset. */
export function positionOf(source: { readonly lines: LineCounter }, offset: number): Position {
  const { line, col } = source.lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node at a path of keys and indexes, if it exists. Aliases are not followed. */
export function nodeAt(root: Node | null | undefined, path: readonly Step[]): Node | undefined {
  let node = root ?? undefined;
  for (const step of path) {
    const child: unknown = isCollection(node) ? node.get(step, true) : undefined;
    node = child === undefined || child === null ? undefined : (child as Node);
  }
  return node;
}

/** The pair of a map with this key. */
export function pairOf(node: Node | null | undefined, key: string): Pair<Node, Node | null> | undefined {
  if (!isMap(node)) return undefined;
  return (node as YAMLMap<Node, Node | null>).items.find(pair => keyOf(pair) === key);
}

/** A pair's key as Helm sees it: every scalar key is a string. */
export function keyOf(pair: Pair<Node, Node | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Scalars as they were written; maps and lists as data. */
export function textAt(root: Node | null | undefined, path: readonly Step[]): string | undefined {
  const node = nodeAt(root, path);
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** Whether a document is a map, or has no content yet. */
export function isMapOrNothing(root: Node | undefined): boolean {
  return root === undefined || isMap(root) || (isScalar(root) && root.value === null);
}

/** The strings of the list at a path, in order. */
export function stringsAt(root: Node | undefined, path: readonly Step[]): string[] {
  const list = nodeAt(root, path);
  if (!isSeq(list)) return [];
  return list.items.flatMap(item => (isScalar(item) && typeof item.value === 'string' ? [item.value] : []));
}

/** The maps of the list at a path, in order. */
export function mapsAt(root: Node | undefined, path: readonly Step[]): YAMLMap[] {
  const list = nodeAt(root, path);
  return isSeq(list) ? list.items.filter(item => isMap(item)) : [];
}

/** The keys of a map in the order written. */
export function keysOf(node: Node | undefined): string[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(pair => (isScalar(pair.key) ? [String(pair.key.value)] : []));
}

/** The strings of the list at a path, with the comments that belong to each. */
export function scalarsAt(
  root: Node | undefined,
  path: readonly Step[],
): { text: string; comment: string | undefined }[] {
  const list = nodeAt(root, path);
  if (!isSeq(list)) return [];
  return list.items.flatMap(item =>
    isScalar(item) && typeof item.value === 'string'
      ? [{ text: item.value, comment: joinComments(item.commentBefore, item.comment) }]
      : [],
  );
}

/** What is written right above a pair and behind its value. */
export function commentOf(pair: Pair<Node, Node | null> | undefined): string | undefined {
  return joinComments(pair?.key.commentBefore, pair?.value?.comment);
}

function joinComments(...comments: (string | null | undefined)[]): string | undefined {
  const lines = comments.flatMap(comment => comment?.split('\n') ?? []).map(line => line.trim());
  const text = lines.filter(line => line !== '').join(' ');
  return text === '' ? undefined : text;
}
