import { displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { runProgram } from '../tools/process.ts';
import { say } from '../../locales/say.ts';

export type Commit = {
  /** Top of the work tree. */
  root: string;
  /** Posix, relative to the root; nothing else gets into the commit, staged or not. */
  paths: readonly string[];
  message: string;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
};

const TIMEOUT_MS = 300_000;
const MAX_OUTPUT_BYTES = 4 << 20;

/** The person's hooks and filters run, as in their own commits; what a clone could plant runs not. */
const COMMIT_FLAGS = [
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'safe.bareRepository=explicit',
];

/**
 * Commits these paths as the person would: with their identity and their hooks. It never pushes and never stashes.
 * @throws UserError E_GIT_STATE with git's own words
 */
export async function commitPaths(commit: Commit): Promise<void> {
  if (commit.paths.length === 0) return;
  const paths = ['--', ...commit.paths];
  await git(commit, ['add', '--all', ...paths]);
  await git(commit, ['commit', '--quiet', '--message', commit.message, '--only', ...paths]);
}

async function git({ root, env, signal }: Commit, args: string[]): Promise<void> {
  const result = await runProgram({
    command: 'git',
    args: [...COMMIT_FLAGS, ...args],
    kind: 'commit',
    cwd: root,
    env,
    set: { GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_OUTPUT_BYTES,
    signal,
  });
  if (result.code === 0) return;
  const words = displayBlock(result.stderr || result.stdout.toString('utf8'))
    .trim()
    .split('\n')
    .at(-1);
  throw new UserError(
    'E_GIT_STATE',
    say('system.gitFailed', { args: args[0], words: words || `exit code ${result.code}` }),
    {
      hint: say('system.filesWrittenCommitThemHand'),
      subject: root,
    },
  );
}
