import { loadAll, YAML11_SCHEMA } from 'js-yaml';

/** Where a result is not what a person would have made of the three files, by paths; empty if it is. */
export type Verdict = {
  /** The team set it, and it is not there; or no decision speaks of it though both sides changed it. */
  lost: string[];
  /** Neither the team nor the new defaults say so. */
  invented: string[];
  /** A decision about what only one side changed. */
  needless: string[];
};

export type Case = {
  base: string;
  ours: string;
  theirs: string;
  result: string;
  decisions: readonly string[];
};

type Leaves = ReadonlyMap<string, string>;

/**
 * Judges a migration with a parser and a flattening of its own: lists are leaves, a key that ours lacks is the new
 * default again, a map that ours emptied too.
 */
export function judge({ decisions, ...texts }: Case): Verdict {
  const base = read(texts.base);
  const ours = read(texts.ours);
  const theirs = read(texts.theirs);
  const result = read(texts.result);
  const own = [...ours].filter(([path, value]) => base.get(path) !== value && !isEmptied(value, path, base));
  const isOwn = related(own.map(([path]) => path));
  const isDecided = related(decisions.map(parsePath));
  const contested = own.filter(([path, value]) => {
    const [old, now] = [base.get(path), theirs.get(path)];
    return old !== undefined && !isSameDefault(now, old) && now !== value;
  });
  const silent = contested.filter(([path]) => theirs.has(path) && !isDecided(path));
  const isContested = related(contested.map(([path]) => path));
  return {
    lost: [...own.filter(([path, value]) => result.get(path) !== value && !isDecided(path)), ...silent].map(
      ([path]) => show(path),
    ),
    invented: [
      ...[...result].filter(
        ([path, value]) => theirs.get(path) !== value && !isOwn(path) && !isDecided(path),
      ),
      ...[...theirs].filter(([path]) => !result.has(path) && !isOwn(path) && !isDecided(path)),
    ].map(([path]) => show(path)),
    needless: decisions.filter(path => !isContested(parsePath(path))),
  };
}

function read(text: string): Leaves {
  return flatten(loadAll(text, { schema: YAML11_SCHEMA })[0] ?? {});
}

/** What a values file says, leaf by leaf. */
function flatten(data: unknown, path = ''): Leaves {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || Object.keys(data).length === 0)
    return new Map([[path, JSON.stringify(data) ?? 'undefined']]);
  return new Map(Object.entries(data).flatMap(([key, value]) => [...flatten(value, `${path}\0${key}`)]));
}

/** An empty default whose empty form changed did not change. */
function isSameDefault(a: string | undefined, b: string): boolean {
  return a === b || (a !== undefined && EMPTY.has(a) && EMPTY.has(b));
}

const EMPTY: ReadonlySet<string> = new Set(['{}', '[]', '""', 'null']);

function isEmptied(value: string, path: string, base: Leaves): boolean {
  return value === '{}' && [...base.keys()].some(other => other.startsWith(`${path}\0`));
}

/** Tells whether a path is one of these, or above or below one. */
function related(paths: readonly string[]): (path: string) => boolean {
  const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}\0`);
  return path => paths.some(other => within(path, other) || within(other, path));
}

function parsePath(path: string): string {
  return Array.from(
    path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.[\]]+)/g),
    ([, quoted, index, word]) => `\0${quoted === undefined ? (index ?? word) : JSON.parse(quoted)}`,
  ).join('');
}

function show(path: string): string {
  return path.replaceAll('\0', '.').replace(/^\./, '');
}
