import { gzipSync } from 'node:zlib';
import { Header } from 'tar/header';
import { Parser } from 'tar/parse';
import type { ReadEntry } from 'tar/read-entry';
import { display } from '../text/display.ts';
import { collisionKey, reservedFolder, segmentProblem } from '../text/file-name.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts';
import { broken, tooLarge, twice, wrongLayout, wrongPath, wrongType } from './archive-refusal.ts';
import { unzip } from './unzip.ts';
import { say } from '../locales/say.ts';
import { type Text, untranslated } from '../text/language.ts';

export type ChartArchive = {
  /** The folder that holds everything. Its name says nothing about the chart's. */
  readonly topFolder: string;
  /** Regular files by their path below the top folder, with `/` between the parts. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Files above the limit that nothing here reads: counted, not kept. */
  readonly skipped: readonly { readonly path: string; readonly bytes: number }[];
  readonly unpackedBytes: number;
};

/**
 * Judges a chart archive whole, in memory, before any of it is used: a gzip of a tar of regular files and folders in one
 * folder, with a Chart.yaml. Modes, owners and times are ignored.
 * @throws UserError E_ARCHIVE_FORMAT, E_ARCHIVE_LIMIT, E_ARCHIVE_TYPE, E_ARCHIVE_PATH, E_ARCHIVE_DUPLICATE, E_ARCHIVE_LAYOUT.
 */
export function readChartArchive(bytes: Buffer, limits: ArchiveLimits = ARCHIVE_LIMITS): ChartArchive {
  const tar = unzip(bytes, limits);
  const reader = new Reader(limits);
  const parser = new Parser({ strict: true, maxMetaEntrySize: limits.metaBytes });
  parser.on('entry', (entry: ReadEntry) => reader.take(entry));
  parser.on('ignoredEntry', (entry: ReadEntry) => reader.refuse(entry));
  parser.on('error', (error: Error) => {
    throw broken(untranslated(display(error.message)), error);
  });
  let offset = 0;
  while (offset < tar.length && !isNullBlock(tar, offset)) {
    const length = requirePlainHeader(tar, offset, limits);
    parser.write(tar.subarray(offset, offset + length));
    offset += length;
  }
  if (offset === 0) throw wrongLayout(say('system.itHoldsNoFiles'));
  parser.end();
  const rest = tar.subarray(offset);
  if (!rest.equals(Buffer.alloc(rest.length))) throw broken(say('system.dataAfterEnd'));
  return reader.finish(tar.length);
}

type PackedFiles = Iterable<readonly [path: string, content: Buffer | string]>;

/** A chart archive; the same files in any order give the same bytes, as long as zlib is the same. */
export function packChart(topFolder: string, files: PackedFiles): Buffer {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const blocks = sorted.flatMap(([path, content]) => packFile(`${topFolder}/${path}`, Buffer.from(content)));
  const archive = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  // The operating system, which nobody reads.
  archive[9] = 255;
  return archive;
}

const BLOCK = 512;
const NULL_BLOCK = Buffer.alloc(BLOCK);

function packFile(path: string, content: Buffer): Buffer[] {
  const header = Buffer.alloc(BLOCK);
  const needsMore = new Header({
    path,
    type: 'File',
    mode: 0o644,
    size: content.length,
    mtime: new Date(0),
    uid: 0,
    gid: 0,
  }).encode(header);
  if (needsMore) throw new Error(`the path is too long for a plain header: ${path}`);
  return [header, content, Buffer.alloc(padding(content.length))];
}

function isNullBlock(tar: Buffer, offset: number): boolean {
  return tar.subarray(offset, offset + BLOCK).equals(NULL_BLOCK.subarray(0, tar.length - offset));
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

const CONTENT_TYPES = new Set(['File', 'OldFile', 'Directory']);
const META_TYPES = new Set(['ExtendedHeader', 'GlobalExtendedHeader', 'NextFileHasLongPath']);

/**
 * Judges one header as it stands, before the parser interprets it, and returns the length of the entry. Refused is what
 * parsers read differently: sizes that are negative, sloppy or overridden, names cut by a NUL, folders with content.
 */
function requirePlainHeader(tar: Buffer, offset: number, limits: ArchiveLimits): number {
  if (tar.length - offset < BLOCK) throw broken(say('system.endsWithinHeader'));
  const block = tar.subarray(offset, offset + BLOCK);
  const { cksumValid, type, size, path = '' } = readHeader(block);
  if (!cksumValid) throw broken(say('system.headerChecksumWrong'));
  if (!CONTENT_TYPES.has(type) && !META_TYPES.has(type)) throw wrongType(type, path);
  if (path.includes('\\')) throw wrongPath(path, say('system.itHoldsBackslash'));
  if (size === undefined || !isPlainSize(block)) throw broken(say('system.headerWithoutSize'));
  if (type === 'Directory' && !hasNoSize(block)) throw broken(say('system.folderHasSize'));
  requirePlainName(block.subarray(0, 100), path);
  if (META_TYPES.has(type))
    requirePlainMeta(tar.subarray(offset + BLOCK, offset + BLOCK + size), size, limits);
  return BLOCK + size + padding(size);
}

function readHeader(block: Buffer): Header {
  try {
    return new Header(block);
  } catch (error) {
    throw broken(say('system.headerNumberImpossible'), error);
  }
}

/** Octal digits, or the binary form that begins with 0x80. */
function isPlainSize(block: Buffer): boolean {
  return block[124] === 0x80 || /^ *[0-7]+[ \0]*$/.test(block.toString('latin1', 124, 136));
}

function hasNoSize(block: Buffer): boolean {
  return /^[ 0\0]*$/.test(block.toString('latin1', 124, 136));
}

/** Extended headers and long names; `content` is cut short where the archive is. */
function requirePlainMeta(content: Buffer, size: number, limits: ArchiveLimits): void {
  if (size > limits.metaBytes)
    throw tooLarge(say('system.extendedHeaderTooLarge', { limit: limits.metaBytes }));
  const text = content.toString('latin1');
  if (!/^\d+ [^=\n]+=/.test(text)) return requirePlainName(content, text);
  if (/(?:^|\n)\d+ (?:size|linkpath|GNU\.sparse\.[^=\n]*)=/.test(text))
    throw broken(say('system.extendedHeaderChangesSize'));
  if (/(?:^|\n)\d+ path=[^\n]*[\0\\]/.test(text)) throw wrongPath(text, say('system.itHoldsNulOrBackslash'));
}

function requirePlainName(field: Buffer, path: string): void {
  const end = field.indexOf(0);
  const isCut = end >= 0 && field.subarray(end).some(byte => byte !== 0);
  if (isCut || field.includes('\\')) throw wrongPath(path, say('system.itHoldsNulOrBackslash'));
}

/** Collects the entries of one archive, refusing what must not be in it. */
class Reader {
  readonly #limits: ArchiveLimits;
  readonly #files = new Map<string, Buffer>();
  readonly #skipped: { path: string; bytes: number }[] = [];
  /** Every file and folder by its collision key. */
  readonly #seen = new Map<string, { path: string; isFile: boolean }>();
  #topFolder: string | undefined;
  #entries = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  take(entry: ReadEntry): void {
    if (++this.#entries > this.#limits.entries)
      throw tooLarge(say('system.hasMoreEntriesThan', { limit: this.#limits.entries }));
    const isFile = entry.type !== 'Directory';
    const path = this.#requirePath(isFile ? entry.path : entry.path.replace(/(?<!\/)\/+$/, ''), isFile);
    this.#remember(path, isFile);
    const chunks: Buffer[] = [];
    if (isFile) entry.on('end', () => this.#keep(path.slice(path.indexOf('/') + 1), Buffer.concat(chunks)));
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
  }

  refuse(entry: ReadEntry): never {
    throw wrongType(entry.type, entry.path);
  }

  finish(unpackedBytes: number): ChartArchive {
    if (this.#topFolder === undefined || this.#files.size + this.#skipped.length === 0)
      throw wrongLayout(say('system.itHoldsNoFiles'));
    if (!this.#files.has('Chart.yaml')) throw wrongLayout(say('system.hasNoChartYamlInFolder'));
    return { topFolder: this.#topFolder, files: this.#files, skipped: this.#skipped, unpackedBytes };
  }

  #keep(path: string, content: Buffer): void {
    if (content.length <= this.#limits.fileBytes) this.#files.set(path, content);
    else if (isNeeded(path))
      throw tooLarge(
        say('system.fileHasMoreBytesThan', { path: display(path), limit: this.#limits.fileBytes }),
      );
    else this.#skipped.push({ path, bytes: content.length });
  }

  #requirePath(path: string, isFile: boolean): string {
    const problem = pathProblem(path, this.#limits);
    if (problem !== undefined) throw wrongPath(path, problem);
    const [top = '', ...rest] = path.split('/');
    if (isFile && rest.length === 0) throw wrongLayout(say('system.isNotInFolder', { path: display(path) }));
    this.#topFolder ??= top;
    if (top !== this.#topFolder)
      throw wrongLayout(
        say('system.hasTwoFolders', { first: display(this.#topFolder), second: display(top) }),
      );
    return path;
  }

  /** A file may be there once, and no two paths may be one on a file system that ignores case. */
  #remember(path: string, isFile: boolean): void {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const part = parts.slice(0, depth).join('/');
      const partIsFile = isFile && depth === parts.length;
      const before = this.#seen.get(collisionKey(part));
      if (before && (before.path !== part || before.isFile || partIsFile)) throw twice(before.path, part);
      this.#seen.set(collisionKey(part), { path: part, isFile: partIsFile });
    }
  }
}

/** The files that are read here or written beside a user's own; without them the chart is of no use. */
function isNeeded(path: string): boolean {
  return /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values[^/]*\.ya?ml|values\.schema\.json|(?:templates|crds)\/.*)$/.test(
    path,
  );
}

function pathProblem(path: string, limits: ArchiveLimits): Text | undefined {
  if (path.startsWith('/')) return say('system.itIsAbsolute');
  if (Buffer.byteLength(path) > limits.pathBytes)
    return say('system.itIsLongerThan', { limit: limits.pathBytes });
  const segments = path.split('/');
  if (segments.length > limits.pathDepth) return say('system.itIsDeeperThan', { limit: limits.pathDepth });
  const problem = segments
    .map(name => segmentProblem(name) ?? reservedFolder(name))
    .find(found => found !== undefined);
  return problem && say('system.aPartOfIt', { predicate: problem });
}
