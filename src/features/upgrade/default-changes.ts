import { readValues } from '../../charts/chart-values.ts';
import type { PulledChart } from '../../charts/sources/chart-source.ts';
import { isDataMap } from '../../data/fields.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { pathText } from '../../values/path.ts';
import { type ReadDefaults, readDefaults } from '../../values/read-defaults.ts';

/** A default that the new version of a chart changes. Values are JSON; undefined where there is none. */
export type DefaultChange = {
  /** `server.ingress.hosts`, as the outcomes of a values migration spell it. */
  path: string;
  before: string | undefined;
  after: string | undefined;
  /** The team's own value stands there, so the change does not reach the cluster. */
  overridden: boolean;
};

type Step = Record<'old' | 'fresh', PulledChart>;

/**
 * Compares old and new defaults leaf by leaf; lists count as leaves. `customised` are the paths at which the team's values are
 * not the defaults.
 */
export function changedDefaults(step: Step, customised: readonly string[]): DefaultChange[] {
  const [old, fresh] = [leavesIn(step.old), leavesIn(step.fresh)];
  const paths = [...new Set([...old.keys(), ...fresh.keys()])];
  return paths.flatMap(path => {
    const [before, after] = [old.get(path), fresh.get(path)];
    if (before === after) return [];
    return [{ path, before, after, overridden: customised.some(own => overlaps(own, path)) }];
  });
}

/** Values as JSON, by path. */
function leavesOf(
  value: unknown,
  path: string[] = [],
  into = new Map<string, string>(),
): Map<string, string> {
  const entries = isDataMap(value) ? Object.entries(value) : [];
  if (entries.length === 0)
    return path.length > 0 ? into.set(pathText(path), JSON.stringify(value) ?? 'null') : into;
  for (const [key, inner] of entries) leavesOf(inner, [...path, key], into);
  return into;
}

// Many apps may use one chart: what it says is read once.
const defaults = new WeakMap<PulledChart, ReadDefaults>();
const leaves = new WeakMap<PulledChart, ReadonlyMap<string, string>>();

/** The default values of a chart, to be compared with; `name` is what messages call them. */
export function defaultsOf(pulled: PulledChart, name: string): ReadDefaults {
  const known = defaults.get(pulled) ?? readDefaults(defaultsText(pulled), name);
  defaults.set(pulled, known);
  return known;
}

function leavesIn(pulled: PulledChart): ReadonlyMap<string, string> {
  const known = leaves.get(pulled) ?? leavesOf(readValues(defaultsText(pulled), pulled.chart.name));
  leaves.set(pulled, known);
  return known;
}

/** A byte order mark is part of the text: the migration keeps it. @throws UserError E_ENCODING for what is no UTF-8 */
export function defaultsText({ chart: { values } }: PulledChart): string {
  if (!values) return '';
  decodeUtf8(values, 'values.yaml');
  return values.toString('utf8');
}

function overlaps(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (long.length === short.length || /[.[]/.test(long[short.length] ?? ''));
}
