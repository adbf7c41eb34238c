import { createHash, createHmac } from 'node:crypto';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { readOwnKey } from '../files/own-key.ts';
import { isPrivate, readPrivateFile } from '../files/private-file.ts';

// What no other part of slipway is needed for: the small program that runs before it takes these alone.

/** Holds the key of this user's cache. */
export const CACHE_KEY_FILE = 'cache.key';
/** Holds a key for machines that come and go. */
export const CACHE_KEY_VARIABLE = 'SLIPWAY_CACHE_KEY';
/** Of a key in the variable. */
export const LEAST_CHARACTERS = 32;

/** What entries are sealed with: the given key, else this user's; undefined where there is none, or the given one is too short. */
export function knownCacheKey(env: Readonly<Record<string, string | undefined>>): Buffer | undefined {
  const given = env[CACHE_KEY_VARIABLE] ?? '';
  if (given === '') return readOwnKey(CACHE_KEY_FILE);
  return given.length >= LEAST_CHARACTERS ? createHash('sha256').update(given).digest() : undefined;
}

/** In front of each entry but blobs, which are named by what they hold: a digest with the key, in hexadecimal digits. */
export const SEAL_BYTES = 64;

/** What stands in front of these bytes under this name. */
export function sealOf(key: Buffer, name: string, ...parts: (Uint8Array | string)[]): string {
  const seal = createHmac('sha256', key).update(`${name}\n`);
  for (const part of parts) seal.update(part);
  return seal.digest('hex');
}

/** A digest that only the key makes. */
export function secretDigest(key: Buffer, secret: string): string {
  return createHmac('sha256', key).update(`secret\n${secret}`).digest('hex');
}

/** What this user sealed under this very name; undefined if somebody else wrote it, or it is damaged. */
export function unsealed(key: Buffer, name: string, sealed: Buffer): Buffer | undefined {
  const bytes = sealed.subarray(SEAL_BYTES);
  return sealed.toString('latin1', 0, SEAL_BYTES) === sealOf(key, name, bytes) ? bytes : undefined;
}

/** An entry of a cache that only this user can write, at once; undefined where there is none to be trusted. Never throws. */
export function readSealed(folder: string, name: string, { key, limit }: { key: Buffer; limit: number }) {
  try {
    const isOurs = [folder, path.join(folder, path.dirname(name))].every(
      each => lstatSync(each).isDirectory() && isPrivate(each),
    );
    const sealed = isOurs ? readPrivateFile(path.join(folder, name), limit + SEAL_BYTES) : undefined;
    return sealed && unsealed(key, name, sealed);
  } catch {
    return undefined;
  }
}
