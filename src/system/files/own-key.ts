import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from '../../errors.ts';
import { stateFolder, thisMachine } from './machine.ts';
import { readPrivateFile } from './private-file.ts';
import { makeFoldersSync } from './make-folders.ts';

const KEY_BYTES = 32;

/** Where a key of this user lies: state of the machine, never of a repository. Undefined where nobody is at home. */
function keyFile(name: string): string | undefined {
  const state = stateFolder(thisMachine(process.env));
  return state && path.join(state, 'slipway', name);
}

/** A key of this user: only from a file of theirs that nobody else may read or write. */
export function readOwnKey(name: string): Buffer | undefined {
  const file = keyFile(name);
  const key = file === undefined ? undefined : readPrivateFile(file, KEY_BYTES);
  return key?.length === KEY_BYTES ? key : undefined;
}

/** A new key of this user, or the one that another run has just made; undefined on a machine without a place for it. */
export function makeOwnKey(name: string): Buffer | undefined {
  const file = keyFile(name);
  if (file === undefined) return undefined;
  try {
    makeFoldersSync(path.dirname(file), 0o700);
    putWhole(file, randomBytes(KEY_BYTES));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  return readOwnKey(name);
}

/** A seal that only this user can have made; empty on a machine without a place for a key. */
export function sealOwn(name: string, text: string): string {
  const key = readOwnKey(name) ?? makeOwnKey(name);
  return key ? sealWith(key, text) : '';
}

/** Whether a seal is one that this user made here, for this text. */
export function isOwnSeal(name: string, seal: unknown, text: string): boolean {
  const key = readOwnKey(name);
  if (!key || typeof seal !== 'string') return false;
  const [given, right] = [seal, sealWith(key, text)].map(each => Buffer.from(each)) as [Buffer, Buffer];
  return given.length === right.length && timingSafeEqual(given, right);
}

function sealWith(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Of several runs that make a key at once, all end up with the same one. */
function putWhole(file: string, key: Buffer): void {
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(descriptor, key);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    chmodSync(temporary, 0o600);
    linkSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
