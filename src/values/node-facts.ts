import type { YamlNode, Value } from '../yaml/syntax-tree.ts';
import type { ValuePath } from './flatten.ts';
import { pathText } from './path.ts';
import type { MergeNode } from './merge-nodes.ts';

/** The same data, or the same alias: what an alias stands for is merged where its anchor is. */
export function same(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.value.kind === 'alias' && b.value.kind === 'alias') return a.value.scalar === b.value.scalar;
  return a.value.meaning === b.value.meaning;
}

/** A map whose entries can be edited one by one; `{}` is one. */
export function isMap(entry: YamlNode | undefined): entry is YamlNode {
  return entry?.value.kind === 'map' && !entry.value.opaque;
}

export function isFilledMap(entry: YamlNode | undefined): entry is YamlNode {
  return isMap(entry) && entry.value.entries.length > 0;
}

export function isEmptyMap(entry: YamlNode | undefined): boolean {
  return isMap(entry) && entry.value.entries.length === 0;
}

export function isList(entry: YamlNode | undefined): entry is YamlNode {
  return entry?.value.kind === 'list' && !entry.value.opaque;
}

export function isNull(entry: YamlNode | undefined): boolean {
  return entry?.value.type === 'null';
}

/** Written with a line of its own for each entry. */
export function isBlock(value: Value): boolean {
  return value.layout === 'block' || value.layout === 'compact';
}

/** Where a slot is, from the root of its document. */
export function pathOf(slot: MergeNode): string {
  const keys: (string | number)[] = [];
  let at = slot;
  for (; at.parent; at = at.parent) keys.push(at.key);
  const path = pathText(keys.toReversed());
  return at.key === 0 ? path : `document ${Number(at.key) + 1}: ${path}`;
}

export function placeOf(slot: MergeNode): ValuePath {
  return slot.parent ? `${placeOf(slot.parent)}\0${slot.key}` : String(slot.key);
}
