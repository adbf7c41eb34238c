import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';

/** One group version of an API server's OpenAPI (v3): `''` is the group of Services. */
export type GroupVersion = { group: string; version: string; document: unknown };

/** Where kubeconform finds the schema of an object below a folder of these files. */
export const SCHEMA_PATTERN = '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';

type Json = unknown;

/**
 * The schemas of a group version as files for kubeconform, by path: one for each kind, which leads into a common one. They are strict:
 * a field that no schema knows is refused, as the API server does it. Without descriptions: nobody reads them there.
 */
export function schemaFiles({ group, version, document }: GroupVersion): Map<string, string> {
  const schemas = valueAt(document, ['components', 'schemas']);
  if (!isRecord(schemas)) return new Map();
  const folder = group === '' ? version : group;
  const common = `_${version}.json`;
  const kinds = Object.entries(schemas).flatMap(([name, schema]) =>
    kindsOf(schema, { group, version }).map(kind => [kind, name] as const),
  );
  if (kinds.length === 0) return new Map();
  const definitions = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, definitionOf(name, schema)]),
  );
  return new Map([
    [`${folder}/${common}`, JSON.stringify({ definitions })],
    ...kinds.map(([kind, name]): [string, string] => [
      `${folder}/${kind.toLowerCase()}_${version}.json`,
      JSON.stringify({ $ref: `${common}#/definitions/${name}` }),
    ]),
  ]);
}

/** Which kinds of this group version a schema is of. */
function kindsOf(schema: unknown, { group, version }: { group: string; version: string }): string[] {
  return recordsAt(schema, ['x-kubernetes-group-version-kind'])
    .filter(each => each['group'] === group && each['version'] === version)
    .flatMap(each => stringOf(each['kind']) ?? [])
    .filter(kind => /^[A-Za-z0-9]{1,100}$/.test(kind));
}

const AMOUNT = { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] };

/** A text or a number, and what has a form of its own that no schema states. */
function definitionOf(name: string, schema: unknown): Json {
  if (/\.(?:IntOrString|Quantity)$/.test(name)) return AMOUNT;
  return strict(schema, 0);
}

const MOST_DEEP = 60;
const KEPT = [
  'type',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'required',
];

function strict(schema: unknown, depth: number): Json {
  if (!isRecord(schema) || depth > MOST_DEEP) return {};
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') return AMOUNT;
  const reference = referenceIn(schema);
  if (reference !== undefined) return { $ref: reference };
  const kept = Object.fromEntries(
    KEPT.flatMap(key => (schema[key] === undefined ? [] : [[key, schema[key]]])),
  );
  return orNull({ ...kept, ...bounds(schema), ...inner(schema, depth) });
}

/** OpenAPI wraps a reference that has a default. */
function referenceIn(schema: Record<string, unknown>): string | undefined {
  const [only, ...more] = recordsAt(schema, ['allOf']);
  const text = stringOf(schema['$ref']) ?? (more.length === 0 ? stringOf(only?.['$ref']) : undefined);
  return text?.replace('#/components/schemas/', '#/definitions/');
}

function bounds(schema: Record<string, unknown>): Record<string, Json> {
  const limits: Record<string, Json> = {};
  for (const [exclusive, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const)
    if (schema[exclusive] === true) limits[exclusive] = schema[limit];
  return limits;
}

function inner(schema: Record<string, unknown>, depth: number): Record<string, Json> {
  const found: Record<string, Json> = {};
  const { properties, items, additionalProperties } = schema;
  if (isRecord(properties)) {
    const fields = Object.entries(properties).map(([key, value]) => [key, strict(value, depth + 1)]);
    found['properties'] = Object.fromEntries(fields);
    if (schema['x-kubernetes-preserve-unknown-fields'] !== true) found['additionalProperties'] = false;
  }
  if (isRecord(additionalProperties)) found['additionalProperties'] = strict(additionalProperties, depth + 1);
  if (isRecord(items)) found['items'] = strict(items, depth + 1);
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const list = recordsAt(schema, [key]);
    if (list.length > 0) found[key] = list.map(each => loose(each, depth + 1));
  }
  if (isRecord(schema['not'])) found['not'] = loose(schema['not'], depth + 1);
  return found;
}

/** Inside of `anyOf` and its kin a schema says something of an object whose fields stand elsewhere. */
function loose(schema: Record<string, unknown>, depth: number): Json {
  const closed = strict(schema, depth);
  if (!isRecord(closed)) return closed;
  const { additionalProperties, ...open } = closed;
  return additionalProperties === false ? open : closed;
}

/** What is null is as if it were not there. */
function orNull(schema: Record<string, Json>): Json {
  const { type } = schema;
  const choices = schema['enum'];
  return {
    ...schema,
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(choices) ? { enum: [...(choices as unknown[]), null] } : {}),
  };
}
