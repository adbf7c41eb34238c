import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { sha256Of } from '../../data/digest.ts';
import { UserError } from '../../errors.ts';
import { ifExists } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';

/** The digest of a regular file; `absent`; or `other` for a folder, a link and whatever else is no file. */
export function digestAt(address: string, name: string): string {
  try {
    const content = readRegularFile(address, name, Infinity);
    return content ? sha256Of(content) : 'absent';
  } catch (error) {
    if (error instanceof UserError && ['E_SYMLINK', 'E_NOT_A_FILE'].includes(error.code)) return 'other';
    throw error;
  }
}

/** Whether this is a folder, no link to one, and holds files with these digests, by path, and no others. */
export async function holdsExactly(
  { address, name }: { address: string; name: string },
  files: Record<string, string>,
): Promise<boolean> {
  const folder = await ifExists(name, () => lstat(address));
  if (!folder?.isDirectory()) return false;
  const entries = await ifExists(name, () => readdir(address, { recursive: true, withFileTypes: true }));
  const leaves = (entries ?? []).filter(entry => !entry.isDirectory());
  if (leaves.length !== Object.keys(files).length) return false;
  return Object.entries(files).every(
    ([file, digest]) => digestAt(path.join(address, file), path.posix.join(name, file)) === digest,
  );
}
