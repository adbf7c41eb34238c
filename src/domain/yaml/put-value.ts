import { isMap, type Node, type YAMLMap } from 'yaml';
import { isRecord } from '../manifest.ts';
import { applyEdits, columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { printYaml } from './print.ts';
import { setValue } from './set-value.ts';
import { nodeAt, pairOf, parseSource, type YamlSource } from './source.ts';

/** A key by its path, and what it becomes. */
export type ValueChange = { path: string[]; value: unknown };

/**
 * Gives keys of a values file new values, one after the other. A key that exists keeps its place and its comments; one
 * that does not is added to the deepest map on its path, as its first key. Every other byte stays.
 * @throws UserError E_YAML_SHAPE for a key that is shared through an anchor or alias
 */
export function putValues(text: string, changes: readonly ValueChange[], name: string): string {
  return changes.reduce((current, change) => {
    const source = parseSource(current, name);
    return applyEdits(current, putValue(source, change));
  }, text);
}

function putValue(source: YamlSource, { path, value }: ValueChange): Edit[] {
  const root = source.documents[0]?.contents;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const parent = nodeAt(root, path.slice(0, depth));
    const isThere = pairOf(parent, path[depth] ?? '') !== undefined;
    const rest = path.slice(depth + 1).reduceRight((inner, key) => ({ [key]: inner }), value);
    if (isThere)
      return setValue(source, path.slice(0, depth + 1), beside(nodeAt(parent, [path[depth] ?? '']), rest));
    if (isBlockMap(parent)) return [addFirst(source, parent, { [path[depth] ?? '']: rest })];
  }
  return [
    { start: source.text.length, end: source.text.length, text: `${printYaml(nested(path, value))}\n` },
  ];
}

/** A new key beside those that a map between braces has. */
function beside(node: Node | undefined, value: unknown): unknown {
  return isMap(node) && isRecord(value) ? { ...(node.toJSON() as object), ...value } : value;
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function isBlockMap(node: Node | null | undefined): node is YAMLMap<Node> {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}

/** Above the first key and the comments that belong to it. */
function addFirst({ text }: YamlSource, map: YAMLMap<Node>, entry: object): Edit {
  const first = map.items[0]?.key.range?.[0] ?? 0;
  const indent = columnOf(text, first);
  const at = aboveComments(text, lineStart(text, first));
  const lines = `${' '.repeat(indent)}${printYaml(entry, { indent })}\n`;
  return { start: at, end: at, text: lines.replaceAll('\n', lineEnding(text)) };
}

function aboveComments(text: string, start: number): number {
  for (let at = start; at > 0;) {
    const previous = lineStart(text, at - 1);
    if (!text.slice(previous, lineEnd(text, previous)).trim().startsWith('#')) return at;
    at = previous;
  }
  return 0;
}
