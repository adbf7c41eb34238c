import type { Value, YamlNode } from '../yaml/syntax-tree.ts';
import { align, type Pairing } from './longest-common.ts';

/** Fields that name an item of a list in Kubernetes, alone or together, the surest first; of several the first has to be there. */
const NAMING: readonly (readonly string[])[] = [
  ['name'],
  ['key'],
  ['host'],
  ['hostname'],
  ['ip'],
  ['mountPath'],
  ['containerPort'],
  ['port'],
  ['path'],
  ['id'],
  ['type'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['name', 'namespace'],
  ['name', 'kind'],
  ['name', 'kind', 'namespace'],
  ['host', 'path'],
  ['key', 'operator', 'value', 'effect'],
];

/**
 * What names each item: its naming field, or itself for a scalar. Undefined unless every item of every list has
 * one that no other item of its list shares: then nobody can be sure which item is which.
 */
export function identitiesIn(
  lists: readonly (readonly YamlNode[])[],
): ((item: YamlNode) => string) | undefined {
  if (lists.every(list => list.every(item => item.value.kind === 'scalar')))
    return uniqueIn(lists, ownIdentity);
  for (const fields of NAMING) {
    const identity = uniqueIn(lists, item => fieldIdentity(item, fields));
    if (identity) return identity;
  }
  return undefined;
}

/** Pairs the items of two lists in order: by what names them, else by equal value, then by position where both changed. */
export function matchItems(a: readonly YamlNode[], b: readonly YamlNode[]): Pairing[] {
  const identity = identitiesIn([a, b]) ?? ownIdentity;
  return fillGaps(a, b, align(a.map(identity), b.map(identity)));
}

function uniqueIn(
  lists: readonly (readonly YamlNode[])[],
  identity: (item: YamlNode) => string | undefined,
): ((item: YamlNode) => string) | undefined {
  const certain = lists.every(list => {
    const names = new Set(list.map(identity));
    return names.size === list.length && !names.has(undefined);
  });
  return certain ? item => identity(item) ?? '' : undefined;
}

function ownIdentity(item: YamlNode): string {
  return String(item.value.meaning);
}

function fieldIdentity({ value }: YamlNode, fields: readonly string[]): string | undefined {
  const [first, ...others] = fields.map(field => scalarAt(value, field));
  return first && [first, ...others.map(other => other ?? '')].join('\0');
}

function scalarAt({ kind, entries }: Value, field: string): string | undefined {
  const named = kind === 'map' ? entries.find(({ key }) => key === field) : undefined;
  return named?.value.kind === 'scalar' ? String(named.value.meaning) : undefined;
}

/** Items between two pairs pair up one by one if they are as many on both sides and alike. */
function fillGaps(a: readonly YamlNode[], b: readonly YamlNode[], pairs: readonly Pairing[]): Pairing[] {
  const filled: Pairing[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    const many = nextI - i === nextJ - j ? nextI - i : 0;
    for (let step = 0; step < many; step++)
      if (alike(a[i + step], b[j + step])) filled.push([i + step, j + step]);
    if (nextI < a.length && nextJ < b.length) filled.push([nextI, nextJ]);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return filled;
}

/** Two scalars, or two maps that have at least half of the fields of the smaller one in common. */
function alike(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (!a || !b || a.value.kind !== b.value.kind) return false;
  if (a.value.kind !== 'map') return a.value.kind === 'scalar';
  const fields = new Set(b.value.entries.map(entry => entry.key));
  const shared = a.value.entries.filter(entry => fields.has(entry.key)).length;
  return shared * 2 >= Math.min(a.value.entries.length, b.value.entries.length);
}
