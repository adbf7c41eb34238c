import { isDeepStrictEqual } from 'node:util';
import { isRecord, stringOf, valueAt } from '../data/fields.ts';
import type { Step } from '../yaml/nodes.ts';

/** One difference: keys, and items of lists by what tells them apart (`[web]`); undefined where nothing stands. */
export type DataChange = { path: readonly string[]; before: unknown; after: unknown };

/** What differs between two documents' data, as deep as maps and lists with named items go. */
export function dataChanges(before: unknown, after: unknown, path: readonly string[] = []): DataChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap(key => dataChanges(own(before, key), own(after, key), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, fresh] = [named(before), named(after)];
    if (old && fresh)
      return [...new Set([...old.keys(), ...fresh.keys()])].flatMap(name =>
        dataChanges(old.get(name), fresh.get(name), [...path, `[${name}]`]),
      );
  }
  return [{ path, before, after }];
}

function own(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The items of a list by name; undefined where some have none, or share one. */
function named(list: readonly unknown[]): Map<string, unknown> | undefined {
  const items = new Map<string, unknown>();
  for (const item of list) {
    const name = nameOfItem(item);
    if (name === undefined || items.has(name)) return undefined;
    items.set(name, item);
  }
  return items;
}

/** What tells an item apart: a text itself, the release of a chart, a name with its kind. */
export function nameOfItem(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isRecord(item)) return undefined;
  const kind = stringOf(item['kind']);
  const name =
    stringOf(item['releaseName']) ??
    stringOf(item['name']) ??
    stringOf(valueAt(item, ['metadata', 'name'])) ??
    stringOf(item['path']) ??
    stringOf(item['key']);
  return name === undefined ? undefined : kind === undefined ? name : `${kind}/${name}`;
}

/** What a path of `dataChanges` leads to. */
export function dataAt(data: unknown, path: readonly string[]): unknown {
  const steps = stepsTo(data, path);
  return steps?.reduce<unknown>(
    (inner, step) => (inner === null || typeof inner !== 'object' ? undefined : Reflect.get(inner, step)),
    data,
  );
}

/** The same path in keys and positions; undefined where it leads nowhere. */
export function stepsTo(data: unknown, path: readonly string[]): Step[] | undefined {
  const steps: Step[] = [];
  let inner = data;
  for (const part of path) {
    if (Array.isArray(inner)) {
      const index = inner.findIndex(item => `[${nameOfItem(item) ?? ''}]` === part);
      if (index < 0) return undefined;
      steps.push(index);
      inner = inner[index];
    } else if (isRecord(inner) && Object.hasOwn(inner, part)) {
      steps.push(part);
      inner = inner[part];
    } else return undefined;
  }
  return steps;
}

/** A path for people and for patterns: `helmCharts[web].version`. */
export function changePath(path: readonly string[]): string {
  return path
    .map((part, index) => (part.startsWith('[') ? part : index === 0 ? quoted(part) : `.${quoted(part)}`))
    .join('');
}

function quoted(key: string): string {
  return /^[\w/-]+$/.test(key) ? key : JSON.stringify(key);
}

/** The steps of a path as patterns take them. */
export function patternSteps(path: readonly string[]): string[] {
  return path.map(part => (part.startsWith('[') ? part.slice(1, -1) : part));
}
