import { type Dirent, existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { pathProblem } from '../../text/file-name.ts';
import { fileError, isAbsence } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';
import { noRoom } from '../../data/no-room.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { isBelow } from '../../data/slashed-path.ts';

/** Reads this many files before other work of the process gets a turn: about a millisecond. */
const FILES_PER_TURN = 64;

/** Lists this many entries before that: about as long. */
const ENTRIES_PER_TURN = 1024;

const PERMISSION_BITS = 0o777;

export type FolderEntry = {
  readonly name: string;
  /** `special`: a FIFO, a socket, a device. Links are named, never followed. */
  readonly kind: 'file' | 'folder' | 'link' | 'special';
};

type WalkedEntry = { path: string; kind: FolderEntry['kind'] };

/** Which folders to look into; `isBeside` says whether something of that name stands beside the folder. */
export type Enter = (folder: string, isBeside: (name: string) => boolean) => boolean;

type ReadFiles = { contents: Map<string, Buffer>; problems: Map<string, UserError> };

/** The files of one repository, for reading. Paths are posix and relative to its root. */
export type RepositoryFiles = {
  /** The real path of the root. */
  readonly root: string;
  /** Whether git keeps what is written here: it, or a folder around it, is a git repository. */
  readonly isInGit: boolean;
  /** The bytes of a regular file; undefined when it does not exist. */
  read(file: string): Promise<Buffer | undefined>;
  /** Many files at once, by path; those that do not exist are left out. */
  readMany(files: Iterable<string>): Promise<Map<string, Buffer>>;
  /**
   * Like `readMany`, where a file that cannot be read costs itself only: it is among the problems. So are the largest of those
   * that have more than `most` bytes together.
   */
  readEach(files: Iterable<string>, most?: number): Promise<ReadFiles>;
  /** The permission bits of a file. */
  mode(file: string): Promise<number>;
  /** What a folder holds, by name; undefined when it does not exist. `''` is the root. */
  list(folder: string): Promise<FolderEntry[] | undefined>;
  /** The path and kind of everything below a folder but git's own, in order; `enter` says which folders to look into. */
  walk(folder: string, enter?: Enter): Promise<WalkedEntry[]>;
  /** Like `walk`, where a folder that cannot be listed costs itself only: it is among the problems. */
  walkEach(folder: string, enter?: Enter): Promise<Walked>;
};

type Walked = { entries: WalkedEntry[]; problems: Map<string, UserError> };

/**
 * Opens a repository for reading. Nothing outside the root is read, whatever links say. `signal` ends walks through it.
 * @throws UserError from every method but readEach and walkEach: E_OUTSIDE, E_SYMLINK, E_NOT_A_FILE, E_LIMIT, E_FILE_SYSTEM.
 */
export function openRepositoryFiles(root: string, signal?: AbortSignal): RepositoryFiles {
  const realRoot = realFolder(root, '.');
  // Of all calls: who asks for a few files ten thousand times gives turns too.
  let turn = 0;
  const readEach = async (files: Iterable<string>, most = Number.POSITIVE_INFINITY): Promise<ReadFiles> => {
    const locate = insideOf(realRoot);
    const read: ReadFiles = { contents: new Map(), problems: new Map() };
    const room = { left: most, most };
    for (const file of most === Number.POSITIVE_INFINITY ? files : smallestFirst(files, locate)) {
      readInto(read, file, () => withRoom(room, file, readRegularFile(locate(file), file)));
      if (++turn % FILES_PER_TURN === 0) await nextTurn();
    }
    return read;
  };
  const readMany = async (files: Iterable<string>): Promise<Map<string, Buffer>> => {
    const { contents, problems } = await readEach(files);
    for (const problem of problems.values()) throw problem;
    return contents;
  };
  return {
    root: realRoot,
    get isInGit() {
      return isInGit(realRoot);
    },
    readMany,
    readEach,
    read: async file => (await readMany([file])).get(file),
    mode: async file => lstatSync(insideOf(realRoot)(file)).mode & PERMISSION_BITS,
    list: async folder => listFolder(insideOf(realRoot), folder),
    walk: async (folder, enter = () => true) => {
      const { entries, problems } = await walkEach({ locate: insideOf(realRoot), signal }, folder, enter);
      for (const problem of problems.values()) throw problem;
      return entries;
    },
    walkEach: async (folder, enter = () => true) =>
      walkEach({ locate: insideOf(realRoot), signal }, folder, enter),
  };
}

/** A repository that does not exist yet. */
export function noRepositoryFiles(root: string): RepositoryFiles {
  return {
    root,
    isInGit: false,
    read: async () => undefined,
    readMany: async () => new Map(),
    readEach: async () => ({ contents: new Map(), problems: new Map() }),
    list: async () => undefined,
    walk: async () => [],
    walkEach: async () => ({ entries: [], problems: new Map() }),
    mode: async file => {
      throw new Error(`${file} does not exist yet`);
    },
  };
}

function isInGit(folder: string): boolean {
  const parent = path.dirname(folder);
  return isGitRoot(folder) || (parent !== folder && isInGit(parent));
}

/** A folder with a whole `.git`, or the file that linked work trees and submodules have instead. */
function isGitRoot(folder: string): boolean {
  const mark = path.join(folder, '.git');
  return existsSync(path.join(mark, 'HEAD')) || lstatSync(mark, { throwIfNoEntry: false })?.isFile() === true;
}

function readInto({ contents, problems }: ReadFiles, file: string, read: () => Buffer | undefined): void {
  try {
    const content = read();
    if (content) contents.set(file, content);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.set(file, error);
  }
}

/** @throws UserError E_LIMIT for bytes that have no room beside those that were read before */
function withRoom(
  room: { left: number; most: number },
  file: string,
  content: Buffer | undefined,
): Buffer | undefined {
  if (content && content.length > room.left)
    throw noRoom(file, say('system.mibTogether', { mib: room.most / 1024 / 1024 }));
  room.left -= content?.length ?? 0;
  return content;
}

/** In their order, but large ones behind the others, by size. What cannot be looked at stands where it stood. */
function smallestFirst(files: Iterable<string>, locate: Locate): string[] {
  const sizes = [...files].map(file => ({ file, size: sizeOf(file, locate) }));
  return sizes.toSorted((a, b) => a.size - b.size).map(({ file }) => file);
}

/** Sizes that are told apart. */
const LARGE = 256 << 10;

function sizeOf(file: string, locate: Locate): number {
  try {
    const size = lstatSync(locate(file), { throwIfNoEntry: false })?.size ?? 0;
    return size < LARGE ? 0 : size;
  } catch {
    return 0;
  }
}

type Locate = (file: string) => string;

/** Turns a path into an absolute one whose parent is really inside the root; looks each parent up once. */
function insideOf(root: string): Locate {
  const parents = new Map<string, string>([['.', root]]);
  return file => {
    const problem = pathProblem(file);
    if (problem) throw outside(file, problem);
    const parent = path.posix.dirname(file);
    const known = parents.get(parent) ?? realFolder(path.join(root, parent), parent);
    if (!isBelow(root, known)) throw outside(file, say('system.leadsOutsideThroughLink'));
    parents.set(parent, known);
    return path.join(known, path.posix.basename(file));
  };
}

/** A parent that does not exist keeps its plain path: reading there finds nothing. */
function realFolder(folder: string, name: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (isAbsence(error) && name !== '.') return folder;
    throw fileError(error, name === '.' ? folder : name);
  }
}

function outside(file: string, predicate: Text): UserError {
  return new UserError('E_OUTSIDE', say('text.subjectWithPredicate', { subject: display(file), predicate }), {
    hint: say('system.nameFileInsideRepository'),
    subject: file,
  });
}

function listFolder(locate: Locate, folder: string): FolderEntry[] | undefined {
  // The folder itself must not be a link out either, so it is located as the parent of an entry.
  const address = path.dirname(locate(path.posix.join(folder, 'entry')));
  try {
    const entries = readdirSync(address, { withFileTypes: true });
    return entries.map(entry => ({ name: entry.name, kind: kindOf(entry) })).toSorted(byName);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw fileError(error, folder);
  }
}

function kindOf(entry: Dirent): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

function byName(a: { name: string }, b: { name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}

/** After every so many entries other work of the process gets a turn: Ctrl+C and the deadline are heard. */
async function walkEach(
  { locate, signal }: { locate: Locate; signal: AbortSignal | undefined },
  folder: string,
  enter: Enter,
): Promise<Walked> {
  const entries: WalkedEntry[] = [];
  const problems = new Map<string, UserError>();
  let untilTurn = ENTRIES_PER_TURN;
  const walk = async (around: string): Promise<void> => {
    const listed = listOr(problems, locate, around);
    const isBeside = (name: string): boolean => listed.some(entry => entry.name === name);
    untilTurn -= listed.length;
    if (untilTurn < 0) {
      untilTurn = ENTRIES_PER_TURN;
      await nextTurn();
      signal?.throwIfAborted();
    }
    for (const { name, kind } of listed) {
      if (name === '.git') continue;
      const child = path.posix.join(around, name);
      entries.push({ path: child, kind });
      if (kind === 'folder' && enter(child, isBeside)) await walk(child);
    }
  };
  await walk(folder);
  return { entries, problems };
}

function listOr(problems: Map<string, UserError>, locate: Locate, folder: string): FolderEntry[] {
  try {
    return listFolder(locate, folder) ?? [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.set(folder, error);
    return [];
  }
}
