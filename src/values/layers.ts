import { isDeepStrictEqual } from 'node:util';
import { isDataMap } from '../data/fields.ts';
import { mergeMaps } from './merge-maps.ts';
import { pathText } from './path.ts';

/** The values of one of the places that give a chart values. */
export type LayerData = { name: string; data: unknown };

/** What else gives a chart values beside one place. */
export type OtherLayers = {
  /** Those that it lies over, from low to high. */
  below: readonly LayerData[];
  /** What of all of them cannot be seen here; undefined where everything can. */
  unseen: string | undefined;
};

/** A place that is the only one. */
export const NO_OTHER_LAYERS: OtherLayers = { below: [], unseen: undefined };

/** Where a lower layer says something else; without `value` where nobody can see what it says. */
export type SaidBelow = { place: string; value?: unknown };

/**
 * What would come up, or might, if a place no longer said at a path what the defaults say too: the highest of the layers below
 * that says something else there. Each counts by itself, since overlays lie over one base without each other.
 */
export function otherwiseBelow(
  { below, unseen }: OtherLayers,
  keys: readonly string[],
  value: unknown,
): SaidBelow | undefined {
  for (const { name, data } of below.toReversed()) {
    const said = saidAt(data, keys);
    if (said !== undefined && (value === null || !isDeepStrictEqual(plain(said.value), plain(value))))
      return { place: name, value: said.value };
  }
  return unseen === undefined ? undefined : { place: unseen };
}

/** What values say at a path, or instead of a map on the way to it. */
function saidAt(data: unknown, keys: readonly string[]): { value: unknown } | undefined {
  // An empty file.
  if (!isDataMap(data)) return undefined;
  let at: unknown = data;
  for (const key of keys) {
    if (!isDataMap(at)) return { value: at };
    if (!Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return { value: at };
}

/**
 * The paths at which a chart gets other values from some layers than from others, each from low to high, laid over its defaults
 * as Helm does it.
 */
export function changedValues(
  defaults: unknown,
  before: readonly unknown[],
  after: readonly unknown[],
): string[] {
  const [old, now] = [before, after].map(layers => laidOver(defaults, layers));
  return differences(old, now, []);
}

function laidOver(defaults: unknown, layers: readonly unknown[]): unknown {
  const own = layers.reduce<Record<string, unknown>>(
    (low, high) => mergeMaps(low, isDataMap(high) ? high : {}),
    {},
  );
  return coalesced(defaults, own);
}

/** `null` takes a default away. */
function coalesced(defaults: unknown, own: unknown): unknown {
  if (!isDataMap(own)) return own;
  const base = isDataMap(defaults) ? defaults : {};
  const keys = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries(
    [...keys].flatMap((key): [string, unknown][] => {
      if (!Object.hasOwn(own, key)) return [[key, base[key]]];
      return own[key] === null ? [] : [[key, coalesced(base[key], own[key])]];
    }),
  );
}

/** A map that holds nothing, and none, are the same. */
function differences(old: unknown, now: unknown, keys: readonly string[]): string[] {
  const [a, b] = [old ?? {}, now ?? {}];
  if (!isDataMap(a) || !isDataMap(b)) return isDeepStrictEqual(plain(a), plain(b)) ? [] : [pathText(keys)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap(key =>
    differences(a[key], b[key], [...keys, key]),
  );
}

/** Without what only tells how it was made: maps with or without a prototype. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isDataMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
