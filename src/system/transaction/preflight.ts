import { append } from '../../data/append.ts';
import { constants, type Stats } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Change, ChangeSet, FolderCreation, FileCreation } from '../../change-set.ts';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { sha256Of } from '../../data/digest.ts';
import { holdsExactly } from '../files/digest.ts';
import { naming } from '../files/file-error.ts';
import type { FolderTree } from '../files/folder-tree.ts';
import type { JournalStep } from './journal.ts';
import type { Operation } from './operation.ts';
import { type TargetPath, placeFinder, requireInside, requireLegalNames } from '../files/target-path.ts';
import { readRegularFile } from '../files/regular-file.ts';
import type { NewFile } from './staging.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

export type Preflight = {
  readonly operations: readonly Operation[];
  /** The changes that are not done already. */
  readonly pending: readonly Change[];
};

type Verdict =
  | { status: 'done' }
  | { status: 'operation'; operation: Operation }
  /** Files in a folder that does not exist: joined with the others there. */
  | { status: 'fresh'; files: FreshFile[] };

const ORDER: readonly JournalStep['kind'][] = ['folder', 'create', 'update', 'delete'];

/**
 * What there is to do for a change set, in the order in which an interruption does least harm: new files first, then
 * what refers to them, then the removal of what nothing refers to any more. `force` allows to overwrite a file that
 * was to be created, and to break a hard link.
 * @throws UserError if the disk forbids any of it; nothing has been written then.
 */
export async function preflight(
  changeSet: ChangeSet,
  { tree, force }: { tree: FolderTree<undefined>; force: boolean },
): Promise<Preflight> {
  const find = placeFinder(tree);
  const operations: Operation[] = [];
  const fresh: FreshFile[] = [];
  const pending: Change[] = [];
  for (const change of changeSet.changes) {
    if (change.kind === 'folder') requireLegalFiles(change);
    const verdict = await judge(change, await find(change.path), force);
    if (verdict.status !== 'done') pending.push(change);
    if (verdict.status === 'operation') operations.push(verdict.operation);
    if (verdict.status === 'fresh') append(fresh, verdict.files);
  }
  append(operations, createFreshFolders(fresh));
  await requirePermission(operations);
  return {
    operations: operations.toSorted((a, b) => ORDER.indexOf(a.step.kind) - ORDER.indexOf(b.step.kind)),
    pending,
  };
}

/** The names come from an archive, and are judged here once more. */
function requireLegalFiles({ path: folder, files }: FolderCreation): void {
  for (const name of files.keys()) {
    requireInside(name);
    requireLegalNames(name, path.posix.join(folder, name));
  }
}

async function judge(change: Change, place: TargetPath, force: boolean): Promise<Verdict> {
  const { folder, entry, present, below } = place;
  if (present && change.kind === 'folder') return judgeFolder(change, place);
  if (present && change.kind === 'file') return judgeFile(change, { ...place, present }, force);
  if (change.action !== 'create') throw changedError(change.path, say('system.wasRemoved'));
  if (change.kind === 'folder' || below !== '') return { status: 'fresh', files: freshFiles(change, place) };
  const step: JournalStep = { kind: 'create', path: change.path, after: sha256Of(change.content) };
  const file = { content: change.content, mode: change.mode };
  return { status: 'operation', operation: { step, folder, entry, content: { kind: 'file', file } } };
}

/** A folder is never merged into another one: what stands there is as planned, or somebody else's. */
async function judgeFolder(change: FolderCreation, { folder, entry }: TargetPath): Promise<Verdict> {
  const digests = [...change.files].map(([name, content]) => [name, sha256Of(content)]);
  if (await holdsExactly({ address: folder.at(entry), name: change.path }, Object.fromEntries(digests)))
    return { status: 'done' };
  throw existsError(change.path);
}

type FileChange = Exclude<Change, FolderCreation>;

function judgeFile(change: FileChange, place: TargetPath & { present: Stats }, force: boolean): Verdict {
  const { folder, entry, present } = place;
  const old = readRegularFile(folder.at(entry), change.path, Infinity);
  if (!old) throw changedError(change.path, say('system.wasRemoved'));
  if (change.action === 'create' && old.equals(change.content)) return { status: 'done' };
  if (change.action === 'create' && !force) throw existsError(change.path);
  if (change.action !== 'create' && !old.equals(change.before))
    throw changedError(change.path, say('system.hasChanged'));
  const before = sha256Of(old);
  if (change.action === 'delete') {
    const step: JournalStep = { kind: 'delete', path: change.path, before };
    return { status: 'operation', operation: { step, folder, entry, content: { kind: 'nothing' }, old } };
  }
  requireOneName(change.path, present, force);
  const step: JournalStep = { kind: 'update', path: change.path, before, after: sha256Of(change.content) };
  const file = { content: change.content, mode: change.mode, replaced: present };
  return { status: 'operation', operation: { step, folder, entry, content: { kind: 'file', file }, old } };
}

/** access(2) also knows of read-only file systems and immutable files. Root passes where only modes forbid. */
async function requirePermission(operations: readonly Operation[]): Promise<void> {
  for (const folder of new Set(operations.map(operation => operation.folder)))
    await naming(folder.name, () => access(folder.at('.'), constants.W_OK | constants.X_OK));
  for (const { folder, entry, old, step } of operations)
    if (old) await naming(step.path, () => access(folder.at(entry), constants.W_OK));
}

/** The rename gives the new content to this name only; the others keep the old one. */
function requireOneName(target: string, present: Stats, force: boolean): void {
  if (present.nlink === 1 || force) return;
  throw new UserError(
    'E_FILE_SYSTEM',
    say('system.hasNamesHardLinks', { target: display(target), nlink: present.nlink }),
    {
      hint: say('system.makeFileOwnUseForce'),
      subject: target,
    },
  );
}

function existsError(target: string): UserError {
  return new UserError('E_EXISTS', say('system.existsAlready', { target: display(target) }), {
    hint: say('system.removeChooseAnotherNameForce'),
    subject: target,
  });
}

/** For what a run planned on and does not find so any more; `what` for example "was removed". */
export function changedError(target: string, what: Text): UserError {
  return new UserError('E_CHANGED', say('system.sinceRunLooked', { target: display(target), what }), {
    hint: say('system.runAgainChangePlannedAnew'),
    subject: target,
  });
}

/** A file in a folder that does not exist yet: the place of that folder, and the file's path below it. */
type FreshFile = { readonly place: TargetPath; readonly below: string; readonly file: NewFile };

/** The files of a change whose path leads to, or below, something that does not exist. */
function freshFiles(change: FileCreation | FolderCreation, place: TargetPath): FreshFile[] {
  if (change.kind === 'file')
    return [{ place, below: place.below, file: { content: change.content, mode: change.mode } }];
  return [...change.files].map(([name, content]) => ({
    place,
    below: path.posix.join(place.below, name),
    file: { content, mode: undefined },
  }));
}

/** All files below one folder that does not exist become one operation, so that they appear at once. */
function createFreshFolders(fresh: readonly FreshFile[]): Operation[] {
  const byFolder = new Map<string, FreshFile[]>();
  for (const file of fresh) {
    const name = path.posix.join(file.place.folder.name, file.place.entry);
    const group = byFolder.get(name);
    if (group) group.push(file);
    else byFolder.set(name, [file]);
  }
  return [...byFolder].flatMap(([name, group]) => {
    const [first] = group;
    return first ? [createFreshFolder(name, first.place, group)] : [];
  });
}

function createFreshFolder(
  name: string,
  { folder, entry }: TargetPath,
  group: readonly FreshFile[],
): Operation {
  const files = new Map(group.map(({ below, file }) => [below, file]));
  const digests = group.map(({ below, file }) => [below, sha256Of(file.content)]);
  const step: JournalStep = { kind: 'folder', path: name, files: Object.fromEntries(digests) };
  return { step, folder, entry, content: { kind: 'folder', files } };
}
