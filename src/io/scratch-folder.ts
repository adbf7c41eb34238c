import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Runs work in a folder of its own that holds these files (posix paths), and removes it afterwards. The files come from a
 * repository, so they hold no plaintext that is not in git already.
 */
export async function inScratchFolder<Result>(
  files: ReadonlyMap<string, Uint8Array>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-scratch-'));
  try {
    const folders = new Set([...files.keys()].map(file => path.posix.dirname(file)));
    await Promise.all([...folders].map(name => mkdir(path.join(folder, name), { recursive: true })));
    await Promise.all([...files].map(([file, content]) => writeFile(path.join(folder, file), content)));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
