import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';

const MIB = 1024 * 1024;
/** gzip reaches 1032:1 on zeros, an index about 20:1. Small bodies may be as repetitive as they like. */
const MAX_RATIO = 200;
const RATIO_FLOOR = 8 * MIB;
const CHUNK = 64 * 1024;

/** 1 for control bytes but tab, line feed and carriage return. */
const FORBIDDEN = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f ? 1 : 0,
);

export type BodyOptions = {
  /** What an error calls the body: a URL that is safe to show. */
  subject: string;
  /** Most bytes after decoding. */
  limit: number;
  contentEncoding: string | undefined;
  contentLength: string | undefined;
  /** False: the bytes as they are on the wire, even if labelled as gzip. */
  decode: boolean;
  /** The body has to be text: the first byte that no text in UTF-8 holds ends it, before the rest is there. */
  text?: boolean;
};

/** Reads a body to its end; stops at the first byte over a limit instead of cutting the rest off. */
export async function readBody(stream: Readable, options: BodyOptions): Promise<Buffer> {
  const gzip = isGzip(options);
  if (Number(options.contentLength) > options.limit) throw overLimit(options);
  let wire = 0;
  const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      wire += chunk.length;
      yield chunk;
    }
  };
  const collect = (source: AsyncIterable<Buffer>): Promise<Buffer> => collected(source, options, () => wire);
  if (!gzip || !options.decode) return pipeline(stream, count, collect);
  try {
    return await pipeline(stream, count, createGunzip({ chunkSize: CHUNK }), collect);
  } catch (error) {
    throw gzipFailure(error, options.subject);
  }
}

/** The first bytes of a body that is only read to explain a failure. */
export async function readExcerpt(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

async function collected(
  source: AsyncIterable<Buffer>,
  options: BodyOptions,
  wire: () => number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > options.limit) throw overLimit(options);
    if (size > RATIO_FLOOR && size > wire() * MAX_RATIO)
      throw new UserError(
        'E_LIMIT',
        say('system.bytesUnpackMoreThanTimes', {
          subject: options.subject,
          wire: wire(),
          max_ratio: MAX_RATIO,
        }),
      );
    if (options.text) requireText(chunk, size === chunk.length, options.subject);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** No parser has to hold, or tell the place of, what could be millions of bytes that YAML and JSON forbid. */
function requireText(chunk: Buffer, isFirst: boolean, subject: string): void {
  if (isFirst && /^(?:\xff\xfe|\xfe\xff)/.test(chunk.toString('latin1', 0, 2)))
    throw new UserError('E_ENCODING', say('system.utf16', { subject }), { hint: say('system.saveUtf8') });
  // By index: an iterator costs six times as much, and an index may have 64 MiB.
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (FORBIDDEN[byte] === 1)
      throw new UserError('E_YAML_UNTRUSTED', say('system.holdsControlByteWhichNo', { subject, byte }), {
        hint: say('system.doNotUseDamagedHostile'),
      });
  }
}

function isGzip({ contentEncoding = '', subject }: BodyOptions): boolean {
  const encoding = contentEncoding.trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw new UserError(
    'E_ENCODING',
    say('system.contentEncodingNotAsked', { subject, encoding: display(encoding) }),
  );
}

function overLimit({ limit, subject }: BodyOptions): UserError {
  const size = limit >= MIB ? `${Math.round(limit / MIB)} MiB` : `${limit} bytes`;
  return new UserError('E_LIMIT', say('system.largerThanLimit', { subject, size }));
}

function gzipFailure(error: unknown, subject: string): unknown {
  const code = systemCode(error) ?? '';
  if (code === 'Z_BUF_ERROR')
    return new UserError('E_NET_TRUNCATED', say('system.gzipStreamEndsEarly', { subject }), { cause: error });
  if (code.startsWith('Z_'))
    return new UserError('E_ENCODING', say('system.notGzipStreamClaims', { subject }), { cause: error });
  return error;
}
