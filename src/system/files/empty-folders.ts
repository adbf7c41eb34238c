import { access, readdir, rename, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../errors.ts';
import { makeFolders } from './make-folders.ts';

/** Moves a folder that a tool can make again, such as a pulled chart; false if it is not there or cannot be moved. */
export async function moveFolder(root: string, { from, to }: { from: string; to: string }): Promise<boolean> {
  try {
    await access(path.join(root, from));
    await makeFolders(path.join(root, path.dirname(to)));
    await rename(path.join(root, from), path.join(root, to));
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/**
 * Removes the empty folders at and below a folder. One that holds anything stays, and so does one that the system keeps:
 * the work is done by then, and an empty folder is nothing to git.
 */
export async function removeEmptyFolders(folder: string): Promise<void> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isDirectory()) await removeEmptyFolders(path.join(folder, entry.name));
    await rmdir(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** Removes folders that hold nothing any more, and those around them, up to the root. */
export async function removeEmptyAround(root: string, folders: readonly string[]): Promise<void> {
  const deepest = [...new Set(folders)].toSorted((a, b) => b.length - a.length);
  for (const folder of deepest) await removeUpwards(root, folder);
}

async function removeUpwards(root: string, folder: string): Promise<void> {
  if (folder === '.') return;
  try {
    await rmdir(path.join(root, folder));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return;
  }
  await removeUpwards(root, path.posix.dirname(folder));
}
