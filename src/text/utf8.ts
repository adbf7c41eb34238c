import { isUtf8 } from 'node:buffer';
import { display } from './display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { Text } from './language.ts';

/**
 * Bytes from elsewhere as text, without the byte order mark.
 * @throws UserError E_ENCODING for UTF-16 and for anything else that is not UTF-8.
 */
export function decodeUtf8(bytes: Buffer, what: string): string {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]))
    throw notUtf8(what, say('text.isUtf16'));
  if (!isUtf8(bytes)) throw notUtf8(what, say('text.isNotUtf8'));
  return bytes.toString('utf8', startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0);
}

function startsWith(bytes: Buffer, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function notUtf8(what: string, problem: Text): UserError {
  return new UserError('E_ENCODING', say('text.aboutSubject', { subject: display(what), problem }), {
    hint: say('text.saveUtf8'),
  });
}

// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
const LFS_POINTER = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v\d+\r?\n/;

/** Whether a file's content is elsewhere, and Git LFS would bring it. */
export function isLfsPointer(text: string): boolean {
  return LFS_POINTER.test(text);
}
