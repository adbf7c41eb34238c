import path from 'node:path';
import { append } from '../data/append.ts';
import { recordsAt, stringOf, valueAt } from '../data/fields.ts';
import { UserError } from '../errors.ts';
import { directoryGenerators, isSynced } from './application-set.ts';
import { KUSTOMIZATION_FILES, parseKustomization } from './kustomization.ts';
import type { PathReference } from './kustomization-paths.ts';
import type { Manifest } from './manifest.ts';
import { manifestsIn, type Repository } from './model.ts';

/** What makes a folder of the repository run in a cluster, and the file that says so. */
export type Syncer = { kind: 'ApplicationSet' | 'Application' | 'Kustomization'; name: string; file: string };

/** Who syncs a folder. */
export type SyncedBy = {
  syncers: readonly Syncer[];
  /** Kustomizations that are synced themselves, and would have to list the folder. */
  unlisted: readonly string[];
  /** Whether anything in the repository says what is synced. */
  isKnown: boolean;
};

const KINDS = /ApplicationSet|Application|Kustomization/;
const FLUX = /^kustomize\.toolkit\.fluxcd\.io\//;
const ARGO = /^argoproj\.io\//;

/**
 * Who would sync a folder, as far as the repository itself says: ApplicationSets by their git directories, Applications and
 * Flux Kustomizations by their path, and through the kustomizations that stand there. The folder need not exist yet.
 */
export function syncedBy(
  { text, isTemplate }: Pick<Repository, 'text' | 'isTemplate'>,
  folder: string,
): SyncedBy {
  const found = [...text.keys()]
    .filter(file => !isTemplate(file))
    .flatMap(file => manifestsIn(text, file, KINDS).map(manifest => ({ file, manifest })))
    .filter(({ manifest }) => FLUX.test(manifest.apiVersion) || ARGO.test(manifest.apiVersion));
  const unlisted = new Set<string>();
  const syncers = found.flatMap(({ file, manifest }): Syncer[] =>
    takes(text, manifest, folder, unlisted)
      ? [{ kind: manifest.kind as Syncer['kind'], name: manifest.name, file }]
      : [],
  );
  return { syncers, unlisted: [...unlisted], isKnown: found.length > 0 };
}

function takes(text: Repository['text'], manifest: Manifest, folder: string, unlisted: Set<string>): boolean {
  const { body, kind } = manifest;
  const isSet = kind === 'ApplicationSet';
  const generators = isSet ? directoryGenerators(valueAt(body, ['spec', 'generators'])) : [];
  if (isSynced(generators, folder)) return true;
  // A set that takes a folder around takes what that one lists.
  if (
    around(folder).some(
      each => isSynced(generators, each) && reaches({ text, isFlux: false, unlisted }, each, folder),
    )
  )
    return true;
  const isFlux = FLUX.test(manifest.apiVersion);
  const places = isFlux
    ? [valueAt(body, ['spec', 'path'])]
    : sourcePaths(isSet ? valueAt(body, ['spec', 'template']) : body);
  return (
    places
      .flatMap(place => stringOf(place) ?? [])
      // Filled in by a generator, which was asked already.
      .filter(place => !place.includes('{{'))
      .map(place => path.posix.join('.', place).replace(/(?<=[^/])\/+$/, ''))
      .some(place => reaches({ text, isFlux, unlisted }, place, folder))
  );
}

function around(folder: string): string[] {
  const parts = folder.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function sourcePaths(body: unknown): unknown[] {
  return [
    valueAt(body, ['spec', 'source', 'path']),
    valueAt(body, ['spec', 'sourceHydrator', 'drySource', 'path']),
    ...recordsAt(body, ['spec', 'sources']).map(source => source['path']),
  ];
}

type Reach = {
  text: Repository['text'];
  /** Flux makes a kustomization of its own where a folder has none, of everything below. */
  isFlux: boolean;
  unlisted: Set<string>;
};

/** A folder to look at, or a kustomization of which all was looked at in vain. */
type Visit = { folder: string } | { unlisted: string };

function reaches(reach: Reach, from: string, folder: string): boolean {
  const seen = new Set<string>();
  const pending: Visit[] = [{ folder: from }];
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    if ('unlisted' in visit) reach.unlisted.add(visit.unlisted);
    else if (visit.folder === folder) return true;
    else if (!seen.has(visit.folder)) {
      seen.add(visit.folder);
      append(pending, visitsFrom(reach, visit.folder, folder));
    }
  }
  return false;
}

/** What is to be looked at from a folder on, the last one first. */
function visitsFrom({ text, isFlux }: Reach, from: string, folder: string): Visit[] {
  const own = kustomizationAt(text, from);
  const isAround = from === '.' || folder.startsWith(`${from}/`);
  if (own === undefined) return isAround && isFlux ? [{ folder: below(text, from, folder) }] : [];
  const targets = own.references.flatMap(({ path: target }) => target ?? []).toReversed();
  return [...(isAround ? [{ unlisted: own.file }] : []), ...targets.map(target => ({ folder: target }))];
}

/** The next folder on the way that has a kustomization, else the folder itself. */
function below(text: Repository['text'], from: string, folder: string): string {
  const rest = from === '.' ? folder : folder.slice(from.length + 1);
  const steps = rest.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
  const folders = steps.map(step => path.posix.join(from, step));
  return folders.find(each => fileIn(text, each) !== undefined) ?? folder;
}

function fileIn(text: Repository['text'], folder: string): string | undefined {
  return KUSTOMIZATION_FILES.map(name => path.posix.join(folder, name)).find(file => text.has(file));
}

type Listing = { file: string; references: readonly PathReference[] };

/** What nobody can read lists nothing. */
function kustomizationAt(text: Repository['text'], folder: string): Listing | undefined {
  const file = fileIn(text, folder);
  if (file === undefined) return undefined;
  try {
    return parseKustomization(text.get(file) ?? '', file);
  } catch (error) {
    if (error instanceof UserError) return { file, references: [] };
    throw error;
  }
}
