import { randomBytes } from 'node:crypto';
import { constants, lstatSync } from 'node:fs';
import { lstat, lutimes, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../errors.ts';
import { SEAL_BYTES, sealOf, secretDigest, unsealed } from './seal.ts';
import { makeFolders } from '../files/make-folders.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEEP_MS = 90 * DAY_MS;

/** Named bytes. A cache is a convenience: nothing here fails, it only remembers less. */
export type CacheFiles = {
  /** Undefined if absent or unreadable. What is larger than `limit`, no regular file, damaged or of somebody else reads as empty: no reader
   * takes that as valid. */
  read(name: string, limit: number): Promise<Buffer | undefined>;
  /** Whether there is something to read. */
  has(name: string): Promise<boolean>;
  write(name: string, bytes: Uint8Array | string): Promise<void>;
  /** The name of what was written last into a folder of the cache. */
  youngest(folder: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
  /** Puts off the day on which a file is too old to be kept. */
  touch(name: string): Promise<void>;
  /** A digest that only this user's key makes: it tells a change of what is secret, and helps nobody to guess it. */
  digest(secret: string): string;
};

export type CacheFilesOptions = {
  /** Undefined if the machine has no place for caches. */
  folder: string | undefined;
  warn: (message: Text) => void;
  now: () => number;
};

/**
 * What an entry may be called: folders of ours, then hexadecimal digits. Nothing else in the folder is read, written,
 * removed or swept, whatever asks for it and whatever else lies there.
 */
const NAME = /^(?:blobs|check|kept|notes|render|responses)\/(?:[a-z]+\/)?[0-9a-f]{32,64}(?:\.json)?$/;
/** What a killed run leaves of one. */
const TEMPORARY = /\.[0-9a-f]{16}\.tmp$/;

/**
 * The folder on disk if nobody else can write there and no repository holds it, else this process's memory.
 * @throws UserError E_VALUE for SLIPWAY_CACHE_KEY
 */
export async function openCacheFiles(options: CacheFilesOptions): Promise<CacheFiles> {
  const { folder, warn } = options;
  if (!folder) return memoryFiles();
  const { cacheKey, objectionTo } = await import('./folder-objection.ts');
  const key = cacheKey(process.env);
  const objection = await objectionTo(folder);
  if (!objection) return diskFiles({ ...options, folder, key });
  warn(say('system.cacheNotUsed', { folder, objection }));
  return memoryFiles();
}

function memoryFiles(): CacheFiles {
  const files = new Map<string, Buffer>();
  const key = randomBytes(32);
  return {
    digest: secret => secretDigest(key, secret),
    read: async name => files.get(name),
    has: async name => files.has(name),
    write: async (name, bytes) => void files.set(name, Buffer.from(bytes)),
    youngest: async () => undefined,
    remove: async name => void files.delete(name),
    touch: async () => undefined,
  };
}

function bearsSeal(name: string): boolean {
  return !name.startsWith('blobs/');
}

type DiskOptions = CacheFilesOptions & { folder: string; key: Buffer };

function diskFiles({ folder, warn, now, key }: DiskOptions): CacheFiles {
  let complained = false;
  const complain = (error: unknown): void => {
    if (!complained)
      warn(say('system.cacheCannotBeUsed', { folder, code: systemCode(error) ?? String(error) }));
    complained = true;
  };
  const quietly = (work: () => Promise<void>): Promise<void> => Promise.resolve().then(work).catch(complain);
  let swept: Promise<void> | undefined;
  return {
    digest: secret => secretDigest(key, secret),
    async read(name, limit) {
      try {
        const file = placeOf(folder, name);
        if (!bearsSeal(name)) return await readBounded(file, limit);
        return unsealed(key, name, await readBounded(file, limit + SEAL_BYTES)) ?? Buffer.alloc(0);
      } catch (error) {
        if (FOREIGN.has(systemCode(error) ?? '')) return Buffer.alloc(0);
        if (systemCode(error) !== 'ENOENT') complain(error);
        return undefined;
      }
    },
    async has(name) {
      try {
        return (await lstat(placeOf(folder, name))).isFile();
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
        return false;
      }
    },
    write: (name, bytes) =>
      quietly(async () => {
        await (swept ??= sweep(folder, now()));
        const sealed = bearsSeal(name) ? [sealOf(key, name, bytes), bytes] : bytes;
        await writeWhole(placeOf(folder, name), sealed);
      }),
    youngest: inside => youngestIn(folder, inside).catch(() => undefined),
    remove: name => quietly(() => rm(placeOf(folder, name), { force: true, recursive: true })),
    touch: name =>
      quietly(async () => {
        const file = placeOf(folder, name);
        // Days count, and a disk is slow to note a time.
        if (now() - (await modifiedAt(file)) < DAY_MS) return;
        await lutimes(file, now() / 1000, now() / 1000);
      }),
  };
}

/** What opening a link or a socket says. */
const FOREIGN = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EOPNOTSUPP']);

/** Where an entry lies: not outside of the cache, not behind a link. @throws an error of the system's kind */
function placeOf(folder: string, name: string): string {
  if (!NAME.test(name)) throw Object.assign(new Error('no name of an entry'), { code: 'EINVAL' });
  const parts = name.split('/');
  for (const [index] of parts.slice(1).entries()) {
    const way = path.join(folder, ...parts.slice(0, index + 1));
    if (lstatSync(way, { throwIfNoEntry: false })?.isSymbolicLink())
      throw Object.assign(new Error('a link on the way'), { code: 'ELOOP' });
  }
  return path.join(folder, name);
}

// A FIFO must not block, a link leads elsewhere: both are no entries of ours.
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function readBounded(file: string, limit: number): Promise<Buffer> {
  const handle = await open(file, READ);
  try {
    const status = await handle.stat();
    return !status.isFile() || status.size > limit ? Buffer.alloc(0) : await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Only what may be an entry; whether it is one of ours, its seal tells whoever reads it. */
async function youngestIn(folder: string, inside: string): Promise<string | undefined> {
  const names = (await readdir(path.join(folder, inside))).map(each => `${inside}/${each}`);
  let found: { name: string; at: number } | undefined;
  for (const name of names.filter(each => NAME.test(each))) {
    const { mtimeMs } = await lstat(path.join(folder, name));
    if (!found || mtimeMs > found.at) found = { name, at: mtimeMs };
  }
  return found?.name;
}

/** Not flushed to the disk: every read checks a seal or a digest, so a torn file is found and dropped. */
async function writeWhole(file: string, bytes: Parameters<typeof writeFile>[1]): Promise<void> {
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`;
  await makeFolders(path.dirname(file), 0o700);
  try {
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Drops what a killed run left behind, and what was of no use for a season; nothing but entries, wherever the folder lies. */
async function sweep(folder: string, now: number): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (!NAME.test(name.replace(TEMPORARY, ''))) continue;
    const age = now - (await modifiedAt(file));
    if (age > (entry.name.endsWith('.tmp') ? HOUR_MS : KEEP_MS)) await rm(file, { force: true });
  }
}

/** A file that another writer has renamed meanwhile is young. */
async function modifiedAt(file: string): Promise<number> {
  try {
    return (await lstat(file)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return Number.POSITIVE_INFINITY;
    throw error;
  }
}
