import { asMap, field, isDataMap } from '../data/fields.ts';
import type { Manifest } from '../repository/manifest.ts';
import { differingPairs } from './object-pairs.ts';

/** An object of a rendered app. */
export type ObjectName = { kind: string; name: string; namespace: string | undefined };

/** One field of an object that differs: `spec.replicas`, before and after as JSON; undefined where it is absent. */
export type FieldChange = { path: string; before: string | undefined; after: string | undefined };

export type RenderedChanges = {
  added: ObjectName[];
  removed: ObjectName[];
  changed: (ObjectName & { fields: FieldChange[] })[];
  /** Objects that differ in chart labels and checksums only. */
  noise: number;
};

/**
 * Compares what an app builds to before and after, without what changes with every version of a chart.
 */
export function renderedChanges(
  before: readonly Manifest[],
  after: readonly Manifest[],
  namespace: string,
): RenderedChanges {
  const changes: RenderedChanges = { added: [], removed: [], changed: [], noise: 0 };
  for (const pair of differingPairs(before, after)) {
    if (!pair.after) changes.removed.push(nameOf(pair.before));
    else if (!pair.before) changes.added.push(nameOf(pair.after));
    else compare(changes, pair.before, pair.after, namespace);
  }
  return changes;
}

function compare(changes: RenderedChanges, before: Manifest, after: Manifest, namespace: string): void {
  const all = fieldChanges(before.body, after.body, []).filter(change => !landsThere(change, namespace));
  const fields = all.filter(({ path }) => !isNoise(path));
  if (fields.length > 0) changes.changed.push({ ...nameOf(after), fields });
  else if (all.length > 0) changes.noise++;
}

/** A namespace that is written now, or no longer, and is the one that the object lands in anyway. */
function landsThere({ path, before, after }: FieldChange, namespace: string): boolean {
  return (
    path === 'metadata.namespace' &&
    (before ?? after) === JSON.stringify(namespace) &&
    (before === undefined || after === undefined)
  );
}

/** An object as it is named to people. */
export function nameOf({ kind, name, namespace }: Manifest): ObjectName {
  return { kind, name, namespace };
}

const NOISE_KEYS = [
  'helm.sh/chart',
  'app.kubernetes.io/version',
  'chart',
  'app.kubernetes.io/chart',
  'heritage',
];

/** Labels that carry the chart's version, and checksums that follow from other changes. */
function isNoise(path: string): boolean {
  const key =
    /(?:^|\.)(?:labels|annotations|matchLabels)\["([^"]+)"\]$|(?:labels|annotations)\.([\w-]+)$/.exec(path);
  const name = key?.[1] ?? key?.[2];
  return (
    name !== undefined && (NOISE_KEYS.includes(name) || /^checksum\/|(?:^|[-/])checksum|rollme/i.test(name))
  );
}

/** The fields that differ below a path, given as steps: `['spec', '.replicas']`. */
export function fieldChanges(before: unknown, after: unknown, path: string[]): FieldChange[] {
  if (isDataMap(before) && isDataMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap(key =>
      fieldChanges(field(before, key), field(after, key), [...path, stepOf(key, path)]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  const [old, fresh] = [textOf(before), textOf(after)];
  return old === fresh ? [] : [{ path: path.join(''), before: old, after: fresh }];
}

/** Elements with a name are compared by it, others by their place. */
function listChanges(before: unknown[], after: unknown[], path: string[]): FieldChange[] {
  const names = (list: unknown[]): unknown[] => list.map(item => field(asMap(item), 'name'));
  const named = [...names(before), ...names(after)].every(name => typeof name === 'string');
  const unique = (list: unknown[]): boolean => new Set(names(list)).size === list.length;
  if (!named || !unique(before) || !unique(after)) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, index) =>
      fieldChanges(before[index], after[index], [...path, `[${index}]`]),
    ).flat();
  }
  const at = (list: unknown[], name: unknown): unknown =>
    list.find(item => field(asMap(item), 'name') === name);
  const all = [...new Set([...names(before), ...names(after)])];
  return all.flatMap(name => fieldChanges(at(before, name), at(after, name), [...path, `[${String(name)}]`]));
}

function stepOf(key: string, path: string[]): string {
  if (!/^[\w-]+$/.test(key)) return `["${key}"]`;
  return path.length === 0 ? key : `.${key}`;
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
