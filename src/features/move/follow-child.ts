import { posix } from 'node:path';
import { type ChangeSet, createFile, deleteFile } from '../../change-set.ts';
import { type Child, childrenIn, newChild, retarget } from '../../deliveries/argo/app-of-apps.ts';
import { listEntries } from '../../deliveries/siblings/list-entry.ts';
import { abstracted, concrete, isWithin, namesApp } from '../../deliveries/siblings/names.ts';
import { namespaceOf, type Repository, type RepositoryText } from '../../repository/model.ts';
import { editYaml } from '../../yaml/edit.ts';
import { type Move, movedPath, type Renamed } from './move.ts';
import type { AppHome } from './home.ts';

/** What becomes of an Application that a root brings: another one, or none. */
export type MovedChild = {
  name: string;
  /** What it is called from then on; undefined where it goes. */
  becomes: string | undefined;
  /** Whether what it made stays in the cluster. */
  keeps: boolean;
};

export type FollowedChildren = {
  /** The text of files that change, or that are new. */
  texts: ReadonlyMap<string, string>;
  gone: readonly string[];
  moved: readonly MovedChild[];
};

type Going = {
  home: AppHome;
  move: Move;
  renamed: Renamed | undefined;
  renames: readonly (Renamed & { folder: string })[];
};

/** Texts under way, and what is gone; each list is edited as the step before left it. */
type Step = { texts: Map<string, string>; gone: string[]; moved: MovedChild[]; read(file: string): string };

/**
 * The Applications of an app of apps, and the lists that name them, as they are once the folder stands elsewhere: out of service
 * none is left; back from there it has one again; one that bears the app's name bears the new one, unless what it made would go.
 * @param after the text as it is after the move
 * @throws UserError E_YAML_* for a file that cannot be edited so
 */
export function followChildren(
  repository: Repository,
  after: RepositoryText,
  going: Going,
): FollowedChildren {
  const texts = new Map<string, string>();
  const step: Step = {
    texts,
    gone: [],
    moved: [],
    read: file => texts.get(file) ?? after.get(file) ?? '',
  };
  const { from, to } = going.move;
  const own = childrenIn(repository).filter(
    ({ path, file }) => isWithin(from, path) && !isWithin(from, file),
  );
  const [wasOff, isOff] = [from, to].map(folder => folder.split('/').includes('disabled'));
  for (const child of own) {
    if (isOff) retire(step, child);
    else followNames(step, repository, child, going);
  }
  if (wasOff && !isOff && own.length === 0) bringBack(step, repository, going);
  return step;
}

function retire(step: Step, child: Child): void {
  const { file, list, name, deletes } = child;
  step.gone.push(file);
  step.moved.push({ name, becomes: undefined, keeps: !deletes });
  if (!list) return;
  const entries = entriesTo(child);
  const edits = entries.map(path => ({ kind: 'remove' as const, path })).toReversed();
  step.texts.set(list.file, editYaml(step.read(list.file), list.file, edits));
}

function entriesTo({ list, file }: Child): readonly (readonly (string | number)[])[] {
  return (list?.references ?? []).flatMap(({ steps, path }) =>
    steps[0] === 'resources' && path === file ? [steps] : [],
  );
}

function followNames(
  step: Step,
  repository: Repository,
  child: Child,
  { renamed, renames, move }: Going,
): void {
  const own = renames.find(({ folder }) => folder === child.path) ?? renamed;
  if (!own) return;
  const app = renamed ?? own;
  const namespace = child.namespace === own.from ? own.to : child.namespace;
  const change = (text: string): string => renamedText(text, app);
  const stem = posix.basename(child.file).replace(/\.ya?ml$/, '');
  const file = posix.join(posix.dirname(child.file), change(posix.basename(child.file)));
  const isFree =
    file !== child.file && !repository.text.has(file) && namesApp(abstracted(stem, namesFor(app.from)));
  // The finalizer would take along what the old one made; so it stays the same one.
  const follows = isFree && !child.deletes;
  const name = follows ? change(child.name) : child.name;
  const to = { name, folder: movedPath(move, child.path), namespace, app };
  const text = retarget(step.read(child.file), child.file, to);
  step.texts.set(follows ? file : child.file, text);
  if (namespace !== child.namespace || follows)
    step.moved.push({ name: child.name, becomes: name, keeps: follows });
  if (!follows) return;
  step.gone.push(child.file);
  const { list } = child;
  if (!list) return;
  const edits = entriesTo(child).map(path => ({
    kind: 'set' as const,
    path,
    value: relist(list.folder, file),
  }));
  step.texts.set(list.file, editYaml(step.read(list.file), list.file, edits));
}

function relist(folder: string, file: string): string {
  return posix.relative(folder, file);
}

function namesFor(name: string): { group: string; name: string } {
  return { group: '.', name };
}

function renamedText(text: string, { from, to }: Renamed): string {
  return concrete(abstracted(text, namesFor(from)), namesFor(to));
}

function bringBack(step: Step, repository: Repository, { home, move, renamed }: Going): void {
  for (const app of home.apps) {
    const folder = movedPath(move, app.path);
    const namespace = renamed?.to ?? namespaceOf(app);
    const group = posix.dirname(folder);
    const child = newChild(repository, { group, name: posix.basename(folder), folder, namespace });
    if (!child) continue;
    step.texts.set(child.file, child.text);
    const { list } = child.model;
    if (!list) continue;
    const edits = listEntries(list.data, [relist(list.folder, child.file)], { isSibling: () => false });
    step.texts.set(list.file, editYaml(step.read(list.file), list.file, edits));
  }
}

/** The Applications that are new, and those that are gone; one that only changes is an update like any other. */
export function childFiles(
  text: RepositoryText,
  { texts, gone }: FollowedChildren,
  why: { why: string; gone: string },
): ChangeSet[] {
  const isNew = ([path]: [string, string]): boolean => !text.has(path);
  return [
    ...[...texts].filter(isNew).map(([path, content]) => createFile({ path, content, why: why.why })),
    ...gone.map(path => deleteFile({ path, before: text.get(path) ?? '', why: why.gone })),
  ];
}
