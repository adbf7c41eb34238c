import { sha256Of } from '../../data/digest.ts';
import type { CacheFiles } from './cache-files.ts';

/** The hard maximum of a download; a larger file cannot be one of ours. */
const MAX_BLOB_BYTES = 512 * 1024 * 1024;

export type StoredBlob = { state: 'found'; bytes: Buffer } | { state: 'missing' } | { state: 'corrupt' };

/** Bytes named by their SHA-256, which is checked whenever they are read. */
export type BlobStore = {
  read(sha256: string): Promise<StoredBlob>;
  has(sha256: string): Promise<boolean>;
  /** Returns the SHA-256. */
  write(bytes: Buffer): Promise<string>;
  remove(sha256: string): Promise<void>;
  /** Marks as used today. */
  touch(sha256: string): Promise<void>;
};

/** The content-addressed part of the cache. */
export function openBlobStore(files: CacheFiles): BlobStore {
  return {
    async read(sha256) {
      if (!isSha256(sha256)) return { state: 'missing' };
      const bytes = await files.read(fileName(sha256), MAX_BLOB_BYTES);
      if (!bytes) return { state: 'missing' };
      if (sha256Of(bytes) === sha256) return { state: 'found', bytes };
      await files.remove(fileName(sha256));
      return { state: 'corrupt' };
    },
    has: async sha256 => isSha256(sha256) && files.has(fileName(sha256)),
    async write(bytes) {
      const sha256 = sha256Of(bytes);
      await files.write(fileName(sha256), bytes);
      return sha256;
    },
    remove: sha256 => files.remove(fileName(sha256)),
    touch: sha256 => files.touch(fileName(sha256)),
  };
}

/** Whether something is a SHA-256 as entries are named by: 64 hexadecimal digits in small letters. */
export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function fileName(sha256: string): string {
  return `blobs/${sha256}`;
}
