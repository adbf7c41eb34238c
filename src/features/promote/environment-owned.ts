import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { matchesPathPattern } from '../../values/answer-patterns.ts';
import { type AppFiles, documentsOf, isSealed, isValuesKey } from './app-files.ts';
import { dataChanges, changePath, patternSteps } from '../../values/data-changes.ts';

/** What is an environment's own in most repositories, by the names of keys. */
const OWN_KEYS = new Set([
  'host',
  'hosts',
  'hostname',
  'hostnames',
  'domain',
  'domains',
  'parentRefs',
  'replicas',
  'replicaCount',
  'minReplicas',
  'maxReplicas',
  'resources',
  'storage',
  'storageClass',
  'storageClassName',
  'namespace',
  'existingSecret',
  'secretName',
  'secretRef',
  'secretKeyRef',
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
]);

/** `size` alone is anything; below these it is that of a volume. */
const STORAGE = /^(?:persistence|storage|volume|persistentVolume)/;

/** The paths of an app whose sides have differed in every state that is known. */
export type LearnedPaths = { paths: ReadonlySet<string>; evidence: Text };

/** Why a path belongs to the environment: by its name, by the configuration, or because both sides always differed there. */
export function ownership(
  keep: readonly string[],
  learned: LearnedPaths | undefined,
): (key: string, path: readonly string[]) => Text | undefined {
  return (key, path) => {
    const steps = patternSteps(path);
    const pattern = keep.find(each => matchesPathPattern(each, steps));
    if (pattern !== undefined) return say('promote.keptByConfiguration', { pattern });
    if (isOwnKey(key, path)) return say('promote.keptByName');
    return learned?.paths.has(pathKey(key, path)) ? learned.evidence : undefined;
  };
}

/** Of a kustomization `resources` lists files, and `namespace` of a chart's entry goes with that of the folder. */
function isOwnKey(key: string, path: readonly string[]): boolean {
  const isKustomization = /(?:^|\/)[kK]ustomization(?:\.ya?ml)?$/.test(key);
  return path.some((part, index) => {
    if (isKustomization && part === 'resources' && index === 0) return false;
    if (part === 'size') return path.slice(0, index).some(each => STORAGE.test(each));
    return OWN_KEYS.has(part);
  });
}

/** A path of a file as one word. */
export function pathKey(key: string, path: readonly string[]): string {
  return `${key} ${changePath(path)}`;
}

/** Every path in which two sides of an app differ, whole files included; what is sealed is left out. */
export function differences(
  source: AppFiles,
  target: AppFiles,
): Map<string, { key: string; path: string[] }> {
  const found = new Map<string, { key: string; path: string[] }>();
  for (const key of new Set([...source.keys(), ...target.keys()])) {
    const [one, other] = [source.get(key)?.text, target.get(key)?.text];
    if (one === other || [one, other].some(text => text !== undefined && isSealed(text))) continue;
    const changes =
      one === undefined || other === undefined
        ? [{ path: [] }]
        : dataChanges(dataOfFile(one), dataOfFile(other)).map(({ path }) => ({ path }));
    for (const { path } of changes) found.set(pathKey(key, path), { key, path: [...path] });
  }
  return found;
}

function dataOfFile(text: string): unknown {
  const documents = documentsOf(text).filter(each => each !== null);
  return documents.length > 1 ? documents : (documents[0] ?? {});
}

/** Whether a chart's values, another file of the charts, images, or the rest: what `--only` chooses from. */
export const PROMOTED_PARTS = ['charts', 'images', 'values', 'resources'] as const;

export type PromotedPart = (typeof PROMOTED_PARTS)[number];

/** What of an app a path is. */
export function promotedPartOf(key: string, path: readonly string[]): PromotedPart {
  if (isValuesKey(key)) return 'values';
  const [first] = path;
  if (key === 'lock' || first === 'helmCharts' || first === 'helmGlobals') return 'charts';
  const last = path.at(-1) ?? '';
  if (first === 'images' || last === 'image' || last === 'imageName') return 'images';
  const text = path.join('.');
  if (/(?:^|\.)chart\.spec\.version$|\.targetRevision$|(?:^|\.)ref\.(?:tag|semver)$/.test(text))
    return 'charts';
  return /(?:^|\.)(?:values|valuesObject)(?:\.|$)/.test(text) ? 'values' : 'resources';
}
