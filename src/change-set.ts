import { collisionKey } from './text/file-name.ts';

type Planned = {
  /** Posix, relative to the repository's root. */
  readonly path: string;
  /** One line for a person: what the change is for. */
  readonly why: string;
};

export type FileCreation = Planned & {
  readonly kind: 'file';
  readonly action: 'create';
  readonly content: Uint8Array;
  /** Permission bits, before the umask. 0o644 unless set. */
  readonly mode?: number;
  /** What it was made from, a file whose place it takes or a chart's defaults: a preview shows what differs. */
  readonly madeFrom?: { readonly name: string; readonly content: Uint8Array };
};

type FileUpdate = Planned & {
  readonly kind: 'file';
  readonly action: 'update';
  readonly content: Uint8Array;
  /** The content that was planned on. Anything else on disk is somebody's newer work. */
  readonly before: Uint8Array;
  /** What stands there is left of something that is gone: to replace it takes nobody's work. */
  readonly leftover?: boolean;
  /** It only gets an entry more: what stands there stays. */
  readonly entry?: boolean;
  /** New permission bits; the file keeps its own unless set. */
  readonly mode?: number;
};

type FileDeletion = Planned & {
  readonly kind: 'file';
  readonly action: 'delete';
  readonly before: Uint8Array;
};

/** A whole folder that does not exist yet, such as an unpacked chart: one unit in previews and in JSON. */
export type FolderCreation = Planned & {
  readonly kind: 'folder';
  readonly action: 'create';
  /** Content by path relative to the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

export type Change = FileCreation | FileUpdate | FileDeletion | FolderCreation;

/** What a run wants to do to the repository: what a preview shows, and what `applyChanges` writes as one unit. */
export type ChangeSet = { readonly changes: readonly Change[] };

type Content = string | Uint8Array;

/** A change set of one new file; `why` is shown beside it. */
export function createFile(
  file: { path: string; content: Content; why: string } & Pick<FileCreation, 'mode' | 'madeFrom'>,
): ChangeSet {
  return toSet([{ ...file, kind: 'file', action: 'create', content: toBytes(file.content) }]);
}

/** Empty when the content stays the same. `before` is what was read when the update was planned. */
export function updateFile(file: {
  path: string;
  content: Content;
  before: Content;
  why: string;
  mode?: number;
  leftover?: boolean;
  entry?: boolean;
}): ChangeSet {
  const content = toBytes(file.content);
  const before = toBytes(file.before);
  const same = Buffer.compare(content, before) === 0;
  return toSet(same ? [] : [{ ...file, kind: 'file', action: 'update', content, before }]);
}

/** Whether a change takes the place of what may be somebody's work. */
export function replacesWork(change: Change): boolean {
  if (change.action === 'update') return change.leftover !== true && change.entry !== true;
  return change.action === 'delete';
}

/** A change set of one deletion; `before` is what was read when it was planned. */
export function deleteFile(file: { path: string; before: Content; why: string }): ChangeSet {
  return toSet([{ ...file, kind: 'file', action: 'delete', before: toBytes(file.before) }]);
}

/** @throws Error (a bug of ours) for a folder without files. */
export function createFolder(folder: {
  path: string;
  files: ReadonlyMap<string, Content>;
  why: string;
}): ChangeSet {
  if (folder.files.size === 0) throw new Error(`change set: the folder ${folder.path} has no files`);
  const files = new Map([...folder.files].map(([path, content]) => [path, toBytes(content)]));
  return toSet([{ ...folder, kind: 'folder', action: 'create', files }]);
}

/**
 * All changes as one set, in the order given. Without arguments: the empty set.
 * @throws Error (a bug of ours) when two changes want one path, or paths that differ only in case or Unicode form.
 */
export function joinChangeSets(...sets: ChangeSet[]): ChangeSet {
  return joinAll(sets);
}

/** The same for a list of any length. */
export function joinAll(sets: readonly ChangeSet[]): ChangeSet {
  return toSet(sets.flatMap(set => set.changes));
}

/** Whether a change only adds lines to the end of a file: what stands there stays. */
export function addsLines(change: Change): boolean {
  if (change.kind === 'folder' || change.action !== 'update') return false;
  const { before, content } = change;
  return Buffer.from(content).subarray(0, before.length).equals(before);
}

/** The texts of a repository once a change set is written. */
export function textsAfter(
  text: ReadonlyMap<string, string>,
  { changes }: ChangeSet,
): ReadonlyMap<string, string> {
  const written = changes.flatMap(change =>
    change.kind === 'file' && change.action !== 'delete'
      ? [[change.path, Buffer.from(change.content).toString('utf8')] as const]
      : [],
  );
  return new Map([...text, ...written]);
}

/** What a commit takes: every path but the folders that git leaves out, as it does with pulled charts in most repositories. */
export function pathsForGit({ changes }: ChangeSet, isIgnored: (file: string) => boolean): string[] {
  return changes
    .filter(change => change.kind === 'file' || !filesOf(change).some(isIgnored))
    .map(({ path }) => path);
}

/** The `changes` of every JSON document. A trailing slash marks a folder; a deleted file has no bytes. */
export function changesJson(set: ChangeSet): { path: string; action: Change['action']; bytes: number }[] {
  return set.changes.map(change => ({
    path: change.kind === 'folder' ? `${change.path}/` : change.path,
    action: change.action,
    bytes: bytesOf(change),
  }));
}

function bytesOf(change: Change): number {
  if (change.kind === 'folder')
    return [...change.files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return change.action === 'delete' ? 0 : change.content.byteLength;
}

function toBytes(content: Content): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

function toSet(changes: readonly Change[]): ChangeSet {
  requireDistinct(changes);
  return { changes };
}

function filesOf(change: Change): string[] {
  if (change.kind === 'file') return [change.path];
  return [...change.files.keys()].map(path => `${change.path}/${path}`);
}

function requireDistinct(changes: readonly Change[]): void {
  requireNoTwin(changes.map(change => change.path));
  const files = changes.flatMap(filesOf);
  requireNoTwin([...new Set(files.flatMap(parentsOf)), ...files]);
}

function requireNoTwin(paths: readonly string[]): void {
  const spelling = new Map<string, string>();
  for (const path of paths) {
    const key = collisionKey(path);
    const other = spelling.get(key);
    if (other !== undefined) throw new Error(`change set: ${path} and ${other} are the same file or folder`);
    spelling.set(key, path);
  }
}

function parentsOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
