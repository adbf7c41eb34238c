import { posix } from 'node:path';
import { addTo, append } from '../../data/append.ts';
import { asList, isRecord, recordsAt, stringOf, stringsAt, valueAt } from '../../data/fields.ts';
import { firstWhere } from '../../data/sorted.ts';
import { memoized } from '../../data/memoized.ts';
import { insideFrom, type PathReference } from '../../repository/kustomization-paths.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { RepositoryText } from '../../repository/model.ts';
import type { Kustomizations } from '../kustomizations.ts';
import type { LocatedObject } from '../located-object.ts';
import { withPatches } from './apply-patch.ts';

/** A Kustomization of Flux that builds a folder of this repository. */
export type FluxKustomization = {
  object: LocatedObject;
  folder: string;
  /** What its build takes in besides: `spec.components`. */
  components: readonly string[];
  /** With what the Kustomizations above lay over it. */
  spec: Readonly<Record<string, unknown>>;
};

/** What builds of folders are found from. */
export type BuiltFrom = { kustomizations: Pick<Kustomizations, 'at'>; text: RepositoryText };

export type FluxObjects = {
  objects: readonly LocatedObject[];
  kustomizations: Pick<Kustomizations, 'at' | 'above' | 'listers' | 'isPatch'>;
  text: RepositoryText;
};

/** The Kustomizations of Flux in a repository, by the order of their files; behind them what a FluxInstance syncs. */
export function fluxKustomizations(context: FluxObjects): FluxKustomization[] {
  const folders = foldersOf(context.text);
  // What is laid over one says no path, and would build the whole repository.
  const own = context.objects.filter(
    object => isFluxKustomization(object) && !context.kustomizations.isPatch(object.at.file),
  );
  const found = own.flatMap(object =>
    specsOf(context, object).flatMap((spec): FluxKustomization[] => {
      const folder = folderOf({ spec });
      return folder !== undefined && folders.has(folder) ? [withComponents({ object, folder, spec })] : [];
    }),
  );
  const instances = context.objects.flatMap(object => syncOf(object) ?? []);
  return [...patched(context, found), ...instances.filter(({ folder }) => folders.has(folder))];
}

/** Components stand relative to the folder. */
function withComponents(own: Omit<FluxKustomization, 'components'>): FluxKustomization {
  const components = stringsAt(own.spec, ['components']).flatMap(
    written => insideFrom(own.folder, written) ?? [],
  );
  return { ...own, components };
}

/** A file is listed by the kustomization of each cluster, not by hundreds. */
const MOST_LISTERS = 64;

type Spec = Record<string, unknown>;

/** The spec as each kustomization that lists it, with those above and the components beside, hands it to Flux: one of each cluster. */
function specsOf({ kustomizations, text }: FluxObjects, object: LocatedObject): Spec[] {
  const listers = kustomizations.listers(object.at.file);
  const chains = (listers.length > MOST_LISTERS ? [] : listers).map(lister => [
    ...lister.references.flatMap(({ steps, path }) =>
      steps[0] === 'components' && path !== undefined ? (kustomizations.at(path) ?? []) : [],
    ),
    lister,
    ...kustomizations.above(lister.folder),
  ]);
  const bodies = chains.map(chain =>
    chain.reduce((body, by) => withPatches(body, object, patchesIn(by, text)), object.body),
  );
  const specs = [...bodies, ...(bodies.length > 0 ? [] : [object.body])]
    .map(body => body['spec'])
    .filter(isRecord);
  return [...new Map(specs.map(spec => [JSON.stringify(spec), spec])).values()];
}

/** Its patches, those in files written out. */
function patchesIn({ folder, data }: Kustomization, text: RepositoryText): unknown[] {
  return recordsAt(data, ['patches']).map(({ path, patch, ...entry }) => ({
    ...entry,
    patch: patch ?? text.get(insideFrom(folder, stringOf(path) ?? '') ?? ''),
  }));
}

/** The operator of Flux makes a Kustomization of what a FluxInstance syncs, which prunes. */
function syncOf(object: LocatedObject): FluxKustomization | undefined {
  const sync = valueAt(object.body, ['spec', 'sync']);
  if (!isFluxInstance(object) || !isRecord(sync)) return undefined;
  const spec = { path: stringOf(sync['path']) ?? './', prune: true, interval: sync['interval'] ?? '1m' };
  const folder = folderOf({ spec });
  return folder === undefined ? undefined : { object, folder, spec, components: [] };
}

/** Whether an object tells the operator of Flux what runs in a cluster, and what it syncs. */
export function isFluxInstance({ kind, group }: Pick<LocatedObject, 'kind' | 'group'>): boolean {
  return kind === 'FluxInstance' && group === 'fluxcd.controlplane.io';
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
  const builders = buildersAmong(context, found);
  const parentsOf = ({ object }: FluxKustomization): FluxKustomization[] =>
    builders(object.at.file).filter(each => each.object !== object);
  const done = new Map<FluxKustomization, FluxKustomization>();
  for (const own of found) settle(own, parentsOf, done);
  return found.map(own => done.get(own) ?? own);
}

/** Those above come first; one that leads back to what waits for it counts as it is written. */
function settle(
  first: FluxKustomization,
  parentsOf: (own: FluxKustomization) => FluxKustomization[],
  done: Map<FluxKustomization, FluxKustomization>,
): void {
  const waiting = new Set<FluxKustomization>();
  const pending: { own: FluxKustomization; parents?: FluxKustomization[] }[] = [{ own: first }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { own, parents } = next;
    if (parents)
      done.set(
        own,
        patchedBy(
          own,
          parents.map(each => done.get(each) ?? each),
        ),
      );
    else if (!done.has(own) && !waiting.has(own)) {
      waiting.add(own);
      const above = parentsOf(own);
      pending.push({ own, parents: above });
      append(
        pending,
        above.toReversed().map(each => ({ own: each })),
      );
    }
  }
}

function patchedBy(own: FluxKustomization, parents: readonly FluxKustomization[]): FluxKustomization {
  const body = parents.reduce<Record<string, unknown>>(
    (inner, { spec }) => withPatches(inner, own.object, spec['patches']),
    { ...own.object.body, spec: own.spec },
  );
  return isRecord(body['spec']) ? withComponents({ ...own, spec: body['spec'] }) : own;
}

/** Finds the Kustomizations among some that build a file. */
export function buildersAmong(
  context: BuiltFrom,
  flux: readonly FluxKustomization[],
): (file: string) => readonly FluxKustomization[] {
  const byFile = memoized(() => buildersByFile(context, flux));
  return file => byFile().get(file) ?? [];
}

function buildersByFile(
  context: BuiltFrom,
  flux: readonly FluxKustomization[],
): ReadonlyMap<string, FluxKustomization[]> {
  const built = memoized((folder: string) => builtFiles(context, folder));
  const builders = new Map<string, FluxKustomization[]>();
  for (const each of flux)
    for (const file of new Set([each.folder, ...each.components].flatMap(folder => [...built(folder)])))
      addTo(builders, file, each);
  return builders;
}

/** The files that a build of a folder takes in: what its kustomization lists, or where it has none all that lies in it. */
export function builtFiles(context: BuiltFrom, folder: string): ReadonlySet<string> {
  const files = new Set<string>();
  const folders = new Set([folder]);
  for (const each of folders) {
    const own = context.kustomizations.at(each);
    const listed = own ? own.references.flatMap(listedPath) : listedInFolder(context, each);
    for (const path of listed) (context.text.has(path) ? files : folders).add(path);
  }
  return files;
}

const LISTED = new Set(['resources', 'bases', 'components']);

function listedPath({ steps, path }: PathReference): string[] {
  return path !== undefined && LISTED.has(String(steps[0])) ? [path] : [];
}

/** What Flux lists for a folder without a kustomization: its files, at any depth, and folders inside that have one. */
export function listedInFolder({ kustomizations, text }: BuiltFrom, folder: string): string[] {
  const entries = filesWithin(text, folder).map(
    file => foldersBetween(folder, file).find(each => kustomizations.at(each)) ?? file,
  );
  return [...new Set(entries)];
}

const inOrder = new WeakMap<RepositoryText, readonly string[]>();

/** The files below a folder, found where they stand in the order of all. */
function filesWithin(text: RepositoryText, folder: string): readonly string[] {
  const all = inOrder.get(text) ?? [...text.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  inOrder.set(text, all);
  // `0` comes right behind `/`.
  return folder === '.'
    ? all
    : all.slice(...[`${folder}/`, `${folder}0`].map(from => firstWhere(all, file => file >= from)));
}

/** The folders around a file, from the one right inside `outer` on. */
function foldersBetween(outer: string, file: string): string[] {
  const folders: string[] = [];
  for (let each = posix.dirname(file); each !== outer && each !== '.'; each = posix.dirname(each))
    folders.unshift(each);
  return folders;
}
