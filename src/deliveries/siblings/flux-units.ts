import { posix } from 'node:path';
import { asList, isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import { pathFrom } from '../../repository/kustomization-paths.ts';
import type { Repository } from '../../repository/model.ts';
import type { FluxKustomization } from '../flux/flux-kustomizations.ts';
import { findSource, sourceRefAt, sourcesAmong, type Sources } from '../flux/sources.ts';
import type { Kustomizations } from '../kustomizations.ts';
import { type LocatedObject, textIn } from '../located-object.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { crowdedFolders, isWithin, type Standing, standingOf } from './names.ts';
import { type Documents, openDocuments } from './open-documents.ts';
import { listingsOf } from './listings.ts';
import type { Part, Unit, UnitDocument } from './unit.ts';

type Sight = {
  repository: Repository;
  sources: Sources;
  kustomizations: Kustomizations;
  builds: readonly FluxKustomization[];
  documents: Documents;
  crowded: ReadonlySet<string>;
};

/** The apps that are HelmReleases, each with every file that delivers it. */
export function fluxUnits(repository: Repository): Unit[] {
  const objects = readDeliveries(repository).objects;
  const releases = objects.filter(
    ({ kind, group }) => kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io',
  );
  if (releases.length === 0) return [];
  const sight: Sight = {
    repository,
    sources: sourcesAmong(objects),
    kustomizations: readDeliveries(repository).kustomizations,
    builds: readDeliveries(repository).flux,
    documents: openDocuments(repository),
    crowded: crowdedFolders(releases.map(({ at }) => at.file)),
  };
  return releases
    .filter(({ at }) => at.path.length === 0 && !sight.kustomizations.isPatch(at.file))
    .flatMap(release => unitOf(sight, release));
}

function unitOf(sight: Sight, release: LocatedObject): Unit[] {
  const standing = standingOf(
    release.at.file,
    release.name,
    sight.crowded.has(posix.dirname(release.at.file)),
  );
  const chain = chainOf(sight, release.at.file, standing);
  const own = sight.documents.at(release.at, 'release');
  const chart = chartOf(sight, release);
  if (!own || !chart) return [];
  const deploying = sight.builds.filter(build => deploys(build, standing, release.at.file, chain));
  const values = valuesOf(release.body, chain, standing);
  const source = chart.object && isWithin(standing.home, chart.object.at.file) ? chart.object : undefined;
  const documents = [
    own,
    source ? (sight.documents.at(source.at, 'source') ?? []) : [],
    ...chain.flatMap(({ file }) => sight.documents.first(file, 'kustomization')),
    ...inFiles(
      sight,
      [...listedFiles(chain, standing, 'resources'), release.at.file],
      'Namespace',
      'namespace',
    ),
    ...listedFiles(chain, standing, 'configurations').flatMap(file =>
      sight.documents.first(file, 'configuration'),
    ),
    ...deploying.flatMap(({ object }) => sight.documents.at(object.at, 'flux') ?? []),
  ].flat();
  const listings = listingsOf(sight.kustomizations, standing, documents);
  return [
    {
      delivery: 'flux',
      standing,
      documents,
      values,
      chart,
      source: { kind: chart.kind, isOwn: source !== undefined },
      namespace: namespaceOf(release, deploying, [...chain, ...listings.map(({ by }) => by)]),
      folder: chain[0]?.folder,
      listings: listings.map(({ by, entry }) => ({ file: by.file, entry })),
    },
  ];
}

/** The kustomizations of the app itself that build the release, the nearest first. */
function chainOf({ kustomizations }: Sight, file: string, { home }: Standing): Kustomization[] {
  const around = kustomizations.around(file);
  const all = new Set([...(around ? [around] : []), ...kustomizations.above(file)]);
  return [...all].filter(({ folder, data }) => isWithin(home, folder) && data['kind'] !== 'Component');
}

type Chart = Unit['chart'] & { kind: string; object: LocatedObject | undefined };

function chartOf({ sources }: Sight, release: LocatedObject): Chart | undefined {
  const direct = sourceRefAt(release.body, ['spec', 'chartRef']);
  const ref = direct ?? sourceRefAt(release.body, ['spec', 'chart', 'spec', 'sourceRef']);
  if (!ref) return undefined;
  const object = findSource(sources, release, ref);
  const url = object && textIn(object, 'spec', 'url')?.replace(/(?<!\/)\/+$/, '');
  const name = direct
    ? url?.slice(url.lastIndexOf('/') + 1)
    : textIn(release, 'spec', 'chart', 'spec', 'chart');
  const version = direct
    ? object && textIn(object, 'spec', 'ref', 'tag')
    : textIn(release, 'spec', 'chart', 'spec', 'version');
  return { name: name ?? '', version: version ?? '', source: url, kind: ref.kind, object };
}

/** Whether a Flux Kustomization is the app's own: what it builds lies in the app's folder and leads to the release. */
function deploys(
  { folder }: FluxKustomization,
  { home }: Standing,
  file: string,
  chain: readonly Kustomization[],
): boolean {
  if (!isWithin(home, folder)) return false;
  return chain.some(each => each.folder === folder) || (chain.length === 0 && isWithin(folder, file));
}

/** The first place decides: what lies above it is a layer of its own. */
function valuesOf(
  body: Record<string, unknown>,
  chain: readonly Kustomization[],
  { home }: Standing,
): Unit['values'] {
  const from = recordsAt(body, ['spec', 'valuesFrom']).flatMap(({ name }) => stringOf(name) ?? []);
  const files = chain.flatMap(({ data, folder }) =>
    recordsAt(data, ['configMapGenerator'])
      .filter(generator => from.some(name => name === generator['name']))
      .flatMap(generator => asList(generator['files']))
      .flatMap(entry =>
        typeof entry === 'string' ? (pathFrom(folder, entry.slice(entry.indexOf('=') + 1)) ?? []) : [],
      ),
  );
  const file = files.find(each => isWithin(home, each));
  if (file !== undefined) return { style: 'file', file };
  return { style: isRecord(valueAt(body, ['spec', 'values'])) ? 'map' : 'none', file: undefined };
}

function listedFiles(chain: readonly Kustomization[], { home }: Standing, field: string): string[] {
  const paths = chain.flatMap(({ references }) =>
    references.flatMap(({ steps, path }) => (steps[0] === field && path !== undefined ? [path] : [])),
  );
  return [...new Set(paths)].filter(path => isWithin(home, path) && /\.ya?ml$/.test(posix.basename(path)));
}

function inFiles({ documents }: Sight, files: readonly string[], kind: string, part: Part): UnitDocument[] {
  return [...new Set(files)].flatMap(file => documents.ofKind(file, kind, part));
}

/** What Flux is told wins over what the folder says, and that over what the release says. */
function namespaceOf(
  release: LocatedObject,
  deploying: readonly FluxKustomization[],
  around: readonly Kustomization[],
): string | undefined {
  const told = [
    textIn(release, 'spec', 'targetNamespace'),
    ...deploying.map(({ spec }) => stringOf(spec['targetNamespace'])),
    ...around.map(({ namespace }) => namespace),
    release.namespace,
  ];
  return told.find(namespace => namespace !== undefined && !namespace.includes('$'));
}
