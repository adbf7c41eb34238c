import { posix } from 'node:path';
import { append } from '../../data/append.ts';
import {
  KUSTOMIZATION_FILES,
  type Kustomization,
  readKustomization,
} from '../../repository/kustomization.ts';
import type { App, Repository } from '../../repository/model.ts';
import { parsedFile } from '../parsed-files.ts';

/** A kustomization that stands outside of the apps that build on it: a base, a component. */
export type Base = { kustomization: Kustomization; users: readonly App[] };

const found = new WeakMap<Repository, ReadonlyMap<string, Base>>();

/** What the apps of a repository build on, by folder, each with those apps. What is an app itself is none. */
export function basesOf(repository: Repository): ReadonlyMap<string, Base> {
  const known = found.get(repository) ?? lookForBases(repository);
  found.set(repository, known);
  return known;
}

function lookForBases(repository: Repository): ReadonlyMap<string, Base> {
  const bases = new Map<string, { kustomization: Kustomization; users: App[] }>();
  const apps = new Set(repository.apps.map(({ path }) => path));
  for (const app of repository.apps) {
    const seen = new Set([app.path]);
    for (const kustomization of takenIn(repository, app.kustomization, seen)) {
      const { folder } = kustomization;
      if (apps.has(folder) || folder.startsWith(`${app.path}/`)) continue;
      const base = bases.get(folder) ?? { kustomization, users: [] };
      base.users.push(app);
      bases.set(folder, base);
    }
  }
  return bases;
}

/** The kustomizations that one takes in, at any depth, and that were not seen before: they are now. */
export function takenIn(
  repository: Repository,
  kustomization: Kustomization,
  seen: Set<string>,
): Kustomization[] {
  const inside: Kustomization[] = [];
  const pending = listedPaths(kustomization).toReversed();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const inner = seen.has(path) ? undefined : kustomizationOfFolder(repository, path);
    if (!inner) continue;
    seen.add(path);
    inside.push(inner);
    append(pending, listedPaths(inner).toReversed());
  }
  return inside;
}

const TAKES_IN = new Set(['resources', 'bases', 'components']);

function listedPaths({ references }: Kustomization): string[] {
  return references.flatMap(({ steps, path }) =>
    path !== undefined && TAKES_IN.has(String(steps[0])) ? [path] : [],
  );
}

/** The kustomization of a folder; undefined where none stands there that can be read. */
export function kustomizationOfFolder(repository: Repository, folder: string): Kustomization | undefined {
  const file = KUSTOMIZATION_FILES.map(name => posix.join(folder, name)).find(name =>
    repository.text.has(name),
  );
  const yaml = file === undefined ? undefined : parsedFile(repository, file);
  return file !== undefined && yaml ? readKustomization(file, yaml) : undefined;
}
