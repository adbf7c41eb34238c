import { addTo } from '../../../data/append.ts';
import { asList, isRecord, recordsAt, stringOf, valueAt } from '../../../data/fields.ts';
import type { ChartUse } from '../../../deliveries/chart-use.ts';
import { isFluxKustomization } from '../../../deliveries/flux/flux-kustomizations.ts';
import { sourceRefAt } from '../../../deliveries/flux/sources.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { DeliveryProblem } from './delivery-problem.ts';
import { openVariables } from './open-variables.ts';
import type { Delivered } from './open-delivered.ts';

/** What stands wrong in the HelmReleases and Kustomizations of a repository. */
export function fluxProblems(delivered: Delivered, uses: readonly ChartUse[]): DeliveryProblem[] {
  const { objects, kustomizations } = delivered.deliveries;
  const releases = objects.filter(
    ({ kind, group, at }) =>
      kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io' && !kustomizations.isPatch(at.file),
  );
  const named = namesMade(delivered);
  return [
    ...releases.flatMap(release => twoSources(release)),
    ...releases.flatMap(release => missingSource(objects, release)),
    ...releases.flatMap(release => missingValues(named, release)),
    ...floating(uses),
    ...missingPaths(delivered),
    ...openVariables(delivered, uses),
    ...objects.flatMap(removedApi),
  ];
}

function problem(
  code: string,
  { at, name }: LocatedObject,
  steps: readonly Step[],
  about: Record<string, string>,
): DeliveryProblem {
  return {
    code,
    file: at.file,
    document: at.document,
    steps: [...at.path, ...steps],
    about: { name, ...about },
  };
}

function twoSources(release: LocatedObject): DeliveryProblem[] {
  const spec = release.body['spec'];
  const isBoth = isRecord(valueAt(spec, ['chart'])) && isRecord(valueAt(spec, ['chartRef']));
  return isBoth ? [problem('release-two-sources', release, ['spec', 'chartRef'], {})] : [];
}

const LOOKED_FOR = new Set(['HelmRepository', 'OCIRepository', 'HelmChart']);

/** Only where the repository holds sources of that kind at all: else another one has them. */
function missingSource(objects: readonly LocatedObject[], release: LocatedObject): DeliveryProblem[] {
  return [
    ['spec', 'chartRef'],
    ['spec', 'chart', 'spec', 'sourceRef'],
  ].flatMap(steps => {
    const ref = sourceRefAt(release.body, steps);
    if (!ref || !LOOKED_FOR.has(ref.kind) || ref.name.includes('${')) return [];
    const ofKind = objects.filter(
      ({ kind, group }) => kind === ref.kind && group === 'source.toolkit.fluxcd.io',
    );
    const isThere = ofKind.some(({ name }) => name === ref.name || name.includes('${'));
    if (ofKind.length === 0 || isThere) return [];
    return [
      problem('release-source-missing', release, [...steps, 'name'], { source: `${ref.kind} ${ref.name}` }),
    ];
  });
}

/** Whether something in the repository may make a ConfigMap of a name. */
type NamesMade = (name: string) => boolean;

function namesMade({ deliveries: { kustomizations }, text }: Delivered): NamesMade {
  const isRenaming = kustomizations.all.some(
    ({ data }) => data['namePrefix'] !== undefined || data['nameSuffix'] !== undefined,
  );
  const generated = new Set(kustomizations.all.flatMap(generatedNames));
  return name => isRenaming || generated.has(name) || [...text.values()].some(each => isWritten(each, name));
}

function generatedNames({ data }: Kustomization): string[] {
  return asList(data['configMapGenerator']).flatMap(each => stringOf(valueAt(each, ['name'])) ?? []);
}

/** Whatever makes a ConfigMap names it: itself, a template of a chart, an operator's object. */
function isWritten(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const line = new RegExp(
    `^[ \\t-]*["']?(?:name|configMapName|target)["']?[ \\t]*:[ \\t]*["']?${escaped(name)}["']?[ \\t\\r]*$`,
    'm',
  );
  return line.test(withoutReferences(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What `valuesFrom` and `substituteFrom` say makes nothing. */
function withoutReferences(text: string): string {
  const lines = text.split('\n');
  let around = -1;
  return lines
    .filter(line => {
      const indent = line.search(/\S/);
      const isItem = around >= 0 && (indent > around || (indent === around && /^\s*-/.test(line)));
      if (indent >= 0 && !isItem)
        around = /^\s*(?:- )?(?:valuesFrom|substituteFrom)\s*:/.test(line) ? indent : -1;
      return around < 0 || indent < 0;
    })
    .join('\n');
}

function missingValues(isMade: NamesMade, release: LocatedObject): DeliveryProblem[] {
  return recordsAt(release.body, ['spec', 'valuesFrom']).flatMap((entry, index) => {
    const name = stringOf(entry['name']) ?? '';
    const isOpen = entry['kind'] !== 'ConfigMap' || entry['optional'] === true || /\$\{|^$/.test(name);
    if (isOpen || isMade(name)) return [];
    return [problem('release-values-missing', release, ['spec', 'valuesFrom', index], { map: name })];
  });
}

function floating(uses: readonly ChartUse[]): DeliveryProblem[] {
  return uses
    .filter(({ delivery, version, held }) => delivery === 'flux' && version.kind === 'floating' && !held)
    .map(({ at, release, version }) => ({
      code: 'release-version-floating',
      file: version.at?.file ?? at.file,
      document: version.at?.document ?? at.document,
      steps: version.at?.path ?? at.path,
      about: { name: release.name, version: version.text },
    }));
}

/** Paths of a source of which most are here: the source is this repository. */
function missingPaths({ deliveries: { objects }, isThere }: Delivered): DeliveryProblem[] {
  const bySource = new Map<string, { object: LocatedObject; path: string; isHere: boolean }[]>();
  for (const object of objects.filter(isFluxKustomization)) {
    const ref = sourceRefAt(object.body, ['spec', 'sourceRef']);
    const path = (stringOf(valueAt(object.body, ['spec', 'path'])) ?? '').replace(/^\.?\/+|(?<!\/)\/+$/g, '');
    if (!ref || path === '' || path === '.' || /\$\{|^\.\./.test(path)) continue;
    const key = `${ref.kind} ${ref.name}`;
    addTo(bySource, key, { object, path, isHere: isThere(path) });
  }
  return [...bySource.values()].flatMap(paths => {
    const missing = paths.filter(({ isHere }) => !isHere);
    if (missing.length * 3 > paths.length) return [];
    return missing.map(({ object, path }) => problem('ks-path-missing', object, ['spec', 'path'], { path }));
  });
}

/** What Flux served until 2.7 and 2.8, and does not any more. */
const REMOVED: readonly [RegExp, string][] = [
  [/^helm\.toolkit\.fluxcd\.io\/v2beta[12]$/, 'v2'],
  [/^source\.toolkit\.fluxcd\.io\/v1beta[12]$/, 'v1'],
  [/^kustomize\.toolkit\.fluxcd\.io\/v1beta[12]$/, 'v1'],
];

function removedApi(object: LocatedObject): DeliveryProblem[] {
  const version = stringOf(object.body['apiVersion']) ?? '';
  const [, now] = REMOVED.find(([pattern]) => pattern.test(version)) ?? [];
  return now === undefined
    ? []
    : [problem('flux-api-removed', object, ['apiVersion'], { kind: object.kind, version, now })];
}
