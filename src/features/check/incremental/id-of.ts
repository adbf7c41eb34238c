import { createHash } from 'node:crypto';

/** One id for many files; a file without an id counts by its name. */
export function idOf(files: readonly string[], ids: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${ids.get(file) ?? ''}\n`);
  return hash.digest('hex');
}
