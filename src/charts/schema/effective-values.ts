import { asMap, type DataMap, isDataMap, valueAt } from '../../data/fields.ts';
import type { ChartNode, InnerChart } from './chart-tree.ts';

/** The values that a chart, or one inside of it, is rendered with, and the way to them from the outermost. */
export type GivenValues = { chart: ChartNode; keys: readonly string[]; values: DataMap };

/**
 * What Helm gives a chart and each chart in it that is switched on: their defaults, what the outer ones say of them, the values
 * that all share, and over all of that the values given.
 */
export function givenValues(chart: ChartNode, given: DataMap): GivenValues[] {
  return giveTo(chart, laidOverDefaults(chart, given), []).all;
}

type Given = { values: DataMap; all: GivenValues[] };

function giveTo(chart: ChartNode, own: DataMap, keys: readonly string[]): Given {
  const inner: [string, DataMap][] = [];
  const all: GivenValues[] = [];
  for (const each of chart.inside) {
    const below = Object.hasOwn(own, each.key) ? own[each.key] : {};
    if (!isDataMap(below) || !isSwitchedOn(each, own)) continue;
    const laid = laidOverDefaults(each.chart, { ...below, global: sharedValues(below, own) });
    const found = giveTo(each.chart, laid, [...keys, each.key]);
    inner.push([each.key, found.values]);
    for (const one of found.all) all.push(one);
  }
  const values = fromEntries([...Object.entries(own), ...inner]);
  return { values, all: [{ chart, keys, values }, ...all] };
}

/** The first condition that says something counts, then tags. */
function isSwitchedOn({ key, dependency, chart }: InnerChart, values: DataMap): boolean {
  if (!dependency) return true;
  const said = (path: string): unknown => {
    const steps = path.split('.');
    const inOwn = steps[0] === key ? valueAt(chart.defaults, steps.slice(1)) : undefined;
    return valueAt(values, steps) ?? inOwn;
  };
  for (const path of (dependency.condition ?? '').split(',')) {
    const value = path.trim() === '' ? undefined : said(path.trim());
    if (typeof value === 'boolean') return value;
  }
  const tags = (dependency.tags ?? [])
    .map(tag => said(`tags.${tag}`))
    .filter(tag => typeof tag === 'boolean');
  return tags.length === 0 || tags.includes(true);
}

/** `global` of the outer chart lies over that of the inner one. */
function sharedValues(below: DataMap, own: DataMap): DataMap {
  const [inner, outer] = [asMap(below['global']), asMap(own['global'])];
  const all = new Set([...Object.keys(inner), ...Object.keys(outer)]);
  return fromEntries(
    [...all].map((key): [string, unknown] => {
      const [low, high] = [inner, outer].map(map => (Object.hasOwn(map, key) ? map[key] : undefined));
      if (!Object.hasOwn(outer, key)) return [key, low];
      if (!Object.hasOwn(inner, key)) return [key, high];
      if (isDataMap(low)) return [key, isDataMap(high) ? mergedTables(high, low, true) : low];
      return [key, high];
    }),
  );
}

/** A key that is null takes the default away; one that has no default stays null. */
function laidOverDefaults(chart: ChartNode, own: DataMap): DataMap {
  const defaults = withImports(chart);
  const inside = new Set(chart.inside.map(({ key }) => key));
  return fromEntries(
    unionOfKeys(own, defaults).flatMap((key): [string, unknown][] => {
      if (!Object.hasOwn(own, key)) return [[key, defaults[key]]];
      const [value, fallback] = [own[key], defaults[key]];
      if (value === null && Object.hasOwn(defaults, key)) return [];
      const areMaps = isDataMap(value) && isDataMap(fallback);
      return [[key, areMaps ? mergedTables(value, fallback, inside.has(key)) : value]];
    }),
  );
}

function mergedTables(high: DataMap, low: DataMap, keepsNull: boolean): DataMap {
  return fromEntries(
    unionOfKeys(high, low).flatMap((key): [string, unknown][] => {
      if (!Object.hasOwn(high, key)) return [[key, low[key]]];
      const [value, fallback] = [high[key], low[key]];
      if (value === null && !keepsNull && Object.hasOwn(low, key)) return [];
      const areMaps = isDataMap(value) && isDataMap(fallback);
      return [[key, areMaps ? mergedTables(value, fallback, keepsNull) : value]];
    }),
  );
}

const MOST_IMPORTS = 50;
const imported = new WeakMap<ChartNode, DataMap>();

/** What a chart takes over of the charts in it lies below its own defaults. */
function withImports(chart: ChartNode): DataMap {
  const known = imported.get(chart);
  if (known) return known;
  let laid = chart.defaults;
  for (const { key, dependency, chart: inner } of chart.inside) {
    const items = (dependency?.importValues ?? []).slice(0, MOST_IMPORTS);
    if (items.length === 0) continue;
    const below = mergedTables(asMap(chart.defaults[key]), withImports(inner), true);
    for (const item of items) {
      const { from, to } = importOf(item);
      const found = valueAt(below, from);
      if (from.length > 0 && isDataMap(found)) laid = mergedTables(laid, nested(to, found), true);
    }
  }
  imported.set(chart, laid);
  return laid;
}

function importOf(item: unknown): { from: string[]; to: string[] } {
  if (typeof item === 'string') return { from: ['exports', item], to: [] };
  const { child, parent } = asMap(item);
  if (typeof child !== 'string' || typeof parent !== 'string') return { from: [], to: [] };
  return { from: child.split('.'), to: parent === '.' ? [] : parent.split('.') };
}

function nested(way: readonly string[], value: DataMap): DataMap {
  return way.reduceRight<DataMap>((inner, key) => fromEntries([[key, inner]]), value);
}

function unionOfKeys(a: DataMap, b: DataMap): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** A key such as `__proto__` stays a key. */
function fromEntries(entries: Iterable<readonly [string, unknown]>): DataMap {
  return Object.fromEntries(entries);
}
