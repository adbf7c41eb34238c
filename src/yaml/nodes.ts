import { isCollection, isScalar, type LineCounter, type Node, type Pair } from 'yaml';

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
