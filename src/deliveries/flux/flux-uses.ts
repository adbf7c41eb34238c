import { addTo } from '../../data/append.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { pinReason, policyIn } from '../../repository/pin.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { type ChartUse, inside, placeId, type UsingApp, versionKind } from '../chart-use.ts';
import type { ReadPlace } from '../../repository/unread/unread.ts';
import type { Kustomizations } from '../kustomizations.ts';
import { commentIn, type LocatedObject, textIn } from '../located-object.ts';
import { withPatches } from './apply-patch.ts';
import { resolvedVersions } from './filled-version.ts';
import type { FluxKustomization } from './flux-kustomizations.ts';
import { type Patch, patchesOn } from './patches.ts';
import { mayHoldVariables } from './substitution/substitute.ts';
import type { Variables } from './variables.ts';
import { chartOf, filledNames, type ReleaseChart, versionOf } from './release-chart.ts';
import { type Sources, sourcesAmong } from './sources.ts';
import { releaseValues } from './values.ts';

export type FluxContext = {
  objects: readonly LocatedObject[];
  kustomizations: Kustomizations;
  text: RepositoryText;
  appOf(file: string): UsingApp;
  /** The Kustomizations of Flux that build a file. */
  buildersOf(file: string): readonly FluxKustomization[];
  variablesOf(kustomization: FluxKustomization): Variables;
};

type Lookup = FluxContext & {
  sources: Sources;
  configMaps: readonly LocatedObject[];
  byFile: ReadonlyMap<string, readonly LocatedObject[]>;
};

/** The charts of Flux's HelmReleases whose source and version stand in the repository; others are left out. */
export function fluxUses(context: FluxContext): ChartUse[] {
  const { objects } = context;
  const byFile = new Map<string, LocatedObject[]>();
  for (const object of objects) addTo(byFile, object.at.file, object);
  const lookup: Lookup = {
    ...context,
    byFile,
    sources: sourcesAmong(objects, object => filledNames(context, object)),
    configMaps: objects.filter(({ kind }) => kind === 'ConfigMap'),
  };
  return objects
    .filter(
      ({ kind, group, at }) =>
        kind === 'HelmRelease' &&
        group === 'helm.toolkit.fluxcd.io' &&
        !context.kustomizations.isPatch(at.file),
    )
    .flatMap(release => releaseUses(lookup, release));
}

function releaseUses(lookup: Lookup, release: LocatedObject): ChartUse[] {
  const chart = chartOf(lookup, release);
  if (!chart) return [];
  const around = lookup.kustomizations.around(release.at.file);
  const above = lookup.kustomizations.above(release.at.file);
  const builds = [...new Set([...(around ? [around] : []), ...above])];
  const patches = builds.flatMap(build => patchesOn(release, build, lookup));
  const built = { release, chart, builds };
  const overlays = versionsOf(patches).map(pins => overlayOf(lookup, pins, patches));
  const isOfOverlay = (patch: Patch): boolean => overlays.some(({ only }) => only.includes(patch));
  const use = useOf(lookup, { ...built, patches: patches.filter(patch => !isOfOverlay(patch)) });
  const own = filledVersions(lookup, [chart.at, release], use);
  const patched = overlays
    .flatMap(({ version, all }) => patchedUse(useOf(lookup, { ...built, patches: all }), version))
    .flatMap(each => filledVersions(lookup, [release], each));
  return patched.length > 0 && use.version.at === undefined ? patched : [...own, ...patched];
}

type VersionPatch = Extract<Patch, { kind: 'object' }>;

/** The patches that give the release another version, by the place where that is written: overlays may share one. */
function versionsOf(patches: readonly Patch[]): VersionPatch[][] {
  const byPlace = new Map<string, VersionPatch[]>();
  for (const patch of patches)
    if (patch.kind === 'object' && textIn(patch.object, ...VERSION) !== undefined)
      addTo(byPlace, placeId(patch.object.at), patch);
  return [...byPlace.values()];
}

type Overlay = {
  version: VersionPatch[];
  all: Patch[];
  /** What meets the release nowhere else. */ only: Patch[];
};

/** What overlays that take one version lay over the release: their own patches, and those of what they build on. */
function overlayOf({ kustomizations }: Lookup, version: VersionPatch[], patches: readonly Patch[]): Overlay {
  const above = ({ folder }: Kustomization): Kustomization[] => kustomizations.above(folder);
  const isOwn = ({ by }: Patch): boolean =>
    version.some(each => each.by === by || above(each.by).includes(by));
  const isBelow = ({ by }: Patch): boolean => version.some(each => above(by).includes(each.by));
  return {
    version,
    only: patches.filter(isOwn),
    all: patches.filter(patch => isOwn(patch) || isBelow(patch)),
  };
}

/**
 * A component that several builds take in is filled in by that of the release: by none of them for one that nothing builds, or
 * that something builds which does not take it in.
 */
function fillingIn(
  { buildersOf }: Lookup,
  [source, ...others]: readonly LocatedObject[],
): readonly FluxKustomization[] {
  const file = source?.at.file ?? '';
  const first = buildersOf(file);
  const built = others.map(({ at }) => buildersOf(at.file)).filter(all => all.length > 0);
  const [only = [], isAlone] = first.length === 0 ? [built[0], true] : [first, built.length < others.length];
  if (isAlone) return only.length === 1 ? only : [];
  const shared = first.filter(each => built.every(all => all.includes(each)));
  const takesIn = (folder: string): boolean => file.startsWith(`${folder}/`);
  return shared.length > 0 ? shared : first.filter(({ components }) => !components.some(takesIn));
}

/** A version that a variable gives stands where that is written: one use for each such place. */
function filledVersions(lookup: Lookup, objects: readonly LocatedObject[], use: ChartUse): ChartUse[] {
  if (!mayHoldVariables(use.version.text)) return [use];
  const builders = fillingIn(lookup, objects);
  const found = resolvedVersions(use.version, builders.map(lookup.variablesOf));
  return found.map(({ id, held, ...resolved }) => ({
    ...use,
    ...resolved,
    id: id ?? use.id,
    held: use.held ?? held,
  }));
}

/** Overlays that give the release another version make one use for the place where that is written. */
function patchedUse(own: ChartUse, [patch]: readonly VersionPatch[]): ChartUse[] {
  const version = patch && textIn(patch.object, ...VERSION);
  if (patch === undefined || version === undefined) return [];
  const at = inside(patch.object.at, ...VERSION);
  return [
    {
      ...own,
      id: placeId(at),
      at: patch.object.at,
      version: { kind: versionKind(version), text: version, at },
      held: heldAt(patch.object, VERSION),
      reads: [...own.reads, readAt(patch.object)],
    },
  ];
}

function readAt({ at }: LocatedObject): ReadPlace {
  return { kind: 'HelmRelease', file: at.file, document: at.document, charts: 1 };
}

const VERSION = ['spec', 'chart', 'spec', 'version'] as const;

type Built = {
  release: LocatedObject;
  chart: ReleaseChart;
  builds: readonly Kustomization[];
  patches: readonly Patch[];
};

function useOf(lookup: Lookup, { release, chart, builds, patches }: Built): ChartUse {
  const { configMaps, appOf } = lookup;
  return {
    delivery: 'flux',
    id: placeId(
      inside(release.at, 'spec', valueAt(release.body, ['spec', 'chartRef']) ? 'chartRef' : 'chart'),
    ),
    app: appOf(release.at.file),
    at: release.at,
    name: chart.name,
    source: chart.source,
    ...(chart.folder === undefined ? {} : { folder: chart.folder }),
    ...heldVersion(chart, patches),
    release: releaseOf(lookup, release, builds),
    reads: [readAt(release)],
    skipsCrds: skipsCrds(lookup, release),
    ...(valueAt(release.body, ['spec', 'upgrade', 'disableSchemaValidation']) === true
      ? { skipsSchema: true }
      : {}),
    values: releaseValues({ release, builds, patches, configMaps }),
  };
}

/** As helm-controller names it; what builds the release decides on its namespace, whatever it says itself. */
function releaseOf(
  { buildersOf }: Lookup,
  release: LocatedObject,
  builds: readonly Kustomization[],
): ChartUse['release'] {
  const target = textIn(release, 'spec', 'targetNamespace');
  const [builder] = buildersOf(release.at.file);
  const built =
    stringOf(builder?.spec['targetNamespace']) ?? builds.find(({ namespace }) => namespace)?.namespace;
  return {
    name:
      textIn(release, 'spec', 'releaseName') ??
      (target === undefined ? release.name : `${target}-${release.name}`),
    namespace: target ?? built ?? release.namespace,
  };
}

/** Whether every Kustomization that builds the release leaves the policy for upgrades at `Skip`. */
function skipsCrds({ buildersOf }: Lookup, release: LocatedObject): boolean {
  const builders = buildersOf(release.at.file);
  const bodies = builders.map(({ spec }) => withPatches(release.body, release, spec['patches']));
  return [...bodies, ...(bodies.length > 0 ? [] : [release.body])].every(body => {
    const policy = stringOf(valueAt(body, ['spec', 'upgrade', 'crds'])) ?? '';
    return !/^Create(?:Replace)?$/.test(policy);
  });
}

/** The version as the object of the source, or the release itself, says it; what owns the line holds it there. */
function heldVersion(chart: ReleaseChart, patches: readonly Patch[]): Pick<ChartUse, 'version' | 'held'> {
  const version = versionOf(chart);
  const { at, field, held } = chart;
  if (version.kind === 'none' || !field || !version.at)
    return { version, held: version.kind === 'none' ? undefined : held };
  return { version, held: held ?? heldAt(at, field) ?? patchedInText(patches) };
}

function heldAt(object: LocatedObject, field: readonly string[]): string | undefined {
  const comment = commentIn(object, ...field);
  const policy = policyIn([comment]);
  return policy === undefined ? pinReason(comment) : `$imagepolicy ${policy}`;
}

/** A patch that is a text may give the version: what it does is not judged. */
function patchedInText(patches: readonly Patch[]): string | undefined {
  const found = patches.find(
    patch =>
      patch.kind === 'text' && /\/spec\/chart(?:Ref)?\b|^[ \t]*(?:version|chartRef):/m.test(patch.text),
  );
  return found?.kind === 'text' ? `patched in ${found.file}` : undefined;
}
