import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Step } from './nodes.ts';

/** Every string value below a node, with the way to it. Aliases are not followed. */
export function stringsBelow(
  node: Node | null | undefined,
  path: readonly Step[] = [],
): { path: Step[]; text: string }[] {
  if (isScalar(node)) return typeof node.value === 'string' ? [{ path: [...path], text: node.value }] : [];
  if (isSeq<Node>(node)) return node.items.flatMap((item, index) => stringsBelow(item, [...path, index]));
  if (!isMap<Node, Node | null>(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    isScalar(key) ? stringsBelow(value, [...path, String(key.value)]) : [],
  );
}
