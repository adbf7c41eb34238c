import path from 'node:path';
import { UserError } from '../../errors.ts';
import { readGitStates, SAFE_ENV, SAFE_FLAGS } from './git.ts';
import { runProgram } from '../tools/process.ts';
import { openRepositoryRoot } from '../files/find-repository.ts';

export type GitOptions = { env: Record<string, string | undefined>; signal: AbortSignal };

/** The URL of the remote `origin` of the git repository whose top is this folder; it may hold credentials. */
export async function readRemoteUrl(root: string, { env, signal }: GitOptions): Promise<string | undefined> {
  const { git } = await openRepositoryRoot(root);
  if (git?.top !== root) return undefined;
  return ask(root, ['config', '--get', 'remote.origin.url'], { env, signal });
}

/** The commit of a work tree, if its remote `origin` was seen to have it; undefined where nobody else could fetch it. */
export async function readPublishedCommit(root: string, options: GitOptions): Promise<string | undefined> {
  const commit = await ask(root, ['rev-parse', '--verify', 'HEAD'], options);
  if (commit === undefined) return undefined;
  const branches = ['for-each-ref', '--count=1', '--contains', commit, 'refs/remotes/origin'];
  return (await ask(root, branches, options)) === undefined ? undefined : commit;
}

/** The last commit that changed a file, as git abbreviates it, where the file stands as it is there. */
export async function readCommitWith(
  root: string,
  file: string,
  options: GitOptions,
): Promise<string | undefined> {
  const { git } = await openRepositoryRoot(root);
  const address = path.join(root, file);
  const states = git && (await readGitStates(git, [address], options.signal));
  if (states?.get(address) !== 'clean') return undefined;
  return ask(root, ['log', '-1', '--format=%h', '--', file], options);
}

/** What git prints, trimmed; undefined if it prints nothing, fails, or is not there. */
async function ask(
  root: string,
  args: readonly string[],
  { env, signal }: GitOptions,
): Promise<string | undefined> {
  const result = await runProgram({
    command: 'git',
    args: [...SAFE_FLAGS, ...args],
    kind: 'git',
    env,
    set: SAFE_ENV,
    cwd: root,
    timeoutMs: 20_000,
    maxBytes: 1 << 16,
    signal,
  }).catch(withoutGit);
  const text = result?.stdout.toString('utf8').trim() ?? '';
  return result?.code === 0 && text !== '' ? text : undefined;
}

function withoutGit(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_TOOL') return undefined;
  throw error;
}
