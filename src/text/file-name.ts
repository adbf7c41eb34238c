import { display } from './display.ts';

const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 1024;

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file, and text that UTF-8 cannot carry.
const ILLEGAL_CHARACTER = /[<>:"|?*\\\u0000-\u001f\u007f\ud800-\udfff]/u;
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

const PLAIN = /^[\w.~-]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
// Windows gives at most these short names: `GIT~10` has another form there.
const GIT_FOLDER = /^(?:\.git|git~[1-9])[. ]*$/;
const SLIPWAY_FOLDER = /^(?:\.slipway|slipwa~\d+)[. ]*$/;

/**
 * What two names share when a file system that folds case or Unicode forms may keep one file for both. Upper case
 * first, since APFS folds `ß` to `ss`; NFKC makes the key wider than any one file system's, never narrower.
 */
export function collisionKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Why a new file must not get this name on any operating system; undefined if it may. */
export function nameProblem(name: string): string | undefined {
  if (ILLEGAL_CHARACTER.test(name)) return 'has a character that Windows forbids';
  if (DEVICE_NAME.test(name)) return 'is the name of a device on Windows';
  if (/[. ]$/.test(name)) return 'ends with a dot or a space, which Windows drops';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes`;
  return undefined;
}

/** Why a part of a stranger's path cannot be a file or folder on every operating system; undefined when it can. */
export function segmentProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'points to a folder, not into one';
  if (name.includes('/')) return 'has a slash';
  if (name.includes('\ufffd')) return 'is not valid Unicode';
  if (display(name) !== name) return 'holds characters that cannot be seen';
  return nameProblem(name);
}

/** Why this is no path of a file inside the repository; undefined if it is one. Posix, relative, normalised. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'contains a NUL';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `is longer than ${MAX_PATH_BYTES} bytes`;
  const names = path.split('/');
  if (names.some(name => name === '' || name === '.' || name === '..')) return 'leads outside the repository';
  if (names.some(isGitFolder)) return "leads into git's own folder";
  return undefined;
}

/** Why a stranger's file must not get into a folder of this name, which programs trust; undefined if it may. */
export function reservedFolder(name: string): string | undefined {
  if (isGitFolder(name)) return "is git's own folder";
  return SLIPWAY_FOLDER.test(seenName(name)) ? "is slipway's own folder" : undefined;
}

/** Some file systems ignore invisible characters, so `.g\u200cit` is `.git` to them (CVE-2014-9390). */
function isGitFolder(name: string): boolean {
  return GIT_FOLDER.test(seenName(name));
}

function seenName(name: string): string {
  // Most names are plain ASCII, and many paths are asked for.
  return PLAIN.test(name) ? name.toLowerCase() : collisionKey(name.replaceAll(INVISIBLE, ''));
}
