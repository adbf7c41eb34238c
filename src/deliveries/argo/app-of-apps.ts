import { posix } from 'node:path';
import { addTo } from '../../data/append.ts';
import { asMap, stringOf, valueAt } from '../../data/fields.ts';
import type { Repository } from '../../repository/model.ts';
import { deployedSources } from '../../repository/sets/made.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import type { Step } from '../../yaml/nodes.ts';
import { readDocuments } from '../../yaml/read.ts';
import type { Kustomization } from '../../repository/kustomization.ts';
import type { LocatedObject } from '../located-object.ts';
import { readDeliveries } from '../read-deliveries.ts';
import { abstracted, concrete, type Names } from '../siblings/names.ts';

/** An Application in a file of its own, which another one brings, and which deploys one folder of the repository. */
export type Child = {
  file: string;
  name: string;
  /** The folder that it deploys, and the namespace that this goes into. */
  path: string;
  namespace: string | undefined;
  /** The folder of its root, and the kustomization there; without one all files of the folder count. */
  folder: string;
  list: Kustomization | undefined;
  wave: number;
  /** Whether what it made goes with it. */
  deletes: boolean;
};

const found = new WeakMap<Repository, readonly Child[]>();

/** The Applications that other Applications of the repository bring: those of apps of apps. */
export function childrenIn(repository: Repository): readonly Child[] {
  const known = found.get(repository) ?? findChildren(repository);
  found.set(repository, known);
  return known;
}

function findChildren(repository: Repository): Child[] {
  const { objects, kustomizations } = readDeliveries(repository);
  const applications = objects.filter(({ kind, group }) => kind === 'Application' && group === 'argoproj.io');
  const files = new Map<string, LocatedObject[]>();
  for (const object of objects) addTo(files, object.at.file, object);
  const folders = new Set(applications.flatMap(object => folderOf(repository, object) ?? []));
  return applications.flatMap(object => {
    const { file } = object.at;
    const path = folderOf(repository, object);
    // Several in one file are edited by hand.
    if (path === undefined || files.get(file)?.length !== 1) return [];
    const listing = kustomizations.above(file).find(each => folders.has(each.folder));
    const folder = listing?.folder ?? posix.dirname(file);
    const isBrought = listing !== undefined || (folders.has(folder) && !kustomizations.at(folder));
    return isBrought && folder !== path ? [childOf(object, { path, folder, list: listing })] : [];
  });
}

function childOf({ at, name, body }: LocatedObject, place: Pick<Child, 'path' | 'folder' | 'list'>): Child {
  const annotations = valueAt(body, ['metadata', 'annotations']);
  return {
    ...place,
    file: at.file,
    name,
    namespace: stringOf(valueAt(body, ['spec', 'destination', 'namespace'])),
    wave: Number(asMap(annotations)[WAVE] ?? 0) || 0,
    deletes: JSON.stringify(valueAt(body, ['metadata', 'finalizers']) ?? []).includes(DELETING),
  };
}

const WAVE = 'argocd.argoproj.io/sync-wave';
const DELETING = 'resources-finalizer.argocd.argoproj.io';

/** The one folder of this repository that an Application deploys. */
function folderOf({ sets }: Repository, { body }: LocatedObject): string | undefined {
  const [only, ...others] = deployedSources(body);
  const written = stringOf(valueAt(only?.source, ['path']));
  const url = stringOf(valueAt(only?.source, ['repoURL'])) ?? '';
  if (written === undefined || others.length > 0 || !sets.isOwn(url)) return undefined;
  return posix.normalize(`./${written}`).replace(/(?<=[^/])\/+$/, '');
}

/** What a child is to deploy: the app by its names, its folder, its namespace. */
export type ChildTarget = Names & { folder: string; namespace: string };

export type NewChild = { file: string; text: string; model: Child };

/**
 * The Application of an app, written as that of the nearest sibling; undefined where no Application brings such.
 * @throws UserError E_YAML_* for a sibling that cannot be edited so
 */
export function newChild(repository: Repository, target: ChildTarget): NewChild | undefined {
  const model = modelFor(repository, target);
  if (!model) return undefined;
  const from = namesOf(repository, model);
  const { objects } = readDeliveries(repository);
  const taken = new Set(objects.flatMap(({ kind, name }) => (kind === 'Application' ? [name] : [])));
  const after = (text: string): string => concrete(abstracted(text, from), target);
  const apart = `${target.name}-${posix.basename(target.group)}`;
  const free = (name: string, isTaken: boolean): string => (isTaken ? apart : name);
  const name = free(after(model.name), taken.has(after(model.name)));
  const place = (stem: string): string => posix.join(posix.dirname(model.file), `${stem}.yaml`);
  const stem = after(posix.basename(model.file).replace(/\.ya?ml$/, ''));
  const file = place(free(stem, repository.text.has(place(stem))));
  const { folder, namespace } = target;
  const to = { name, folder, namespace, app: { from: from.name, to: target.name } };
  return { file, model, text: retarget(repository.text.get(model.file) ?? '', model.file, to) };
}

/** Of the same folder of apps if there are any; of those the last that Argo CD starts, which is no part of the cluster itself. */
function modelFor(repository: Repository, { group, folder }: ChildTarget): Child | undefined {
  const isApp = new Set(repository.apps.map(({ path }) => path));
  const all = childrenIn(repository).filter(({ path }) => isApp.has(path) && path !== folder);
  const beside = all.filter(child => namesOf(repository, child).group === group);
  return (beside.length > 0 ? beside : all).toSorted((a, b) => b.wave - a.wave)[0];
}

function namesOf({ apps }: Repository, { path }: Pick<Child, 'path'>): Names {
  const app = apps.find(each => each.path === path);
  return { group: app?.environment ?? posix.dirname(path), name: app?.name ?? posix.basename(path) };
}

type Retarget = {
  name: string;
  folder: string;
  namespace: string | undefined;
  /** The app that labels name, and the one that they are to name. */
  app: { from: string; to: string };
};

/**
 * The text of an Application for another folder.
 * @throws UserError E_YAML_* for a file that cannot be edited so
 */
export function retarget(text: string, file: string, to: Retarget): string {
  const [body] = readDocuments(text, file);
  const at = deployedSources(body)[0]?.at ?? 'spec.source';
  const steps: Step[] = at.split('.').map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const labels = Object.entries(asMap(valueAt(body, ['metadata', 'labels'])));
  const edits: YamlEdit[] = [
    { kind: 'set', path: ['metadata', 'name'], value: to.name },
    ...labels.flatMap(([key, value]): YamlEdit[] =>
      value === to.app.from ? [{ kind: 'set', path: ['metadata', 'labels', key], value: to.app.to }] : [],
    ),
    { kind: 'set', path: [...steps, 'path'], value: to.folder },
    ...(to.namespace === undefined
      ? []
      : [{ kind: 'put' as const, path: ['spec', 'destination', 'namespace'], value: to.namespace }]),
  ];
  return editYaml(text, file, edits);
}
