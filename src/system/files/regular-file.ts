import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync } from 'node:fs';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { keepHeapNearUse } from '../tools/tune-heap.ts';
import { fileError, isAbsence } from './file-error.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** People's files that slipway reads and edits are far smaller. */
const MAX_BYTES = 10 * 1024 * 1024;

// Windows has neither flag, and no FIFO to wait for; there lstat stands in. O_NONBLOCK: opening a FIFO must not wait.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a regular file, or undefined if nothing is there. `address` is what the system opens (its parents hold no
 * loop of links), `name` what messages say. Synchronous, since through the thread pool a small file takes five times as long.
 * @throws UserError E_SYMLINK, E_NOT_A_FILE, E_LIMIT, E_FILE_SYSTEM.
 */
export function readRegularFile(address: string, name: string, maxBytes = MAX_BYTES): Buffer | undefined {
  const descriptor = openRegular(address, name);
  if (descriptor === undefined) return undefined;
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile())
      throw notAFile(name, stats.isDirectory() ? say('system.aFolder') : say('system.notRegularFile'));
    if (stats.size > maxBytes) throw tooBig(name, maxBytes);
    return counted(readFileSync(descriptor));
  } catch (error) {
    throw fileError(error, name);
  } finally {
    closeSync(descriptor);
  }
}

/** Of what a run reads more than this, its heap is not let grow far beyond what is in use. */
const MUCH = 2 << 20;

let bytesRead = 0;

function counted(content: Buffer): Buffer {
  const before = bytesRead;
  bytesRead += content.length;
  if (before <= MUCH && bytesRead > MUCH) keepHeapNearUse();
  return content;
}

/** E_SYMLINK: a link stands where a file belongs. */
export function symlinkError(address: string, name: string): UserError {
  return new UserError(
    'E_SYMLINK',
    say('system.symbolicLink', { name: display(name), address: linkTarget(address) }),
    {
      hint: say('system.slipwayNeitherReadsNorWrites'),
      subject: name,
    },
  );
}

/** Nothing, if the link has gone meanwhile. */
function linkTarget(address: string): Text | string {
  try {
    return say('system.linkTo', { target: display(readlinkSync(address)) });
  } catch (error) {
    if (isAbsence(error) || systemCode(error) === 'EINVAL') return '';
    throw error;
  }
}

/** E_NOT_A_FILE: `what` stands where a file belongs. */
export function notAFile(name: string, what: Text): UserError {
  return new UserError('E_NOT_A_FILE', say('system.is', { name: display(name), what }), {
    hint: say('system.moveAwayThenRunAgain'),
    subject: name,
  });
}

function openRegular(address: string, name: string): number | undefined {
  try {
    if (!constants.O_NOFOLLOW && lstatSync(address).isSymbolicLink()) throw symlinkError(address, name);
    return openSync(address, FLAGS);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    const code = systemCode(error);
    if (code === 'ELOOP' || code === 'EMLINK') throw symlinkError(address, name);
    if (code === 'ENXIO' || code === 'EOPNOTSUPP') throw notAFile(name, say('system.socketOrDevice'));
    throw fileError(error, name);
  }
}

function tooBig(name: string, maxBytes: number): UserError {
  return new UserError(
    'E_LIMIT',
    say('system.largerThanMib', { name: display(name), maxBytes: maxBytes / 1024 / 1024 }),
    {
      hint: say('system.slipwayDoesNotEditFiles'),
      subject: name,
    },
  );
}
