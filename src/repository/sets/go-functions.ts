import { isRecord } from '../../data/fields.ts';
import {
  fieldOf,
  goText,
  isTrue,
  madeUp,
  normalizedName,
  NotTold,
  type Operand,
  type Parameter,
  SetRefused,
} from './element.ts';

/** A function that templates may call. */
export type GoFunction = (given: readonly Operand[]) => Operand;

/** A text, and no other value. @throws SetRefused as Go's templates do */
function textIn(from: Operand): string {
  if (typeof from?.value === 'string') return from.value;
  throw new SetRefused('wrong type for value; expected string');
}

function integer(from: Operand): number {
  if (typeof from?.value === 'bigint') return Number(from.value);
  throw new SetRefused('wrong type for value; expected int');
}

function boolean(from: Operand): boolean {
  if (typeof from?.value === 'boolean') return from.value;
  throw new SetRefused('wrong type for value; expected bool');
}

function mapIn(from: Operand): Parameter {
  if (from && isRecord(from.value) && !from.isOfTexts) return from;
  throw new SetRefused('wrong type for value; expected map[string]interface {}');
}

function listIn(from: Operand): readonly unknown[] {
  if (Array.isArray(from?.value)) return from.value;
  throw new NotTold('a list function of what is none');
}

/** A function of a certain number of arguments. */
function of(count: number, make: (...given: Operand[]) => Operand): GoFunction {
  return given => {
    if (given.length !== count) throw new SetRefused('wrong number of args');
    return make(...given);
  };
}

function ofTexts(count: number, make: (...texts: string[]) => unknown): GoFunction {
  return of(count, (...given) => madeUp(make(...given.map(textIn))));
}

function indexed(from: Operand, step: Operand): Operand {
  const { value } = from ?? {};
  if (Array.isArray(value)) {
    const at = integer(step);
    if (at < 0 || at >= value.length) throw new SetRefused('index out of range');
    return fieldOf(from, at);
  }
  if (!isRecord(value)) throw new SetRefused('index of what is neither map nor list');
  const found = fieldOf(from, textIn(step));
  if (found?.open !== undefined) throw new NotTold(found.open);
  return found ?? madeUp(from?.isOfTexts ? '' : null);
}

/** Nothing equals only nothing; values of different kinds are not compared. */
function equals(one: Operand, other: Operand): boolean {
  const [a, b] = [one?.value ?? undefined, other?.value ?? undefined];
  if (a === undefined || b === undefined) return a === b;
  if (typeof a === 'object' || typeof b === 'object') throw new NotTold('a comparison of maps or lists');
  if (typeof a !== typeof b) throw new SetRefused('incompatible types for comparison');
  return a === b;
}

function before(one: Operand, other: Operand): boolean {
  const [a, b] = [one?.value, other?.value];
  if (typeof a !== typeof b || (typeof a !== 'bigint' && typeof a !== 'number'))
    throw new NotTold('a comparison of what are no numbers of one kind');
  return (a as number) < (b as number);
}

/** Only `%s`, `%d` and `%v`, each for one value of its kind. */
function printed([format, ...values]: readonly Operand[]): Parameter {
  const parts = textIn(format).split(/%([a-zA-Z%+#.\d-])/);
  const wanted = (parts.length - 1) / 2;
  if (wanted !== values.length) throw new NotTold('printf');
  const verbs: Readonly<Record<string, string>> = { s: 'string', d: 'bigint' };
  return madeUp(
    parts
      .map((part, index) => {
        if (index % 2 === 0) return part;
        const value = values[(index - 1) / 2];
        const isPlain = value?.value !== undefined && value.value !== null;
        if (!isPlain || (part !== 'v' && verbs[part] !== typeof value.value)) throw new NotTold('printf');
        return goText(value);
      })
      .join(''),
  );
}

/** `dig "a" "b" default map`. */
function dug(given: readonly Operand[]): Operand {
  if (given.length < 3) throw new SetRefused('dig needs at least three arguments');
  let inner: Operand = mapIn(given.at(-1));
  for (const step of given.slice(0, -2)) {
    inner = fieldOf(mapIn(inner), textIn(step));
    if (inner === undefined) return given.at(-2);
  }
  return inner;
}

/** `slugify`, `slugify 20 name`, `slugify 20 false name`: letters beyond ASCII were left out before. */
function slug(given: readonly Operand[]): Parameter {
  if (given.length === 0 || given.length > 3) throw new NotTold('slugify');
  const most = given.length > 1 ? integer(given[0]) : 50;
  const isSmart = given.length > 2 ? boolean(given[1]) : true;
  const own = normalizedName(textIn(given.at(-1)));
  const cut = !isSmart && own.length >= most ? own.slice(0, most) : own;
  const text = cut
    .replaceAll(/[^a-zA-Z0-9_-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^[-_]+|(?<![-_])[-_]+$/g, '');
  if (!isSmart || most <= 0 || text.length <= most) return madeUp(text);
  const end = text.lastIndexOf('-', most);
  return madeUp(text.slice(0, end < 0 ? most : end));
}

function cutTo(count: Operand, from: Operand): Parameter {
  const [most, text] = [integer(count), textIn(from)];
  if (most < 0) return madeUp(text.length + most > 0 ? text.slice(text.length + most) : text);
  return madeUp(text.slice(0, most));
}

function lengthOf(from: Operand): Parameter {
  const value = from?.value;
  if (typeof value === 'string') return madeUp(BigInt(Buffer.byteLength(value)));
  if (Array.isArray(value)) return madeUp(BigInt(value.length));
  if (isRecord(value)) return madeUp(BigInt(Object.keys(value).length));
  throw new SetRefused('len of what has none');
}

function joinedBy(separator: Operand, from: Operand): Parameter {
  const items = listIn(from).map(item => goText(madeUp(item)));
  return madeUp(items.join(textIn(separator)));
}

function trimmedOf(characters: string, text: string): string {
  const own = new Set(characters);
  const chars = [...text];
  let [from, to] = [0, chars.length];
  while (from < to && own.has(chars[from] ?? '')) from++;
  while (to > from && own.has(chars[to - 1] ?? '')) to--;
  return chars.slice(from, to).join('');
}

function withoutStart(start: string, text: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

function withoutEnd(end: string, text: string): string {
  return end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function quoted(given: readonly Operand[]): Parameter {
  const texts = given.filter(each => each?.value !== undefined && each.value !== null).map(goText);
  if (texts.some(text => /[^ -~]/.test(text))) throw new NotTold('quote');
  return madeUp(texts.map(text => JSON.stringify(text)).join(' '));
}

/**
 * Those of Go, of sprig and of Argo CD that say what they make without a cluster; `and` and `or` look at no more than they need and
 * stand where terms are read.
 */
export const GO_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['index', ([from, ...steps]) => steps.reduce<Operand>(indexed, from)],
  ['len', of(1, lengthOf)],
  ['not', of(1, value => madeUp(!isTrue(value)))],
  ['eq', ([first, ...others]) => madeUp(others.some(other => equals(first, other)))],
  ['ne', of(2, (first, second) => madeUp(!equals(first, second)))],
  ['lt', of(2, (first, second) => madeUp(before(first, second)))],
  ['gt', of(2, (first, second) => madeUp(before(second, first)))],
  ['le', of(2, (first, second) => madeUp(!before(second, first)))],
  ['ge', of(2, (first, second) => madeUp(!before(first, second)))],
  ['printf', printed],
  ['default', of(2, (byDefault, value) => (isTrue(value) ? value : byDefault))],
  ['empty', of(1, value => madeUp(!isTrue(value)))],
  ['coalesce', given => given.find(isTrue) ?? madeUp(null)],
  ['ternary', of(3, (yes, no, test) => (boolean(test) ? yes : no))],
  ['get', of(2, (from, key) => fieldOf(mapIn(from), textIn(key)) ?? madeUp(''))],
  ['dig', dug],
  ['hasKey', of(2, (from, key) => madeUp(fieldOf(mapIn(from), textIn(key)) !== undefined))],
  ['has', of(2, (value, list) => madeUp(listIn(list).some(item => equals(value, madeUp(item)))))],
  ['first', of(1, list => madeUp(listIn(list)[0] ?? null))],
  ['last', of(1, list => madeUp(listIn(list).at(-1) ?? null))],
  ['list', given => madeUp(given.map(each => each?.value ?? null))],
  ['join', of(2, joinedBy)],
  ['splitList', ofTexts(2, (separator, text) => text.split(separator))],
  ['toString', of(1, value => value && { ...value, value: goText(value) })],
  ['quote', quoted],
  ['lower', ofTexts(1, text => text.toLowerCase())],
  ['upper', ofTexts(1, text => text.toUpperCase())],
  ['trim', ofTexts(1, text => text.trim())],
  ['trimAll', ofTexts(2, trimmedOf)],
  ['trimPrefix', ofTexts(2, withoutStart)],
  ['trimSuffix', ofTexts(2, withoutEnd)],
  ['hasPrefix', ofTexts(2, (start, text) => text.startsWith(start))],
  ['hasSuffix', ofTexts(2, (end, text) => text.endsWith(end))],
  ['contains', ofTexts(2, (part, text) => text.includes(part))],
  ['replace', ofTexts(3, (old, fresh, text) => text.replaceAll(old, () => fresh))],
  ['trunc', of(2, cutTo)],
  ['normalize', ofTexts(1, normalizedName)],
  ['slugify', slug],
]);
