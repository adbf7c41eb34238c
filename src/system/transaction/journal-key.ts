import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { systemCode, UserError } from '../../errors.ts';
import { stateFolder, thisMachine } from '../files/machine.ts';
import { isPrivate } from '../files/private-file.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { makeFoldersSync } from '../files/make-folders.ts';

const KEY_BYTES = 32;
const FILE = 'journal.key';

/**
 * What proves that a journal was written by this user on this machine; '' where no key can be kept. Not bound to the
 * folder: a work tree may be moved, and a plan only touches paths below it that hold what it says.
 */
export function sealJournal(plan: string): string {
  const key = readKey() ?? makeKey();
  return key ? sealWith(key, plan) : '';
}

/** Whether a seal is one that this user made here, for this plan. */
export function isOwnSeal(seal: unknown, plan: string): boolean {
  const key = readKey();
  if (!key || typeof seal !== 'string') return false;
  const [given, right] = [seal, sealWith(key, plan)].map(text => Buffer.from(text)) as [Buffer, Buffer];
  return given.length === right.length && timingSafeEqual(given, right);
}

function sealWith(key: Buffer, plan: string): string {
  return createHmac('sha256', key).update(plan).digest('hex');
}

/** Where this user's key lies: state of the machine, never of a repository. Undefined where nobody is at home. */
function keyFile(): string | undefined {
  const state = stateFolder(thisMachine(process.env));
  return state && path.join(state, 'slipway', FILE);
}

/** Only a file of this user that nobody else may read or write. */
function readKey(): Buffer | undefined {
  const file = keyFile();
  try {
    const key = file === undefined ? undefined : readRegularFile(file, file, KEY_BYTES);
    return file !== undefined && key?.length === KEY_BYTES && isPrivate(file) ? key : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A machine without a place for it writes journals that no later run will trust. */
function makeKey(): Buffer | undefined {
  const file = keyFile();
  if (file === undefined) return undefined;
  try {
    makeFoldersSync(path.dirname(file), 0o700);
    putWhole(file, randomBytes(KEY_BYTES));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  return readKey();
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
