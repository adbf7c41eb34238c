import { createHash } from 'node:crypto';
import path from 'node:path';
import { type CheckConventions, isYaml } from './app-facts.ts';
import {
  type GatewayFacts,
  grantIn,
  listenersIn,
  type ReferenceGrant,
} from '../../../repository/gateways.ts';
import type { DeployedTo } from './app-place.ts';
import type { AppSummary, RepositoryFacts } from './repository-facts.ts';
import type { FolderSummary, ObjectSummary } from './folder-summary.ts';
import { roomForSummaries, summarizeFiles, takeRoom } from './file-summary.ts';
import type { Configuration } from '../../../repository/configuration.ts';
import { conventionsFor, outermostNamespace, parentOf } from './convention-summary.ts';
import type { Deployment } from '../../../repository/deployments.ts';
import { findBareApps } from '../../../repository/bare-apps.ts';
import { type AppFolder, discoverApps } from '../../../repository/discover-apps.ts';
import { isScript } from '../../../repository/unread/chart-lines.ts';
import { idOf } from '../incremental/id-of.ts';
import { kustomizedFolders } from '../incremental/git-snapshot.ts';
import type { CheckCache } from '../incremental/open-check-cache.ts';
import { joinServed, type ServedVersions } from '../../../repository/served-versions.ts';
import { memoized } from '../../../data/memoized.ts';
import { type Snapshot, textsOf } from '../incremental/snapshot.ts';
import type { Sets } from '../../../repository/sets/set-repository.ts';
import { applicationsIn, emptySetsIn, sightOfSets } from './set-sight.ts';

/** What a whole repository looks like from afar. */
export type RepositorySummary = {
  /** By folder; '' for files that are in none. */
  summaries: ReadonlyMap<string, FolderSummary>;
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
  /** The Applications, and the sets that make none. */
  applications: RepositoryFacts['applications'];
  emptySets: RepositoryFacts['emptySets'];
  /** What the generators of these look into. */
  sets: Sets;
  clusters: ReadonlySet<string>;
  /** What kustomizations name outside of their own folders. */
  namedOutside: ReadonlySet<string>;
  conventionsOf(environment: string | undefined): CheckConventions;
  /** The digest of all that holds for every app of an environment. */
  rulesOf(environment: string | undefined): string;
  /** The summaries of a folder and of what lies in it. */
  within(folder: string): readonly FolderSummary[];
};

export type RepositorySummaryResult = {
  summary: RepositorySummary;
  remembered: CheckCache['summaries'];
  /** How many are not those of the last run. */
  fresh: number;
};

/** Summaries each folder whose files are not those of the last run. */
export async function summarizeRepository(
  snapshot: Snapshot,
  memory: CheckCache,
  configuration: Configuration,
): Promise<RepositorySummaryResult> {
  const remembered: CheckCache['summaries'] = new Map();
  const room = roomForSummaries();
  let fresh = 0;
  for (const [folder, files] of filesByFolder(snapshot)) {
    const ids = await snapshot.idsOf(files);
    const id = idOf(files, ids);
    const known = memory.summaries.get(folder);
    // What had no room beside other folders may have some now.
    const isKnown = known?.id === id && known.summary.unread.length === 0 && takeRoom(room, known.summary);
    if (!isKnown) fresh++;
    const summary = isKnown ? known.summary : await summarizeFiles(snapshot, { folder, files }, room);
    remembered.set(folder, { id, summary });
  }
  const summaries = new Map([...remembered].map(([folder, { summary }]) => [folder, summary]));
  const looked = {
    files: snapshot.files.keys(),
    gitignores: await gitignoresIn(snapshot),
    sets: await sightOfSets(snapshot, [...summaries.values()]),
  };
  return {
    summary: lookOver(summaries, looked, configuration),
    remembered,
    fresh,
  };
}

/** The YAML files and scripts of each folder with a kustomization, by the nearest one; values files say nothing to others. */
function filesByFolder(snapshot: Snapshot): ReadonlyMap<string, string[]> {
  const folders = kustomizedFolders(snapshot.files.keys());
  const nearest = new Map<string, string>();
  const ownerOf = (folder: string): string => {
    const known = nearest.get(folder);
    if (known !== undefined) return known;
    const owner = folders.has(folder) || folder === '' ? folder : ownerOf(parentOf(folder));
    nearest.set(folder, owner);
    return owner;
  };
  const groups = new Map<string, string[]>([...folders].map(folder => [folder, []]));
  for (const [file, kind] of snapshot.files) {
    if (kind !== 'file' || !(isYaml(file) || isScript(file))) continue;
    const owner = ownerOf(parentOf(file));
    if (file.startsWith(`${owner}/values/`)) continue;
    const group = groups.get(owner) ?? [];
    group.push(file);
    groups.set(owner, group);
  }
  return groups;
}

/** A .gitignore has some lines. */
const MOST_IGNORED = 64 << 10;

/** The text of every .gitignore, by path; one that is none counts as empty. */
async function gitignoresIn(snapshot: Snapshot): Promise<Map<string, string>> {
  const files = [...snapshot.files.keys()].filter(file => path.posix.basename(file) === '.gitignore');
  // Most are the same, and out of git each costs a process.
  const ids = await snapshot.idsOf(files);
  const first = new Map([...ids].toReversed().map(([file, id]) => [id, file]));
  const texts = new Map<string, string>();
  for await (const [file, text] of textsOf(snapshot, [...first.values()]))
    texts.set(file, text.length <= MOST_IGNORED ? text : '');
  return new Map([...ids].flatMap(([file, id]) => textOf(file, texts.get(first.get(id) ?? ''))));
}

function textOf(file: string, text: string | undefined): [string, string][] {
  return text === undefined ? [] : [[file, text]];
}

type Looked = { files: Iterable<string>; gitignores: ReadonlyMap<string, string>; sets: Sets };

function lookOver(
  summaries: ReadonlyMap<string, FolderSummary>,
  { files, gitignores, sets }: Looked,
  configuration: Configuration,
): RepositorySummary {
  const all = [...summaries.values()];
  const deploying = all.flatMap(summary => summary.deploying);
  const applicationSets = deploying.filter(({ kind }) => kind === 'ApplicationSet').map(({ body }) => body);
  const discovered = foldersIn({ summaries, files, deploying, sets }, configuration);
  const { environments, isChosen } = discovered;
  const apps = appsIn(summaries, [...discovered.apps, ...discovered.bare]);
  const placed = { summaries, apps: new Map(apps.map(app => [app.folder, app])) };
  const gateways = gatewaysOf(placed, configuration);
  const grants = grantsOf(placed);
  const namedOutside = new Set(all.flatMap(({ outside }) => outside));
  const namespaces = [...new Set(apps.map(({ namespace, name }) => namespace ?? name))];
  const conventionsOf = memoized(
    conventionsFor(
      {
        summaries,
        gitignores,
        apps,
        hasApplicationSets: discovered.apps.some(({ deployed }) => deployed?.by.kind === 'ApplicationSet'),
      },
      configuration,
    ),
  );
  return {
    summaries,
    environments,
    environmentsAreChosen: isChosen,
    apps,
    gateways,
    grants,
    served: joinServed(all.map(summary => summary.served)),
    namespaces,
    applicationSets,
    applications: applicationsIn(deploying, sets),
    emptySets: emptySetsIn(deploying, sets),
    sets,
    clusters: new Set(deploying.flatMap(({ file }) => /(?:^|\/)clusters\/([^/]+)\//.exec(file)?.[1] ?? [])),
    namedOutside,
    conventionsOf,
    rulesOf: memoized(environment =>
      digestOf([conventionsOf(environment), gateways, grants, namespaces, [...namedOutside]]),
    ),
    within: nesting(summaries),
  };
}

type Sighted = {
  summaries: ReadonlyMap<string, FolderSummary>;
  files: Iterable<string>;
  deploying: readonly ObjectSummary[];
  sets: Sets;
};

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

function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

function nesting(summaries: ReadonlyMap<string, FolderSummary>): RepositorySummary['within'] {
  const inside = new Map<string, FolderSummary[]>([...summaries.keys()].map(folder => [folder, []]));
  for (const [folder, summary] of summaries)
    for (let each = folder; each !== ''; each = parentOf(each)) inside.get(each)?.push(summary);
  return folder => inside.get(folder) ?? [];
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
