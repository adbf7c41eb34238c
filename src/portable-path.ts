import { display } from './display.ts';

// Names that Windows keeps for devices, with any extension; the superscript digits count as digits there.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;
const ILLEGAL = /[\u0000-\u001f\u007f<>:"|?*\\/]/;
const MAX_BYTES = 255;

/** Why a file or folder name cannot exist on every operating system; undefined when it can. */
export function segmentProblem(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'it points to a folder, not into one';
  if (ILLEGAL.test(name)) return 'it holds a character that some file systems refuse';
  if (/[. ]$/.test(name)) return 'it ends with a dot or a space, which Windows drops';
  if (DEVICE.test(name)) return 'it is the name of a device on Windows';
  if (/\ufffd|\p{Surrogate}/u.test(name)) return 'it is not valid Unicode';
  if (Buffer.byteLength(name) > MAX_BYTES) return `it is longer than ${MAX_BYTES} bytes`;
  if (display(name) !== name) return 'it holds characters that cannot be seen';
  return undefined;
}

/** Two paths with the same key are one file on a file system that ignores case or normalises Unicode. */
export function collisionKey(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
