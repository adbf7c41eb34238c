import { dereference, type OutputUnit, type Schema, type SchemaDraft, validate } from '@cfworker/json-schema';
import { cutSchema } from '../../archive/cut-schema.ts';
import { isDataMap } from '../../data/fields.ts';
import type { Step } from '../../yaml/nodes.ts';

/** A values.schema.json as published, and the values that a chart is given. */
export type SchemaOrder = { schema: Uint8Array; values: unknown };

/** A rule that values do not keep: where they stand, and the rule as the schema has it. */
export type BrokenRule = { path: readonly Step[]; keyword: string; value: string };

/** Why a schema, or a part of it, says nothing about the values. */
export type Unjudged =
  | { kind: 'outside'; reference: string }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'size' | 'recursion' | 'unusable' | 'limit' };

export type SchemaAnswer = { broken: readonly BrokenRule[]; unjudged: readonly Unjudged[] };

/** A pattern in a form of which nobody here knows what it matches. */
export class UnreadPattern extends Error {}

const MOST_NODES = 200_000;
const MOST_RULES = 100;
const MOST_TEXT = 200;

/** Holds values to a schema as helm does. Whoever calls it bounds its time, and says what a `RegExp` is. */
export function judgeInstance({ schema, values }: SchemaOrder): SchemaAnswer {
  const { bytes, outside, why } = cutSchema(Buffer.from(schema.buffer, schema.byteOffset, schema.byteLength));
  if (why) return { broken: [], unjudged: [{ kind: why === 'depth' ? 'size' : 'unusable' }] };
  const unjudged = outside.map((reference): Unjudged => ({ kind: 'outside', reference }));
  if (!bytes) return { broken: [], unjudged };
  const document: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof document !== 'boolean' && !isDataMap(document))
    return { broken: [], unjudged: [...unjudged, { kind: 'unusable' }] };
  if (!isSmall(document)) return { broken: [], unjudged: [...unjudged, { kind: 'size' }] };
  try {
    return { broken: brokenRules(document, values), unjudged };
  } catch (error) {
    return { broken: [], unjudged: [...unjudged, reasonOf(error)] };
  }
}

function reasonOf(error: unknown): Unjudged {
  if (error instanceof UnreadPattern) return { kind: 'pattern', pattern: error.message };
  // Of the stack: a schema that refers to itself, or a list of faults that is too long.
  return { kind: error instanceof RangeError ? 'recursion' : 'unusable' };
}

function isSmall(document: unknown): boolean {
  const pending: unknown[] = [document];
  let left = MOST_NODES;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const children = Object.values(node);
    left -= children.length;
    if (left < 0) return false;
    for (const child of children) pending.push(child);
  }
  return true;
}

function brokenRules(document: Schema | boolean, values: unknown): BrokenRule[] {
  const draft = draftOf(document);
  if (typeof document !== 'boolean') withoutUnassertedFormats(document, draft);
  const lookup = dereference(document);
  const { errors } = validate(values, document, draft, lookup, false);
  const rules = ownErrors(errors).map(error => ({
    path: pathOf(error, values),
    keyword: error.keyword === 'false' ? 'additionalProperties' : error.keyword,
    value: ruleValue(document, lookup, error),
  }));
  const distinct = new Map(rules.map(rule => [JSON.stringify([rule.path, rule.keyword, rule.value]), rule]));
  return [...distinct.values()].slice(0, MOST_RULES);
}

/** Helm's own default is the newest. */
function draftOf(document: Schema | boolean): SchemaDraft {
  const named = typeof document === 'boolean' ? undefined : document.$schema;
  if (/draft-04/.test(named ?? '')) return '4';
  if (/draft-0[67]/.test(named ?? '')) return '7';
  return /2019-09/.test(named ?? '') ? '2019-09' : '2020-12';
}

/** Those of the library that helm knows too, up to draft 7: a format is a remark since. */
const FORMATS = new Set(
  (
    'date time date-time duration email hostname ipv4 ipv6 uri uri-reference uri-template uuid ' +
    'json-pointer relative-json-pointer'
  ).split(' '),
);

function withoutUnassertedFormats(document: Schema, draft: SchemaDraft): void {
  const isAsserted = draft === '4' || draft === '7';
  const pending: unknown[] = [document];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isDataMap(node)) {
      const { format } = node;
      if (typeof format === 'string' && !(isAsserted && FORMATS.has(format)))
        delete (node as Schema)['format'];
    }
    if (typeof node === 'object' && node !== null)
      for (const [key, child] of Object.entries(node)) if (!DATA.has(key)) pending.push(child);
  }
}

const DATA = new Set(['const', 'enum', 'default', 'examples']);

/** They only say that something further in is broken, which follows them. */
const AROUND = new Set(
  (
    'properties patternProperties additionalProperties unevaluatedProperties propertyNames items prefixItems ' +
    'additionalItems unevaluatedItems dependentSchemas allOf if $ref $recursiveRef'
  ).split(' '),
);
const ALTERNATIVES = new Set(['anyOf', 'oneOf']);

/** The errors at the very places; of alternatives only that none of them fits. */
function ownErrors(errors: readonly OutputUnit[]): OutputUnit[] {
  let covered = '';
  let wasCovered = false;
  return errors.filter((error, index) => {
    const isCovered = error.keyword === 'false' ? wasCovered : isBelow(error, covered);
    wasCovered = isCovered;
    if (isCovered) return false;
    covered = ALTERNATIVES.has(error.keyword) ? error.keywordLocation : '';
    const next = errors[index + 1];
    const isWholeDependency =
      error.keyword === 'dependencies' && next?.keywordLocation.startsWith(`${error.keywordLocation}/`);
    return !AROUND.has(error.keyword) && !isWholeDependency;
  });
}

function isBelow({ keywordLocation }: OutputUnit, covered: string): boolean {
  return (covered !== '' && keywordLocation.startsWith(`${covered}/`)) || isAboutOneItem(keywordLocation);
}

const BY_NAME = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);

/** Of a list that has to hold something: that this item is not it says nothing. */
function isAboutOneItem(location: string): boolean {
  const steps = location.split('/');
  return steps
    .slice(0, -1)
    .some((step, depth) => step === 'contains' && !BY_NAME.has(steps[depth - 1] ?? ''));
}

const MISSING = /^Instance does not have required property "([^]*)"\.$/;

function pathOf({ instanceLocation, keyword, error }: OutputUnit, values: unknown): Step[] {
  const path: Step[] = [];
  let at = values;
  for (const step of stepsOf(instanceLocation)) {
    path.push(Array.isArray(at) ? Number(step) : step);
    at = childOf(at, step);
  }
  const missing = keyword === 'required' ? MISSING.exec(error)?.[1] : undefined;
  return missing === undefined ? path : [...path, missing];
}

function stepsOf(location: string): string[] {
  const steps = location.split('/').slice(1);
  return steps.map(step =>
    decodeURI(step).replaceAll('%23', '#').replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}

function childOf(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined;
}

/** The rule as it is written; empty where it cannot be told. */
function ruleValue(
  document: Schema | boolean,
  lookup: Readonly<Record<string, Schema | boolean>>,
  { keywordLocation, keyword }: OutputUnit,
): string {
  if (keyword === 'false') return 'false';
  let at: unknown = document;
  for (const step of stepsOf(keywordLocation)) {
    const reference = step === '$ref' && isDataMap(at) ? (at['__absolute_ref__'] ?? at['$ref']) : undefined;
    at = typeof reference === 'string' ? lookup[reference] : childOf(at, step);
  }
  return at === undefined ? '' : (JSON.stringify(at) ?? '').slice(0, MOST_TEXT);
}
