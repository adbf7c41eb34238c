import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../display.ts';
import { systemCode, UserError } from '../errors.ts';
import { shellQuote } from '../shell-quote.ts';
import { naming } from './file-error.ts';
import type { GitFolder } from './repository.ts';

/**
 * What git knows of a file. `hidden`: marked assume-unchanged or skip-worktree, so that git does not look at it.
 * `untracked` covers ignored files too.
 */
export type GitState = 'clean' | 'modified' | 'staged' | 'conflicted' | 'hidden' | 'untracked';

type Run = (args: readonly string[], input?: Uint8Array) => Promise<string>;

/** Against everything that a repository's own configuration could make git run; filters are switched off by name. */
const SAFE_FLAGS = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
];

const SAFE_ENV = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // A partial clone would fetch what it lacks, by a command of its configuration.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

/** With these, set for a hook, git would answer for another index or folder (`git rev-parse --local-env-vars`). */
const LOCATION_VARIABLES = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
];

const STATUS = [
  'status',
  '--porcelain=v2',
  '-z',
  '--untracked-files=no',
  '--no-renames',
  '--ignore-submodules=all',
];

/** What tells, in a git folder, that an operation waits for its end. */
const OPERATIONS: Record<string, string> = {
  MERGE_HEAD: 'a merge',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
  BISECT_LOG: 'a bisect',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase',
};

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** Windows takes 32 767 characters in a command line. */
const MAX_PATHS_LENGTH = 24_000;

/** @throws UserError E_GIT_STATE while a merge, rebase, cherry-pick, revert or bisect is under way. Starts no git. */
export async function requireNoOperation({ dir }: GitFolder): Promise<void> {
  const names = await naming(dir, () => readdir(dir));
  const operation = names.map(name => OPERATIONS[name]).find(found => found !== undefined);
  if (operation === undefined) return;
  throw new UserError('E_GIT_STATE', `${operation} is under way in this git repository`, {
    hint: 'Finish or abort it (git status tells how), then run again.',
  });
}

/** What git knows of each file, by the paths given, which are absolute. */
export async function readGitStates(
  git: GitFolder,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, GitState>> {
  const run = gitIn(git.top, signal);
  // Whatever git does not name is untracked: silence is no proof that a file is safe in a commit.
  const states = new Map<string, GitState>(files.map(file => [file, 'untracked']));
  const filtersOff = readFilterFlags(run);
  for (const chunk of chunksOf(files.map(file => gitPath(git, file)))) {
    const [listed, changed] = await Promise.all([
      run(['ls-files', '-v', '-z', '--', ...chunk]),
      filtersOff.then(flags => run([...flags, ...STATUS, '--', ...chunk])),
    ]);
    for (const [file, state] of [...parseListed(listed), ...parseStatus(changed)])
      states.set(path.join(git.top, file), state);
  }
  return states;
}

/** Whether git's index holds a file: the next commit would, and most likely the last one does. */
export async function isInIndex(git: GitFolder, file: string, signal: AbortSignal): Promise<boolean> {
  const listed = await gitIn(git.top, signal)(['ls-files', '-z', '--', gitPath(git, file)]);
  return listed !== '';
}

/** Puts content into git's store and returns the command that prints it; git keeps it for two weeks at least. */
export async function saveBlob(git: GitFolder, content: Uint8Array, signal: AbortSignal): Promise<string> {
  const blob = await gitIn(git.top, signal)(['hash-object', '-w', '--no-filters', '--stdin'], content);
  return `git cat-file blob ${blob.trim()}`;
}

function gitIn(folder: string, signal: AbortSignal): Run {
  const env: NodeJS.ProcessEnv = { ...process.env, ...SAFE_ENV };
  for (const name of LOCATION_VARIABLES) delete env[name];
  const options = {
    cwd: folder,
    env,
    signal,
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
    windowsHide: true,
  };
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = execFile('git', [...SAFE_FLAGS, ...args], options, (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(signal.aborted ? signal.reason : gitError(error, stderr, folder));
      });
      // A git that ends early closes its input; its exit code tells why.
      child.stdin?.on('error', () => undefined).end(input);
    });
}

/**
 * Flags that switch off the filters which the repository's own configuration names: `git status` would run them.
 * Those of the person's configuration (git-lfs) stay on.
 */
async function readFilterFlags(run: Run): Promise<string[]> {
  const listed = await run(['config', '--show-scope', '--name-only', '-z', '--list']);
  const fields = listed.split('\0');
  const flags: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [scope, name = ''] = [fields[index], fields[index + 1]];
    if (scope === 'system' || scope === 'global' || !/^filter\./i.test(name)) continue;
    if (name.includes('=')) throw oddFilter(name);
    if (/\.(?:clean|smudge|process)$/i.test(name)) flags.push('-c', `${name}=`);
    if (/\.required$/i.test(name)) flags.push('-c', `${name}=false`);
  }
  return flags;
}

/** `-c` splits at the first equals sign, so such a filter could not be switched off. */
function oddFilter(name: string): UserError {
  return new UserError(
    'E_GIT_STATE',
    `the git configuration of this repository has an odd key: ${display(name)}`,
    {
      hint: 'Remove it from .git/config.',
    },
  );
}

function gitPath(git: GitFolder, file: string): string {
  return path.relative(git.top, file).split(path.sep).join('/');
}

function chunksOf(files: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let room = 0;
  for (const file of files) {
    if (room < file.length) {
      chunks.push([]);
      room = MAX_PATHS_LENGTH;
    }
    chunks.at(-1)?.push(file);
    room -= file.length + 1;
  }
  return chunks;
}

/** `<tag> <path>`: a lower-case tag is assume-unchanged, S skip-worktree, M unmerged. */
function parseListed(output: string): [string, GitState][] {
  return fieldsOf(output).map(line => {
    const tag = line.charAt(0);
    const file = line.slice(2);
    if (tag === 'M') return [file, 'conflicted'];
    return [file, tag === 'H' ? 'clean' : 'hidden'];
  });
}

/** https://git-scm.com/docs/git-status#_porcelain_format_version_2: `1 XY` and six fields, `u XY` and eight. */
function parseStatus(output: string): [string, GitState][] {
  return fieldsOf(output).flatMap((line): [string, GitState][] => {
    const fields = line.split(' ');
    if (line.startsWith('u ')) return [[fields.slice(10).join(' '), 'conflicted']];
    if (!line.startsWith('1 ')) return [];
    return [[fields.slice(8).join(' '), fields[1]?.endsWith('.') ? 'staged' : 'modified']];
  });
}

function fieldsOf(output: string): string[] {
  return output.split('\0').filter(field => field !== '');
}

function gitError(error: Error, stderr: string, folder: string): unknown {
  if (systemCode(error) === 'ENOENT')
    return new UserError('E_GIT_STATE', 'git is not installed, so nobody can tell what is committed', {
      hint: 'Install git, then run again.',
      cause: error,
    });
  if (stderr.includes('dubious ownership'))
    return new UserError('E_GIT_STATE', `git refuses ${display(folder)}: it belongs to another user`, {
      hint: `If you trust it: git config --global --add safe.directory ${shellQuote(folder)}`,
      subject: folder,
      cause: error,
    });
  const said = /^(?:fatal|error): (.*)$/m.exec(stderr)?.[1] ?? error.message;
  return new UserError('E_GIT_STATE', `git cannot tell what is committed: ${display(said)}`, {
    hint: 'Run git status there and mend what it says.',
    subject: folder,
    cause: error,
  });
}
