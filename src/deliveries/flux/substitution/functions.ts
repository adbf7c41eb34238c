/** What stands behind a variable's name inside of `${…}`, applied to its value: `^^`, `:-`, `/`. */
export function applyFunction(name: string, value: string, args: readonly string[]): string {
  const [first = '', second = ''] = args;
  const found = FUNCTIONS[name];
  if (found) return found(value, first, second, args);
  return value === '' ? args.join('') : value;
}

/** Whether a function gives a text where the variable has none. */
export function givesDefault(name: string): boolean {
  return /^:?[-+=?]$/.test(name);
}

type Apply = (value: string, first: string, second: string, args: readonly string[]) => string;

const FUNCTIONS: Readonly<Record<string, Apply | undefined>> = {
  ',': value => value.slice(0, 1).toLowerCase() + value.slice(1),
  ',,': value => value.toLowerCase(),
  '^': value => value.slice(0, 1).toUpperCase() + value.slice(1),
  '^^': value => value.toUpperCase(),
  '#': (value, pattern, _, args) =>
    args.length === 0 ? String(value.length) : trim(value, pattern, 'short'),
  '##': (value, pattern) => trim(value, pattern, 'long'),
  '%': (value, pattern) => reversed(trim(reversed(value), reversed(pattern), 'short')),
  '%%': (value, pattern) => reversed(trim(reversed(value), reversed(pattern), 'long')),
  ':': (value, _, __, args) => part(value, args),
  '/': (value, from, to) => value.replace(from, () => to),
  '//': (value, from, to) => value.replaceAll(from, () => to),
  '/#': (value, from, to) => (value.startsWith(from) ? to + value.slice(from.length) : value),
  '/%': (value, from, to) => (value.endsWith(from) ? value.slice(0, value.length - from.length) + to : value),
};

function part(value: string, args: readonly string[]): string {
  const [offset, length] = args.map(text => (/^[-+]?\d+$/.test(text) ? Number(text) : undefined));
  if (offset === undefined || (args.length > 1 && length === undefined)) return value;
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset;
  if (length === undefined) return value.slice(start);
  const end = length < 0 ? value.length + length : start + length;
  return end < start ? '' : value.slice(start, end);
}

function reversed(text: string): string {
  return [...text].toReversed().join('');
}

/** Longer ones are left as they are: each of their beginnings would be matched. */
const MOST = 4096;

function trim(value: string, pattern: string, which: 'short' | 'long'): string {
  if (value.length > MOST || pattern.length > MOST) return value;
  const ends = Array.from({ length: value.length }, (_, index) =>
    which === 'short' ? index + 1 : value.length - index,
  );
  const end = ends.find(length => matches(pattern, value.slice(0, length)));
  return end === undefined ? value : value.slice(end);
}

/** `*` and `?`, and `\` before what is meant as it stands; without backtracking over more than the last `*`. */
function matches(pattern: string, text: string): boolean {
  const parts = [...pattern.matchAll(/\\?[^]/g)].map(([each]) => each);
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    const each = parts[at];
    if (each === '*') [star, mark, at] = [at, from, at + 1];
    else if (each === '?' || (each !== undefined && each.at(-1) === text[from]))
      [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, mark, from] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return parts.slice(at).every(each => each === '*');
}
