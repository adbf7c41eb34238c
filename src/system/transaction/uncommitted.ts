import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { ifExists } from '../files/file-error.ts';
import { type GitState, readGitStates, requireNoOperation } from '../git/git.ts';
import type { Operation } from './operation.ts';
import type { GitFolder, RepositoryRoot } from '../files/find-repository.ts';
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

/**
 * The uncommitted content among what the operations touch; none without git. Starts git only when something is
 * replaced or removed, or when a sparse checkout may hide that.
 * @throws UserError E_GIT_STATE in the middle of a merge and its like.
 */
export async function findUncommitted(
  operations: readonly Operation[],
  { git, root }: RepositoryRoot,
  signal: AbortSignal,
): Promise<Uncommitted[]> {
  if (!git) return [];
  await requireNoOperation(git);
  const touched = await touchedFiles(operations, git);
  if (touched.size === 0) return [];
  const address = (file: string): string => path.join(root, file);
  const states = await readGitStates(git, [...touched.keys()].map(address), signal);
  return [...touched].flatMap(([file, old]) => {
    const state = states.get(address(file)) ?? 'untracked';
    const precious = old ? state !== 'clean' : state === 'hidden';
    return precious && state !== 'clean' ? [{ path: file, state, old }] : [];
  });
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
