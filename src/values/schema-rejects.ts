import { asList, isDataMap } from '../data/fields.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Words that make one rule of several: what they come to is not judged here. */
const MIXED = [
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'patternProperties',
  'dependentSchemas',
  '$dynamicRef',
];
const MOST_REFERENCES = 20;

/**
 * Whether a chart's `values.schema.json` refuses a value at a path for certain: an unknown key where none but the known are allowed,
 * another type, none of the values that are listed. What the schema leaves to several rules is not judged, and not refused.
 */
export function schemaRejects(root: unknown, path: readonly string[], value: unknown): boolean {
  let schema = resolve(root, root);
  for (const key of path) {
    if (!schema || isMixed(schema)) return false;
    const { properties, additionalProperties } = schema;
    const known = isDataMap(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known === undefined && additionalProperties === false) return true;
    schema = resolve(root, known ?? additionalProperties);
  }
  return schema !== undefined && !isMixed(schema) && refuses(schema, value);
}

function isMixed(schema: Schema): boolean {
  return MIXED.some(word => Object.hasOwn(schema, word));
}

/** Follows `#/definitions/x`; what stands elsewhere is not looked up. */
function resolve(root: unknown, schema: unknown): Schema | undefined {
  let found = schema;
  for (let left = MOST_REFERENCES; left > 0 && isDataMap(found); left--) {
    const reference = found['$ref'];
    if (reference === undefined) return found;
    if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) return undefined;
    const steps = reference.slice(2).split('/').filter(Boolean);
    found = steps.reduce<unknown>((inner, step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      return isDataMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
    }, root);
  }
  return undefined;
}

/** A `null` deletes the default: there is nothing left to refuse. */
function refuses(schema: Schema, value: unknown): boolean {
  if (value === null || value === undefined) return false;
  const types = [schema['type']].flat().filter(type => typeof type === 'string');
  if (types.length > 0 && !types.some(type => hasType(type, value))) return true;
  const listed = asList(schema['enum']);
  return typeof value !== 'object' && listed.length > 0 && !listed.includes(value);
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isDataMap(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}
