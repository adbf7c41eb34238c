import { gunzipSync } from 'node:zlib';
import { systemCode } from '../errors.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { broken, tooLarge } from './archive-refusal.ts';
import { say } from '../locales/say.ts';
import { type Text, untranslated } from '../text/language.ts';

/** Unpacks gzip data of any number of members, stopping at the limit that is reached first. */
export function unzip(bytes: Buffer, limits: ArchiveLimits): Buffer {
  if (bytes.length > limits.archiveBytes)
    throw tooLarge(say('system.hasMoreBytesThan', { limit: limits.archiveBytes }));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw broken(say('system.notGzipFile', { guess: guessFormat(bytes) }));
  const byRatio = Math.max(limits.ratioFrom, bytes.length * limits.ratio);
  const most = Math.min(limits.unpackedBytes, byRatio);
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(
        most < limits.unpackedBytes
          ? say('system.unpacksToTimes', { ratio: limits.ratio })
          : say('system.unpacksToBytes', { limit: limits.unpackedBytes }),
      );
    throw broken(say('system.gzipDamaged'), error);
  }
}

const FORMATS: readonly (readonly [string, Text])[] = [
  ['PK', say('system.aZipFile')],
  ['\u0028\u00b5\u002f\u00fd', say('system.aZstdFile')],
  ['BZh', say('system.aBzip2File')],
  ['\u00fd7zXZ', say('system.anXzFile')],
  ['<', say('system.aWebPage')],
  ['{', untranslated('JSON')],
];

function guessFormat(bytes: Buffer): Text | string {
  const start = bytes.toString('latin1', 0, 512);
  const known = FORMATS.find(([magic]) => start.trimStart().startsWith(magic))?.[1];
  const found = known ?? (start.slice(257, 262) === 'ustar' ? say('system.uncompressedTar') : undefined);
  return found ? say('system.butFound', { found }) : '';
}
