import { append } from '../../data/append.ts';
import { asList, isRecord, stringOf } from '../../data/fields.ts';
import { readLocated } from '../../yaml/read.ts';
import { inside, type Place } from '../../yaml/place.ts';
import { clusterElements, type KnownClusters } from './clusters.ts';
import {
  type Element,
  joined,
  labelsOf,
  mapOf,
  openElement,
  type Parameter,
  parametersOf,
  scalarText,
  SetRefused,
} from './element.ts';
import type { Filling } from './fill.ts';
import { gitElements, type SetFiles } from './git-elements.ts';
import { isSelected } from './selector.ts';

/** What generators look into. */
export type SetRepository = SetFiles & { clusters: KnownClusters };

export type Generating = { repository: SetRepository; filling: Filling };

/** What the generators of a set make; with `refused` Argo CD makes none of it, and this says why. */
type Made = { elements: Element[]; refused?: string };

/** More are not told one by one. */
const MOST_ELEMENTS = 20_000;

/** A set holds generators, one around others these, and those around others the last. */
const MOST_AROUND = 2;

/** What the generators of a set make, one after the other; each where it stands. */
export function elementsOf(context: Generating, generators: unknown, at: Place): Made {
  const found: Element[] = [];
  try {
    for (const [index, generator] of asList(generators).entries()) {
      const own = isRecord(generator) ? ofGenerator(context, generator, inside(at, index), MOST_AROUND) : [];
      append(found, withTemplate(own, generator));
      if (found.length > MOST_ELEMENTS) return { elements: [openElement(`${found.length} elements`)] };
    }
  } catch (error) {
    if (!(error instanceof SetRefused)) throw error;
    return { elements: [], refused: error.message };
  }
  return { elements: found };
}

/** Only that of an outer generator counts. */
function withTemplate(elements: readonly Element[], generator: unknown): readonly Element[] {
  const body = isRecord(generator) ? generator[kindOf(generator)] : undefined;
  const template = isRecord(body) ? body['template'] : undefined;
  return isRecord(template) ? elements.map(element => ({ ...element, template })) : elements;
}

type Generator = Readonly<Record<string, unknown>>;
type Inner = { context: Generating; body: Record<string, unknown>; at: Place; around: number };

/** A key without a value is none. */
function kindOf(generator: Generator): string {
  return Object.keys(generator).find(key => key !== 'selector' && isRecord(generator[key])) ?? '';
}

function ofGenerator(context: Generating, generator: Generator, at: Place, around: number): Element[] {
  const kind = kindOf(generator);
  // One that says nothing is passed over.
  if (kind === '' && around === MOST_AROUND) return [];
  const body = generator[kind];
  if (!isRecord(body)) throw new SetRefused(`a generator without ${kind === '' ? 'a kind' : kind}`);
  const own = madeBy(kind, { context, body, at: inside(at, kind), around });
  return own.filter(element => isSelected(labelsOf(element), element.open.length > 0, generator['selector']));
}

function madeBy(kind: string, inner: Inner): Element[] {
  const { context, body, at, around } = inner;
  switch (kind) {
    case 'list':
      return listed(inner);
    case 'git':
      return withValues(context, gitElements(body, { ...context, at }), inner);
    case 'clusters':
      return laidOut(withValues(context, clusterElements(body, context), inner), body);
    case 'matrix':
    case 'merge':
      if (around === 0) throw new SetRefused(`${kind} in a generator that stands in two others`);
      return kind === 'matrix' ? matrix(inner) : merged(inner);
    default:
      return withValues(context, [openElement(kind)], inner);
  }
}

/** `flatList`: one element that holds all. */
function laidOut(elements: Element[], { flatList }: Record<string, unknown>): Element[] {
  if (flatList !== true) return elements;
  const maps = elements.map(({ parameters }) => mapOf([...parameters]));
  const fields = new Map(maps.map((map, index) => [String(index), map]));
  const clusters: Parameter = { value: maps.map(({ value }) => value), at: undefined, fields };
  return [{ parameters: new Map([['clusters', clusters]]), open: elements.flatMap(({ open }) => open) }];
}

function listed({ context, body, at }: Inner): Element[] {
  const elements = asList(body['elements']).flatMap((element, index): Element[] => {
    if (!isRecord(element)) throw new SetRefused('an element of a list that is no map');
    const own = parametersOf(element, inside(at, 'elements', index));
    return [{ parameters: new Map(context.filling.isGo ? own : textsOf(own)), open: [] }];
  });
  return [...elements, ...listedInText(body['elementsYaml'])];
}

/** The old syntax takes texts, and maps of them called `values`; nothing else. */
function textsOf(parameters: readonly [string, Parameter][]): [string, Parameter][] {
  return parameters.flatMap(([key, parameter]): [string, Parameter][] => {
    const { value, at } = parameter;
    const isMap = key === 'values' && isRecord(value);
    const inner: [string, Parameter][] = isMap
      ? Object.entries(value).map(([name, each]) => [
          `values.${name}`,
          { value: each, at: at && inside(at, name) },
        ])
      : [[key, parameter]];
    for (const [name, each] of inner)
      if (typeof each.value !== 'string') throw new SetRefused(`${name} in a list is no text`);
    return inner;
  });
}

function listedInText(text: unknown): Element[] {
  if (typeof text !== 'string' || text === '') return [];
  const read = readLocated(text);
  if (read.status !== 'read' || read.yaml.dataProblem) throw new SetRefused('elementsYaml is no YAML');
  return asList(read.yaml.documents[0]).map(element => {
    if (!isRecord(element)) throw new SetRefused('an element of elementsYaml that is no map');
    const parameters = Object.entries(element).map(([key, value]): [string, Parameter] => [
      key,
      { value, at: undefined },
    ]);
    return { parameters: new Map(parameters), open: [] };
  });
}

/** `values` of a generator may use what it finds. */
function withValues(context: Generating, elements: Element[], { body, at }: Inner): Element[] {
  const { values } = body;
  if (!isRecord(values)) return elements;
  return elements.map(element => {
    const filled = Object.entries(values).map(([key, value]): [string, Parameter] => [
      key,
      valueOf(context, element, value, inside(at, 'values', key)),
    ]);
    const own: [string, Parameter][] = context.filling.isGo
      ? [['values', { ...mapOf(filled), isOfTexts: true }]]
      : filled.map(([key, each]) => [`values.${key}`, each]);
    return { parameters: new Map([...element.parameters, ...own]), open: element.open };
  });
}

function valueOf(context: Generating, element: Element, value: unknown, at: Place): Parameter {
  const text = stringOf(value);
  if (text === undefined || !text.includes('{{')) return { value, at };
  const result = context.filling.fill(text, element);
  if ('refused' in result) throw new SetRefused(result.refused);
  if ('open' in result) return { value: undefined, at: undefined, open: result.open };
  return { value: result.text, at: result.from };
}

/** Each of the first with each of the second, which may use what the first gives. */
function matrix(own: Inner): Element[] {
  const { context, body } = own;
  const [first, second, third] = asList(body['generators']);
  if (!isRecord(first) || !isRecord(second) || third !== undefined)
    throw new SetRefused('a matrix of other than two generators');
  const outer = innerElements(own, first, 0);
  const isSame = !JSON.stringify(second).includes('{{');
  const same = isSame ? innerElements(own, second, 1) : undefined;
  const found: Element[] = [];
  for (const element of outer) {
    const each = same ?? innerElements(own, filledIn(context, second, element), 1);
    if (found.length + each.length > MOST_ELEMENTS) return [openElement('matrix')];
    for (const other of each) found.push(combined(context, element, other));
  }
  return found;
}

function innerElements({ context, at, around }: Inner, generator: Generator, index: number): Element[] {
  return ofGenerator(context, generator, inside(at, 'generators', index), around - 1);
}

/** What the first gives wins in Go's templates; the old syntax lets nothing be given twice, but alike. */
function combined({ filling }: Generating, first: Element, second: Element): Element {
  if (filling.isGo) return joined(second, first);
  const parameters = new Map<string, Parameter>();
  for (const { parameters: own } of [first, second])
    for (const [key, parameter] of own) {
      const text = parameter.open === undefined ? asText(parameter.value) : undefined;
      const known = parameters.get(key);
      if (known && text !== undefined && known.open === undefined && known.value !== text)
        throw new SetRefused(`found duplicate key ${key} with different value`);
      parameters.set(key, text === undefined ? parameter : { ...parameter, value: text });
    }
  return { parameters, open: [...new Set([...first.open, ...second.open])] };
}

/** A value as Go prints it. */
function asText(value: unknown): string | undefined {
  return value === null ? '<nil>' : scalarText(value);
}

/** Every text of the second generator is filled in, but its selector. */
function filledIn({ filling }: Generating, generator: Generator, element: Element): Generator {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inner(each)]));
    if (typeof value !== 'string' || !value.includes('{{')) return value;
    const result = filling.fill(value, element);
    if ('refused' in result) throw new SetRefused(result.refused);
    return 'open' in result ? value : result.text;
  };
  if (element.parameters.size === 0) return generator;
  return { ...(inner(generator) as Generator), selector: generator['selector'] };
}

/** The first generator is completed by those of the others that say the same under `mergeKeys`. */
function merged(own: Inner): Element[] {
  const { context, body } = own;
  const keys = [...new Set(asList(body['mergeKeys']).flatMap(key => stringOf(key) ?? []))];
  const generators = asList(body['generators']).filter(isRecord);
  if (generators.length < 2) throw new SetRefused('a merge of fewer than two generators');
  if (keys.length === 0) throw new SetRefused('no merge keys were specified');
  const [base = [], ...others] = generators.map((generator, index) => innerElements(own, generator, index));
  // Nobody can see here which belong together: each may be completed by each of the others, or by none.
  if ([base, ...others].flat().some(element => !isKnown(element, keys))) {
    const more = others.flat();
    if (base.length * (more.length + 1) > MOST_ELEMENTS) return [openElement('merge')];
    return base.flatMap(each => [each, ...more.map(other => marked(joined(each, other)))]);
  }
  const over = others.map(elements => byKeys(elements, keys));
  return [...byKeys(base, keys)].map(([id, element]) =>
    over.reduce((known, more) => laidOver(context, known, more.get(id)), element),
  );
}

function marked(element: Element): Element {
  return { ...element, open: [...new Set([...element.open, 'merge'])] };
}

function laidOver({ filling }: Generating, known: Element, more: Element | undefined): Element {
  if (!more) return known;
  if (filling.isGo) return joined(known, more);
  return { parameters: new Map([...known.parameters, ...more.parameters]), open: known.open };
}

function isKnown(element: Element, keys: readonly string[]): boolean {
  return element.open.length === 0 && keys.every(key => element.parameters.get(key)?.open === undefined);
}

function byKeys(elements: readonly Element[], keys: readonly string[]): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const element of elements) {
    const id = JSON.stringify(keys.map(key => element.parameters.get(key)?.value ?? null));
    if (found.has(id)) throw new SetRefused(`${id} is not unique by the given mergeKeys`);
    found.set(id, element);
  }
  return found;
}
