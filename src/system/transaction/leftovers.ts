import path from 'node:path';
import { type RepositoryFiles, openRepositoryFiles } from '../files/files.ts';
import { hasJournal } from './journal.ts';
import { currentHolder, stateOfHolder, MAX_LOCK_BYTES, parseHolder } from './lock-holder.ts';
import { readOwnFile } from '../files/own-file.ts';
import { openRepositoryRoot } from '../files/find-repository.ts';
import { findStateFolder } from './state-folder.ts';

/** Who holds the lock of a repository; `dead` is a run that was killed. */
export type HeldLock = {
  pid: number;
  host: string;
  started: string;
  verdict: 'alive' | 'dead' | 'elsewhere';
};

/** What runs left in a repository. */
export type Leftovers = {
  /** Where lock and journal live. */
  state: string;
  /** A transaction that was interrupted, or is under way. */
  journal: boolean;
  lock: HeldLock | undefined;
  /** Temporary files that belong to no journal any more, from the root. */
  temporary: string[];
  /** Folders with copies of what was overwritten, from the root. */
  backups: string[];
};

const TEMPORARY = /^\.slipway-[0-9a-f]+-\d+\.(?:new|old)$/;

/** Looks, and changes nothing. */
export async function readLeftovers(root: string, now: Date): Promise<Leftovers> {
  const repository = await openRepositoryRoot(root);
  const state = await findStateFolder(repository);
  const files = openRepositoryFiles(repository.root);
  return {
    state,
    journal: await hasJournal(state),
    lock: readLock(path.join(state, 'lock'), now),
    temporary: await findTemporary(files),
    backups: await findBackups(files),
  };
}

function readLock(file: string, now: Date): HeldLock | undefined {
  const text = readOwnFile(file, MAX_LOCK_BYTES);
  const holder = text === undefined ? undefined : parseHolder(text);
  if (!holder) return undefined;
  const { pid, host, started } = holder;
  return { pid, host, started, verdict: stateOfHolder(holder, currentHolder(now)) };
}

async function findTemporary(files: RepositoryFiles): Promise<string[]> {
  const { entries } = await files.walkEach('', folder => path.posix.basename(folder) !== 'node_modules');
  return entries.flatMap(entry => (TEMPORARY.test(path.posix.basename(entry.path)) ? [entry.path] : []));
}

/** Without git, what is overwritten is kept in the repository itself. */
async function findBackups(files: RepositoryFiles): Promise<string[]> {
  const folder = '.slipway/run/backup';
  const entries = (await files.list(folder)) ?? [];
  return entries.map(({ name }) => `${folder}/${name}`);
}
