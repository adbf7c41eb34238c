import { lstatSync, readdirSync, type Stats } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { append } from '../../data/append.ts';
import { UserError } from '../../errors.ts';
import { fileError, isAbsence } from './file-error.ts';
import type { Enter, FolderEntry } from './files.ts';
import { type FileState, SeenTable } from './seen-table.ts';

export type SeenFile = { kind: FolderEntry['kind']; state: FileState };

/** A folder as it was listed: while its own state stays the same, so do the names in it. */
type SeenFolder = { state: FileState; listing: string };

export type Scan = {
  /** Their kinds, by path from the root. Folders are in `folders`. */
  files: SeenTable<FolderEntry['kind']>;
  /** Their listings. */
  folders: SeenTable<string>;
  /** Folders that could not be looked into. */
  problems: Map<string, UserError>;
};

export type ScanOptions = {
  /** Which folders to look into. */
  enter: Enter;
  /** What an earlier scan saw of folders, if it can still be trusted. */
  known?: SeenTable<string>;
  /** Ends once there are more files than this. */
  most?: number;
  /** Ends it. */
  signal?: AbortSignal;
};

/** Looks at this many folders before other work of the process gets a turn: Ctrl+C and the deadline are heard. */
const FOLDERS_PER_TURN = 64;

/**
 * Looks at every file below a folder without reading any. Links are named, never followed. Each look is synchronous:
 * through the thread pool ten thousand looks take five times as long.
 */
export async function scanFiles(
  root: string,
  { enter, known, signal, most = Number.POSITIVE_INFINITY }: ScanOptions,
): Promise<Scan> {
  const scan: Scan = { files: new SeenTable(), folders: new SeenTable(), problems: new Map() };
  const { words } = scan.files;
  const pending = [''];
  let turn = 0;
  for (let folder = pending.pop(); folder !== undefined && words.size <= most; folder = pending.pop()) {
    if (++turn % FOLDERS_PER_TURN === 0) await nextTurn();
    signal?.throwIfAborted();
    try {
      const seen = lookInto(root, folder, known);
      const isBeside = (name: string): boolean => seen !== undefined && isListedIn(seen.listing, name);
      append(
        pending,
        scanFolder(scan, root, { folder, seen }).filter(child => enter(child, isBeside)),
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      scan.problems.set(folder, error);
    }
  }
  return scan;
}

/** Returns the folders in it. */
function scanFolder(
  scan: Scan,
  root: string,
  { folder, seen }: { folder: string; seen: SeenFolder | undefined },
): string[] {
  if (!seen) return [];
  scan.folders.set(folder, seen.state, seen.listing);
  const inside = entriesOf(seen.listing).map(
    ([name, kind]) => [folder === '' ? name : `${folder}/${name}`, kind] as const,
  );
  for (const [child, kind] of inside) {
    const found = kind === 'folder' ? undefined : stateAt(`${root}${path.sep}${child}`, child);
    if (found) scan.files.set(child, found.state, kind);
  }
  return inside.flatMap(([child, kind]) => (kind === 'folder' ? [child] : []));
}

function lookInto(
  root: string,
  folder: string,
  known: SeenTable<string> | undefined,
): SeenFolder | undefined {
  const address = path.join(root, folder);
  const found = stateAt(address, folder);
  if (!found?.stats.isDirectory()) return undefined;
  const { state } = found;
  const [before, listing] = [known?.states.get(folder), known?.words.get(folder)];
  if (before && listing !== undefined && isSameState(before, state)) return { state, listing };
  return { state, listing: list(address, folder) };
}

/** Names in order, each behind a letter for its kind: no name has a slash. As arrays they take ten times as much. */
function list(address: string, folder: string): string {
  try {
    return readdirSync(address, { withFileTypes: true })
      .filter(({ name }) => name !== '.git')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(entry => `${LETTERS[kindOf(entry)]}${entry.name}`)
      .join('/');
  } catch (error) {
    if (isAbsence(error)) return '';
    throw fileError(error, folder);
  }
}

const LETTERS = { file: 'f', folder: 'd', link: 'l', special: 's' } as const;
const KINDS = new Map(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as FolderEntry['kind']]));

/** What a listing names. */
function entriesOf(listing: string): [name: string, kind: FolderEntry['kind']][] {
  const entries = listing === '' ? [] : listing.split('/');
  return entries.map(each => [each.slice(1), KINDS.get(each[0] as 'f') ?? 'special']);
}

/** Whether a listing names this, whatever it is. */
export function isListedIn(listing: string, name: string): boolean {
  return entriesOf(listing).some(([each]) => each === name);
}

type Kinds = Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

function kindOf(entry: Kinds): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

/** A single entry; undefined if nothing is there. */
export function seeFile(root: string, file: string): SeenFile | undefined {
  const found = stateAt(path.join(root, file), file);
  return found && { kind: kindOf(found.stats), state: found.state };
}

function stateAt(address: string, name: string): { state: FileState; stats: Stats } | undefined {
  try {
    const stats = lstatSync(address, { throwIfNoEntry: false });
    if (!stats) return undefined;
    const { mtimeMs, ctimeMs, size, ino } = stats;
    return { stats, state: { mtimeMs, ctimeMs, size, inode: ino } };
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw fileError(error, name);
  }
}

/** Whether a file was not written in between, as far as the file system tells. */
export function isSameState(a: FileState, b: FileState): boolean {
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size && a.inode === b.inode;
}

/** File systems keep times to two seconds at worst. */
const COARSEST_MS = 2000;

/**
 * Whether a state that was seen at `now` tells a later change: one in the same tick of the clock would leave the times
 * as they are, and times ahead of the clock tell nothing.
 */
export function isSettled({ mtimeMs, ctimeMs }: FileState, now: number): boolean {
  return Math.max(mtimeMs, ctimeMs) < now - COARSEST_MS;
}
