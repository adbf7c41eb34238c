import type { Meaning } from '../yaml/meanings.ts';
import { fieldsOf } from '../yaml/said.ts';
import type { SyntaxTree, Value } from '../yaml/syntax-tree.ts';
import { stepText } from './path.ts';

/** The number of the document and the keys below, joined by NUL: a path that can be cut anywhere. */
export type ValuePath = string;

/** What a file says, leaf by leaf: lists, scalars and empty maps. */
export type Leaves = ReadonlyMap<ValuePath, Meaning>;

const MOST_LEAVES = 200_000;

/** Follows aliases and `<<`. Past a bound that only alias bombs reach, an alias counts as one leaf. */
export function flatten({ documents }: SyntaxTree): Leaves {
  const leaves = new Map<ValuePath, Meaning>();
  for (const { key, value } of documents) if (value.type !== 'null') collect(leaves, value, String(key));
  return leaves;
}

function collect(leaves: Map<ValuePath, Meaning>, value: Value, place: ValuePath): void {
  const held = leaves.size < MOST_LEAVES ? (value.target ?? value) : value;
  if (held.kind !== 'map' || held.opaque || held.entries.length === 0) leaves.set(place, value.meaning);
  else for (const [key, field] of fieldsOf(held.entries)) collect(leaves, field, `${place}\0${key}`);
}

/** A place and all places above it. */
export function upwards(place: ValuePath): ValuePath[] {
  const places = [place];
  for (let end = place.lastIndexOf('\0'); end >= 0; end = place.lastIndexOf('\0', end - 1))
    places.push(place.slice(0, end));
  return places;
}

/** A place as people write it: `server.hosts[0]`. */
export function placeText(place: ValuePath): string {
  return place.split('\0').slice(1).map(stepText).join('').replace(/^\./, '');
}
