import { digestOfJson } from '../../../data/digest.ts';
import type { CheckConventions } from './app-facts.ts';
import {
  type GatewayFacts,
  grantIn,
  listenersIn,
  type ReferenceGrant,
} from '../../../repository/gateways.ts';
import type { Applications } from '../../../repository/applications.ts';
import type { DeployedTo } from './app-place.ts';
import { type ClusterSummary, summarizeClusters } from '../../../repository/cluster-summary.ts';
import { missedChildren } from './missed-children.ts';
import type { AppSummary, RepositoryFacts } from './repository-facts.ts';
import { applicationsIn, emptySetsIn } from './set-sight.ts';
import type { FolderSummary, ObjectSummary } from './folder-summary.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { conventionsFor, outermostNamespace, parentOf } from './convention-summary.ts';
import type { Deployment } from '../../../repository/deployments.ts';
import { findBareApps } from '../../../repository/bare-apps.ts';
import { type AppFolder, discoverApps } from '../../../repository/discover-apps.ts';
import type { Sets } from '../../../repository/sets/set-repository.ts';
import { joinServed, type ServedVersions } from '../../../repository/served-versions.ts';

/** What holds for a whole repository, out of the summaries of its folders. Plain data: it is kept from run to run. */
export type Overview = {
  environments: readonly string[];
  /** Whether somebody chose them: what lies elsewhere is left out on purpose. */
  environmentsAreChosen: boolean;
  apps: readonly AppSummary[];
  gateways: readonly GatewayFacts[];
  grants: readonly ReferenceGrant[];
  /** Which versions of custom kinds its files bring. */
  served: ServedVersions;
  /** Where apps are, as their kustomizations or folders say. */
  namespaces: readonly string[];
  applicationSets: readonly Readonly<Record<string, unknown>>[];
  /** The Applications, the sets of which all is told, and those of which it is not. */
  expanded: Applications;
  /** The sets that make none. */
  emptySets: RepositoryFacts['emptySets'];
  /** Who declares clusters. */
  declared: ClusterSummary;
  /** What stands where a root deploys from, and is not deployed. */
  missed: RepositoryFacts['missed'];
  unseen: RepositoryFacts['unseen'];
  /** The names of folders below `clusters/` from which something is deployed. */
  clusters: readonly string[];
  /** What kustomizations name outside of their own folders. */
  namedOutside: readonly string[];
  /** The folders whose kustomizations give objects other names. */
  renaming: readonly string[];
  /** Whether anything but kustomize gives charts to a cluster here, or folders to Flux and Argo CD one by one. */
  hasDeliveries: boolean;
  /** For the apps of each environment, and for folders of none: those have an empty name. */
  rules: readonly EnvironmentRules[];
};

type EnvironmentRules = {
  environment: string;
  conventions: CheckConventions;
  /** The digest of all that holds for every app of the environment. */
  digest: string;
};

/** What an overview is made from. */
export type Seen = {
  summaries: ReadonlyMap<string, FolderSummary>;
  /** All of the repository. */
  files: Iterable<string>;
  /** The text of each .gitignore. */
  gitignores: ReadonlyMap<string, string>;
  /** What generators of ApplicationSets look into. */
  sets: Sets;
};

/** What all summaries come to together. */
export function lookOver(
  { summaries, files, gitignores, sets }: Seen,
  configuration: Configuration,
): Overview {
  const all = [...summaries.values()];
  const allFiles = new Set(files);
  const deploying = all.flatMap(summary => summary.deploying);
  const discovered = foldersIn({ summaries, files: allFiles, deploying, sets }, configuration);
  const apps = appsIn(summaries, [...discovered.apps, ...discovered.bare]);
  const placed = { summaries, apps: new Map(apps.map(app => [app.folder, app])) };
  const gateways = gatewaysOf(placed, configuration);
  const grants = grantsOf(placed);
  const expanded = applicationsIn(deploying, sets);
  const roots = missedChildren({ summaries, files: allFiles, applications: expanded.applications, sets });
  // Of what a root misses one rule speaks.
  const namedOutside = [
    ...new Set([...all.flatMap(({ outside }) => outside), ...roots.missed.map(({ file }) => file)]),
  ];
  const namespaces = [...new Set(apps.map(({ namespace, name }) => namespace ?? name))];
  const hasApplicationSets = discovered.apps.some(({ deployed }) => deployed?.by.kind === 'ApplicationSet');
  const conventionsOf = conventionsFor({ summaries, gitignores, apps, hasApplicationSets }, configuration);
  const everywhere = digestOfJson([gateways, grants, namespaces, namedOutside]);
  const rules = ['', ...new Set(apps.map(({ environment }) => environment))].map(environment => {
    const conventions = conventionsOf(environment === '' ? undefined : environment);
    const digest = digestOfJson([conventions, everywhere]);
    return { environment, conventions, digest };
  });
  return {
    environments: discovered.environments,
    environmentsAreChosen: discovered.isChosen,
    apps,
    gateways,
    grants,
    served: joinServed(all.map(summary => summary.served)),
    namespaces,
    applicationSets: deploying.filter(({ kind }) => kind === 'ApplicationSet').map(({ body }) => body),
    expanded,
    ...roots,
    emptySets: emptySetsIn(deploying, sets),
    declared: summarizeClusters(sets),
    clusters: [
      ...new Set(deploying.flatMap(({ file }) => /(?:^|\/)clusters\/([^/]+)\//.exec(file)?.[1] ?? [])),
    ],
    namedOutside,
    renaming: all.flatMap(({ folder, renames }) => (renames ? [folder] : [])),
    hasDeliveries: all.some(mayDeliver),
    rules,
  };
}

const DELIVERED = new Set(['HelmRelease', 'Application', 'ApplicationSet', 'Chart.yaml']);
const DEPLOYING = new Set(['Application', 'Kustomization']);

function mayDeliver({ chartPlaces, deploying }: FolderSummary): boolean {
  return (
    chartPlaces.some(({ kind }) => DELIVERED.has(kind)) || deploying.some(({ kind }) => DEPLOYING.has(kind))
  );
}

type Sighted = Pick<Seen, 'summaries' | 'files' | 'sets'> & { deploying: readonly ObjectSummary[] };

/** The folders that something deploys, and the apps that stand without a kustomization. */
function foldersIn({ summaries, files, deploying, sets }: Sighted, { environments }: Configuration) {
  const manifests = deploying.map(({ file, ...manifest }) => ({ file, manifest }));
  const discovered = discoverApps({
    configured: environments ?? [],
    deploying: manifests,
    sets,
    folders: [...summaries.keys()].filter(folder => folder !== '').toSorted(),
    lists: folder => summaries.get(folder)?.listed ?? { paths: [], isComponent: false, isOwn: false },
  });
  const known = new Set([...discovered.apps.map(({ folder }) => folder), ...summaries.keys()]);
  return { ...discovered, bare: environments ? [] : findBareApps(files, manifests, known, sets) };
}

/** The apps with what they hold; what lies deeper than another app belongs to that one. */
function appsIn(summaries: ReadonlyMap<string, FolderSummary>, found: readonly AppFolder[]): AppSummary[] {
  const apps = new Map<string, AppSummary & { routes: ObjectSummary[] }>();
  for (const { folder, name, environment, deployed, isPart } of found) {
    const own = summaries.get(folder)?.namespace;
    const namespace = deployed?.wins ? (deployed.namespace ?? own) : (own ?? deployed?.namespace);
    const deployedTo = deployed?.namespace === undefined ? undefined : placeIn(deployed.namespace, deployed);
    const place = { folder, environment, namespace, isPart, deployedTo, applying: deployed?.applying };
    apps.set(folder, { name, ...place, routes: [] });
  }
  for (const summary of summaries.values())
    for (const route of summary.routes) appAround(parentOf(route.file), apps)?.routes.push(route);
  return [...apps.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

function placeIn(namespace: string, { wins }: Deployment): DeployedTo {
  return { namespace, wins };
}

function appAround<App>(folder: string, apps: ReadonlyMap<string, App>): App | undefined {
  for (let each = folder; each !== ''; each = parentOf(each)) {
    const app = apps.get(each);
    if (app) return app;
  }
  return undefined;
}

/** Every Gateway of the repository, where the outermost kustomization with a namespace puts it; and the configured one. */
function gatewaysOf(placed: Placed, { gateway }: Configuration): GatewayFacts[] {
  const found = [...placed.summaries].flatMap(([folder, summary]) =>
    summary.gateways.map(({ file, name, namespace, body }) => ({
      name,
      namespace: namespaceIn(folder, placed, { file, namespace }) ?? '',
      listeners: listenersIn(body),
    })),
  );
  const isKnown = found.some(each => each.name === gateway?.name && each.namespace === gateway.namespace);
  if (!gateway || isKnown) return found;
  return [...found, { name: gateway.name, namespace: gateway.namespace, listeners: undefined }];
}

function grantsOf(placed: Placed): ReferenceGrant[] {
  return [...placed.summaries].flatMap(([folder, summary]) =>
    summary.grants.map(({ body, ...object }) => grantIn(body, namespaceIn(folder, placed, object) ?? '')),
  );
}

type Placed = { summaries: ReadonlyMap<string, FolderSummary>; apps: ReadonlyMap<string, AppSummary> };

/** Where an object of a folder comes out: Flux decides, then the outermost kustomization, the object, Argo CD. */
function namespaceIn(
  folder: string,
  { summaries, apps }: Placed,
  { file, namespace: written }: Pick<ObjectSummary, 'file' | 'namespace'>,
): string | undefined {
  const to = appAround(parentOf(file), apps)?.deployedTo;
  if (to?.wins) return to.namespace;
  return outermostNamespace(folder, summaries) ?? written ?? to?.namespace;
}
