import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { nodeAt, type Step } from './nodes.ts';

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
