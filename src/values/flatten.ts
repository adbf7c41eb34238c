import type { Meaning } from '../yaml/meanings.ts';
import { fieldsOf, type Outline, type Value } from '../yaml/outline.ts';
import { stepText } from './path.ts';

/** The number of the document and the keys below, joined by NUL: a path that can be cut anywhere. */
export type Place = string;

/** What a file says, leaf by leaf: lists, scalars and empty maps. */
export type Leaves = ReadonlyMap<Place, Meaning>;

const MOST_LEAVES = 200_000;

/** Follows aliases and `<<`. Past a bound that only alias bombs reach, an alias counts as one leaf. */
export function flatten({ documents }: Outline): Leaves {
  const leaves = new Map<Place, Meaning>();
  for (const { key, value } of documents) if (value.type !== 'null') collect(leaves, value, String(key));
  return leaves;
}

function collect(leaves: Map<Place, Meaning>, value: Value, place: Place): void {
  const held = leaves.size < MOST_LEAVES ? (value.target ?? value) : value;
  if (held.kind !== 'map' || held.opaque || held.entries.length === 0) leaves.set(place, value.meaning);
  else for (const [key, field] of fieldsOf(held.entries)) collect(leaves, field, `${place}\0${key}`);
}

/** A place and all places above it. */
export function upwards(place: Place): Place[] {
  const places = [place];
  for (let end = place.lastIndexOf('\0'); end >= 0; end = place.lastIndexOf('\0', end - 1))
    places.push(place.slice(0, end));
  return places;
}

export function placeText(place: Place): string {
  return place.split('\0').slice(1).map(stepText).join('').replace(/^\./, '');
}
