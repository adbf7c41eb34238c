import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { fileError, ifExists, naming, patiently } from './file-error.ts';
import { notAFile, symlinkError } from './regular-file.ts';
import { say } from '../../locales/say.ts';

/**
 * An open folder of the repository. On Linux its entries are addressed through its descriptor, so that whatever
 * is done to them hits the folder that was checked, even when somebody puts a link in its place meanwhile.
 */
export type Folder = {
  /** Relative to the repository's root, `.` for the root itself. For messages. */
  readonly name: string;
  /** The address of an entry, for the calls of node:fs. */
  at(entry: string): string;
  /** Undefined when there is none. @throws UserError E_SYMLINK, E_NOT_A_FILE. */
  openChild(entry: string): Promise<Folder | undefined>;
  createChild(entry: string): Promise<Folder>;
  /** @throws UserError E_CHANGED if its path no longer leads to this folder. */
  requireUnmoved(): Promise<void>;
  /** Makes the names of its entries survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

type Place = { path: string; name: string; address: string };

const FLAGS = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Opens the repository's root, given as a real path. */
export async function openRootFolder(root: string): Promise<Folder> {
  return openExisting({ path: root, name: '.', address: root });
}

async function openExisting(place: Place): Promise<Folder> {
  const entry = await naming(place.name, () => lstat(place.address));
  if (entry.isSymbolicLink()) throw symlinkError(place.address, place.name);
  if (!entry.isDirectory()) throw notAFile(place.name, say('system.notFolder'));
  // Windows cannot open a folder: there the path stands for it.
  const handle = process.platform === 'win32' ? undefined : await openHandle(place);
  const opened = handle ? await handle.stat() : entry;
  return toFolder(place, { handle, opened, base: await baseOf(place.path, handle, opened) });
}

/** The flags refuse a link that has taken the folder's place since. */
async function openHandle({ name, address }: Place): Promise<FileHandle> {
  try {
    return await patiently(() => open(address, FLAGS));
  } catch (error) {
    const code = systemCode(error);
    throw code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENOENT'
      ? movedError(name)
      : fileError(error, name);
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html; the kernel follows these to the open folder itself. */
async function baseOf(folder: string, handle: FileHandle | undefined, opened: Stats): Promise<string> {
  if (!handle || process.platform !== 'linux') return folder;
  const descriptor = `/proc/self/fd/${handle.fd}`;
  const reached = await ifExists(descriptor, () => stat(descriptor));
  return reached && isSame(reached, opened) ? descriptor : folder;
}

type Opened = { handle: FileHandle | undefined; opened: Stats; base: string };

function toFolder({ path: folder, name }: Place, { handle, opened, base }: Opened): Folder {
  const at = (entry: string): string => `${base}/${entry}`;
  const childOf = (entry: string): Place => ({
    path: path.join(folder, entry),
    name: path.posix.join(name, entry),
    address: at(entry),
  });
  return {
    name,
    at,
    openChild: async entry => {
      const child = childOf(entry);
      const there = await ifExists(child.name, () => lstat(child.address));
      return there && openExisting(child);
    },
    createChild: async entry => {
      const child = childOf(entry);
      await naming(child.name, () => mkdir(child.address));
      return openExisting(child);
    },
    requireUnmoved: async () => {
      const now = await ifExists(name, () => lstat(folder));
      if (!now || !isSame(now, opened)) throw movedError(name);
    },
    sync: async () => handle && syncFolder(handle, name),
    close: async () => handle?.close(),
  };
}

/** Some network file systems cannot flush a folder; there is nothing better to do on them. */
async function syncFolder(handle: FileHandle, name: string): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw fileError(error, name);
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function movedError(name: string): UserError {
  return new UserError('E_CHANGED', say('system.folderMovedReplacedDuringRun', { name: display(name) }), {
    hint: say('system.runAgain'),
    subject: name,
  });
}
