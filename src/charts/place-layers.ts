import { readValues } from './chart-values.ts';
import { type ChartUse, placeId, type ValuesPlace } from '../deliveries/chart-use.ts';
import { ownFailure } from '../errors.ts';
import { changedValues, type OtherLayers, type LayerData } from '../values/layers.ts';
import type { OurValues } from '../values/values-diff.ts';
import { parseRepeating, toData } from '../yaml/source.ts';

/** The values of a place. */
export type ReadValues = Omit<OurValues, 'name'>;

/** The values of a place, or why they cannot be had; undefined for what nobody can look into here. */
export type PlaceText = { place: ValuesPlace; read: ReadValues | { error: unknown } | undefined };

/** What people call a place of values. */
export function placeName(place: ValuesPlace): string {
  if (place.kind === 'opaque') return place.what;
  return place.kind === 'file' ? place.path : placeId(place.at);
}

/** What else gives the chart values beside one of the places of a use, which come from low to high. */
export function layersBeside(places: readonly PlaceText[], own: PlaceText): OtherLayers {
  const others = places.filter(place => place !== own);
  const seen = others.map(({ place, read }) => ({ name: placeName(place), data: dataOf(read) }));
  const unseen = seen.find(({ data }) => data === undefined)?.name;
  const below = seen
    .slice(0, places.indexOf(own))
    .flatMap(({ name, data }): LayerData[] => (data === undefined ? [] : [{ name, data: data.values }]));
  return { below, unseen };
}

function dataOf(read: PlaceText['read']): { values: unknown } | undefined {
  if (!read || 'error' in read) return undefined;
  try {
    return { values: toData(parseRepeating(read.text(), '')) };
  } catch (error) {
    ownFailure(error);
    return undefined;
  }
}

/** Whether a chart gets the same from a use with another text in one of its places. */
export function isSameWith(
  { defaults, name }: { defaults: string; name: ChartUse['name'] },
  places: readonly PlaceText[],
  { own, text }: { own: PlaceText; text: string },
): boolean {
  const valuesOf = (all: readonly PlaceText[]): unknown[] => all.map(({ read }) => dataOf(read)?.values);
  const after = places.map(each => (each === own ? { ...each, read: { text: () => text } } : each));
  return changedValues(readValues(defaults, name), valuesOf(places), valuesOf(after)).length === 0;
}
