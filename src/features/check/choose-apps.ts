import { posix } from 'node:path';
import { nearest } from '../../text/nearest.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { AppPlace } from './facts/app-place.ts';
import type { Snapshot } from './incremental/snapshot.ts';
import type { AppSummary } from './facts/repository-facts.ts';
import type { RepositorySummary } from './facts/repository-summary.ts';
import { homeOfOverlay } from '../../repository/overlays.ts';
import { severalApps } from '../../repository/select-apps.ts';
import { say } from '../../locales/say.ts';

export type ChosenApps = {
  apps: AppPlace[];
  /** Files that no app of an environment owns, and that were therefore left out. */
  ignored: string[];
};

/** Which apps a run is about: all; those that own the paths that somebody named; those with changed files. */
export type CheckScope =
  | { kind: 'all' }
  | { kind: 'named'; paths: readonly string[] }
  | { kind: 'changed'; paths: readonly string[] };

/**
 * The apps of a scope. A file stands for the app that owns it, and a shared file for every app that uses it; a folder
 * stands for all apps in it, or around it, in an environment or not. What is no path may be the bare name of an app.
 * @throws UserError E_USAGE for a named path that does not exist, E_VALUE for a bare name that several apps bear
 */
export function chooseApps(snapshot: Snapshot, summary: RepositorySummary, scope: CheckScope): ChosenApps {
  const byFolder = new Map(summary.apps.map(app => [app.folder, app]));
  const folders = new Set<string>();
  const ignored: string[] = [];
  for (const path of scope.kind === 'all' ? byFolder.keys() : scope.paths) {
    const placed = foldersFor(path, { snapshot, summary, byFolder });
    const isPath = placed.length > 0 || scope.kind !== 'named' || snapshot.kindOf(path) !== undefined;
    const found = isPath ? placed : appNamed(path, summary);
    if (found.length === 0 && scope.kind === 'named') ignored.push(requireThere(path, snapshot, summary));
    for (const folder of found) folders.add(folder);
  }
  const files = filesIn(snapshot, folders, new Set([...byFolder.keys(), ...folders]));
  const apps = [...folders].toSorted().map(folder => ({
    name: byFolder.get(folder)?.name ?? folder.slice(folder.lastIndexOf('/') + 1),
    folder,
    environment: byFolder.get(folder)?.environment,
    deployedTo: byFolder.get(folder)?.deployedTo,
    applying: byFolder.get(folder)?.applying,
    isPart: byFolder.get(folder)?.isPart ?? false,
    files: files.get(folder) ?? [],
  }));
  return { apps, ignored };
}

type Known = { snapshot: Snapshot; summary: RepositorySummary; byFolder: ReadonlyMap<string, AppSummary> };

function foldersFor(path: string, { snapshot, summary, byFolder }: Known): string[] {
  const owner = ancestors(path).find(folder => byFolder.has(folder));
  // What apps build on is judged with them.
  if (owner !== undefined && byFolder.get(owner)?.isPart === true)
    return [owner, ...usersOf(path, summary, byFolder)];
  if (owner !== undefined) return [owner];
  const kind = snapshot.kindOf(path);
  if (kind === 'folder') {
    const inside = [...byFolder.keys()].filter(folder => path === '' || folder.startsWith(`${path}/`));
    return inside.length > 0 ? inside : elsewhere(path, summary);
  }
  return usersOf(path, summary, byFolder);
}

/** Files and folders that lie as deep as a path that is not there. */
function pathsNear(path: string, { files }: Snapshot): string[] {
  const depth = path.split('/').length;
  return [...new Set([...files.keys()].map(file => file.split('/').slice(0, depth).join('/')))];
}

/** The one manifest of a bare name, such as that of an Application. */
function fileNamed(word: string, { files }: Snapshot): string | undefined {
  if (word.includes('/')) return undefined;
  const found = [...files.keys()].filter(file =>
    [`${word}.yaml`, `${word}.yml`].includes(posix.basename(file)),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The app that a bare name stands for, as where other commands take one, in all environments where it has overlays. */
function appNamed(word: string, { apps }: RepositorySummary): string[] {
  const named = apps.filter(({ name, environment }) => name === word || `${environment}/${name}` === word);
  const folders = named.map(({ folder }) => folder);
  const [home, ...others] = new Set(named.map(app => homeOfOverlay({ ...app, path: app.folder })));
  if (folders.length < 2 || (home !== undefined && others.length === 0)) return folders;
  throw severalApps(word, folders);
}

function requireThere(path: string, snapshot: Snapshot, { apps }: RepositorySummary): string {
  if (snapshot.kindOf(path) !== undefined) return path;
  const near =
    fileNamed(path, snapshot) ??
    nearest(path, [...pathsNear(path, snapshot), ...apps.map(({ name }) => name)]);
  throw new UserError('E_USAGE', say('check.thereNoRepository', { path: display(path) }), {
    hint:
      near === undefined
        ? say('check.nameFileAppFolderApps')
        : say('check.didYouMean', { near: display(near) }),
    subject: path,
  });
}

/** The path itself and every folder around it, innermost first. */
function ancestors(path: string): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, names.length - index).join('/'));
}

/** Folders with a kustomization that no environment holds, when somebody names them. */
function elsewhere(path: string, { summaries }: RepositorySummary): string[] {
  const around = ancestors(path).find(folder => summaries.has(folder) && folder !== '');
  if (around !== undefined) return [around];
  const inside = [...summaries.keys()].filter(folder => folder.startsWith(`${path}/`));
  return inside.filter(folder => !inside.some(other => folder.startsWith(`${other}/`)));
}

/** The apps that use a shared file, or that a lock entry belongs to. */
function usersOf(path: string, summary: RepositorySummary, byFolder: Known['byFolder']): string[] {
  const locked = /^\.slipway\/lock\/(.+)\.yaml$/.exec(path)?.[1];
  if (locked !== undefined) return byFolder.has(locked) ? [locked] : [];
  return [...byFolder.keys()].filter(folder =>
    summary
      .within(folder)
      .some(({ outside }) => outside.some(each => path === each || path.startsWith(`${each}/`))),
  );
}

/** The files of each folder; those of an app inside of another app's folder are its own, whoever else was chosen. */
function filesIn(
  snapshot: Snapshot,
  folders: ReadonlySet<string>,
  owners: ReadonlySet<string>,
): ReadonlyMap<string, string[]> {
  const files = new Map<string, string[]>([...folders].map(folder => [folder, []]));
  for (const file of snapshot.files.keys()) {
    const owner = folderAround(file, owners);
    if (owner !== undefined) files.get(owner)?.push(file);
  }
  for (const own of files.values()) own.sort();
  return files;
}

function folderAround(file: string, folders: ReadonlySet<string>): string | undefined {
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
    const folder = file.slice(0, end);
    if (folders.has(folder)) return folder;
  }
  return undefined;
}

/** The paths whose content differs between two lists of files, removed ones included. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const changed = [...after].filter(([path, id]) => before.get(path) !== id).map(([path]) => path);
  const removed = [...before.keys()].filter(path => !after.has(path));
  return [...changed, ...removed];
}
