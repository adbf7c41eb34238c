import { isMap, type Node, type YAMLMap } from 'yaml';
import { isRecord } from '../manifest.ts';
import { applyEdits, columnOf, type Edit, lineEnd, lineEnding, lineStart } from './edit.ts';
import { printYaml } from './print.ts';
import { setValue } from './set-value.ts';
import { nodeAt, pairOf, parseSource, type YamlSource } from './source.ts';

/** A key by its path, and what it becomes. */
export type ValueChange = { path: readonly string[]; value: unknown };

/**
 * Gives keys of a values file new values, one after the other. A key that exists keeps its place and its comments; one
 * that does not is added to the deepest map on its path, as its first key, or at the end of the file. Every other byte
 * stays.
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
    const [key = '', ...rest] = path.slice(depth);
    if (pairOf(parent, key)) {
      const whole = rest.length === 0 ? value : beside(nodeAt(parent, [key]), nested(rest, value));
      return setValue(source, path.slice(0, depth + 1), whole);
    }
    if (depth > 0 && isBlockMap(parent))
      return [addFirst(source.text, parent, nested([key, ...rest], value))];
  }
  return [atEnd(source.text, nested(path, value))];
}

/** `['a', 'b']` and a value are `{ a: { b: value } }`. */
function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

/** A new key beside those that a map between braces has. */
function beside(node: Node | undefined, added: unknown): unknown {
  return isMap(node) && isRecord(added) ? { ...(node.toJSON() as object), ...added } : added;
}

function isBlockMap(node: Node | null | undefined): node is YAMLMap<Node> {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}

/** Above the first key and the comments that belong to it. */
function addFirst(text: string, map: YAMLMap<Node>, entry: unknown): Edit {
  const first = map.items[0]?.key.range?.[0] ?? 0;
  const indent = columnOf(text, first);
  const at = aboveComments(text, lineStart(text, first));
  const lines = `${' '.repeat(indent)}${printYaml(entry, { indent })}\n`;
  return { start: at, end: at, text: lines.replaceAll('\n', lineEnding(text)) };
}

function aboveComments(text: string, start: number): number {
  const previous = lineStart(text, start - 1);
  const isComment = text.slice(previous, lineEnd(text, previous)).trim().startsWith('#');
  return isComment ? aboveComments(text, previous) : start;
}

/** A new key of the file itself: what stands above the first one speaks about the whole file. */
function atEnd(text: string, entry: unknown): Edit {
  const eol = lineEnding(text);
  const isOpen = text !== '' && !text.endsWith('\n');
  const lines = `${printYaml(entry)}\n`.replaceAll('\n', eol);
  return { start: text.length, end: text.length, text: isOpen ? eol + lines : lines };
}
