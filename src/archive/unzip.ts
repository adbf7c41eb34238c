import { gunzipSync } from 'node:zlib';
import { systemCode } from '../errors.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { broken, tooLarge } from './archive-refusal.ts';

/** Unpacks gzip data of any number of members, stopping at the limit that is reached first. */
export function unzip(bytes: Buffer, limits: ArchiveLimits): Buffer {
  if (bytes.length > limits.archiveBytes) throw tooLarge(`it has more than ${limits.archiveBytes} bytes`);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw broken(`it is not a gzip file${guessFormat(bytes)}`);
  const byRatio = Math.max(limits.ratioFrom, bytes.length * limits.ratio);
  const most = Math.min(limits.unpackedBytes, byRatio);
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(
        most < limits.unpackedBytes
          ? `it unpacks to more than ${limits.ratio} times its size`
          : `it unpacks to more than ${limits.unpackedBytes} bytes`,
      );
    throw broken('its gzip data is damaged or followed by something else', error);
  }
}

const FORMATS: readonly (readonly [string, string])[] = [
  ['PK', 'a zip file'],
  ['\u0028\u00b5\u002f\u00fd', 'a zstd file'],
  ['BZh', 'a bzip2 file'],
  ['\u00fd7zXZ', 'an xz file'],
  ['<', 'a web page'],
  ['{', 'JSON'],
];

function guessFormat(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 512);
  const known = FORMATS.find(([magic]) => start.trimStart().startsWith(magic))?.[1];
  const found =
    known ?? (start.slice(257, 262) === 'ustar' ? 'a tar file that is not compressed' : undefined);
  return found ? `, but ${found}` : '';
}
