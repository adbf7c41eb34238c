import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { compareSuffixes, compareVersions, parseVersion, type Version } from './versions.ts';
import { say } from '../../locales/say.ts';

/** A constraint as Helm reads it: one of the groups holds, with all its terms. */
export type VersionRange = { readonly text: string; readonly groups: readonly Group[] };

type Group = { readonly terms: readonly Term[]; readonly admitsSuffix: boolean };

/** How many numbers the term writes: `*`, `1`, `1.2`, `1.2.3`. */
type Precision = 'any' | 'major' | 'minor' | 'full';
type Term = { readonly operator: Operator; readonly bound: Version; readonly precision: Precision };

const OPERATORS = {
  '': (version, term) => (term.precision === 'full' ? isEqual(version, term) : withinTilde(version, term)),
  '=': (version, term) => (term.precision === 'full' ? isEqual(version, term) : withinTilde(version, term)),
  '!=': differs,
  '>': isAbove,
  '<': (version, term) => compareVersions(version, term.bound) < 0,
  '>=': (version, term) => compareVersions(version, term.bound) >= 0,
  '<=': isAtMost,
  '~': withinTilde,
  '^': withinCaret,
} satisfies Record<string, (version: Version, term: Term) => boolean>;

type Operator = keyof typeof OPERATORS;

const SPELLINGS: Record<string, Operator> = { '=>': '>=', '=<': '<=', '~>': '~' };

const NUMBER = '[0-9]+|[xX*]';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const BOUND = `v?(?:${NUMBER})(?:\\.(?:${NUMBER}))?(?:\\.(?:${NUMBER}))?(?:-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?`;
const HYPHEN = new RegExp(`(?<![^\\s|,])(${BOUND})\\s+-\\s+(${BOUND})(?=$|[\\s|,])`, 'g');
const TERM = new RegExp(
  `^(=>|=<|>=|<=|!=|~>|[=<>~^])?v?(${NUMBER})(?:\\.(${NUMBER}))?(?:\\.(${NUMBER}))?(-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?$`,
);
const MAX_LENGTH = 512;

/**
 * A constraint of github.com/Masterminds/semver v3: `= != > < >= <= ~ ^`, a comma or a space for "and", `||` for "or",
 * `1.2 - 1.4`, and `x`, `X` or `*` for any number. `1.2` is `1.2.x`.
 * @throws UserError E_VALUE
 */
export function parseRange(text: string): VersionRange {
  if (text.length > MAX_LENGTH) throw notARange(text);
  const groups = text.replaceAll(HYPHEN, '>=$1 <=$2').split('||');
  return { text, groups: groups.map(group => parseGroup(group, text)) };
}

/** Whether a text is a range, or a version, which is the smallest one. */
export function isRange(text: string): boolean {
  try {
    return parseRange(text).groups.length > 0;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/**
 * Whether a version is in a range. A group that names no suffix takes no version with one; a group that does takes
 * any, unlike npm, where the three numbers have to be the same.
 */
export function isInRange(version: Version, range: VersionRange): boolean {
  return range.groups.some(
    group =>
      (version.suffix === '' || group.admitsSuffix) &&
      group.terms.every(term => OPERATORS[term.operator](version, term)),
  );
}

/** Whether a range asks for versions with a suffix at all. */
export function admitsSuffix(range: VersionRange): boolean {
  return range.groups.some(group => group.admitsSuffix);
}

function parseGroup(text: string, whole: string): Group {
  const words = text
    .replaceAll(/([=<>!~^,])\s+/g, '$1')
    .replaceAll(/(?<!\s)\s+,/g, ',')
    .trim()
    .split(/,|\s+/);
  const terms = words.map(word => parseTerm(word, whole));
  return { terms, admitsSuffix: terms.some(term => term.bound.suffix !== '') };
}

function parseTerm(word: string, whole: string): Term {
  const [match, operator = '', major, minor, patch, suffix = ''] = TERM.exec(word) ?? [];
  if (match === undefined) throw notARange(whole);
  const numbers = knownNumbers([major, minor, patch]);
  const bound = parseVersion([...numbers, '0', '0', '0'].slice(0, 3).join('.') + suffix);
  if (!bound) throw notARange(whole);
  const precision = (['any', 'major', 'minor', 'full'] as const)[numbers.length] ?? 'full';
  return { operator: SPELLINGS[operator] ?? (operator as Operator), bound, precision };
}

/** The numbers before the first one that is left open. */
function knownNumbers(written: (string | undefined)[]): string[] {
  const open = written.findIndex(number => number === undefined || /^[xX*]$/.test(number));
  return written.slice(0, open < 0 ? written.length : open).filter(number => number !== undefined);
}

function isEqual(version: Version, { bound }: Term): boolean {
  return compareVersions(version, bound) === 0;
}

function differs(version: Version, term: Term): boolean {
  const { bound, precision } = term;
  if (precision === 'full' || precision === 'any') return !isEqual(version, term);
  if (version.major !== bound.major) return true;
  if (precision === 'major') return false;
  return version.minor !== bound.minor || compareSuffixes(version, bound) !== 0;
}

/** `>11` begins at 12, `>11.1` at 11.2. */
function isAbove(version: Version, { bound, precision }: Term): boolean {
  if (precision === 'major') return version.major > bound.major;
  if (precision === 'minor' && version.major === bound.major) return version.minor > bound.minor;
  if (precision === 'minor') return version.major > bound.major;
  return compareVersions(version, bound) > 0;
}

/** `<=11` takes in all of 11. */
function isAtMost(version: Version, { bound, precision }: Term): boolean {
  if (precision === 'full') return compareVersions(version, bound) <= 0;
  if (version.major !== bound.major) return version.major < bound.major;
  return precision === 'major' || version.minor <= bound.minor;
}

function withinTilde(version: Version, { bound, precision }: Term): boolean {
  if (compareVersions(version, bound) < 0) return false;
  const isZero = bound.major === 0 && bound.minor === 0 && bound.patch === 0;
  if (isZero && (precision === 'any' || precision === 'full')) return true;
  return version.major === bound.major && (precision === 'major' || version.minor === bound.minor);
}

/** Up to the next number that is not zero. */
function withinCaret(version: Version, { bound, precision }: Term): boolean {
  if (compareVersions(version, bound) < 0) return false;
  if (bound.major > 0 || precision === 'major') return version.major === bound.major;
  if (version.major > 0) return false;
  if (bound.minor > 0 || precision === 'minor') return version.minor === bound.minor;
  return version.minor === 0 && version.patch === bound.patch;
}

function notARange(text: string): UserError {
  return new UserError('E_VALUE', say('charts.notVersionRangeVersions', { text: display(text) }), {
    hint: say('charts.giveExactVersionRangeSuch'),
  });
}
