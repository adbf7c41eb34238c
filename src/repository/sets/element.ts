import { isRecord } from '../../data/fields.ts';
import { inside, type Place } from '../../yaml/place.ts';

/** What cannot be told without a cluster, or is beyond the functions that are known here. */
export class NotTold extends Error {}

/** What Argo CD refuses, and makes nothing of. */
export class SetRefused extends Error {}

/**
 * A value that a generator hands to a template, and where it is written; nowhere for what Argo CD makes up. A map that comes from
 * several places has its fields one by one.
 */
export type Parameter = {
  value: unknown;
  at: Place | undefined;
  fields?: ReadonlyMap<string, Parameter>;
  /** A map of texts in Go, in which `index` finds an empty text where nothing is: labels, annotations, `values`. */
  isOfTexts?: true;
  /** Why nobody can tell here what it is, though it is there. */
  open?: string;
};

/** What one Application of a set is made of. */
export type Element = {
  parameters: ReadonlyMap<string, Parameter>;
  /** The generators whose parameters only a cluster or a service knows: what is missing may be theirs. */
  open: readonly string[];
  /** The template of its generator, which lies over that of the set. */
  template?: unknown;
};

/** Nothing but what a generator would add that nobody can look into here. */
export function openElement(generator: string): Element {
  return { parameters: new Map(), open: [generator] };
}

/** The fields of a map as parameters, each where it stands. */
export function parametersOf(data: Readonly<Record<string, unknown>>, at: Place): [string, Parameter][] {
  return Object.entries(data).map(([key, value]) => [key, { value, at: inside(at, key) }]);
}

/** A parameter that is written nowhere. */
export function madeUp(value: unknown): Parameter {
  return { value, at: undefined };
}

/** The parameters of two elements as one; those of the second win, maps within maps are laid into each other. */
export function joined(first: Element, second: Element): Element {
  const parameters = new Map(first.parameters);
  for (const [key, own] of second.parameters) parameters.set(key, over(parameters.get(key), own));
  return { parameters, open: [...new Set([...first.open, ...second.open])] };
}

/** Maps are laid into each other, each field with its place. */
function over(under: Parameter | undefined, own: Parameter): Parameter {
  if (!under || !isRecord(under.value) || !isRecord(own.value)) return own;
  const fields = new Map(fieldsOfMap(under));
  for (const [key, field] of fieldsOfMap(own)) fields.set(key, over(fields.get(key), field));
  const both = mapOf([...fields]);
  return under.isOfTexts && own.isOfTexts ? { ...both, isOfTexts: true } : both;
}

function fieldsOfMap(map: Parameter): [string, Parameter][] {
  return Object.keys(isRecord(map.value) ? map.value : {}).flatMap((key): [string, Parameter][] => {
    const field = fieldOf(map, key);
    return field ? [[key, field]] : [];
  });
}

/** A map of fields that may stand anywhere; of two of one name the later counts. */
export function mapOf(fields: readonly [string, Parameter][]): Parameter {
  const all = new Map(fields);
  const value = Object.fromEntries(Array.from(all, ([key, each]) => [key, each.value]));
  return { value, at: undefined, fields: all };
}

/** A field of a map, or an item of a list. */
export function fieldOf(from: Parameter | undefined, step: string | number): Parameter | undefined {
  const own = from?.fields?.get(String(step));
  if (own) return own;
  const value = from?.value;
  const isList = Array.isArray(value) && /^\d+$/.test(String(step));
  const has = isList ? Number(step) < value.length : isRecord(value) && Object.hasOwn(value, step);
  if (!from || !has) return undefined;
  const key = isList ? Number(step) : String(step);
  const inner: unknown = isList ? value[Number(step)] : (value as Record<string, unknown>)[String(step)];
  return { value: inner, at: from.at && inside(from.at, key) };
}

/** As Argo CD makes a name of a text: what no host name takes is a hyphen, and none stands at the ends. */
export function normalizedName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/gu, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|(?<![-.])[-.]+$/g, '');
}

/** A number as Go writes what YAML gives it: never an integer, with an exponent from a million on. */
function goNumber(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** What goes from one part of a pipeline to the next; undefined where a field is not there. */
export type Operand = Parameter | undefined;

/** A value as a template writes it. @throws NotTold for maps and lists */
export function goText(from: Operand): string {
  const value = from?.value;
  if (value === undefined || value === null) return '<no value>';
  const text = scalarText(value);
  if (text === undefined) throw new NotTold('a list or a map as text');
  return text;
}

/** A scalar as Go prints it; undefined for anything else, and for nothing. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return goNumber(value);
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

/** As Go's templates see it: neither nothing, nor nought, nor what holds nothing. */
export function isTrue(from: Operand): boolean {
  const value = from?.value;
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** What selectors see of parameters: texts, and `open` where nobody can tell one here. */
export function labelsOf(element: Element): Map<string, string | { open: true }> {
  const labels = new Map<string, string | { open: true }>();
  for (const [key, parameter] of flattened(element)) {
    const isNull = parameter.value === null;
    labels.set(key, parameter.open === undefined ? (isNull ? '<nil>' : goText(parameter)) : { open: true });
  }
  return labels;
}

/** Parameters as selectors and the old syntax name them: `a.b`, `list.0`. */
export function flattened(element: Element): Map<string, Parameter> {
  const flat = new Map<string, Parameter>();
  for (const [key, parameter] of element.parameters) flatten(key, parameter, flat);
  return flat;
}

function flatten(key: string, parameter: Parameter, into: Map<string, Parameter>): void {
  const { value } = parameter;
  if (typeof value !== 'object' || value === null) into.set(key, parameter);
  else
    for (const step of Object.keys(value)) {
      const inner = fieldOf(parameter, step);
      if (inner) flatten(`${key}.${step}`, inner, into);
    }
}
