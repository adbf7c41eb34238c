import path from 'node:path';
import { KUSTOMIZATION_FILES, type Kustomization, parseKustomization } from './kustomization.ts';
import type { RepositoryText } from './model.ts';
import { pathFrom } from './kustomization-paths.ts';

/** What kustomize does to the namespace and the name of a resource file's objects. */
export type Kustomized = {
  /** The kustomization nearest to the file. */
  file: string;
  kustomization: Kustomization;
  /** Whether that one lists the file under `resources`. */
  listed: boolean;
  /** Undefined where no kustomization sets one. */
  namespace: string | undefined;
  namePrefix: string;
  nameSuffix: string;
};

/** The kustomization that a file of the repository belongs to, and what it and those above do; undefined without one. */
export function kustomizedBy(text: RepositoryText, resource: string): Kustomized | undefined {
  const nearest = above(path.posix.dirname(resource)).flatMap(folder => kustomizationIn(text, folder))[0];
  if (!nearest) return undefined;
  const chain = [nearest, ...includers(text, nearest)];
  const fields = (key: string): string[] =>
    chain.flatMap(({ kustomization }) => kustomization.textAt(key) ?? []);
  return {
    ...nearest,
    listed: lists(nearest, resource),
    namespace: fields('namespace').at(-1),
    namePrefix: fields('namePrefix').toReversed().join(''),
    nameSuffix: fields('nameSuffix').join(''),
  };
}

type Found = { file: string; kustomization: Kustomization };

function above(folder: string): string[] {
  const parent = path.posix.dirname(folder);
  return parent === folder || folder === '.' ? [folder] : [folder, ...above(parent)];
}

function kustomizationIn(text: RepositoryText, folder: string): Found[] {
  const file = KUSTOMIZATION_FILES.map(name => path.posix.join(folder, name)).find(name => text.has(name));
  return file === undefined ? [] : [{ file, kustomization: parseKustomization(text.get(file) ?? '', file) }];
}

/** The kustomizations in folders above that take this one in, the nearest first. */
function includers(text: RepositoryText, { file }: Found): Found[] {
  const folder = path.posix.dirname(file);
  if (folder === '.') return [];
  const parent = above(path.posix.dirname(folder))
    .flatMap(upper => kustomizationIn(text, upper))
    .find(candidate => lists(candidate, folder));
  return parent ? [parent, ...includers(text, parent)] : [];
}

function lists({ file, kustomization }: Found, entry: string): boolean {
  const folder = path.posix.dirname(file);
  return kustomization.resources.some(listed => pathFrom(folder, listed) === entry);
}
