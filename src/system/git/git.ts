import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { isMissing, UserError } from '../../errors.ts';
import { shellQuote } from '../../text/shell-quote.ts';
import { naming } from '../files/file-error.ts';
import { runProgram, standProgram } from '../tools/process.ts';
import type { AskedGit } from './git-blobs.ts';
import type { GitFolder } from '../files/find-repository.ts';
import { say } from '../../locales/say.ts';
import { slashedPath } from '../../data/slashed-path.ts';

/**
 * What git knows of a file. `hidden`: marked assume-unchanged or skip-worktree, so that git does not look at it.
 * `untracked` covers ignored files too.
 */
export type GitState = 'clean' | 'modified' | 'staged' | 'conflicted' | 'hidden' | 'untracked';

type Run = (args: readonly string[], input?: Uint8Array) => Promise<string>;

/** Against everything that a repository's own configuration could make git run; filters are switched off by name. */
export const SAFE_FLAGS = [
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
];

/** What holds for each git that only looks. */
export const SAFE_ENV = {
  LC_ALL: 'C',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // A partial clone would fetch what it lacks, by a command of its configuration.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

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

const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** Windows takes 32 767 characters in a command line. */
const MAX_PATHS_LENGTH = 24_000;

/** @throws UserError E_GIT_STATE while a merge, rebase, cherry-pick, revert or bisect is under way. Starts no git. */
export async function requireNoOperation({ dir }: GitFolder): Promise<void> {
  const names = await naming(dir, () => readdir(dir));
  const operation = names.map(name => OPERATIONS[name]).find(found => found !== undefined);
  if (operation === undefined) return;
  throw new UserError('E_GIT_STATE', say('system.underWayGitRepository', { operation }), {
    hint: say('system.finishAbortGitStatusTells'),
  });
}

/** What git knows of each file, by the paths given, which are absolute. */
export async function readGitStates(
  git: GitFolder,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, GitState>> {
  const states = await askStates(git, files, signal);
  return new Map([...states].map(([file, { state }]) => [file, state]));
}

/** The ids of what the last commit has of files, by their absolute paths: of those that are now as they are there. */
export async function readCommittedIds(
  git: GitFolder,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const states = await askStates(git, files, signal);
  return new Map(
    [...states].flatMap(([file, { state, id }]) => (state === 'clean' && id ? [[file, id]] : [])),
  );
}

/** `id`: of the content in the index, where there is one. */
type Known = { state: GitState; id?: string | undefined };

async function askStates(
  git: GitFolder,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Known>> {
  const run = gitIn(git.top, signal);
  // Whatever git does not name is untracked: silence is no proof that a file is safe in a commit.
  const states = new Map<string, Known>(files.map(file => [file, { state: 'untracked' }]));
  const filtersOff = readFilterFlags(run);
  for (const chunk of chunksOf(files.map(file => gitPath(git, file)))) {
    const [listed, changed] = await Promise.all([
      run(['ls-files', '-v', '-s', '-z', '--', ...chunk]),
      filtersOff.then(flags => run([...flags, ...STATUS, '--', ...chunk])),
    ]);
    for (const [file, known] of [...parseListed(listed), ...parseStatus(changed)])
      states.set(path.join(git.top, file), known);
  }
  return states;
}

/** Whether git's index holds a file, or one in a folder: the next commit would, and most likely the last one does. */
export async function isInIndex(git: GitFolder, file: string, signal: AbortSignal): Promise<boolean> {
  const listed = await gitIn(git.top, signal)(['ls-files', '-z', '--', gitPath(git, file)]);
  return listed !== '';
}

/** Puts content into git's store and returns the command that prints it; git keeps it for two weeks at least. */
export async function saveBlob(git: GitFolder, content: Uint8Array, signal: AbortSignal): Promise<string> {
  const blob = await gitIn(git.top, signal)(['hash-object', '-w', '--no-filters', '--stdin'], content);
  return `git cat-file blob ${blob.trim()}`;
}

type RunBytes = (args: readonly string[], input?: Uint8Array) => Promise<Buffer>;

/** git with UTF-8 output, as `openGit`. */
function gitIn(folder: string, signal: AbortSignal): Run {
  const run = openGit(folder, signal);
  return async (args, input) => (await run(args, input)).toString('utf8');
}

/**
 * git in a folder, protected against what the repository's configuration could make it run. `indexFile` is the one that
 * a hook was given, for commands that read the index.
 */
export function openGit(folder: string, signal: AbortSignal, indexFile?: string): RunBytes {
  const set = { ...SAFE_ENV, ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) };
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT_BYTES };
  const base = { ...gitAt(folder), set, signal, ...limits };
  return async (args, input) => {
    const run = runProgram({ ...base, args: [...SAFE_FLAGS, ...args], input });
    const { code, stdout, stderr } = await run.catch((error: unknown) => {
      throw signal.aborted ? error : gitError(error, '', folder);
    });
    if (code !== 0) throw gitError(new GitExit(code), stderr, folder);
    return stdout;
  };
}

/** A git in a folder that answers what it is asked, protected as `openGit` is. @throws UserError E_GIT_STATE where there is none */
export function askGit(folder: string, args: readonly string[], signal: AbortSignal): AskedGit {
  try {
    const child = standProgram({ ...gitAt(folder), set: SAFE_ENV, args: [...SAFE_FLAGS, ...args] });
    return { child, signal, errorOf: said => gitError(undefined, said, folder) };
  } catch (error) {
    throw gitError(error, '', folder);
  }
}

function gitAt(folder: string) {
  return { command: 'git', kind: 'git', env: process.env, cwd: folder } as const;
}

/** git ended with another code than 0. */
class GitExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`it ended with ${code}`);
    this.code = code;
  }
}

/**
 * Flags that switch off the filters which the repository's own configuration names: `git status` would run them.
 * Those of the person's configuration (git-lfs) stay on.
 */
export async function readFilterFlags(run: Run): Promise<string[]> {
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
    say('system.gitConfigurationRepositoryHasOdd', { name: display(name) }),
    {
      hint: say('system.removeFromGitConfig'),
    },
  );
}

function gitPath(git: GitFolder, file: string): string {
  return slashedPath(git.top, file) || '.';
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

/** `<tag> <mode> <id> <stage>`, a tab and the path: a lower-case tag is assume-unchanged, S skip-worktree, M unmerged. */
function parseListed(output: string): [string, Known][] {
  return nulFields(output).map(line => {
    const [tag, , id] = line.split(' ', 3);
    const file = line.slice(line.indexOf('\t') + 1);
    if (tag === 'M') return [file, { state: 'conflicted' }];
    return [file, { state: tag === 'H' ? 'clean' : 'hidden', id }];
  });
}

/** https://git-scm.com/docs/git-status#_porcelain_format_version_2: `1 XY` and six fields, `u XY` and eight. */
function parseStatus(output: string): [string, Known][] {
  return nulFields(output).flatMap((line): [string, Known][] => {
    const fields = line.split(' ');
    if (line.startsWith('u ')) return [[fields.slice(10).join(' '), { state: 'conflicted' }]];
    if (!line.startsWith('1 ')) return [];
    return [[fields.slice(8).join(' '), { state: fields[1]?.endsWith('.') ? 'staged' : 'modified' }]];
  });
}

/** The parts of what git prints with `-z`. */
export function nulFields(output: string): string[] {
  return output.split('\0').filter(field => field !== '');
}

function gitError(error: unknown, stderr: string, folder: string): UserError {
  if (isMissing(error))
    return new UserError('E_GIT_STATE', say('system.gitNotInstalledSoNobody'), {
      hint: say('system.installGitThenRunAgain'),
      cause: error,
    });
  if (stderr.includes('dubious ownership'))
    return new UserError(
      'E_GIT_STATE',
      say('system.gitRefusesBelongsAnotherUser', { folder: display(folder) }),
      {
        hint: say('system.ifYouTrustGitConfig', { folder: shellQuote(folder) }),
        subject: folder,
        cause: error,
      },
    );
  const said = /^(?:fatal|error): (.*)$/m.exec(stderr)?.[1] ?? (error instanceof Error ? error.message : '');
  return new UserError('E_GIT_STATE', say('system.gitCannotTellWhatCommitted', { said: display(said) }), {
    hint: say('system.runGitStatusThereMend'),
    subject: folder,
    cause: error,
  });
}
