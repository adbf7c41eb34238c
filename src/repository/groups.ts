import { addTo, append } from '../data/append.ts';
import type { Deployment } from './deployments.ts';

/** What a folder's kustomization says of itself. */
export type Listed = {
  /** The folders and files that it lists. */
  paths: readonly string[];
  isComponent: boolean;
  /** Whether it gives its objects a namespace, or takes charts: an app does, a list of apps does not. */
  isOwn: boolean;
};

export type Grouped = {
  /** What is deployed, with the apps of a group in its place. */
  deployments: Deployment[];
  /** What only lists apps. */
  groups: Deployment[];
};

/** Nobody nests groups deeper. */
const MOST_DEPTH = 4;

/**
 * Folders that are deployed as one and are lists of apps: `infrastructure/network`, whose kustomization lists `cilium` and
 * `gateway`. Neither what deploys such a folder nor its kustomization gives a namespace; most of what it lists are folders, and most
 * of these have a namespace, or a chart. What one set deploys is judged together.
 */
export function openGroups(
  deployments: readonly Deployment[],
  folders: readonly string[],
  lists: (folder: string) => Listed,
): Grouped {
  const known = new Set(folders);
  const deployed = new Set(deployments.map(({ folder }) => folder));
  const childrenOf = (folder: string): string[] => {
    const own = lists(folder);
    if (own.isOwn || own.isComponent) return [];
    return own.paths.filter(
      each =>
        each.startsWith(`${folder}/`) && known.has(each) && !deployed.has(each) && !lists(each).isComponent,
    );
  };
  const around = isAround(deployed);
  const open: Opening = {
    childrenOf,
    isGroup: own => {
      const children = own.flatMap(childrenOf);
      const listed = own.flatMap(folder => (childrenOf(folder).length > 0 ? lists(folder).paths : []));
      const apps = children.filter(folder => lists(folder).isOwn && !around(folder));
      return (
        children.length > 0 && children.length * 2 >= listed.length && apps.length * 2 >= children.length
      );
    },
  };
  const found: Grouped = { deployments: [], groups: [] };
  for (const own of byDeployer(deployments).values()) {
    const bare = own.flatMap(({ namespace, folder }) => (namespace === undefined ? [folder] : []));
    if (open.isGroup(bare)) for (const each of own) openOne(each, open, found, 0);
    else append(found.deployments, own);
  }
  return found;
}

type Opening = { childrenOf(folder: string): string[]; isGroup(folders: readonly string[]): boolean };

function openOne(deployment: Deployment, open: Opening, found: Grouped, depth: number): void {
  const children = deployment.namespace === undefined ? open.childrenOf(deployment.folder) : [];
  // The outermost ones are judged together.
  const isGroup =
    children.length > 0 && (depth === 0 || (depth < MOST_DEPTH && open.isGroup([deployment.folder])));
  if (!isGroup) found.deployments.push(deployment);
  else {
    found.groups.push(deployment);
    for (const folder of children) openOne({ ...deployment, folder }, open, found, depth + 1);
  }
}

function byDeployer(deployments: readonly Deployment[]): Map<string, Deployment[]> {
  const found = new Map<string, Deployment[]>();
  for (const each of deployments) addTo(found, `${each.by.kind} ${each.by.file} ${each.by.name}`, each);
  return found;
}

/** Whether something inside of a folder is deployed by itself. */
function isAround(deployed: ReadonlySet<string>): (folder: string) => boolean {
  const around = new Set<string>();
  for (const folder of deployed)
    for (let at = folder.lastIndexOf('/'); at > 0; at = folder.lastIndexOf('/', at - 1))
      around.add(folder.slice(0, at));
  return folder => around.has(folder);
}
