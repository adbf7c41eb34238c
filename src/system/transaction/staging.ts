import { append } from '../../data/append.ts';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { fileError, naming } from '../files/file-error.ts';
import type { Folder } from '../files/folder.ts';
import { createFolderTree, type FolderTree } from '../files/folder-tree.ts';
import { inParallel } from '../../data/in-parallel.ts';
import type { StepTarget } from './steps.ts';
import { say } from '../../locales/say.ts';

/** The content and permissions of a file that is going to exist. */
export type NewFile = {
  readonly content: Uint8Array;
  /** Undefined: as usual for a new file, or that of the file it replaces. */
  readonly mode: number | undefined;
  /** The file it replaces. */
  readonly replaced?: Stats;
};

/** What will stand at a target. */
export type NewContent =
  | { readonly kind: 'file'; readonly file: NewFile }
  | { readonly kind: 'folder'; readonly files: ReadonlyMap<string, NewFile> }
  | { readonly kind: 'nothing' };

export type Staged = { readonly target: StepTarget; readonly content: NewContent };

type Job = { folder: Folder; entry: string; file: NewFile; name: string };

/** With more files open at once they would only wait for the disk. */
const WRITERS = 16;
const NEW_FILE_MODE = 0o644;
const PERMISSION_BITS = 0o777;

/**
 * Writes all new content beside its targets, under temporary names, and returns when it is on the disk. Every file
 * is flushed, also those of an unpacked chart: it could be fetched again, but kustomize renders the folder it finds,
 * and a template whose bytes were lost in a power cut renders to nothing, silently.
 */
export async function stage(planned: readonly Staged[], signal: AbortSignal): Promise<void> {
  const trees: FolderTree<never>[] = [];
  try {
    const jobs: Job[] = [];
    for (const { target, content } of planned) {
      signal.throwIfAborted();
      if (content.kind === 'file') jobs.push(fileJob(target, content.file));
      if (content.kind !== 'folder') continue;
      const tree = await createFolderTree(target.folder, target.staged);
      trees.push(tree);
      append(jobs, await folderJobs(tree, target, content.files));
    }
    await inParallel(jobs, WRITERS, async job => {
      signal.throwIfAborted();
      await writeNew(job);
    });
    const folders = new Set([
      ...trees.flatMap(tree => tree.folders()),
      ...planned.map(({ target }) => target.folder),
    ]);
    await inParallel([...folders], WRITERS, folder => folder.sync());
  } finally {
    await Promise.all(trees.map(tree => tree.close()));
  }
}

function fileJob({ folder, staged, step }: StepTarget, file: NewFile): Job {
  return { folder, entry: staged, file, name: step.path };
}

/** Creates the folders that the files need. */
async function folderJobs(
  tree: FolderTree<never>,
  { step }: StepTarget,
  files: ReadonlyMap<string, NewFile>,
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const [name, file] of files) {
    const folder = await tree.get(path.posix.dirname(name));
    jobs.push({ folder, entry: path.posix.basename(name), file, name: path.posix.join(step.path, name) });
  }
  return jobs;
}

async function writeNew({ folder, entry, file, name }: Job): Promise<void> {
  // Not more open than the file it replaces, at any time.
  const mode = file.replaced ? 0o600 : (file.mode ?? NEW_FILE_MODE);
  const handle = await naming(name, () => open(folder.at(entry), 'wx', mode));
  try {
    await handle.writeFile(file.content);
    await requireSize(handle, file.content.byteLength, name);
    if (file.replaced) await takeAfter(handle, file.replaced, file.mode);
    await handle.sync();
  } catch (error) {
    throw fileError(error, name);
  } finally {
    await handle.close();
  }
}

/** A disk that fills up may take a part without an error. */
async function requireSize(handle: FileHandle, bytes: number, name: string): Promise<void> {
  const { size } = await handle.stat();
  if (size === bytes) return;
  throw new UserError(
    'E_NO_SPACE',
    say('system.onlyBytesCouldWritten', { name: display(name), size, bytes }),
    {
      hint: say('system.freeSomeSpaceThenRun'),
      subject: name,
    },
  );
}

/** Mode and, if we may give files away, owner of the old file. Node.js cannot read extended attributes. */
async function takeAfter(handle: FileHandle, old: Stats, mode: number | undefined): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== old.uid || gid !== old.gid) await giveTo(handle, old);
  await handle.chmod(mode ?? old.mode & PERMISSION_BITS);
}

async function giveTo(handle: FileHandle, { uid, gid }: Stats): Promise<void> {
  try {
    await handle.chown(uid, gid);
  } catch (error) {
    if (!['EPERM', 'EINVAL'].includes(systemCode(error) ?? '')) throw error;
  }
}
