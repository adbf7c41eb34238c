import { type CST, isCollection, isScalar, type LineCounter, type Node, type Pair } from 'yaml';

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

/** A text behind `>`, whose lines are not its own. */
export function isFoldedAt(root: Node | null | undefined, path: readonly Step[]): boolean {
  const node = nodeAt(root, path);
  return isScalar(node) && node.type === 'BLOCK_FOLDED';
}

/** `key: value` or `? key` and `: value`; no key that is a map, a list or an alias. */
export function isPlainPair(text: string, pair: Pair<Node, Node | null>): boolean {
  const { key, value, srcToken } = pair;
  if (!isScalar(key) || !srcToken?.sep) return false;
  const { indicator } = readTokens(srcToken.sep, 'map-value-ind');
  if (indicator < 0) return false;
  if (explicitAt(pair) === undefined) return true;
  // `: a: 1` begins a map behind the colon, and a comment may stand between key and value: too unusual to edit.
  const startsBehind = !text.slice(indicator, value?.range?.[0] ?? indicator).includes('\n');
  const isCompact = startsBehind && isCollection(value) && !value.flow;
  return !isCompact && text.slice(key.range?.[1] ?? 0, indicator).trim() === '';
}

/** Where the `?` of an explicit key stands. */
export function explicitAt({ srcToken }: Pair<Node, Node | null>): number | undefined {
  return srcToken?.start.find(token => token.type === 'explicit-key-ind')?.offset;
}

/** Finds the colon or the dash, and the anchor and tag behind it. */
export function readTokens(tokens: readonly CST.SourceToken[] = [], indicator: CST.SourceToken['type']) {
  let at = -1;
  let start = -1;
  let end = -1;
  for (const { type, offset, source } of tokens) {
    if (type === indicator) at = offset;
    if (type !== 'anchor' && type !== 'tag') continue;
    if (start < 0) start = offset;
    end = offset + source.length;
  }
  return { indicator: at, properties: start < 0 ? { start: at + 1, end: at + 1 } : { start, end } };
}
