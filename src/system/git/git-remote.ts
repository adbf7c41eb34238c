import { UserError } from '../../errors.ts';
import { SAFE_ENV, SAFE_FLAGS } from './git.ts';
import { runProgram } from '../tools/process.ts';
import { openRepository } from '../files/find-repository.ts';

export type GitOptions = { env: Record<string, string | undefined>; signal: AbortSignal };

/** The URL of the remote `origin` of the git repository whose top is this folder; it may hold credentials. */
export async function readRemoteUrl(root: string, { env, signal }: GitOptions): Promise<string | undefined> {
  const { git } = await openRepository(root);
  if (git?.top !== root) return undefined;
  const result = await runProgram({
    command: 'git',
    args: [...SAFE_FLAGS, 'config', '--get', 'remote.origin.url'],
    kind: 'git',
    env,
    set: SAFE_ENV,
    cwd: root,
    timeoutMs: 20_000,
    maxBytes: 1 << 16,
    signal,
  }).catch(withoutGit);
  const url = result?.stdout.toString('utf8').trim() ?? '';
  return result?.code === 0 && url !== '' ? url : undefined;
}

function withoutGit(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_TOOL') return undefined;
  throw error;
}
