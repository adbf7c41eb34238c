import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { display } from '../display.ts';
import { systemCode, UserError } from '../errors.ts';

const MIB = 1024 * 1024;
/** gzip reaches 1032:1 on zeros, an index about 20:1. Small bodies may be as repetitive as they like. */
const MAX_RATIO = 200;
const RATIO_FLOOR = 8 * MIB;
const CHUNK = 64 * 1024;

export type BodyOptions = {
  /** What an error calls the body: a URL that is safe to show. */
  subject: string;
  /** Most bytes after decoding. */
  limit: number;
  contentEncoding: string | undefined;
  contentLength: string | undefined;
  /** False: the bytes as they are on the wire, even if labelled as gzip. */
  decode: boolean;
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
        `${options.subject}: ${wire()} bytes unpack to more than ${MAX_RATIO} times that`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function isGzip({ contentEncoding = '', subject }: BodyOptions): boolean {
  const encoding = contentEncoding.trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw new UserError('E_ENCODING', `${subject}: content encoding ${display(encoding)} was not asked for`);
}

function overLimit({ limit, subject }: BodyOptions): UserError {
  const size = limit >= MIB ? `${Math.round(limit / MIB)} MiB` : `${limit} bytes`;
  return new UserError('E_LIMIT', `${subject}: larger than the limit of ${size}`);
}

function gzipFailure(error: unknown, subject: string): unknown {
  const code = systemCode(error) ?? '';
  if (code === 'Z_BUF_ERROR')
    return new UserError('E_NET_TRUNCATED', `${subject}: the gzip stream ends early`, { cause: error });
  if (code.startsWith('Z_'))
    return new UserError('E_ENCODING', `${subject}: not the gzip stream it claims to be`, { cause: error });
  return error;
}
