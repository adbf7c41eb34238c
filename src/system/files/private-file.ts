import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** Whether only this user may read and write a file; where users have no numbers, always. @throws the system's error */
export function isPrivate(file: string): boolean {
  return isOurs(lstatSync(file));
}

function isOurs({ uid, mode }: Stats): boolean {
  if (process.getuid === undefined) return true;
  return uid === process.getuid() && (mode & 0o077) === 0;
}

// A FIFO must not block, a link leads elsewhere; Windows has neither flag, and no FIFO to wait for.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of a private file that is regular and no larger than `limit`; undefined for everything else. Never throws. */
export function readPrivateFile(file: string, limit: number): Buffer | undefined {
  try {
    if (!constants.O_NOFOLLOW && lstatSync(file).isSymbolicLink()) return undefined;
    const descriptor = openSync(file, FLAGS);
    try {
      const stats = fstatSync(descriptor);
      const isUsable = stats.isFile() && isOurs(stats) && stats.size <= limit;
      return isUsable ? readFileSync(descriptor) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
