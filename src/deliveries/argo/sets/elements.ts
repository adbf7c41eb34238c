import { asList, isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import { inside, type Place } from '../../chart-use.ts';
import {
  type Element,
  joined,
  mapOf,
  openElement,
  type Parameter,
  parameterAt,
  parametersOf,
} from './element.ts';
import { fill } from './fill.ts';
import { gitElements, type SetRepository } from './git-elements.ts';

export type Generating = { repository: SetRepository; isGo: boolean };

/** More are not told one by one. */
const MOST_ELEMENTS = 5000;

const SEVERAL = new Map([
  ['matrix', matrix],
  ['merge', merged],
]);

/** What the generators of a list make, one after the other; each where it stands. */
export function elementsOf(context: Generating, generators: unknown, at: Place): Element[] {
  const found = asList(generators).flatMap((generator, index) =>
    isRecord(generator) ? ofGenerator(context, generator, inside(at, index)) : [],
  );
  return found.length > MOST_ELEMENTS ? [openElement(`${found.length} elements`)] : found;
}

type Generator = Readonly<Record<string, unknown>>;
type Inner = { context: Generating; body: Record<string, unknown>; at: Place };

function ofGenerator(context: Generating, generator: Generator, at: Place): Element[] {
  const [kind = '', body] = Object.entries(generator).find(([key]) => key !== 'selector') ?? [];
  if (!isRecord(body)) return [openElement(kind)];
  const inner: Inner = { context, body, at: inside(at, kind) };
  const elements = SEVERAL.get(kind)?.(inner) ?? single(kind, inner);
  const { template } = body;
  // A template of a generator's own lies over that of the set.
  const told = isRecord(template) && 'spec' in template ? [openElement(`${kind}.template`)] : elements;
  return told.filter(element => isSelected(element, generator['selector']));
}

function single(kind: string, { context, body, at }: Inner): Element[] {
  if (kind === 'list' && body['elementsYaml'] === undefined)
    return asList(body['elements']).flatMap((element, index) =>
      isRecord(element)
        ? [{ parameters: new Map(parametersOf(element, inside(at, 'elements', index))), open: [] }]
        : [],
    );
  const found = kind === 'git' ? gitElements(body, context) : [openElement(kind)];
  return found.map(element => withValues(context, element, { body, at }));
}

/** `values` of a generator may use what it finds. */
function withValues(
  { isGo }: Generating,
  element: Element,
  { body, at }: Pick<Inner, 'body' | 'at'>,
): Element {
  const { values } = body;
  if (!isRecord(values)) return element;
  const filled = Object.entries(values).map(([key, value]): [string, Parameter] => {
    const text = stringOf(value);
    const plain = text === undefined || !text.includes('{{');
    if (plain) return [key, { value, at: inside(at, 'values', key) }];
    const result = fill(text, element, isGo);
    return [
      key,
      'open' in result ? { value: undefined, at: undefined } : { value: result.text, at: result.from },
    ];
  });
  const own: [string, Parameter][] = isGo
    ? [['values', mapOf(filled)]]
    : filled.map(([key, each]) => [`values.${key}`, each]);
  return { parameters: new Map([...element.parameters, ...own]), open: element.open };
}

/** Each of the first with each of the second, which may use what the first gives. */
function matrix({ context, body, at }: Inner): Element[] {
  const [first, second] = asList(body['generators']);
  if (!isRecord(first) || !isRecord(second)) return [openElement('matrix')];
  const outer = ofGenerator(context, first, inside(at, 'generators', 0));
  const place = inside(at, 'generators', 1);
  const usesOuter = JSON.stringify(second).includes('{{') && !isOnlyOwn(second);
  const same = usesOuter ? undefined : ofGenerator(context, second, place);
  const found: Element[] = [];
  for (const element of outer) {
    const own = same ?? ofGenerator(context, filledIn(context, second, element), place);
    if (found.length + own.length > MOST_ELEMENTS) return [openElement('matrix')];
    for (const each of own) found.push(joined(element, each));
  }
  return found;
}

/** Only the `values` of a generator hold templates, which are its own. */
function isOnlyOwn(generator: Generator): boolean {
  return Object.values(generator).every(
    body =>
      !isRecord(body) || !JSON.stringify({ ...body, values: undefined, template: undefined }).includes('{{'),
  );
}

function filledIn(context: Generating, generator: Generator, element: Element): Generator {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inner(each)]));
    if (typeof value !== 'string' || !value.includes('{{')) return value;
    const result = fill(value, element, context.isGo);
    return 'open' in result ? value : result.text;
  };
  return inner(generator) as Generator;
}

/** The first generator is completed by those of the others that say the same under `mergeKeys`. */
function merged({ context, body, at }: Inner): Element[] {
  const keys = asList(body['mergeKeys']).flatMap(key => stringOf(key) ?? []);
  const [base = [], ...others] = asList(body['generators']).map((generator, index) =>
    isRecord(generator) ? ofGenerator(context, generator, inside(at, 'generators', index)) : [],
  );
  const isOpen = [base, ...others].flat().some(({ open }) => open.length > 0);
  // Nobody can see here which belong together: each may be completed by each of the others, or by none.
  if (isOpen || keys.length === 0) {
    const more = others.flat();
    if (base.length * (more.length + 1) > MOST_ELEMENTS) return [openElement('merge')];
    return base.flatMap(own => [own, ...more.map(each => joined(own, each))]);
  }
  const idOf = (element: Element): string => JSON.stringify(keys.map(key => valueOfKey(element, key)));
  const over = others.map(elements => new Map(elements.map(element => [idOf(element), element])));
  return base.map(element =>
    over.reduce((own, more) => {
      const found = more.get(idOf(element));
      return found ? joined(own, found) : own;
    }, element),
  );
}

function valueOfKey(element: Element, key: string): unknown {
  return (element.parameters.get(key) ?? parameterAt(element, key.split('.')))?.value ?? null;
}

/** A selector looks at parameters as texts; what cannot be seen may fit. */
function isSelected(element: Element, selector: unknown): boolean {
  const labels = valueAt(selector, ['matchLabels']);
  const wanted = isRecord(labels) ? Object.entries(labels) : [];
  const expressions = asList(valueAt(selector, ['matchExpressions'])).filter(isRecord);
  const textOf = (key: string): string | undefined => {
    const value = valueOfKey(element, key);
    return value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  };
  const canTell = (key: string): boolean => textOf(key) !== undefined || element.open.length === 0;
  return (
    wanted.every(([key, value]) => !canTell(key) || textOf(key) === String(value)) &&
    expressions.every(each => {
      const key = stringOf(each['key']) ?? '';
      return !canTell(key) || fits(textOf(key), each);
    })
  );
}

function fits(text: string | undefined, { operator, values }: Record<string, unknown>): boolean {
  const isAmong = text !== undefined && asList(values).map(String).includes(text);
  switch (operator) {
    case 'In':
      return isAmong;
    case 'NotIn':
      return !isAmong;
    case 'Exists':
      return text !== undefined;
    case 'DoesNotExist':
      return text === undefined;
    default:
      return true;
  }
}
