import { isSeq } from 'yaml';
import { pairOf, positionOf } from './nodes.ts';
import type { YamlSource } from './source.ts';

/** Spaces between a top-level key's column and the dashes of its block list; undefined if it holds none. */
export function listIndent(source: YamlSource, key: string): number | undefined {
  const pair = pairOf(source.documents[0]?.contents, key);
  const list = pair?.value;
  if (!pair || !isSeq(list) || list.flow || list.items.length === 0) return undefined;
  const keyColumn = positionOf(source, pair.key.range?.[0] ?? 0).column;
  return positionOf(source, list.range?.[0] ?? 0).column - keyColumn;
}
