import { lstatSync, type Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { ifExists, naming } from './file-error.ts';
import { readOwnFile } from './own-file.ts';
import { say } from '../../locales/say.ts';

/** One line: a path. */
const MAX_GIT_FILE_BYTES = 64 << 10;

/** The work tree of a git repository, and the folder that git keeps for it. */
export type GitFolder = {
  /** Top of the work tree. */
  readonly top: string;
  /** `.git`, or where a `.git` file points to: a linked work tree and a submodule have their own. */
  readonly dir: string;
};

/** A GitOps repository on disk; all paths are real paths. */
export type RepositoryRoot = {
  readonly root: string;
  readonly git: GitFolder | undefined;
};

/** Whether a path leads to a folder. */
export async function isFolder(at: string): Promise<boolean> {
  return (await ifExists(at, () => stat(at)))?.isDirectory() === true;
}

/** The repository around a folder: the nearest parent with `.slipway/config.yaml` or `.git`. */
export async function findRepository(from: string): Promise<RepositoryRoot | undefined> {
  const start = await naming(from, () => realpath(from));
  for (const folder of upwards(start)) {
    if (await hasMark(folder)) return openRepositoryRoot(folder);
  }
  return undefined;
}

/** A folder taken as the repository's root, with or without git around it. */
export async function openRepositoryRoot(folder: string): Promise<RepositoryRoot> {
  const root = await naming(folder, () => realpath(folder));
  for (const top of upwards(root)) {
    const dir = await gitDirOf(top);
    if (dir !== undefined) return { root, git: { top, dir } };
  }
  return { root, git: undefined };
}

function upwards(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

async function hasMark(folder: string): Promise<boolean> {
  const config = await presentAt(path.join(folder, '.slipway', 'config.yaml'));
  return config?.isFile() === true || (await gitDirOf(folder)) !== undefined;
}

async function gitDirOf(folder: string): Promise<string | undefined> {
  const mark = path.join(folder, '.git');
  const entry = await presentAt(mark);
  if (entry?.isFile()) return followGitFile(folder, mark);
  if (entry?.isDirectory() && (await presentAt(path.join(mark, 'HEAD')))) return mark;
  if (!entry?.isSymbolicLink()) return undefined;
  const target = await ifExists(mark, () => realpath(mark));
  return target !== undefined && (await presentAt(path.join(target, 'HEAD'))) ? target : undefined;
}

/** https://git-scm.com/docs/gitrepository-layout: "gitdir: <path>", relative to the file. */
async function followGitFile(folder: string, file: string): Promise<string> {
  const text = readOwnFile(file, MAX_GIT_FILE_BYTES) ?? '';
  const target = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  const dir =
    target === undefined ? undefined : await ifExists(file, () => realpath(path.resolve(folder, target)));
  if (dir !== undefined && (await presentAt(path.join(dir, 'HEAD')))) return dir;
  throw new UserError('E_GIT_STATE', say('system.pointsNoGitFolder', { file: display(file) }), {
    hint: say('system.repairGitWorktreeRepairGit'),
    subject: file,
  });
}

function presentAt(file: string): Promise<Stats | undefined> {
  return ifExists(file, () => lstat(file));
}

/**
 * The first link on the way to a place, or in it, that stands in a repository: whoever wrote the repository may have put
 * it there, to lead elsewhere. Links of the machine around repositories (`/tmp` on macOS) are none.
 * @throws UserError E_GIT_STATE, E_FILE_SYSTEM
 */
export async function plantedLink(place: string): Promise<string | undefined> {
  for (const at of waysTo(path.resolve(place))) {
    const isLink = lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (isLink && (await findRepository(path.dirname(at)))) return at;
  }
  return undefined;
}

/** From the top down, the place last. */
function waysTo(place: string): string[] {
  const around = path.dirname(place);
  return around === place ? [] : [...waysTo(around), place];
}
