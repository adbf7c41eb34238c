import { posix } from 'node:path';
import { asList, isRecord, stringOf, valueAt } from '../../data/fields.ts';
import { memoized } from '../../data/memoized.ts';
import type { PathReference } from '../../repository/kustomization-paths.ts';
import type { RepositoryText } from '../../repository/model.ts';
import type { Kustomizations } from '../kustomizations.ts';
import type { LocatedObject } from '../located-object.ts';
import { withPatches } from './apply-patch.ts';

/** A Kustomization of Flux that builds a folder of this repository. */
export type FluxKustomization = {
  object: LocatedObject;
  folder: string;
  /** With what the Kustomizations above lay over it. */
  spec: Readonly<Record<string, unknown>>;
};

export type FluxObjects = {
  objects: readonly LocatedObject[];
  kustomizations: Pick<Kustomizations, 'at'>;
  text: RepositoryText;
};

/** The Kustomizations of Flux in a repository, by the order of their files. */
export function fluxKustomizations(context: FluxObjects): FluxKustomization[] {
  const folders = foldersOf(context.text);
  const found = context.objects.filter(isFluxKustomization).flatMap((object): FluxKustomization[] => {
    const folder = folderOf(object.body);
    const spec = object.body['spec'];
    return folder !== undefined && folders.has(folder) && isRecord(spec) ? [{ object, folder, spec }] : [];
  });
  return patched(context, found);
}

/** Whether an object is one of them, and not a kustomization of kustomize. */
export function isFluxKustomization({ kind, group }: Pick<LocatedObject, 'kind' | 'group'>): boolean {
  return kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io';
}

/** `./apps/web/` is `apps/web`, `./` the root; none for what leads out, and for what a variable fills in. */
function folderOf(body: unknown): string | undefined {
  const written = stringOf(valueAt(body, ['spec', 'path'])) ?? './';
  const folder = posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
  return folder === '..' || folder.startsWith('../') || folder.includes('${') ? undefined : folder;
}

function foldersOf(text: RepositoryText): ReadonlySet<string> {
  const folders = new Set<string>(['.']);
  for (const file of text.keys())
    for (let each = posix.dirname(file); !folders.has(each); each = posix.dirname(each)) folders.add(each);
  return folders;
}

/** From above to below, so that a patch that brings patches reaches those below in turn. */
function patched(context: FluxObjects, found: readonly FluxKustomization[]): FluxKustomization[] {
  const mayPatch = found.some(({ spec }) => asList(spec['patches']).length > 0);
  if (!mayPatch) return [...found];
  const built = memoized((folder: string) => builtFiles(context, folder));
  const done = new Map<LocatedObject, FluxKustomization>();
  const settle = (own: FluxKustomization, below: ReadonlySet<LocatedObject>): FluxKustomization => {
    const known = done.get(own.object);
    if (known || below.has(own.object)) return known ?? own;
    const around = new Set([...below, own.object]);
    const parents = found.filter(
      each => each.object !== own.object && built(each.folder).has(own.object.at.file),
    );
    const body = parents
      .map(parent => settle(parent, around))
      .reduce((inner, { spec }) => withPatches(inner, own.object, spec['patches']), own.object.body);
    const settled = { ...own, spec: isRecord(body['spec']) ? body['spec'] : own.spec };
    done.set(own.object, settled);
    return settled;
  };
  return found.map(own => settle(own, new Set()));
}

/** The files that a build of a folder takes in: what its kustomization lists, or where it has none all that lies in it. */
export function builtFiles(
  context: Pick<FluxObjects, 'kustomizations' | 'text'>,
  folder: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  if (seen.has(folder)) return new Set();
  seen.add(folder);
  const own = context.kustomizations.at(folder);
  const listed = own ? own.references.flatMap(listedPath) : listedInFolder(context, folder);
  return new Set(
    listed.flatMap(path => (context.text.has(path) ? [path] : [...builtFiles(context, path, seen)])),
  );
}

const LISTED = new Set(['resources', 'bases', 'components']);

function listedPath({ steps, path }: PathReference): string[] {
  return path !== undefined && LISTED.has(String(steps[0])) ? [path] : [];
}

/** What Flux lists for a folder without a kustomization: its files, at any depth, and folders inside that have one. */
export function listedInFolder(
  { kustomizations, text }: Pick<FluxObjects, 'kustomizations' | 'text'>,
  folder: string,
): string[] {
  const inside = [...text.keys()].filter(file => folder === '.' || file.startsWith(`${folder}/`));
  const entries = inside.map(
    file => foldersBetween(folder, file).find(each => kustomizations.at(each)) ?? file,
  );
  return [...new Set(entries)];
}

/** The folders around a file, from the one right inside `outer` on. */
function foldersBetween(outer: string, file: string): string[] {
  const folders: string[] = [];
  for (let each = posix.dirname(file); each !== outer && each !== '.'; each = posix.dirname(each))
    folders.unshift(each);
  return folders;
}
