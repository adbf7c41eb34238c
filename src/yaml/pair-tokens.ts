import { type CST, isCollection, isScalar, type Node, type Pair } from 'yaml';
import { isBlank, lineEnd, lineStart } from './text.ts';

/** `key: value` or `? key` and `: value`; no key that is a map, a list or an alias. */
export function isPlainPair(text: string, pair: Pair<Node, Node | null>): boolean {
  const { key, value, srcToken } = pair;
  if (!isScalar(key) || !srcToken?.sep) return false;
  const { indicator } = readTokens(srcToken.sep, 'map-value-ind');
  if (indicator < 0) return false;
  if (explicitAt(pair) === undefined) return true;
  // `: a: 1` begins a map behind the colon, and a comment may stand between key and value: too unusual to edit.
  const startsBehind = lineStart(text, value?.range?.[0] ?? indicator) <= indicator;
  const isCompact = startsBehind && isCollection(value) && !value.flow;
  return !isCompact && isBlank(text, key.range?.[1] ?? 0, lineEnd(text, key.range?.[1] ?? 0) - 1);
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
