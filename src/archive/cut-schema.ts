import { isUtf8 } from 'node:buffer';

type DataMap = Record<string, unknown>;

const MAX_DEPTH = 128;
/** What a validator loads when a schema names it. */
const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'] as const;
/** These drafts are part of every validator. */
const DRAFT = /^https?:\/\/json-schema\.org\/(?:draft-0[4-7]|draft\/(?:2019-09|2020-12))\/schema#?$/;

export type CutSchema = {
  /** The schema as helm may see it; undefined if it may not see it at all. The very bytes given where nothing was cut. */
  bytes: Buffer | undefined;
  /** What it refers to outside of itself, so that it is not used whole. */
  outside: string[];
  /** Why there are no bytes where that is nothing outside. */
  why?: 'depth' | 'no-json';
};

/** Takes out of a values.schema.json whatever would make helm open a file or an address. */
export function cutSchema(bytes: Buffer): CutSchema {
  const schema = parseSchema(bytes);
  if (schema === undefined)
    return { bytes: undefined, outside: ['something that is no plain JSON'], why: 'no-json' };
  const outside = new Set<string>();
  const pending = [{ node: schema, depth: 0 }];
  let wasEdited = false;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next;
    if (depth > MAX_DEPTH) return { bytes: undefined, outside: ['more than 128 levels'], why: 'depth' };
    const isMap = isDataMap(node);
    const id = isMap ? outerId(node) : undefined;
    // Pointers below it start from there, so it cannot simply go.
    if (id !== undefined && depth > 0) return { bytes: undefined, outside: [id] };
    if (isMap) wasEdited = cutReferences(node, outside) || wasEdited;
    if (typeof node === 'object' && node !== null)
      for (const child of Object.values(node)) pending.push({ node: child, depth: depth + 1 });
  }
  return { bytes: wasEdited ? Buffer.from(JSON.stringify(schema)) : bytes, outside: [...outside] };
}

/** Undefined for what JavaScript does not read: another parser might. */
function parseSchema(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDataMap(value: unknown): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a schema says that it lives: `$id`, and `id` before draft 6, which is a field of plain data too. */
function outerId(node: DataMap): string | undefined {
  const { $id, id } = node;
  if (typeof $id === 'string' && !$id.startsWith('#')) return $id;
  return typeof id === 'string' && /^(?!#).*[:/]/.test(id) ? id : undefined;
}

/** Whether something had to go. */
function cutReferences(node: DataMap, outside: Set<string>): boolean {
  const before = Object.keys(node).length;
  for (const key of ['$id', 'id']) if (outerId({ [key]: node[key] }) !== undefined) delete node[key];
  for (const key of REFERENCES) {
    const reference = node[key];
    if (typeof reference !== 'string' || reference.startsWith('#')) continue;
    outside.add(reference);
    delete node[key];
  }
  const draft = node['$schema'];
  if (typeof draft === 'string' && !DRAFT.test(draft)) {
    outside.add(draft);
    delete node['$schema'];
  }
  return Object.keys(node).length < before;
}
