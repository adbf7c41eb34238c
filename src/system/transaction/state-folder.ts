import { lstat, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../errors.ts';
import { fileError, ifExists, isAbsence } from '../files/file-error.ts';
import { notAFile, symlinkError } from '../files/regular-file.ts';
import type { RepositoryRoot } from '../files/find-repository.ts';
import { say } from '../../locales/say.ts';

const OWN_FOLDERS = ['.slipway', '.slipway/run', '.slipway/run/backup', '.slipway/run/undo'];

/** git's own folder may be one that came with an archive. */
const IN_GIT = 'slipway';

/**
 * Where the lock and the journal live: in git's own folder, so that `git status` stays clean, else in `.slipway/run`.
 * Two GitOps repositories within one git repository have one each.
 * @throws UserError E_SYMLINK, E_NOT_A_FILE when something else stands in its way.
 */
export async function findStateFolder({ root, git }: RepositoryRoot): Promise<string> {
  if (git) {
    const own = path.posix.join(IN_GIT, encodeURIComponent(path.relative(git.top, root)));
    await requireFolders(git.dir, [IN_GIT, own, path.posix.join(own, 'undo')]);
    return path.join(git.dir, own);
  }
  await requireFolders(root, OWN_FOLDERS);
  return path.join(root, '.slipway', 'run');
}

async function requireFolders(base: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const folder = path.join(base, name);
    const present = await ifExists(name, () => lstat(folder));
    if (present?.isSymbolicLink()) throw symlinkError(folder, name);
    if (present && !present.isDirectory()) throw notAFile(name, say('system.notFolder'));
  }
}

/** Leaves no empty folders of ours among a person's files. */
export async function removeEmptyStateFolder({ root, git }: RepositoryRoot): Promise<void> {
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
