import { addTo } from '../data/append.ts';
import { posix } from 'node:path';
import { isRecord } from '../data/fields.ts';
import { type Kustomization, readKustomization, isKustomization } from '../repository/kustomization.ts';
import { appPlacement } from '../repository/overlays.ts';
import type { App } from '../repository/model.ts';
import type { ReadRepository } from './objects.ts';
import { parsedFile } from './parsed-files.ts';
import type { UsingApp } from './chart-use.ts';

/** The kustomizations of a repository, by folder, and how they lead to each other. */
export type Kustomizations = {
  all: readonly Kustomization[];
  at(folder: string): Kustomization | undefined;
  /** The folder of a file's own build: the nearest one above with a kustomization. */
  around(file: string): Kustomization | undefined;
  /** The kustomizations that list a file or a folder, and those that list these in turn; nearest first. */
  above(file: string): Kustomization[];
  /** The kustomizations that name a file or a folder themselves. */
  listers(path: string): readonly Kustomization[];
  /** Whether a file is laid over objects, and is none itself. */
  isPatch(file: string): boolean;
};

/** Reads every kustomization of a repository; one that is no YAML map counts as not there. */
export function readKustomizations(repository: ReadRepository): Kustomizations {
  const all = new Map<string, Kustomization>(
    repository.apps.map(({ kustomization }) => [kustomization.folder, kustomization]),
  );
  for (const file of repository.text.keys()) {
    const folder = posix.dirname(file);
    if (!isKustomization(file) || all.has(folder) || repository.isTemplate(file)) continue;
    const yaml = parsedFile(repository, file);
    if (yaml && isRecord(yaml.documents[0])) all.set(folder, readKustomization(file, yaml));
  }
  const listing = listers(all, /^(?:resources|bases|components)$/);
  const patching = listers(all, /^patches/);
  return {
    all: [...all.values()],
    at: folder => all.get(folder),
    around: file => ancestors(file).flatMap(folder => all.get(folder) ?? [])[0],
    above: file => climb(all, listing, file),
    listers: path => listing.get(path) ?? [],
    isPatch: file => patching.has(file) && !listing.has(file),
  };
}

/** The folders above a path, the nearest first. */
function ancestors(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' || folder === file ? ['.'] : [folder, ...ancestors(folder)];
}

/** Who names a path in some of its fields. */
function listers(all: ReadonlyMap<string, Kustomization>, fields: RegExp): Map<string, Kustomization[]> {
  const listing = new Map<string, Kustomization[]>();
  for (const kustomization of all.values())
    for (const { steps, path } of kustomization.references)
      if (path !== undefined && fields.test(String(steps[0]))) addTo(listing, path, kustomization);
  return listing;
}

function climb(
  all: ReadonlyMap<string, Kustomization>,
  listing: ReadonlyMap<string, Kustomization[]>,
  file: string,
): Kustomization[] {
  const found = new Set<Kustomization>(listing.get(file));
  for (const kustomization of found) {
    for (const upper of listing.get(kustomization.folder) ?? []) found.add(upper);
    for (const component of componentsOf(all, kustomization)) found.add(component);
  }
  return [...found];
}

/** Components of a build add to what it builds. */
function componentsOf(
  all: ReadonlyMap<string, Kustomization>,
  { references }: Kustomization,
): Kustomization[] {
  return references.flatMap(({ steps, path }) =>
    steps[0] === 'components' && path !== undefined ? (all.get(path) ?? []) : [],
  );
}

/** Names of folders that say what is in them rather than whose it is. */
const PARTS = /^(?:app|apps?|base|release|helm|manifests|deploy|install)$/;

/** Finds the app that a file belongs to: the folder that is built with it, under the name of the app if it is none of a part. */
export function appsByFile(apps: readonly App[], kustomizations: Kustomizations): (file: string) => UsingApp {
  const known = new Map<string, UsingApp>(apps.map(app => [app.path, app]));
  return file => {
    const folder = kustomizations.around(file)?.folder ?? posix.dirname(file);
    const found = known.get(folder) ?? folderApp(folder);
    known.set(folder, found);
    return found;
  };
}

function folderApp(folder: string): UsingApp {
  const parent = posix.dirname(folder);
  const isPart = PARTS.test(posix.basename(folder)) && parent !== '.';
  return isPart
    ? { name: posix.basename(parent), environment: parent, path: folder }
    : { ...appPlacement(folder), path: folder };
}
