import { gzipSync } from 'node:zlib';

/** One tar entry, written byte for byte as asked: nothing is checked or mended. */
export type TarEntry = {
  path?: string;
  content?: string | Buffer;
  /** The type flag: `0` file, `5` folder, `1` hard link, `2` symbolic link, `x` extended header … */
  type?: string;
  linkpath?: string;
  /** The size field as text, where it is not that of the content. */
  size?: string | Buffer;
  mode?: string;
  uid?: string;
  mtime?: string | Buffer;
  checksum?: string;
  prefix?: string;
};

const BLOCK = 512;

export function tar(entries: readonly TarEntry[], end: Buffer = Buffer.alloc(2 * BLOCK)): Buffer {
  return Buffer.concat([...entries.map(tarEntry), end]);
}

/** A gzip of a tar of these entries. */
export function tgz(...entries: TarEntry[]): Buffer {
  return gzipSync(tar(entries));
}

/** An extended header (`x`) with these records, for the entry behind it. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): TarEntry {
  return { path: 'PaxHeader', type, content: Object.entries(records).map(paxRecord).join('') };
}

/** A GNU long name for the entry behind it. */
export function longName(name: string | Buffer): TarEntry {
  return { path: '././@LongLink', type: 'L', content: Buffer.concat([Buffer.from(name), Buffer.alloc(1)]) };
}

/** The record's length counts its own digits. */
function paxRecord([key, value]: [string, string]): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return `${bytes + digits}${rest}`;
}

function tarEntry(entry: TarEntry): Buffer {
  const content = Buffer.from(entry.content ?? '');
  const header = Buffer.alloc(BLOCK);
  put(header, 0, 100, entry.path ?? 'chart/file');
  put(header, 100, 8, entry.mode ?? '0000644\0');
  put(header, 108, 8, entry.uid ?? '0001750\0');
  put(header, 116, 8, '0001750\0');
  put(header, 124, 12, entry.size ?? octal(content.length, 11));
  put(header, 136, 12, entry.mtime ?? octal(1_600_000_000, 11));
  put(header, 148, 8, ' '.repeat(8));
  put(header, 156, 1, entry.type ?? '0');
  put(header, 157, 100, entry.linkpath ?? '');
  put(header, 257, 8, 'ustar\u000000');
  put(header, 345, 155, entry.prefix ?? '');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(header, 148, 8, entry.checksum ?? `${octal(sum, 6)}\0 `);
  return Buffer.concat([header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

function put(header: Buffer, at: number, length: number, value: string | Buffer): void {
  Buffer.from(value).copy(header, at, 0, length);
}

function octal(number: number, digits: number): string {
  return number.toString(8).padStart(digits, '0');
}
