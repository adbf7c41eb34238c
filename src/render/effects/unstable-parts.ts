import { isRecord } from '../../data/fields.ts';
import { type Manifest, parseManifests } from '../../repository/manifest.ts';
import { readRemoteDocuments } from '../../yaml/remote-yaml.ts';
import { groupOf } from '../object-pairs.ts';
import { nameOf, type ObjectName } from '../rendered-changes.ts';

/** What a chart renders, field by field: for each object the text of each of its fields, lines of long texts apart. */
type Objects = ReadonlyMap<string, { object: ObjectName; fields: ReadonlyMap<string, string> }>;

/** What differs by itself each time that a chart is rendered: random passwords, certificates, the time. */
export type Unstable = {
  /** The fields of objects, by object. */
  fields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Kinds of which objects have another name each time, by object. */
  kinds: ReadonlySet<string>;
};

/** A part that was not compared: some fields of an object, or all of it. Values never stand here. */
export type Masked = ObjectName & { fields: string[]; isWhole: boolean };

/** Nothing differs by itself. */
export const STABLE: Unstable = { fields: new Map(), kinds: new Set() };

/**
 * What two renderings of the same differ in, with what was known before.
 * @throws UserError for what is no YAML
 */
export function unstableParts(one: string, other: string, known: Unstable = STABLE): Unstable {
  return one === other ? known : unstableObjects(manifestsIn(one), manifestsIn(other), known);
}

/** The same of objects. */
export function unstableObjects(
  one: readonly Manifest[],
  other: readonly Manifest[],
  known: Unstable = STABLE,
): Unstable {
  const [before, after] = [objectsOf(one), objectsOf(other)];
  const fields = new Map(known.fields);
  for (const [key, { fields: own }] of before) {
    const others = after.get(key)?.fields;
    const differing = others ? differingFields(own, others) : [];
    if (differing.length > 0) fields.set(key, new Set([...(fields.get(key) ?? []), ...differing]));
  }
  const alone = [...before, ...after].filter(([key]) => !(before.has(key) && after.has(key)));
  return { fields, kinds: new Set([...known.kinds, ...alone.map(([, { object }]) => kindKey(object))]) };
}

/**
 * Whether two renderings are the same but for what differs by itself.
 * @throws UserError for what is no YAML
 */
export function isSameBut(one: string, other: string, unstable: Unstable): boolean {
  if (one === other) return true;
  if (isStable(unstable)) return false;
  const { alone, changed } = stableDifferences(manifestsIn(one), manifestsIn(other), unstable);
  return alone.length + changed.length === 0;
}

/** What differs for another reason than that it does each time: objects that one side has, and those of which something is another. */
export type StableDifferences = {
  alone: { object: ObjectName; side: 'before' | 'after' }[];
  changed: ObjectName[];
};

/** Compares two sets of objects but for what differs by itself. */
export function stableDifferences(
  one: readonly Manifest[],
  other: readonly Manifest[],
  { fields, kinds }: Unstable,
): StableDifferences {
  const [before, after] = [objectsOf(one), objectsOf(other)];
  const [gone, come] = [aloneIn(before, after), aloneIn(after, before)];
  const count = (own: readonly ObjectName[], kind: string): number =>
    own.filter(object => kindKey(object) === kind).length;
  // Of a kind whose names change there are as many on both sides.
  const isRenamed = (object: ObjectName): boolean => {
    const kind = kindKey(object);
    return kinds.has(kind) && count(gone, kind) === count(come, kind);
  };
  const changed = [...before].flatMap(([key, { object, fields: own }]) => {
    const others = after.get(key)?.fields;
    const isOther = others && differingFields(own, others).some(path => !fields.get(key)?.has(path));
    return isOther ? [object] : [];
  });
  return {
    alone: [
      ...gone.filter(object => !isRenamed(object)).map(object => ({ object, side: 'before' as const })),
      ...come.filter(object => !isRenamed(object)).map(object => ({ object, side: 'after' as const })),
    ],
    changed,
  };
}

function aloneIn(own: Objects, others: Objects): ObjectName[] {
  return [...own].filter(([key]) => !others.has(key)).map(([, { object }]) => object);
}

/** The masked parts by name, in the order of what was rendered. */
export function maskedParts(rendered: string, unstable: Unstable): Masked[] {
  return isStable(unstable) ? [] : maskedObjects(manifestsIn(rendered), unstable);
}

/** The same of objects. */
export function maskedObjects(rendered: readonly Manifest[], { fields, kinds }: Unstable): Masked[] {
  const objects = [...objectsOf(rendered)];
  const whole = [...kinds].flatMap(kind => {
    const own = objects.filter(([, { object }]) => kindKey(object) === kind);
    return own.slice(0, 1).map(([, { object }]) => ({ ...object, name: '*', fields: [], isWhole: true }));
  });
  const partly = objects.flatMap(([key, { object }]) => {
    const own = fields.get(key);
    return own ? [{ ...object, fields: [...new Set([...own].map(withoutLine))], isWhole: false }] : [];
  });
  return [...whole, ...partly];
}

function isStable({ fields, kinds }: Unstable): boolean {
  return fields.size === 0 && kinds.size === 0;
}

function manifestsIn(rendered: string): Manifest[] {
  return parseManifests(readRemoteDocuments(rendered, 'what was rendered'));
}

function kindKey({ kind, namespace = '' }: ObjectName): string {
  return `${kind} ${namespace}`;
}

function differingFields(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(path => one.get(path) !== other.get(path));
}

/** Objects that bear one name are told apart by their order. */
function objectsOf(rendered: readonly Manifest[]): Objects {
  const objects = new Map<string, { object: ObjectName; fields: ReadonlyMap<string, string> }>();
  for (const manifest of rendered) {
    const name = keyOf(manifest);
    let key = name;
    for (let twin = 2; objects.has(key); twin++) key = `${name} ${twin}`;
    objects.set(key, { object: nameOf(manifest), fields: new Map(fieldsOf(manifest.body, '')) });
  }
  return objects;
}

function keyOf({ apiVersion, kind, name, namespace = '' }: Manifest): string {
  return `${groupOf(apiVersion)} ${kind} ${namespace} ${name}`;
}

function fieldsOf(value: unknown, path: string): [string, string][] {
  const inner: [string, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item])
    : isRecord(value)
      ? Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item])
      : [];
  if (inner.length > 0) return inner.flatMap(([place, item]) => fieldsOf(item, place));
  if (typeof value !== 'string' || !value.includes('\n')) return [[path, JSON.stringify(value) ?? '']];
  return value.split('\n').map((line, index) => [`${path}${LINE}${index}`, line]);
}

/** Stands between a path and a line of the text there; no key of an object holds it. */
const LINE = '\u0000';

function withoutLine(path: string): string {
  return path.split(LINE)[0] ?? path;
}
