import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { ifExists } from '../files/file-error.ts';
import { contentId } from '../git/blob-id.ts';
import { type GitState, readCommittedIds, readGitStates, requireNoOperation } from '../git/git.ts';
import type { Operation } from './operation.ts';
import { type GitFolder, openRepositoryRoot, type RepositoryRoot } from '../files/find-repository.ts';
import { say } from '../../locales/say.ts';

/** Content that no commit has, and that a change set is about to replace or remove. */
export type Uncommitted = { path: string; state: Exclude<GitState, 'clean'>; old: Buffer | undefined };

const STATE_WORDS: Record<Uncommitted['state'], string> = {
  modified: 'modified',
  staged: 'staged',
  conflicted: 'in conflict',
  hidden: 'hidden from git by assume-unchanged or sparse-checkout',
  untracked: 'in no commit',
};
const NAMED_FILES = 5;
const SHA1_LENGTH = 40;

/** What the last commit has of files, as git's ids of contents, by their paths in the repository. */
export type CommittedContents = ReadonlyMap<string, string>;

/**
 * Asks git once what of many files is in its last commit, for transactions one after the other: a file that still has that
 * content when its turn comes is not asked about again. Empty where git does not tell; each transaction then asks by itself.
 */
export async function readCommitted(
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<CommittedContents> {
  try {
    const { git, root } = await openRepositoryRoot(folder);
    if (!git) return new Map();
    const address = (file: string): string => path.join(root, file);
    const ids = await readCommittedIds(git, files.map(address), signal);
    return new Map(files.map(file => [file, ids.get(address(file)) ?? '']));
  } catch (error) {
    if (!(error instanceof UserError) && !signal.aborted) throw error;
    return new Map();
  }
}

/**
 * The uncommitted content among what the operations touch; none without git. Starts git only when something is
 * replaced or removed that is not known to be committed, or when a sparse checkout may hide that.
 * @throws UserError E_GIT_STATE in the middle of a merge and its like.
 */
export async function findUncommitted(
  operations: readonly Operation[],
  { git, root }: RepositoryRoot,
  { signal, committed }: { signal: AbortSignal; committed?: CommittedContents | undefined },
): Promise<Uncommitted[]> {
  if (!git) return [];
  await requireNoOperation(git);
  const all = await touchedFiles(operations, git);
  const touched = new Map([...all].filter(([file, old]) => !isCommitted(old, committed?.get(file))));
  if (touched.size === 0) return [];
  const address = (file: string): string => path.join(root, file);
  const states = await readGitStates(git, [...touched.keys()].map(address), signal);
  return [...touched].flatMap(([file, old]) => {
    const state = states.get(address(file)) ?? 'untracked';
    const precious = old ? state !== 'clean' : state === 'hidden';
    return precious && state !== 'clean' ? [{ path: file, state, old }] : [];
  });
}

/** By content: whatever happened meanwhile, what is replaced is in a commit. A filter of git makes another content of it. */
function isCommitted(old: Buffer | undefined, id = ''): boolean {
  if (old === undefined || id === '') return false;
  return contentId(old, id.length > SHA1_LENGTH ? 'sha256' : 'sha1') === id;
}

/** @throws UserError E_DIRTY if there is any. */
export function requireNoneUncommitted(found: readonly Uncommitted[]): void {
  const [first] = found;
  if (!first) return;
  const named = found
    .slice(0, NAMED_FILES)
    .map(({ path: file, state }) => `${display(file)} is ${STATE_WORDS[state]}`);
  const more = found.length > NAMED_FILES ? ` and ${found.length - NAMED_FILES} more` : '';
  throw new UserError(
    'E_DIRTY',
    say('system.uncommittedWorkWouldOverwritten', { named: named.join(', '), more }),
    {
      hint: say('system.commitFirst'),
      subject: first.path,
    },
  );
}

/** Each file with the content that it loses: undefined for a new one, which matters if git hides an old one. */
async function touchedFiles(
  operations: readonly Operation[],
  git: GitFolder,
): Promise<Map<string, Buffer | undefined>> {
  const sparse = await ifExists(git.dir, () => lstat(path.join(git.dir, 'info', 'sparse-checkout')));
  const touched = operations.filter(operation => operation.old !== undefined || sparse !== undefined);
  return new Map(touched.flatMap(({ step, old }) => filesOf(step).map(file => [file, old])));
}

function filesOf(step: Operation['step']): string[] {
  if (step.kind !== 'folder') return [step.path];
  return Object.keys(step.files).map(name => path.posix.join(step.path, name));
}
