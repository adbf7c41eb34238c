import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { lstat, lutimes, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../errors.ts';
import { SEAL_BYTES, sealOf, secretDigest, unsealed } from './seal.ts';
import { makeFolders, makeFoldersSync } from '../files/make-folders.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { slashedPath } from '../../data/slashed-path.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEEP_MS = 90 * DAY_MS;

type Bytes = Uint8Array | string;

/** Named bytes. A cache is a convenience: nothing here fails, it only remembers less. */
export type CacheFiles = {
  /** Undefined if absent or unreadable. What is larger than `limit`, no regular file, damaged or of somebody else reads as empty: no reader
   * takes that as valid. */
  read(name: string, limit: number): Promise<Buffer | undefined>;
  /** Whether there is something to read. */
  has(name: string): Promise<boolean>;
  /** In parts, if it is much: what is sealed is not put together. */
  write(name: string, bytes: Bytes | readonly Uint8Array[]): Promise<void>;
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
    write: async (name, bytes) =>
      void files.set(name, Buffer.concat(partsOf(bytes).map(each => Buffer.from(each)))),
    youngest: async () => undefined,
    remove: async name => void files.delete(name),
    touch: async () => undefined,
  };
}

function partsOf(bytes: Bytes | readonly Uint8Array[]): readonly Bytes[] {
  return typeof bytes === 'string' || bytes instanceof Uint8Array ? [bytes] : bytes;
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
  let swept = false;
  return {
    digest: secret => secretDigest(key, secret),
    async read(name, limit) {
      try {
        const file = placeOf(folder, name);
        if (!bearsSeal(name)) return readBounded(file, limit);
        return unsealed(key, name, readBounded(file, limit + SEAL_BYTES)) ?? Buffer.alloc(0);
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
        if (!swept) sweep(folder, now());
        swept = true;
        const file = placeOf(folder, name);
        const parts = partsOf(bytes);
        if (bearsSeal(name)) writeSmall(file, [sealOf(key, name, ...parts), ...parts]);
        else await writeLarge(file, parts);
      }),
    youngest: inside => youngestIn(folder, inside).catch(() => undefined),
    remove: name => quietly(() => rm(placeOf(folder, name), { force: true, recursive: true })),
    touch: name =>
      quietly(async () => {
        const file = placeOf(folder, name);
        // Days count, and a disk is slow to note a time.
        if (now() - modifiedAt(file) < DAY_MS) return;
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

/** At once: a run reads dozens of entries, most of a few hundred bytes, and each step of a promise costs more than they do. */
function readBounded(file: string, limit: number): Buffer {
  const handle = openSync(file, READ);
  try {
    const status = fstatSync(handle);
    return !status.isFile() || status.size > limit ? Buffer.alloc(0) : readFileSync(handle);
  } finally {
    closeSync(handle);
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
const NEW = { flag: 'wx', mode: 0o600 } as const;

function temporaryOf(file: string): string {
  return `${file}.${randomBytes(8).toString('hex')}.tmp`;
}

/** At once, as they are read. The folder is there but for the first entry: to ask each time costs an error each. */
function writeSmall(file: string, parts: readonly Bytes[]): void {
  const temporary = temporaryOf(file);
  try {
    try {
      writeParts(temporary, parts);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      makeFoldersSync(path.dirname(file), 0o700);
      writeParts(temporary, parts);
    }
    // Over a file that is there, a disk's journal waits for the new bytes (ext4): for fifteen entries longer than for their servers.
    unlinkIfThere(file);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** One after the other: a memory of thousands of apps is not copied once more. */
function writeParts(file: string, parts: readonly Bytes[]): void {
  const handle = openSync(file, NEW.flag, NEW.mode);
  try {
    for (const part of parts) writeFileSync(handle, part);
  } finally {
    closeSync(handle);
  }
}

function unlinkIfThere(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) unlinkSync(file);
}

/** Beside what else the run does. */
async function writeLarge(file: string, parts: readonly Bytes[]): Promise<void> {
  const temporary = temporaryOf(file);
  const write = (): Promise<void> => writeFile(temporary, parts, NEW);
  try {
    await write().catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      await makeFolders(path.dirname(file), 0o700);
      await write();
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Drops what a killed run left behind, and what was of no use for a season; nothing but entries, wherever the folder lies. */
function sweep(folder: string, now: number): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = slashedPath(folder, file);
    if (!NAME.test(name.replace(TEMPORARY, ''))) continue;
    const age = now - modifiedAt(file);
    if (age > (entry.name.endsWith('.tmp') ? HOUR_MS : KEEP_MS)) rmSync(file, { force: true });
  }
}

/** A file that another writer has renamed meanwhile is young. */
function modifiedAt(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
