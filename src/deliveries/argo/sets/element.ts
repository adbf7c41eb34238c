import { isRecord } from '../../../data/fields.ts';
import { inside, type Place } from '../../chart-use.ts';

/** A value that a generator hands to a template, and where it is written; nowhere for what Argo CD makes up. */
export type Parameter = { value: unknown; at: Place | undefined };

/** What one Application of a set is made of. */
export type Element = {
  parameters: ReadonlyMap<string, Parameter>;
  /** The generators whose parameters only a cluster or a service knows: what is missing may be theirs. */
  open: readonly string[];
};

/** Nothing but what a generator would add that nobody can look into here. */
export function openElement(generator: string): Element {
  return { parameters: new Map(), open: [generator] };
}

/** The fields of a map as parameters, each where it stands. */
export function parametersOf(data: Readonly<Record<string, unknown>>, at: Place): [string, Parameter][] {
  return Object.entries(data).map(([key, value]) => [key, { value, at: inside(at, key) }]);
}

/** The parameters of two elements as one; those of the second win, maps within maps are laid into each other. */
export function joined(first: Element, second: Element): Element {
  const parameters = new Map(first.parameters);
  for (const [key, own] of second.parameters) parameters.set(key, over(parameters.get(key), own));
  return { parameters, open: [...new Set([...first.open, ...second.open])] };
}

/** Of maps that come from several places no value has one. */
function over(under: Parameter | undefined, own: Parameter): Parameter {
  if (!under || !isRecord(under.value) || !isRecord(own.value)) return own;
  return { value: { ...under.value, ...own.value }, at: undefined };
}

/** What a path of keys leads to. */
export function parameterAt(
  { parameters }: Pick<Element, 'parameters'>,
  steps: readonly string[],
): Parameter | undefined {
  const [first = '', ...rest] = steps;
  return rest.reduce<Parameter | undefined>(fieldOf, parameters.get(first));
}

/** A field of a map, or an item of a list. */
export function fieldOf(from: Parameter | undefined, step: string | number): Parameter | undefined {
  const value = from?.value;
  const isList = Array.isArray(value) && /^\d+$/.test(String(step));
  const has = isList ? Number(step) < value.length : isRecord(value) && Object.hasOwn(value, step);
  if (!from || !has) return undefined;
  const key = isList ? Number(step) : String(step);
  const inner: unknown = isList ? value[Number(step)] : (value as Record<string, unknown>)[String(step)];
  return { value: inner, at: from.at && inside(from.at, key) };
}

/** As Argo CD makes a name of a text. */
export function normalizedName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replaceAll(/^[-.]+|(?<![-.])[-.]+$/g, '');
}
