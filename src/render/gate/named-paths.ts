import { collisionKey } from '../../text/file-name.ts';
import { isRecord } from '../../data/fields.ts';
import type { Step } from '../../yaml/nodes.ts';
import type { At, Refusal } from './refusal.ts';
import { say } from '../../locales/say.ts';

/**
 * What a field's text may be: a file; a file behind `key=`; a file or a folder with a kustomization; YAML or a file; the
 * configuration of a plugin, as YAML, a file or a folder.
 */
type PathForm = 'file' | 'pair' | 'folder' | 'patch' | 'plugin';

export type NamedPath = { steps: Step[]; value: string; form: PathForm };

/** A field by the keys that lead to it; `*` is every item of a list. */
type Field = readonly [field: string, form: PathForm];

const SOURCES: readonly Field[] = [
  ['files/*', 'pair'],
  ['envs/*', 'file'],
  ['env', 'file'],
];
const CHART: readonly Field[] = [
  ['valuesFile', 'file'],
  ['additionalValuesFiles/*', 'file'],
];

/** Every field of a kustomization that names a path. */
export const KUSTOMIZATION_PATHS: readonly Field[] = [
  ['resources/*', 'folder'],
  ['bases/*', 'folder'],
  ['components/*', 'folder'],
  ['crds/*', 'file'],
  ['configurations/*', 'file'],
  ['generators/*', 'plugin'],
  ['transformers/*', 'plugin'],
  ['validators/*', 'plugin'],
  ['patchesStrategicMerge/*', 'patch'],
  // The old form, which kustomize still takes.
  ['patches/*', 'patch'],
  ['patches/*/path', 'file'],
  ['patchesJson6902/*/path', 'file'],
  ['replacements/*/path', 'file'],
  ['openapi/path', 'file'],
  ...under('configMapGenerator/*', SOURCES),
  ...under('secretGenerator/*', SOURCES),
  ...under('helmCharts/*', CHART),
];

/** The plugins that are part of kustomize, with the fields that name paths. All others are programs. */
export const PLUGIN_PATHS: Readonly<Record<string, readonly Field[]>> = {
  AnnotationsTransformer: [],
  ConfigMapGenerator: SOURCES,
  HashTransformer: [],
  HelmChartInflationGenerator: CHART,
  IAMPolicyGenerator: [],
  ImageTagTransformer: [],
  LabelTransformer: [],
  NamespaceTransformer: [],
  PatchJson6902Transformer: [['path', 'file']],
  PatchStrategicMergeTransformer: [['paths/*', 'patch']],
  PatchTransformer: [['path', 'file']],
  PrefixTransformer: [],
  ReplacementTransformer: [['replacements/*/path', 'file']],
  ReplicaCountTransformer: [],
  SecretGenerator: SOURCES,
  SortOrderTransformer: [],
  SuffixTransformer: [],
  ValueAddTransformer: [['targetFilePath', 'file']],
};

function under(prefix: string, fields: readonly Field[]): Field[] {
  return fields.map(([field, form]) => [`${prefix}/${field}`, form]);
}

/** The texts of these fields, with the way to each. */
export function pathsIn(data: unknown, fields: readonly Field[]): NamedPath[] {
  return fields.flatMap(([field, form]) =>
    textsAt(data, field.split('/')).map(found => ({ ...found, form })),
  );
}

function textsAt(data: unknown, [key, ...rest]: readonly string[]): { steps: Step[]; value: string }[] {
  if (key === undefined) return typeof data === 'string' && data !== '' ? [{ steps: [], value: data }] : [];
  const inner: [Step, unknown][] =
    key === '*'
      ? Array.isArray(data)
        ? data.map((item: unknown, index) => [index, item])
        : []
      : isRecord(data)
        ? [[key, data[key]]]
        : [];
  return inner.flatMap(([step, value]) =>
    textsAt(value, rest).map(found => ({ ...found, steps: [step, ...found.steps] })),
  );
}

const OTHER_NAMES = [
  'apiVersion',
  'kind',
  'metadata',
  'helmGlobals',
  'helmChartInflationGenerator',
  'chartHome',
  'configHome',
  'name',
  'repo',
  'version',
  'releaseName',
  'nameTemplate',
];
const NAMES = new Map(
  [
    ...[...KUSTOMIZATION_PATHS, ...Object.values(PLUGIN_PATHS).flat()].flatMap(([field]) => field.split('/')),
    ...OTHER_NAMES,
  ].map(name => [collisionKey(name), name]),
);

/** Keys that Go reads as one of the fields above though they are written another way: `ConfigHome`. */
export function misspelledFields(data: Readonly<Record<string, unknown>>, at: At): Refusal[] {
  return mapsIn(data).flatMap(({ steps, map }) =>
    Object.keys(map)
      .filter(key => (NAMES.get(collisionKey(key)) ?? key) !== key)
      .map(key => ({
        ...at(...steps, key),
        reason: say('render.kustomizeReadsWriteSo', { key, names: NAMES.get(collisionKey(key)) }),
      })),
  );
}

/** The map itself, the maps right below it, and those of its lists. */
function mapsIn(data: Readonly<Record<string, unknown>>): { steps: Step[]; map: Record<string, unknown> }[] {
  const below = Object.entries(data).flatMap(([key, value]) => {
    const items: [Step[], unknown][] = Array.isArray(value)
      ? value.map((item: unknown, index) => [[key, index], item])
      : NAMES.get(collisionKey(key)) === undefined || key === 'metadata'
        ? []
        : [[[key], value]];
    return items.flatMap(([steps, map]) => (isRecord(map) ? [{ steps, map }] : []));
  });
  return [{ steps: [], map: data }, ...below];
}
