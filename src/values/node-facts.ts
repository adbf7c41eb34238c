import type { YamlNode, Value } from '../yaml/syntax-tree.ts';
import type { ValuePath } from './flatten.ts';
import type { MergeNode } from './merge-nodes.ts';

/** The same data, or the same alias: what an alias stands for is merged where its anchor is. */
export function same(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.value.kind === 'alias' && b.value.kind === 'alias') return a.value.scalar === b.value.scalar;
  return a.value.meaning === b.value.meaning;
}

/** The same default: `{}`, `[]`, `""` and nothing at all are one, since an empty form that changes changes nothing. */
export function sameDefault(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  return same(a, b) || (a !== undefined && b !== undefined && isEmpty(a) && isEmpty(b));
}

/** Of whatever type: `{}`, `[]`, `""`, or nothing. */
export function isEmpty({ value }: YamlNode): boolean {
  if (value.type === 'null' || value.scalar === '') return true;
  return (value.kind === 'map' || value.kind === 'list') && !value.opaque && value.entries.length === 0;
}

/** A map whose entries can be edited one by one; `{}` is one. */
export function isMap(entry: YamlNode | undefined): entry is YamlNode {
  return entry?.value.kind === 'map' && !entry.value.opaque;
}

/** A map with entries. */
export function isFilledMap(entry: YamlNode | undefined): entry is YamlNode {
  return isMap(entry) && entry.value.entries.length > 0;
}

/** A map without entries. */
export function isEmptyMap(entry: YamlNode | undefined): boolean {
  return isMap(entry) && entry.value.entries.length === 0;
}

/** A list whose items can be edited one by one; `[]` is one. */
export function isList(entry: YamlNode | undefined): entry is YamlNode {
  return entry?.value.kind === 'list' && !entry.value.opaque;
}

/** Nothing written, `~`, or `null`. */
export function isNull(entry: YamlNode | undefined): boolean {
  return entry?.value.type === 'null';
}

/** Written with a line of its own for each entry. */
export function isBlock(value: Value): boolean {
  return value.layout === 'block' || value.layout === 'compact';
}

/** The place of an entry in its file. */
export function placeInFile(entry: YamlNode): ValuePath {
  return entry.parent ? `${placeInFile(entry.parent)}\0${entry.key}` : String(entry.key);
}

/** The place of a node, as proofs compare them. */
export function placeOf(node: MergeNode): ValuePath {
  return node.parent ? `${placeOf(node.parent)}\0${node.key}` : String(node.key);
}
