import { posix } from 'node:path';
import { isRecord, valueAt } from '../../data/fields.ts';
import { pinReason } from '../../repository/pin.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { type ChartUse, inside, placeId, type UsingApp, versionKind } from '../chart-use.ts';
import type { ReadPlace } from '../../repository/unread/unread.ts';
import type { Kustomizations } from '../kustomizations.ts';
import { commentIn, type LocatedObject, textIn } from '../objects.ts';
import { type Patch, patchesOn } from './patches.ts';
import { findSource, type SourceRef, sourceRefAt, type Sources, sourcesAmong } from './sources.ts';
import { releaseValues } from './values.ts';

export type FluxContext = {
  objects: readonly LocatedObject[];
  kustomizations: Kustomizations;
  text: RepositoryText;
  appOf(file: string): UsingApp;
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
  for (const object of objects) byFile.set(object.at.file, [...(byFile.get(object.at.file) ?? []), object]);
  const lookup: Lookup = {
    ...context,
    byFile,
    sources: sourcesAmong(objects),
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

/** Where a chart comes from, and the object and the field that say its version. */
type Chart = {
  name: string;
  source: string | undefined;
  folder?: string;
  at: LocatedObject;
  field: readonly string[] | undefined;
  held?: string;
};

function releaseUses(lookup: Lookup, release: LocatedObject): ChartUse[] {
  const chart = chartOf(lookup, release);
  if (!chart) return [];
  const around = lookup.kustomizations.around(release.at.file);
  const above = lookup.kustomizations.above(release.at.file);
  const builds = [...new Set([...(around ? [around] : []), ...above])];
  const patches = builds.flatMap(build => patchesOn(release, build, lookup));
  const own = useOf(lookup, { release, chart, builds, patches });
  const patched = patches.flatMap(patch => patchedUse(own, patch));
  return patched.length > 0 && own.version.at === undefined ? patched : [own, ...patched];
}

/** An overlay that gives the release another version makes a use of its own. */
function patchedUse(own: ChartUse, patch: Patch): ChartUse[] {
  if (patch.kind !== 'object') return [];
  const version = textIn(patch.object, ...VERSION);
  if (version === undefined) return [];
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
  chart: Chart;
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
    ...versionOf(chart, patches),
    release: {
      name: textIn(release, 'spec', 'releaseName') ?? release.name,
      namespace: textIn(release, 'spec', 'targetNamespace') ?? release.namespace ?? builds[0]?.namespace,
    },
    reads: [readAt(release)],
    skipsCrds: !/^Create(?:Replace)?$/.test(textIn(release, 'spec', 'upgrade', 'crds') ?? ''),
    values: releaseValues({ release, builds, patches, configMaps }),
  };
}

/** The version as the object of the source, or the release itself, says it; what owns the line holds it there. */
function versionOf(
  { at, field, source, held }: Chart,
  patches: readonly Patch[],
): Pick<ChartUse, 'version' | 'held'> {
  if (source === undefined) return { version: { kind: 'none', text: '', at: undefined }, held: undefined };
  const written = field && textIn(at, ...field);
  if (field === undefined || written === undefined)
    return { version: { kind: 'floating', text: '', at: undefined }, held };
  const isTag = field.at(-1) === 'tag';
  const text = isTag ? written.replaceAll('_', '+') : written;
  const isRange = field.at(-1) === 'semver';
  const kind = isRange && versionKind(text) === 'exact' ? 'exact' : versionKind(text);
  return {
    version: {
      kind: isTag && kind === 'range' ? 'floating' : kind,
      text,
      at: inside(at.at, ...field),
      ...(isTag ? { isTag } : {}),
    },
    held: held ?? heldAt(at, field) ?? substituted(written) ?? patchedInText(patches),
  };
}

function heldAt(object: LocatedObject, field: readonly string[]): string | undefined {
  const comment = commentIn(object, ...field);
  const [, policy] = /"\$imagepolicy"\s*:\s*"([^"]+)"/.exec(comment ?? '') ?? [];
  return policy === undefined ? pinReason(comment) : `$imagepolicy ${policy}`;
}

/** What another place fills in is not this line's to move. */
function substituted(written: string): string | undefined {
  return written.includes('${') ? written : undefined;
}

/** A patch that is a text may give the version: what it does is not judged. */
function patchedInText(patches: readonly Patch[]): string | undefined {
  const found = patches.find(
    patch => patch.kind === 'text' && /\/spec\/chart(?:Ref)?\b|^\s*(?:version|chartRef):/m.test(patch.text),
  );
  return found?.kind === 'text' ? `patched in ${found.file}` : undefined;
}

function chartOf(lookup: Lookup, release: LocatedObject): Chart | undefined {
  const { body } = release;
  const ref = sourceRefAt(body, ['spec', 'chartRef']);
  const isTwice = ref !== undefined && isRecord(valueAt(body, ['spec', 'chart']));
  if (isTwice) return undefined;
  if (!ref) return templated(lookup, release, ['spec', 'chart', 'spec']);
  const source = findSource(lookup.sources, release, ref);
  if (source?.kind === 'OCIRepository') return inRegistry(source);
  return source?.kind === 'HelmChart' ? templated(lookup, source, ['spec']) : undefined;
}

/** `chart`, `version` and `sourceRef`, as a release and a HelmChart have them. */
function templated(lookup: Lookup, object: LocatedObject, path: readonly string[]): Chart | undefined {
  const name = textIn(object, ...path, 'chart');
  const ref = sourceRefAt(object.body, [...path, 'sourceRef']);
  if (name === undefined || !ref || name.includes('${')) return undefined;
  if (ref.kind === 'GitRepository') return inRepository(lookup, object, name, ref);
  const source = findSource(lookup.sources, object, ref);
  const url = source && textIn(source, 'spec', 'url');
  if (url === undefined || url.includes('${')) return undefined;
  return { name, source: url, at: object, field: [...path, 'version'] };
}

/** A chart of a git repository: of this one where its folder is here. */
function inRepository(lookup: Lookup, at: LocatedObject, chart: string, ref: SourceRef): Chart | undefined {
  const folder = posix.normalize(chart).replace(/\/$/, '');
  const isHere = lookup.text.has(`${folder}/Chart.yaml`) && !folder.startsWith('..');
  return isHere && ref.kind === 'GitRepository'
    ? { name: posix.basename(folder), source: undefined, folder, at, field: undefined }
    : undefined;
}

/** The last part of the address names the chart; a digest is stronger than a range, and that than a tag. */
function inRegistry(source: LocatedObject): Chart | undefined {
  const url = textIn(source, 'spec', 'url')?.replace(/\/+$/, '');
  if (url === undefined || url.includes('${')) return undefined;
  const at = url.lastIndexOf('/');
  const has = (key: string): boolean => textIn(source, 'spec', 'ref', key) !== undefined;
  const field = ['spec', 'ref', has('semver') ? 'semver' : 'tag'];
  const chart = { name: url.slice(at + 1), source: url.slice(0, at), at: source, field };
  return has('digest') ? { ...chart, field: ['spec', 'ref', 'tag'], held: 'ref.digest' } : chart;
}
