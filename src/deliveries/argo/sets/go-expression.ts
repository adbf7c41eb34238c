import { isRecord } from '../../../data/fields.ts';
import { type Element, fieldOf, normalizedName, type Parameter, parameterAt } from './element.ts';

/** The text of one `{{ … }}`, and the place that alone gives it; or what of it nobody can tell here. */
export type Evaluated = { text: string; from: Parameter['at'] } | { open: string };

/** What goes from one part of a pipeline to the next; undefined where a field is not there. */
type Operand = Parameter | undefined;

class NotTold extends Error {}

/** Reads one expression of Go's templates: fields, calls and pipelines of the functions that are known here. */
export function evaluate(expression: string, element: Element): Evaluated {
  try {
    const reading = { tokens: tokensOf(expression), at: 0, element };
    const result = pipeline(reading);
    if (reading.at < reading.tokens.length || result === undefined) throw new NotTold();
    return { text: textOf(result), from: result.at };
  } catch (error) {
    if (!(error instanceof NotTold)) throw error;
    const shown = `{{ ${expression.trim()} }}`;
    return { open: element.open.length > 0 ? `${shown}: ${element.open.join(', ')}` : shown };
  }
}

type Reading = { tokens: readonly string[]; at: number; element: Element };

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|[^\s()|"`]+)/y;

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trim();
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new NotTold();
    tokens.push(token);
  }
  return tokens;
}

/** `a | f x`: what comes out of the first goes into the next as its last argument. */
function pipeline(reading: Reading): Operand {
  let value = command(reading, []);
  while (reading.tokens[reading.at] === '|') {
    reading.at++;
    value = command(reading, [value]);
  }
  return value;
}

function command(reading: Reading, piped: readonly Operand[]): Operand {
  const word = reading.tokens[reading.at] ?? '';
  const call = FUNCTIONS.get(word);
  if (!call) {
    if (piped.length > 0) throw new NotTold();
    return operand(reading);
  }
  reading.at++;
  const given: Operand[] = [];
  while (![undefined, '|', ')'].includes(reading.tokens[reading.at])) given.push(operand(reading));
  return call([...given, ...piped]);
}

function operand(reading: Reading): Operand {
  const token = reading.tokens[reading.at++] ?? '';
  if (token === '(') {
    const inner = pipeline(reading);
    if (reading.tokens[reading.at++] !== ')') throw new NotTold();
    return inner;
  }
  if (/^\.[\w-]+(?:\.[\w-]+)*$/.test(token)) return fieldIn(reading.element, token.slice(1).split('.'));
  if (/^-?\d{1,15}$/.test(token)) return made(Number(token));
  if (token === 'true' || token === 'false') return made(token === 'true');
  if (token.startsWith('`')) return made(token.slice(1, -1));
  if (token.startsWith('"')) return made(quoted(token));
  throw new NotTold();
}

/** What is not there may be what a generator gives that nobody can look into here. */
function fieldIn(element: Element, steps: readonly string[]): Operand {
  const found = parameterAt(element, steps);
  if (!found && element.open.length > 0) throw new NotTold();
  return found;
}

function quoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    throw new NotTold();
  }
}

/** What no single place gives. */
function made(value: unknown): Parameter {
  return { value, at: undefined };
}

function textOf(from: Operand): string {
  const value = from?.value;
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw new NotTold();
}

/** As Go's templates see it: nothing, nought, and what holds nothing. */
function isEmpty(from: Operand): boolean {
  const value = from?.value;
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

type Call = (given: readonly Operand[]) => Operand;

/** A function of texts. */
function ofTexts(count: number, make: (...texts: string[]) => unknown): Call {
  return given => {
    if (given.length !== count) throw new NotTold();
    return made(make(...given.map(textOf)));
  };
}

/** Those of Go, of sprig and of Argo CD that say what they make without a cluster. */
const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['index', ([from, ...steps]) => steps.reduce<Operand>((inner, step) => fieldOf(inner, textOf(step)), from)],
  ['get', ([from, key]) => fieldOf(from, textOf(key))],
  ['dig', dig],
  ['default', ([byDefault, value]) => (isEmpty(value) ? byDefault : value)],
  ['coalesce', given => given.find(each => !isEmpty(each))],
  ['ternary', ([yes, no, test]) => (isEmpty(test) ? no : yes)],
  ['toString', ([value]) => value && { ...value, value: textOf(value) }],
  ['lower', ofTexts(1, text => text.toLowerCase())],
  ['upper', ofTexts(1, text => text.toUpperCase())],
  ['trim', ofTexts(1, text => text.trim())],
  ['trimPrefix', ofTexts(2, (prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text))],
  [
    'trimSuffix',
    ofTexts(2, (end, text) => (text.endsWith(end) ? text.slice(0, text.length - end.length) : text)),
  ],
  ['replace', ofTexts(3, (old, fresh, text) => text.replaceAll(old, () => fresh))],
  ['normalize', ofTexts(1, normalizedName)],
  ['printf', printed],
  ['eq', ([first, ...others]) => made(others.some(other => textOf(other) === textOf(first)))],
  ['ne', ofTexts(2, (first, second) => first !== second)],
  ['not', ([value]) => made(isEmpty(value))],
  ['and', given => given.find(isEmpty) ?? given.at(-1)],
  ['or', given => given.find(each => !isEmpty(each)) ?? given.at(-1)],
  ['hasKey', ([from, key]) => made(fieldOf(from, textOf(key)) !== undefined)],
]);

/** `dig "a" "b" default map`. */
function dig(given: readonly Operand[]): Operand {
  const [byDefault, from] = given.slice(-2);
  const found = given.slice(0, -2).reduce<Operand>((inner, step) => fieldOf(inner, textOf(step)), from);
  return found ?? byDefault;
}

/** Only `%s`, `%d` and `%v`, each for one value. */
function printed([format, ...values]: readonly Operand[]): Parameter {
  const parts = textOf(format).split(/%([a-zA-Z%])/);
  const verbs = parts.filter((_, index) => index % 2 === 1);
  if (verbs.length !== values.length || verbs.some(verb => !'sdv'.includes(verb))) throw new NotTold();
  return made(
    parts.map((part, index) => (index % 2 === 1 ? textOf(values[(index - 1) / 2]) : part)).join(''),
  );
}
