import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { naming } from '../files/file-error.ts';
import { shellQuote } from '../../text/shell-quote.ts';
import { saveBlob } from '../git/git.ts';
import type { Notice } from './notice.ts';
import type { Operation } from './operation.ts';
import type { GitFolder } from '../files/find-repository.ts';
import type { Uncommitted } from './uncommitted.ts';
import { makeFolders } from '../files/make-folders.ts';

/** Old content, put where it can be got back from. */
export type Saved = {
  readonly notices: readonly Notice[];
  /** For when nothing was overwritten after all. */
  discard(): Promise<void>;
};

/** Puts content that no commit has into git's store, which keeps it for two weeks at least. */
export async function saveInGit(
  git: GitFolder,
  uncommitted: readonly Uncommitted[],
  signal: AbortSignal,
): Promise<Saved> {
  const notices: Notice[] = [];
  for (const { path: file, old } of uncommitted) {
    if (!old) continue;
    const print = await saveBlob(git, old, signal);
    notices.push({ kind: 'saved', path: file, restore: `${print} > ${shellQuote(file)}` });
  }
  // Git collects by itself what nothing refers to.
  return { notices, discard: async () => Promise.resolve() };
}

/** Without git, every file that is replaced or removed is copied into a folder of this run. */
export async function saveInFolder(backup: string, operations: readonly Operation[]): Promise<Saved> {
  const notices: Notice[] = [];
  const discard = async (): Promise<void> =>
    naming(backup, () => rm(backup, { recursive: true, force: true }));
  try {
    for (const { step, old } of operations) {
      if (!old) continue;
      const copy = path.join(backup, step.path);
      await writeDurably(copy, old);
      notices.push({
        kind: 'saved',
        path: step.path,
        restore: `cp ${shellQuote(copy)} ${shellQuote(step.path)}`,
      });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { notices, discard };
}

async function writeDurably(file: string, content: Uint8Array): Promise<void> {
  await naming(file, async () => {
    await makeFolders(path.dirname(file));
    await writeFile(file, content, { flag: 'wx', mode: 0o600, flush: true });
  });
}
