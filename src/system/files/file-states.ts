import { lstatSync, readdirSync, type Stats } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { append } from '../../data/append.ts';
import { UserError } from '../../errors.ts';
import { fileError, isAbsence } from './file-error.ts';
import type { Enter, FolderEntry } from './files.ts';

/**
 * What the file system says of a file: as long as all of it stays the same, so does the content. The change time
 * cannot be set by anybody, and a file put in another one's place has another number.
 */
export type FileState = { mtimeMs: number; ctimeMs: number; size: number; inode: number };

export type SeenFile = { kind: FolderEntry['kind']; state: FileState };

/** A folder as it was listed: while its own state stays the same, so do the names in it. */
export type SeenFolder = {
  state: FileState;
  entries: readonly (readonly [name: string, kind: FolderEntry['kind']])[];
};

export type Scan = {
  /** By path from the root. Folders are in `folders`. */
  files: Map<string, SeenFile>;
  folders: Map<string, SeenFolder>;
  /** Folders that could not be looked into. */
  problems: Map<string, UserError>;
};

export type ScanOptions = {
  /** Which folders to look into. */
  enter: Enter;
  /** What an earlier scan saw of a folder, if it can still be trusted. */
  known(folder: string): SeenFolder | undefined;
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
  const scan: Scan = { files: new Map(), folders: new Map(), problems: new Map() };
  const pending = [''];
  let turn = 0;
  for (let folder = pending.pop(); folder !== undefined && scan.files.size <= most; folder = pending.pop()) {
    if (++turn % FOLDERS_PER_TURN === 0) await nextTurn();
    signal?.throwIfAborted();
    try {
      const seen = lookInto(root, folder, known(folder));
      const isBeside = (name: string): boolean => seen?.entries.some(([each]) => each === name) ?? false;
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
  scan.folders.set(folder, seen);
  const inside = seen.entries.map(
    ([name, kind]) => [folder === '' ? name : `${folder}/${name}`, kind] as const,
  );
  for (const [child, kind] of inside) {
    const state = kind === 'folder' ? undefined : stateAt(`${root}${path.sep}${child}`, child);
    if (state) scan.files.set(child, { kind, state: state.state });
  }
  return inside.flatMap(([child, kind]) => (kind === 'folder' ? [child] : []));
}

function lookInto(root: string, folder: string, known: SeenFolder | undefined): SeenFolder | undefined {
  const address = path.join(root, folder);
  const found = stateAt(address, folder);
  if (!found?.stats.isDirectory()) return undefined;
  if (known && isSameState(known.state, found.state)) return known;
  return { state: found.state, entries: list(address, folder) };
}

function list(address: string, folder: string): SeenFolder['entries'] {
  try {
    return readdirSync(address, { withFileTypes: true })
      .filter(({ name }) => name !== '.git')
      .map(entry => [entry.name, kindOf(entry)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  } catch (error) {
    if (isAbsence(error)) return [];
    throw fileError(error, folder);
  }
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
