import { addTo } from '../data/append.ts';
import type { Repository, App } from '../repository/model.ts';
import type { ChartUse, UsingApp } from './chart-use.ts';
import type { ReadPlace } from '../repository/unread/unread.ts';
import { kustomizeUses } from './kustomize/kustomize-uses.ts';
import { proxyUses } from './capi/proxy-uses.ts';
import { argoUses } from './argo/argo-uses.ts';
import { templatedObjects } from './argo/chart-template.ts';
import { ownRepositories } from '../repository/own-repositories.ts';
import { umbrellaUses } from './umbrella/umbrella-uses.ts';
import { fluxUses } from './flux/flux-uses.ts';
import { appsByFile } from './kustomizations.ts';
import type { ReadRepository } from './objects.ts';
import { parsedFile } from './parsed-files.ts';
import type { LocatedYaml } from '../yaml/read.ts';
import { readDeliveries } from './read-deliveries.ts';

const found = new WeakMap<Repository, ChartUse[]>();

/** Every use of a chart in a repository, app by app; each repository is looked through once. */
export function findUses(repository: Repository): readonly ChartUse[] {
  const known = found.get(repository) ?? lookThrough(repository);
  found.set(repository, known);
  return known;
}

function lookThrough(repository: Repository): ChartUse[] {
  return [...kustomizeUses(repository), ...usesBesideKustomize(repository)];
}

/** The uses of everything but kustomize. */
export function usesBesideKustomize(repository: ReadRepository & Pick<Repository, 'sets'>): ChartUse[] {
  const deliveries = readDeliveries(repository);
  const { objects, kustomizations } = deliveries;
  const appOf = appsByFile(repository.apps, kustomizations);
  const { text } = repository;
  const parsed = (file: string): LocatedYaml | undefined => parsedFile(repository, file);
  return [
    ...umbrellaUses(repository),
    ...fluxUses({ ...deliveries, appOf, text }),
    ...proxyUses({ objects, appOf }),
    ...argoUses({
      objects: [...objects, ...templatedObjects({ repository, objects, parsed })],
      text,
      own: ownRepositories(objects, text),
      sets: repository.sets,
      parsed,
    }),
  ];
}

/** The places that give charts to a cluster, as far as they are read: what of the list of all places is not unread. */
export function readPlaces(uses: readonly ChartUse[]): ReadPlace[] {
  const places = new Map(
    uses.flatMap(({ id, reads }) => reads.map(read => [keyOf(id, read), read] as const)),
  );
  return [...places.values()];
}

/** A release that several overlays patch is read once; two charts of one document are two. */
function keyOf(id: string, { kind, file, document }: ReadPlace): string {
  return `${kind} ${file}#${document} ${kind === 'HelmRelease' ? '' : id}`;
}

/** The apps of a repository, and the folders that use charts besides. */
export function usingApps({ apps }: Pick<Repository, 'apps'>, uses: readonly ChartUse[]): (App | UsingApp)[] {
  const all = new Map<string, App | UsingApp>(apps.map(app => [app.path, app]));
  for (const { app } of uses) if (!all.has(app.path)) all.set(app.path, app);
  return [...all.values()];
}

/** The uses in some apps, in the order of the apps. */
export function usesIn(uses: readonly ChartUse[], apps: readonly Pick<UsingApp, 'path'>[]): ChartUse[] {
  const byApp = usesByApp(uses);
  return apps.flatMap(({ path }) => byApp.get(path) ?? []);
}

/** The uses by the paths of their apps. */
export function usesByApp(uses: readonly ChartUse[]): ReadonlyMap<string, readonly ChartUse[]> {
  const byApp = new Map<string, ChartUse[]>();
  for (const use of uses) addTo(byApp, use.app.path, use);
  return byApp;
}
