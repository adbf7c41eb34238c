import { lstat, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../errors.ts';
import { fileError, ifExists, isAbsence } from './file-error.ts';
import { notAFile, symlinkError } from './regular-file.ts';
import type { Repository } from './repository.ts';

const OWN_FOLDERS = ['.slipway', '.slipway/run', '.slipway/run/backup'];

/**
 * Where the lock and the journal live: in git's own folder, so that `git status` stays clean, else in `.slipway/run`.
 * Two GitOps repositories within one git repository have one each.
 * @throws UserError E_SYMLINK, E_NOT_A_FILE when something else stands in the way of `.slipway/run`.
 */
export async function findStateFolder({ root, git }: Repository): Promise<string> {
  if (git) return path.join(git.dir, 'slipway', encodeURIComponent(path.relative(git.top, root)));
  for (const name of OWN_FOLDERS) {
    const folder = path.join(root, name);
    const present = await ifExists(name, () => lstat(folder));
    if (present?.isSymbolicLink()) throw symlinkError(folder, name);
    if (present && !present.isDirectory()) throw notAFile(name, 'not a folder');
  }
  return path.join(root, '.slipway', 'run');
}

/** Leaves no empty folders of ours among a person's files. */
export async function removeEmptyStateFolder({ root, git }: Repository): Promise<void> {
  if (git) return;
  for (const name of OWN_FOLDERS.toReversed()) await removeIfEmpty(path.join(root, name));
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const expected = isAbsence(error) || ['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '');
    if (!expected) throw fileError(error, folder);
  }
}
