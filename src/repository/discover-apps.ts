import path from 'node:path';
import { joinTexts, type Text } from '../text/language.ts';
import { say } from '../locales/say.ts';
import { directoryPatterns, parentsOf } from './application-set.ts';
import { type Deployment, findDeployments, type PlacedManifest } from './deployments.ts';
import { type AppPlacement, appPlacement, homeOfOverlay } from './overlays.ts';
import { type Grouped, type Listed, openGroups } from './groups.ts';
import type { Sets } from './sets/set-repository.ts';

/** What a repository shows of itself before anybody knows its apps. */
export type Sight = {
  configured: readonly string[];
  /** The Applications, ApplicationSets and Flux Kustomizations. */
  deploying: readonly PlacedManifest[];
  /** What generators of ApplicationSets look into. */
  sets: Sets;
  /** Every folder with a kustomization. */
  folders: readonly string[];
  /** What the kustomization of a folder says of itself: asked where nothing else tells. */
  lists(folder: string): Listed;
};

/** A folder that is an app. */
export type AppFolder = {
  folder: string;
  name: string;
  environment: string;
  /** Where what deploys the folder puts its objects. */
  deployed: Deployment | undefined;
  /** Whether it is none by itself: a list of other apps, or what apps are built from. */
  isPart: boolean;
};

export type Discovered = {
  apps: AppFolder[];
  environments: string[];
  evidence: Text;
  /** Whether somebody says so, and it is no guess from the folders. */
  isChosen: boolean;
};

// What teams call the folder of apps that Argo CD no longer syncs, and folders that hold parts rather than apps.
const UNUSED =
  /^(disabled|archived?|attic|old|deprecated|retired|unused|templates?|examples?|charts|scripts|docs)$/i;
const BASES = /(?:^|\/)bases?\//i;
const PARTS = /^(bases?|components?|overlays)$/i;

/**
 * The apps and environments of a repository. Configuration first; then the folders of ApplicationSets (`production/*`), since
 * that is what Argo CD really syncs; else the outermost folders with a kustomization. Whatever an Application or a Flux
 * Kustomization deploys is an app too, however deep it lies.
 */
export function discoverApps(sight: Sight): Discovered {
  const { configured, folders, deploying, sets } = sight;
  const deployed = findDeployments(deploying, folders, sets);
  if (configured.length > 0)
    return {
      ...chosen([...configured], [], sight, { deployments: deployed, groups: rootsAmong(deployed, sight) }),
      evidence: say('repository.configured'),
      isChosen: true,
    };
  const grouped = openGroups(deployed, folders, folder => sight.lists(folder));
  const groups = new Set(grouped.groups.map(({ folder }) => path.posix.dirname(folder)));
  const apart = new Set(grouped.deployments.map(({ folder }) => path.posix.dirname(folder)));
  // Where all of them are lists of apps, the folder around them is no environment.
  const listed = applicationSetFolders(deploying, folders).filter(
    name => apart.has(name) || !groups.has(name),
  );
  if (listed.length === 0) return seen(sight, grouped);
  return {
    ...chosen(listed, grouped.deployments, sight, grouped),
    isChosen: true,
    evidence: say('repository.inApplicationSet', { folders: leadingPatterns(deploying, folders).join(', ') }),
  };
}

/** Folders that are deployed and hold what deploys others, without a namespace or a chart: the lists of roots. */
function rootsAmong(deployed: readonly Deployment[], { deploying, lists }: Sight): Deployment[] {
  const around = new Set(deploying.map(({ file }) => path.posix.dirname(file)));
  return deployed.filter(({ folder, by }) => {
    const isList = by.kind === 'Application' && around.has(folder);
    return isList && !lists(folder).isOwn;
  });
}

/** The apps of known environments, and what is deployed besides. */
function chosen(
  environments: string[],
  besides: readonly Deployment[],
  { folders }: Sight,
  { deployments, groups }: Grouped,
): Pick<Discovered, 'apps' | 'environments'> {
  const known = new Set(environments);
  const byFolder = deployedBy(deployments);
  const lists = deployedBy(groups);
  const named = namingIn(folders);
  const inside = folders
    .filter(folder => !lists.has(folder))
    .filter(folder => known.has(path.posix.dirname(folder)) || isOverlayOf(known, named, folder))
    .map(folder => plainApp(named, folder, byFolder.get(folder)));
  const found = withDeployed(named, inside, besides);
  const own = new Set(environmentsOf(found));
  // The folder of an app's overlays is none: they are in several.
  const isOne = (name: string): boolean =>
    own.has(name) || !found.some(({ folder }) => folder.startsWith(`${name}/`));
  const chosenOnes = environments.filter(isOne);
  const apps = withParts(named, found, groups);
  return { apps, environments: [...chosenOnes, ...[...own].filter(name => !chosenOnes.includes(name))] };
}

/** Whether a folder is an overlay for one of those environments, and its app not put aside: `disabled/shop` runs nowhere. */
function isOverlayOf(known: ReadonlySet<string>, named: Naming, folder: string): boolean {
  const placed = named(folder);
  const home = homeOfOverlay({ ...placed, path: folder });
  return known.has(placed.environment) && home !== undefined && !isUnused(path.posix.dirname(home));
}

type Naming = (folder: string) => AppPlacement;

function namingIn(folders: readonly string[]): Naming {
  const all = new Set(folders);
  return folder => appPlacement(folder, each => all.has(each));
}

/** What lists apps is none, but somebody has to look at it. */
function withParts(named: Naming, apps: readonly AppFolder[], groups: readonly Deployment[]): AppFolder[] {
  const parts = groups.map(group => ({ ...plainApp(named, group.folder, group), isPart: true }));
  return [...apps, ...parts].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

function seen(sight: Sight, { deployments, groups }: Grouped): Discovered {
  const lists = deployedBy(groups);
  const byFolder = deployedBy(deployments);
  const around = foldersAround(byFolder.keys());
  const taken = new Set<string>();
  const named = namingIn(sight.folders);
  const outer = outermost(sight.folders)
    .filter(folder => !isUnused(path.posix.dirname(folder)) && !lists.has(folder))
    .map(folder => {
      const deployed = byFolder.get(folder);
      return deployed
        ? deployedApp(named, deployed, taken)
        : { ...plainApp(named, folder, undefined), isPart: around.has(folder) };
    });
  const usual = outer.filter(({ folder }) => !folder.split('/').some(part => PARTS.test(part)));
  const apps = withParts(named, withDeployed(named, usual, deployments), groups);
  const besides = foldersBesides(sight, named, apps, byFolder);
  const all = [...apps, ...besides].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
  const environments = environmentsOf(all.filter(({ isPart }) => !isPart));
  return { apps: all, environments, evidence: countsOf(all, environments), isChosen: false };
}

function plainApp(named: Naming, folder: string, deployed: Deployment | undefined): AppFolder {
  return { folder, ...named(folder), deployed, isPart: false };
}

function deployedBy(deployments: readonly Deployment[]): Map<string, Deployment> {
  const byFolder = new Map<string, Deployment>();
  // Of several that deploy one folder, the first speaks for all.
  for (const each of deployments) if (!byFolder.has(each.folder)) byFolder.set(each.folder, each);
  return byFolder;
}

/** Those apps, and each deployed folder that is none of them. */
function withDeployed(
  named: Naming,
  apps: readonly AppFolder[],
  deployments: readonly Deployment[],
): AppFolder[] {
  const known = new Set(apps.map(({ folder }) => folder));
  const more = [...deployedBy(deployments).values()].filter(
    ({ folder }) => folder !== '.' && !known.has(folder),
  );
  const taken = new Set(apps.map(({ environment, name }) => `${environment}/${name}`));
  return [...apps, ...more.map(deployment => deployedApp(named, deployment, taken))].toSorted((a, b) =>
    a.folder < b.folder ? -1 : 1,
  );
}

/**
 * Where the file that deploys a folder stands around it (`default/wiki/ks.yaml` of `default/wiki/app`), the app is what that
 * file calls it, beside those of its kind; else the folder's own name has to do.
 */
function deployedApp(named: Naming, deployed: Deployment, taken: Set<string>): AppFolder {
  const { folder, by } = deployed;
  const home = path.posix.dirname(by.file);
  const environment = path.posix.dirname(home);
  const isOverlay = named(folder).environment !== path.posix.dirname(folder);
  const isBeside =
    !isOverlay && by.kind === 'Kustomization' && environment !== '.' && folder.startsWith(`${home}/`);
  const wanted = `${environment}/${by.name}`;
  if (!isBeside || /[/{}$]/.test(by.name) || taken.has(wanted)) return plainApp(named, folder, deployed);
  taken.add(wanted);
  return { folder, name: by.name, environment, deployed, isPart: false };
}

/** What no app holds: overlays that no kustomization lists are apps, somebody else deploys them; the rest are parts. */
function foldersBesides(
  { folders, lists }: Sight,
  named: Naming,
  apps: readonly AppFolder[],
  byFolder: ReadonlyMap<string, Deployment>,
): AppFolder[] {
  const known = new Set(apps.map(({ folder }) => folder));
  const rest = folders.filter(folder => folder !== '.' && !isInsideAny(folder, known) && !isUnused(folder));
  if (rest.length === 0) return [];
  const around = foldersAround(known);
  const listed = new Set(folders.flatMap(folder => lists(folder).paths));
  const isPart = (folder: string): boolean =>
    listed.has(folder) || around.has(folder) || BASES.test(folder) || lists(folder).isComponent;
  const all = new Set(rest);
  return (
    rest
      .map(folder => ({ ...plainApp(named, folder, byFolder.get(folder)), isPart: isPart(folder) }))
      // What lies in a part belongs to it.
      .filter(({ folder, isPart: isOne }) => !isOne || !isInsideAny(path.posix.dirname(folder), all))
  );
}

/** Folders with a kustomization that stand in no other one, with a folder around them. */
function outermost(folders: readonly string[]): string[] {
  const known = new Set(folders);
  return folders.filter(folder => {
    const parent = path.posix.dirname(folder);
    return parent !== '.' && !isInsideAny(parent, known);
  });
}

function isUnused(folder: string): boolean {
  return folder.split('/').some(part => UNUSED.test(part));
}

function isInsideAny(folder: string, known: ReadonlySet<string>): boolean {
  const parts = folder.split('/');
  return parts.some((_, index) => known.has(parts.slice(0, index + 1).join('/')));
}

/** Every folder around one of these. */
function foldersAround(folders: Iterable<string>): Set<string> {
  const around = new Set<string>();
  for (const folder of folders)
    for (
      let each = path.posix.dirname(folder);
      each !== '.' && !around.has(each);
      each = path.posix.dirname(each)
    )
      around.add(each);
  return around;
}

function environmentsOf(apps: readonly AppFolder[]): string[] {
  return [...new Set(apps.map(({ environment }) => environment))].toSorted();
}

const COUNTED = 12;

function countsOf(apps: readonly AppFolder[], environments: readonly string[]): Text {
  const counts = environments.slice(0, COUNTED).map(name =>
    say('repository.nameWithApps', {
      name,
      count: apps.filter(({ environment, isPart }) => environment === name && !isPart).length,
    }),
  );
  const more = environments.length - COUNTED;
  return joinTexts(more > 0 ? [...counts, say('repository.moreEnvironments', { more })] : counts, ', ');
}

function applicationSetFolders(deploying: readonly PlacedManifest[], folders: readonly string[]): string[] {
  return [...new Set(patternsIn(deploying).flatMap(pattern => parentsOf(pattern, folders)))];
}

function patternsIn(deploying: readonly PlacedManifest[]): string[] {
  const sets = deploying.filter(({ manifest }) => manifest.kind === 'ApplicationSet');
  return sets.flatMap(({ manifest }) => directoryPatterns(manifest.body));
}

/** As somebody wrote them: one pattern leads to the overlays of many apps. */
function leadingPatterns(deploying: readonly PlacedManifest[], folders: readonly string[]): string[] {
  return [...new Set(patternsIn(deploying).filter(pattern => parentsOf(pattern, folders).length > 0))];
}
