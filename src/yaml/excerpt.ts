import { isMap } from 'yaml';
import { nodeAt, type Step } from './nodes.ts';
import { printYaml } from './print.ts';
import type { YamlSource } from './source.ts';
import { columnOf, lineStart } from './text.ts';

/**
 * The value at a path as a text of its own: the lines of a block map, moved to the left, with their comments; anything else as
 * YAML of its data. Undefined where nothing is there.
 */
export function excerptAt(
  { text, documents }: YamlSource,
  document: number,
  path: readonly Step[],
): string | undefined {
  const tree = documents[document];
  const node = nodeAt(tree?.contents, path);
  if (!tree || !node) return undefined;
  const block = isMap(node) && !node.flow && node.range ? linesOf(text, node.range) : undefined;
  // An alias may lead out of the lines, and an anchor stands in front of them.
  return block === undefined || /(?:^|[\s:[{,-])\*\S/m.test(block)
    ? `${printYaml(node.toJS(tree, { maxAliasCount: 10_000 }))}\n`
    : block;
}

function linesOf(text: string, [start, , end]: readonly [number, number, number]): string | undefined {
  const column = columnOf(text, start);
  const lines = text.slice(lineStart(text, start), end);
  if (text.slice(lineStart(text, start), start).trim() !== '') return undefined;
  return lines.replaceAll(/^.*$/gm, line => line.replace(new RegExp(`^ {0,${column}}`), ''));
}
