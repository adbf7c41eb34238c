import path from 'node:path';
import { sha256Of } from '../data/digest.ts';
import { addTo } from '../data/append.ts';
import { stringOf, valueAt } from '../data/fields.ts';
import { type Applying, argoApplying, fluxApplying } from './applying.ts';
import type { Manifest } from './manifest.ts';
import { holdsOverlays } from './overlays.ts';
import { asWritten, deployedSources, type MadeApplication, openAt } from './sets/made.ts';
import type { Sets } from './sets/set-repository.ts';

/** That something in the repository makes a folder run in a cluster. */
export type Deployment = {
  folder: string;
  /** Where its objects go unless they say otherwise; undefined where nobody says. */
  namespace: string | undefined;
  /** Whether that wins over what the folder's own kustomization says, as Flux does it. */
  wins: boolean;
  by: { kind: 'ApplicationSet' | 'Application' | 'Kustomization'; name: string; file: string };
  applying: Applying;
};

/** An object with the file it stands in. */
export type PlacedManifest = {
  file: string;
  /** With the number of its document where that is known. */
  manifest: Pick<Manifest, 'apiVersion' | 'kind' | 'name' | 'body'> & { document?: number };
};

/** The kinds that deploy folders. */
export const DEPLOYING_KINDS = /ApplicationSet|Application|Kustomization/;

/**
 * Which folders the Applications, ApplicationSets and Flux Kustomizations of a repository deploy, in their order; of several
 * that deploy one folder the first speaks for all.
 * @param folders the folders that may be meant: what leads elsewhere is in another repository
 * @param sets the ApplicationSets of the repository
 */
export function findDeployments(
  manifests: readonly PlacedManifest[],
  folders: readonly string[],
  sets: Sets,
): Deployment[] {
  const known = new Set(folders);
  const deployed = new Map<string, Deployment>();
  const generators = new Set<string>();
  const tree = { sets, inside: foldersInside(folders) };
  for (const placed of manifests) {
    if (isLikeAnother(placed, generators)) continue;
    for (const each of deploymentsOf(placed, tree))
      if (known.has(each.folder) && !deployed.has(each.folder)) deployed.set(each.folder, each);
  }
  return [...deployed.values()];
}

/** The ApplicationSets, and what stands in each folder: a template may name the folder around what only a cluster knows. */
type Tree = { sets: Sets; inside: ReadonlyMap<string, readonly string[]> };

function foldersInside(folders: readonly string[]): Tree['inside'] {
  const inside = new Map<string, string[]>();
  for (const folder of folders) addTo(inside, path.posix.dirname(folder), folder);
  return inside;
}

/** A set that looks at the same folders as one before, for the same paths, deploys none that is not deployed already. */
function isLikeAnother({ manifest: { kind, body } }: PlacedManifest, sets: Set<string>): boolean {
  if (kind !== 'ApplicationSet') return false;
  const template = valueAt(body, ['spec', 'template']);
  const paths = deployedSources(template).map(({ source }) => valueAt(source, ['path']));
  const own = sha256Of(JSON.stringify([valueAt(body, ['spec', 'generators']), paths]));
  const isKnown = sets.has(own);
  sets.add(own);
  return isKnown;
}

/** Whether a text is worth reading for such objects: every kustomization has one of their kinds. */
export function mayDeploy(text: string): boolean {
  return /\b(?:argoproj|kustomize\.toolkit\.fluxcd)\.io\//.test(text);
}

/** Whether an object says what is deployed. */
export function isDeploying({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  return kind === 'Kustomization'
    ? group === 'kustomize.toolkit.fluxcd.io'
    : group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet');
}

function deploymentsOf({ file, manifest }: PlacedManifest, tree: Tree): Deployment[] {
  if (!isDeploying(manifest)) return [];
  const { kind, name, body } = manifest;
  if (kind === 'Kustomization') return fluxDeployment(body, { kind, name, file });
  const by = { kind: kind as 'Application', name, file };
  if (kind === 'Application') return argoDeployments(asWritten(body), by, tree);
  return tree.sets.expand(body).applications.flatMap(made => argoDeployments(made, by, tree));
}

function fluxDeployment(body: unknown, by: Deployment['by']): Deployment[] {
  const folder = folderAt(stringOf(valueAt(body, ['spec', 'path'])));
  if (folder === undefined) return [];
  const namespace = stringOf(valueAt(body, ['spec', 'targetNamespace']));
  const applying = fluxApplying(valueAt(body, ['spec']));
  return [{ folder, namespace, wins: true, by, applying }];
}

/** What another repository holds is deployed from there, also where a folder here has that name. */
function argoDeployments(made: MadeApplication, by: Deployment['by'], tree: Tree): Deployment[] {
  const { body } = made;
  const text = (of: unknown, ...steps: string[]): string | undefined => stringOf(valueAt(of, steps));
  const isOpen = openAt(made, 'spec.destination.namespace') !== undefined;
  const namespace = isOpen ? undefined : text(body, 'spec', 'destination', 'namespace');
  const applying = argoApplying(valueAt(body, ['spec']));
  return deployedSources(body).flatMap(({ at, source }) => {
    const url = text(source, 'repoURL') ?? '';
    if (url !== '' && openAt(made, `${at}.repoURL`) === undefined && !tree.sets.isOwn(url)) return [];
    const isPathOpen = openAt(made, `${at}.path`) !== undefined;
    const folders = isPathOpen
      ? openFolders(made.around.get(`${at}.path`), tree)
      : [folderAt(text(source, 'path')) ?? []].flat();
    return folders.map(folder => ({ folder, namespace, wins: false, by, applying }));
  });
}

/** Where only the cluster, or another server, knows the last folder: whatever stands there, if that is overlays. */
function openFolders(around: string | undefined, { inside }: Tree): readonly string[] {
  const folder = folderAt(around);
  return folder === undefined || !holdsOverlays(folder) ? [] : (inside.get(folder) ?? []);
}

/** `./apps/web/` is `apps/web`; none for what leads out of the repository. */
export function folderAt(written: string | undefined): string | undefined {
  if (written === undefined || written.includes('{{')) return undefined;
  const folder = path.posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
  return folder === '..' || folder.startsWith('../') ? undefined : folder;
}
