import { append } from '../data/append.ts';
import { LISTS_WITH_PATH, PATH_LISTS } from './kustomization-paths.ts';
import path from 'node:path';
import { lineColumn, type LocatedYaml } from '../yaml/read.ts';
import { isRecord, recordsAt, stringsAt, valueAt } from '../data/fields.ts';
import type { Step } from '../yaml/nodes.ts';
import type { SourceLocation } from './source-location.ts';

/** A kustomization as rules look at it: its data, and the place of each part. */
export type KustomizationFacts = {
  file: string;
  folder: string;
  text: string;
  data: Readonly<Record<string, unknown>>;
  namespace: string | undefined;
  charts: readonly ChartFacts[];
  /** Every path that it names, in the order of kustomize's fields. */
  references: readonly PathReference[];
  /** The place of a key or an item; of the nearest one around it where that is not there. */
  at(...steps: Step[]): SourceLocation;
};

/** One entry of `helmCharts`. Fields of another type than text are undefined, and are in `data`. */
export type ChartFacts = {
  index: number;
  data: Readonly<Record<string, unknown>>;
  name: string | undefined;
  repo: string | undefined;
  version: string | undefined;
  releaseName: string | undefined;
  namespace: string | undefined;
  valuesFile: string | undefined;
  /** The place of a field, or of the entry. */
  at(field?: string): SourceLocation;
};

/** A path in a kustomization: `resources/pvc.yaml`, `../base`, an URL. */
export type PathReference = {
  steps: Step[];
  /** As written. */
  value: string;
  /** From the repository's root; it may lead out of it. Undefined for what is fetched. */
  path: string | undefined;
};

/** Reads the first document; anything but a map counts as an empty one. */
export function kustomizationFacts(file: string, yaml: LocatedYaml): KustomizationFacts {
  const [document] = yaml.documents;
  const data = isRecord(document) ? document : {};
  const folder = path.posix.dirname(file);
  const at = (...steps: Step[]): SourceLocation => ({
    file,
    ...lineColumn(yaml.text, offsetOf(yaml, steps)),
  });
  return {
    file,
    folder,
    text: yaml.text,
    data,
    namespace: textOf(data['namespace']),
    charts: recordsAt(data, ['helmCharts']).map(entry => chartFacts(entry, indexOf(data, entry), at)),
    references: pathReferences(data, folder),
    at,
  };
}

function offsetOf(yaml: LocatedYaml, steps: readonly Step[]): number {
  for (let length = steps.length; length >= 0; length--) {
    const offset = yaml.offsetOf(0, steps.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** The position in the list as written: entries of another shape count too. */
function indexOf(data: Readonly<Record<string, unknown>>, entry: unknown): number {
  const list = data['helmCharts'];
  return Array.isArray(list) ? list.indexOf(entry) : 0;
}

function chartFacts(data: Record<string, unknown>, index: number, at: KustomizationFacts['at']): ChartFacts {
  return {
    index,
    data,
    name: textOf(data['name']),
    repo: textOf(data['repo']),
    version: textOf(data['version']),
    releaseName: textOf(data['releaseName']),
    namespace: textOf(data['namespace']),
    valuesFile: textOf(data['valuesFile']),
    at: field => (field === undefined ? at('helmCharts', index) : at('helmCharts', index, field)),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const GENERATORS = ['configMapGenerator', 'secretGenerator'] as const;

function pathReferences(data: Readonly<Record<string, unknown>>, folder: string): PathReference[] {
  const found: { steps: Step[]; value: string }[] = [];
  for (const key of PATH_LISTS) append(found, itemsAt(data, [key]));
  for (const key of LISTS_WITH_PATH) append(found, fieldOfItems(data, key, 'path'));
  append(found, fieldOfItems(data, 'helmCharts', 'valuesFile'));
  for (const [key, list] of [
    ['helmCharts', 'additionalValuesFiles'],
    ...GENERATORS.flatMap(name => [
      [name, 'files'],
      [name, 'envs'],
    ]),
  ] as [string, string][])
    append(found, listsOfItems(data, key, list));
  for (const key of GENERATORS) append(found, fieldOfItems(data, key, 'env'));
  return found
    .filter(({ value }) => !isInline(value))
    .map(({ steps, value }) => ({ steps, value, path: localPath(folder, value, steps) }));
}

function itemsAt(data: unknown, steps: string[]): { steps: Step[]; value: string }[] {
  const list = valueAt(data, steps);
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    typeof value === 'string' ? [{ steps: [...steps, index], value }] : [],
  );
}

function fieldOfItems(data: unknown, key: string, field: string): { steps: Step[]; value: string }[] {
  const list = valueAt(data, [key]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => {
    const value = isRecord(item) ? item[field] : undefined;
    return typeof value === 'string' ? [{ steps: [key, index, field], value }] : [];
  });
}

function listsOfItems(data: unknown, key: string, field: string): { steps: Step[]; value: string }[] {
  const list = valueAt(data, [key]);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) =>
    stringsAt(item, [field]).map((value, at) => ({ steps: [key, index, field, at] as Step[], value })),
  );
}

/** A patch or a transformer written right there instead of a path. */
function isInline(value: string): boolean {
  return value === '' || value.includes('\n') || /^\s*[{[]/.test(value);
}

/** Undefined for what kustomize fetches: URLs and its forms of git addresses. */
function localPath(folder: string, value: string, steps: readonly Step[]): string | undefined {
  if (isRemote(value)) return undefined;
  const isPair = steps[2] === 'files' && value.includes('=');
  const file = isPair ? value.slice(value.indexOf('=') + 1) : value;
  return path.posix.join(folder, file).replace(/\/$/, '');
}

/** Whether kustomize would fetch this entry instead of reading a file. */
export function isRemote(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@|^(?:github|gitlab)\.com[/:]|\?ref=|\.git(?:\/|$|\?)/i.test(value);
}
