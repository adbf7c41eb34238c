import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { nodeAt, type Step } from './source.ts';

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

/** The pairs of a map in the order written; undefined if the node is none. */
export function pairsOf(node: Node | null | undefined): Pair<Node, Node | null>[] | undefined {
  return isMap(node) ? (node as YAMLMap<Node, Node | null>).items : undefined;
}

export function isList(node: Node | null | undefined): boolean {
  return isSeq(node);
}
