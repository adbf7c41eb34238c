import { capiPins } from './capi-pins.ts';
import { inRepository } from './address.ts';
import type { Conventions } from '../repository/conventions/conventions.ts';
import { evaluatePin, type Lookup, type OutdatedItem, type PublishedVersion } from './newer-versions.ts';
import {
  type ChartPin,
  chartPins,
  fluxPins,
  gitPins,
  imagePins,
  plainImagePins,
  type Pin,
  releasePins,
} from './pins.ts';
import { posix } from 'node:path';
import { addTo, append } from '../data/append.ts';
import { isFluxInstance } from '../deliveries/flux/flux-kustomizations.ts';
import { basesOf } from '../deliveries/kustomize/bases.ts';
import { appsByFile } from '../deliveries/kustomizations.ts';
import { readDeliveries } from '../deliveries/read-deliveries.ts';
import { findUses, usesByApp } from '../deliveries/find-uses.ts';
import type { UsingApp } from '../deliveries/chart-use.ts';
import type { App, Repository } from '../repository/model.ts';
import { ownFailure } from '../errors.ts';
import { appPlacement } from '../repository/overlays.ts';
import type { Charts } from './lookup.ts';
import { type Github, githubReleases } from './github-releases.ts';
import { kindOfRef } from './git-url.ts';
import type { Network } from './network.ts';
import { parseVersion, type Version } from './versions/versions.ts';

export type OutdatedContext = {
  repository: Repository;
  conventions: Conventions;
  network: Network;
  charts: Charts;
  github: Github;
  today: Date;
};

export type OutdatedRequest = {
  apps: readonly (App | UsingApp)[];
  /** Also the images of resources and values files. */
  images: boolean;
  /**
   * Also what installs the rest: Flux, where a FluxInstance says which one, clusters and providers of Cluster API; false for
   * those in the apps alone, nothing for none.
   */
  platform?: boolean;
  minAgeDays: number;
  /** Called after each look-up. */
  progress(done: number, of: number): void;
};

/** What has newer versions. One that cannot be asked costs its own row only. */
export async function findOutdated(
  context: OutdatedContext,
  request: OutdatedRequest,
): Promise<OutdatedItem[]> {
  const pins = pinsOf(context, request);
  const lookups = new Map<string, Promise<Lookup>>();
  let done = 0;
  return Promise.all(
    pins.map(async ({ pin, users }) => {
      const key = `${pin.kind} ${pin.source} ${pin.name} ${pinnedAt(pin)?.text ?? ''}`;
      const lookup = lookups.get(key) ?? lookUp(context, pin);
      lookups.set(key, lookup);
      const item = evaluatePin(pin, await lookup, { today: context.today, minAgeDays: request.minAgeDays });
      request.progress(++done, pins.length);
      return users.length === 0 ? item : { ...item, environments: environmentsOf(users) };
    }),
  );
}

/** A pin, and the apps that it is one of, where it stands in none of them. */
type SharedPin = { pin: Pin; users: readonly UsingApp[] };

function pinsOf({ repository, conventions }: OutdatedContext, request: OutdatedRequest): SharedPin[] {
  const byApp = usesByApp(findUses(repository));
  const bases = basesOf(repository);
  const built = builtIn(repository);
  const pins = withBases(repository, request.apps).flatMap(app => [
    ...chartPins(byApp.get(app.path) ?? []),
    ...otherPins({ repository, conventions }, app, { built: built.get(app.path), images: request.images }),
  ]);
  if (request.platform === true) append(pins, instancePins(repository));
  const chosen = new Set(request.apps.map(({ path }) => path));
  const isChosen = ({ app }: Pin): boolean => request.platform === true || chosen.has(app.path);
  append(pins, request.platform === undefined ? [] : capiPins(repository).filter(isChosen));
  return atOnePlace(pins).map(({ pin, users }) => ({ pin, users: bases.get(pin.app.path)?.users ?? users }));
}

/** The apps, and what they build on: a pin of a base is one, however many build on it. */
function withBases(repository: Repository, apps: OutdatedRequest['apps']): (App | UsingApp)[] {
  const paths = new Set(apps.map(({ path }) => path));
  const below = [...basesOf(repository)].filter(
    ([folder, { users }]) => !paths.has(folder) && users.some(({ path }) => paths.has(path)),
  );
  return [...apps, ...below.map(([folder]) => ({ ...appPlacement(folder), path: folder }))];
}

/** What kustomizations build, bases too. */
function builtIn(repository: Repository): ReadonlyMap<string, App> {
  const bases = [...basesOf(repository)].map(
    ([path, { kustomization }]) => [path, { ...appPlacement(path), path, kustomization }] as const,
  );
  return new Map([...bases, ...repository.apps.map(app => [app.path, app] as const)]);
}

function environmentsOf(users: readonly UsingApp[]): string[] {
  return [...new Set(users.map(({ environment }) => environment))].toSorted();
}

/** Overlays that share a generator pin one chart, in one place: with those that do, where there are several. */
function atOnePlace(pins: readonly Pin[]): SharedPin[] {
  const users = new Map<string, UsingApp[]>();
  for (const pin of pins) if (isKustomized(pin)) addTo(users, pin.use.id, pin.app);
  const seen = new Set<string>();
  return pins.flatMap((pin): SharedPin[] => {
    const own = isKustomized(pin) ? (users.get(pin.use.id) ?? []) : [];
    if (!isKustomized(pin) || own.length < 2) return [{ pin, users: [] }];
    if (seen.has(pin.use.id)) return [];
    seen.add(pin.use.id);
    const folder = posix.dirname(pin.use.at.file);
    return [{ pin: { ...pin, app: { ...appPlacement(folder), path: folder } }, users: own }];
  });
}

function isKustomized(pin: Pin): pin is ChartPin {
  return pin.kind === 'chart' && pin.use.delivery === 'kustomize';
}

/** What FluxInstances install, in the folders that they stand in. */
function instancePins(repository: Repository): Pin[] {
  const { objects, kustomizations } = readDeliveries(repository);
  const appOf = appsByFile(repository.apps, kustomizations);
  return objects.filter(isFluxInstance).flatMap(object => fluxPins(object, appOf(object.at.file)));
}

function otherPins(
  { repository, conventions }: Pick<OutdatedContext, 'repository' | 'conventions'>,
  app: UsingApp,
  { built, images }: { built: App | undefined; images: boolean },
): Pin[] {
  const mirror = conventions.imagePrefix?.value.mirror;
  if (!built) return images ? plainImagePins(repository, app, mirror) : [];
  return [...releasePins(built), ...gitPins(built), ...(images ? imagePins(repository, built, mirror) : [])];
}

/** The one version that a chart is pinned at; a range, and what is none, is compared with all. */
function pinnedAt(pin: Pin): Version | undefined {
  return pin.kind === 'chart' && pin.use.version.kind === 'exact' ? parseVersion(pin.current) : undefined;
}

async function lookUp(context: OutdatedContext, pin: Pin): Promise<Lookup> {
  try {
    return { versions: await SOURCES[pin.kind](context, pin) };
  } catch (error) {
    return { error: ownFailure(error) };
  }
}

const SOURCES = {
  chart: ({ charts }, pin) => charts.versions(inRepository(pin.name, pin.source), pinnedAt(pin)),
  release: async ({ network, github }, pin) => {
    if (pin.kind !== 'release') return [];
    if (pin.listed) return pin.listed.map(version => ({ version }));
    return pin.release ? githubReleases({ cache: network.cache, github }, pin.release) : [];
  },
  git: async ({ network, github }, pin) => {
    if (pin.kind !== 'git' || pin.git.host !== 'github.com' || kindOfRef(pin.git.ref) !== 'other') return [];
    const [owner = '', repository = ''] = pin.git.repository.split('/');
    return githubReleases({ cache: network.cache, github }, { owner, repository });
  },
  image: async ({ network }, pin) => {
    const tags = await network.registries.listTags(`oci://${pin.source}`);
    return tags.map(version => ({ version }));
  },
} satisfies Record<Pin['kind'], (context: OutdatedContext, pin: Pin) => Promise<readonly PublishedVersion[]>>;
