import { isRecord, valueAt } from '../../../data/fields.ts';
import { UserError } from '../../../errors.ts';
import type { Step } from '../../../yaml/nodes.ts';
import { helmData } from '../../../yaml/helm-data.ts';
import { type LookUp, mayHoldVariables, substitute } from './substitute.ts';

/** A variable that nobody gives, or braces that are none, and where in the object they stand. */
type OpenVariable = { name: string | undefined; path: readonly Step[] };

/** An object with its variables filled in; what is open stays as it is written. */
export type FilledObject = { body: Record<string, unknown>; open: readonly OpenVariable[] };

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether an object says of itself that nothing is filled in. */
function isLeftAlone(body: unknown): boolean {
  return ['labels', 'annotations'].some(field => valueAt(body, ['metadata', field, SWITCH]) === 'disabled');
}

/** Fills the variables of an object in, as Flux does on the text of what kustomize built: what reads as a number is one then. */
export function fillObject(body: Record<string, unknown>, lookUp: LookUp): FilledObject {
  if (isLeftAlone(body)) return { body, open: [] };
  const open: OpenVariable[] = [];
  const filled = fill(body, [], { lookUp, open });
  return { body: isRecord(filled) ? filled : body, open };
}

type Filling = { lookUp: LookUp; open: OpenVariable[] };

function fill(value: unknown, path: readonly Step[], filling: Filling): unknown {
  if (typeof value === 'string') return fillText(value, path, filling);
  if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index], filling));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    filledKey(key, path, filling),
    fill(inner, [...path, key], filling),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function filledKey(key: string, path: readonly Step[], filling: Filling): string {
  const filled = fillText(key, [...path, key], filling);
  return typeof filled === 'string' ? filled : key;
}

function fillText(text: string, path: readonly Step[], { lookUp, open }: Filling): unknown {
  if (!mayHoldVariables(text) && !text.includes('$$')) return text;
  const filled = substitute(text, lookUp);
  if (!filled) open.push({ name: undefined, path });
  for (const name of filled?.unknown ?? []) open.push({ name, path });
  if (!filled || filled.text === text) return text;
  return isPrintedPlain(text) ? readAgain(filled.text) : filled.text;
}

/** Whether YAML prints a text without quotes: only then what is filled in is read as what it looks like. */
function isPrintedPlain(text: string): boolean {
  return !/\n|^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|:\s|:$|\s#|^\s|\s$/.test(text);
}

function readAgain(text: string): unknown {
  try {
    return helmData(text, 'a variable') ?? null;
  } catch (error) {
    if (error instanceof UserError) return text;
    throw error;
  }
}
