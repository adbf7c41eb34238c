import { createHash } from 'node:crypto';

/** One id for many files, in whatever order git or a disk names them; a file without an id counts by its name. */
export function idOf(files: readonly string[], ids: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(`${file}\0${ids.get(file) ?? ''}\n`);
  return hash.digest('hex');
}
