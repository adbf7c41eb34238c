import { isDataMap } from '../data/fields.ts';
import { dataOf } from '../yaml/data.ts';
import type { YamlNode } from '../yaml/syntax-tree.ts';
import { type Contested, decisionAt } from './decisions.ts';
import type { KeyMove } from './merge-nodes.ts';
import { isEmpty, isFilledMap, isList, same } from './node-facts.ts';
import { pathOf, stepText } from './path.ts';
import type { ContestedKind, Decision } from './plan.ts';

/** Where ours belongs now that the default is of another kind. */
export type Home = {
  /** The value of base and ours, and the entry of theirs that it stands for; undefined where the key is written anew. */
  readonly move: KeyMove | undefined;
  /** The way to it below the key: `.port`; empty where the key itself holds it now. */
  readonly steps: string;
  /** What the key holds with ours there, and what of that is ours alone. */
  readonly merged: unknown;
  readonly own: unknown;
};

/**
 * A single value that went into a map or a list (`service: 80`, `service: { port: 80 }`), or came out of one. Undefined unless
 * there is one place for it, and nothing else of ours would be lost.
 */
export function homeOf({ base, ours, theirs }: Contested): Home | undefined {
  if (isSingle(base) && isSingle(ours)) return intoOne(base, ours, theirs);
  return isSingle(theirs) ? outOfOne(base, ours, theirs) : undefined;
}

/** The decision about it: merged puts ours there. */
export function retypedDecision(
  node: Contested,
  { steps, merged }: Pick<Home, 'steps' | 'merged'>,
): Decision & { kind: ContestedKind } {
  return { ...decisionAt(node, merged), ...(steps === '' ? {} : { to: pathOf(node) + steps }) };
}

function isSingle(entry: YamlNode): boolean {
  return entry.value.kind === 'scalar' && !isEmpty(entry);
}

function intoOne(base: YamlNode, ours: YamlNode, theirs: YamlNode): Home | undefined {
  if (!isFilledMap(theirs) && !isList(theirs)) return undefined;
  const leaves = leavesIn(theirs);
  const equal = leaves.filter(leaf => same(leaf, base));
  const alike = leaves.filter(leaf => leaf.parent === theirs && leaf.value.type === base.value.type);
  const target = onlyOne(equal) ?? (equal.length === 0 && isFilledMap(theirs) ? onlyOne(alike) : undefined);
  if (!target) return undefined;
  const keys = keysBelow(target, theirs);
  const value = dataOf(ours.value);
  return {
    move: keys.some(isNumber) ? undefined : { base, ours, theirs: target },
    steps: keys.map(stepText).join(''),
    merged: withAt(dataOf(theirs.value), keys, value),
    own: withAt(isList(theirs) ? [] : {}, keys, value),
  };
}

/** Of ours one thing alone is the team's, and that is what the default was of which one is left. */
function outOfOne(base: YamlNode, ours: YamlNode, theirs: YamlNode): Home | undefined {
  const own = customisedIn(base, ours);
  const [entry] = own;
  const was = own.length === 1 && entry ? entryAt(base, keysBelow(entry, ours)) : undefined;
  const isIt = was && (same(was, theirs) || (isOnly(was) && was.value.type === theirs.value.type));
  if (!entry || !isIt || !isSingle(entry)) return undefined;
  const value = dataOf(entry.value);
  const isInList = keysBelow(entry, ours).some(isNumber);
  const move = isInList ? undefined : { base: was, ours: entry, theirs };
  return { move, steps: '', merged: value, own: value };
}

function isNumber(key: string | number): boolean {
  return typeof key === 'number';
}

function isOnly({ parent }: YamlNode): boolean {
  return parent?.value.entries.length === 1;
}

function leavesIn(entry: YamlNode): YamlNode[] {
  const { kind, entries } = entry.value;
  if (kind === 'scalar') return [entry];
  return kind === 'map' || kind === 'list' ? entries.flatMap(leavesIn) : [];
}

/** The leaves of ours that base has not, or has otherwise. */
function customisedIn(base: YamlNode | undefined, ours: YamlNode): YamlNode[] {
  if (same(base, ours)) return [];
  const { kind, entries } = ours.value;
  if (kind !== 'map' && kind !== 'list') return [ours];
  if (entries.length === 0) return [];
  return entries.flatMap(entry => customisedIn(base && entryAt(base, [entry.key]), entry));
}

function entryAt(entry: YamlNode, keys: readonly (string | number)[]): YamlNode | undefined {
  return keys.reduce<YamlNode | undefined>(
    (at, key) => at?.value.entries.find(each => each.key === key),
    entry,
  );
}

function keysBelow(entry: YamlNode, top: YamlNode): (string | number)[] {
  return entry === top || !entry.parent ? [] : [...keysBelow(entry.parent, top), entry.key];
}

function withAt(data: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data)) {
    const items: unknown[] = data.length > 0 ? data : [undefined];
    return items.map((item, index) => (index === key ? withAt(item, rest, value) : item));
  }
  const fields = Object.entries(isDataMap(data) ? data : {});
  const inner = fields.find(([name]) => name === key)?.[1] ?? (typeof rest[0] === 'number' ? [] : {});
  const changed: [string, unknown] = [String(key), withAt(inner, rest, value)];
  const isNew = !fields.some(([name]) => name === key);
  return Object.fromEntries([
    ...fields.map(field => (field[0] === key ? changed : field)),
    ...(isNew ? [changed] : []),
  ]);
}

function onlyOne<T>([first, ...others]: readonly T[]): T | undefined {
  return others.length === 0 ? first : undefined;
}
