import { posix } from 'node:path';
import { addTo } from '../../../data/append.ts';
import { isRecord, stringOf, valueAt } from '../../../data/fields.ts';
import type { ChartUse } from '../../../deliveries/chart-use.ts';
import { isFluxKustomization } from '../../../deliveries/flux/flux-kustomizations.ts';
import { sourceRefAt } from '../../../deliveries/flux/sources.ts';
import type { LocatedObject } from '../../../deliveries/located-object.ts';
import type { Kustomization } from '../../../repository/kustomization.ts';
import { mentionsInComment } from '../facts/comments.ts';
import { type DeliveryProblem, problemIn } from './delivery-problem.ts';
import { openVariables } from './open-variables.ts';
import type { Delivered } from './open-delivered.ts';
import { releaseValuesProblems } from './release-values.ts';

/** What stands wrong in the HelmReleases and Kustomizations of a repository. */
export function fluxProblems(delivered: Delivered, uses: readonly ChartUse[]): DeliveryProblem[] {
  const { objects, kustomizations } = delivered.deliveries;
  const releases = objects.filter(
    ({ kind, group, at }) =>
      kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io' && !kustomizations.isPatch(at.file),
  );
  return [
    ...releases.flatMap(release => twoSources(release)),
    ...releases.flatMap(release => missingSource(objects, release)),
    ...releaseValuesProblems(delivered, releases),
    ...floating(uses),
    ...missingPaths(delivered),
    ...unlisted(delivered),
    ...openVariables(delivered, uses),
    ...objects.flatMap(removedApi),
  ];
}

function twoSources(release: LocatedObject): DeliveryProblem[] {
  const spec = release.body['spec'];
  const isBoth = isRecord(valueAt(spec, ['chart'])) && isRecord(valueAt(spec, ['chartRef']));
  return isBoth ? [problemIn('release-two-sources', release, ['spec', 'chartRef'], {})] : [];
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
      problemIn('release-source-missing', release, [...steps, 'name'], { source: `${ref.kind} ${ref.name}` }),
    ];
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
    return missing.map(({ object, path }) =>
      problemIn('ks-path-missing', object, ['spec', 'path'], { path }),
    );
  });
}

/**
 * Kustomizations that nothing builds, where others are listed by the kustomization around them. Those at a root stand in no list:
 * a person, or an operator, applies them.
 */
function unlisted({ deliveries, text, isThere }: Delivered): DeliveryProblem[] {
  const { objects, kustomizations, buildersOf } = deliveries;
  const own = objects.filter(isFluxKustomization);
  const files = new Set(own.map(({ at }) => at.file));
  const isNamed = (file: string): boolean => kustomizations.listers(file).length > 0;
  const listing = new Set(
    [...files].flatMap(file => kustomizations.listers(file).map(({ folder }) => folder)),
  );
  return own.flatMap(object => {
    const { file } = object.at;
    if (isThere(`${posix.dirname(file)}/kyverno-test.yaml`)) return [];
    if (isNamed(file) || kustomizations.isPatch(file) || buildersOf(file).length > 0) return [];
    const around = kustomizations.around(file);
    if (!around || !(listing.has(around.folder) || listsBeside(around, file))) return [];
    const entry = posix.relative(around.folder, file);
    const isExplained = mentionsInComment(text.get(around.file) ?? '', entry);
    return isExplained
      ? []
      : [problemIn('ks-not-listed', object, ['metadata', 'name'], { list: around.file, entry })];
  });
}

/** Whether a kustomization lists other files of a file's own folder. */
function listsBeside({ references }: Kustomization, file: string): boolean {
  const folder = posix.dirname(file);
  return references.some(
    ({ steps, path }) =>
      steps[0] === 'resources' &&
      path !== undefined &&
      posix.dirname(path) === folder &&
      /\.ya?ml$/.test(path),
  );
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
    : [problemIn('flux-api-removed', object, ['apiVersion'], { kind: object.kind, version, now })];
}
