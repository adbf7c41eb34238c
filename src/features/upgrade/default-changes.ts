import { isDataMap } from '../../data/fields.ts';
import { pathText } from '../../values/path.ts';

/** A default that the new version of a chart changes. Values are JSON; undefined where there is none. */
export type DefaultChange = {
  /** `server.ingress.hosts`, as the outcomes of a values migration spell it. */
  path: string;
  before: string | undefined;
  after: string | undefined;
  /** The team's own value stands there, so the change does not reach the cluster. */
  overridden: boolean;
};

/** Compares old and new defaults leaf by leaf; lists count as leaves. `customised` are the paths that the team changed. */
export function defaultChanges(
  base: unknown,
  theirs: unknown,
  customised: readonly string[],
): DefaultChange[] {
  const [old, fresh] = [leavesOf(base), leavesOf(theirs)];
  const paths = [...new Set([...old.keys(), ...fresh.keys()])];
  return paths.flatMap(path => {
    const [before, after] = [old.get(path), fresh.get(path)];
    const overridden = customised.some(own => overlaps(own, path));
    return before === after ? [] : [{ path, before, after, overridden }];
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

function overlaps(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (long.length === short.length || /[.[]/.test(long[short.length] ?? ''));
}
