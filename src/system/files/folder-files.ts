import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { slashedPath } from '../../data/slashed-path.ts';

/** Every regular file below a folder of this package, by posix path from it. */
export async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (file): Promise<[string, Buffer]> => [slashedPath(folder, file), await readFile(file)]),
  );
  return new Map(contents.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
