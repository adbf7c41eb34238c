import path from 'node:path';
import { append } from '../data/append.ts';
import { isRecord, stringsAt, valueAt } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { display } from '../text/display.ts';
import type { Step } from '../yaml/nodes.ts';

/** Fields of a kustomization that list paths. */
export const PATH_LISTS = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
] as const;

/** Fields whose entries name a file in `path`. */
export const LISTS_WITH_PATH = ['patches', 'patchesJson6902', 'replacements'] as const;

const GENERATORS = ['configMapGenerator', 'secretGenerator'] as const;

/** A path in a kustomization: `resources/pvc.yaml`, `../base`, an URL. */
export type PathReference = {
  steps: Step[];
  /** As written. */
  value: string;
  /** From the repository's root; it may lead out of it. Undefined for what is fetched. */
  path: string | undefined;
};

/**
 * The one reading of a path that is written in a kustomization, from the repository's root: `./a`, `../b/` and `a` are plain
 * paths. It may lead out of the repository (`../…`). Undefined for what kustomize fetches.
 */
export function pathFrom(folder: string, written: string): string | undefined {
  if (isRemote(written)) return undefined;
  return path.posix.join(folder, written).replace(/(?<=[^/])\/+$/, '');
}

/** Whether two texts of one kustomization lead to the same: `./a`, `a/` and `a`. */
export function isSamePath(one: string, other: string): boolean {
  return one === other || pathFrom('.', one) === pathFrom('.', other);
}

/** The same for a path that must lead to a file of the repository; undefined where it does not. */
export function insideFrom(folder: string, written: string): string | undefined {
  const target = /^[/\\]/.test(written) ? undefined : pathFrom(folder, written);
  return target === undefined || target === '..' || target.startsWith('../') ? undefined : target;
}

/** The values file of a chart, from the repository's root. @throws UserError E_OUTSIDE, E_VALUE for what is fetched */
export function valuesPath(folder: string, written: string): string {
  const target = insideFrom(folder, written);
  if (target !== undefined) return target;
  const shown = { written: display(written) };
  const [code, problem] = isRemote(written)
    ? (['E_VALUE', say('repository.valuesFetched', shown)] as const)
    : (['E_OUTSIDE', say('repository.valuesOutside', shown)] as const);
  throw new UserError(code, problem, { hint: say('repository.giveValuesFileInside'), subject: written });
}

/** Whether kustomize fetches this: URLs and its forms of git addresses. */
export function isRemote(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@|^(?:github|gitlab)\.com[/:]|\?ref=|\.git(?:\/|$|\?)/i.test(value);
}

/** Every path that a kustomization names, in the order of kustomize's fields. */
export function pathReferences(data: Readonly<Record<string, unknown>>, folder: string): PathReference[] {
  const found: { steps: Step[]; value: string }[] = [];
  for (const key of PATH_LISTS) append(found, itemsAt(data, [key]));
  // `patches` was a list of paths once; kustomize still takes it as that.
  append(found, itemsAt(data, ['patches']));
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
    .map(({ steps, value }) => ({ steps, value, path: pathFrom(folder, fileIn(value, steps)) }));
}

/** A generator's entry may be `key=path`. */
function fileIn(value: string, steps: readonly Step[]): string {
  const isPair = steps[2] === 'files' && value.includes('=');
  return isPair && !isRemote(value) ? value.slice(value.indexOf('=') + 1) : value;
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
