import { append } from '../data/append.ts';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { packChart, readChartArchive } from './chart-archive.ts';
import { cutSchema } from './cut-schema.ts';
import { say } from '../locales/say.ts';

export type CutFiles = {
  files: Map<string, Uint8Array>;
  /** Schemas that are not used whole, each with what it refers to: `grafana/values.schema.json: https://…`. */
  cut: string[];
};

const MAX_NESTING = 8;
const MAX_UNPACKED_BYTES = 200 << 20;

type Cutting = { cut: string[]; unpackedBytes: number };

/**
 * The files of charts without what their schemas refer to outside: helm would fetch it, from a network or the disk. Archives
 * in charts/ are looked into, however deep they are nested.
 * @throws UserError E_ARCHIVE_* for an archive in charts/ that cannot be read, E_ARCHIVE_LIMIT
 */
export function cutSchemas(files: ReadonlyMap<string, Uint8Array>): CutFiles {
  const cutting: Cutting = { cut: [], unpackedBytes: 0 };
  return { files: cutAll(files, { cutting, place: '', nesting: 0 }), cut: cutting.cut };
}

type At = { cutting: Cutting; place: string; nesting: number };

function cutAll(files: ReadonlyMap<string, Uint8Array>, at: At): Map<string, Uint8Array> {
  const result = new Map<string, Uint8Array>();
  for (const [file, content] of files) {
    const kept = cutOne(file, Buffer.from(content.buffer, content.byteOffset, content.byteLength), at);
    if (kept) result.set(file, kept);
  }
  return result;
}

function cutOne(file: string, content: Buffer, at: At): Buffer | undefined {
  if (/(?:^|\/)values\.schema\.json$/i.test(file)) {
    const { bytes, outside } = cutSchema(content);
    append(
      at.cutting.cut,
      outside.map(reference => `${at.place}${file}: ${display(reference)}`),
    );
    return bytes;
  }
  // helm takes every such archive in charts/, and of a folder that kustomize names.
  return /\.(?:tgz|tar\.gz)$/i.test(file) && /(?:^|\/)charts\/[^/]+$/.test(file)
    ? cutArchive(file, content, at)
    : content;
}

/** The very bytes where nothing in it had to go. */
function cutArchive(file: string, content: Buffer, { cutting, place, nesting }: At): Buffer {
  const archive = readChartArchive(content);
  cutting.unpackedBytes += archive.unpackedBytes;
  if (nesting >= MAX_NESTING || cutting.unpackedBytes > MAX_UNPACKED_BYTES)
    throw new UserError(
      'E_ARCHIVE_LIMIT',
      say('system.archivesWithinArchivesWithoutEnd', { place: display(place + file) }),
      {
        subject: file,
      },
    );
  const inside = { cutting, place: `${place}${file}/`, nesting: nesting + 1 };
  const files = cutAll(archive.files, inside);
  const isWhole =
    files.size === archive.files.size &&
    [...files].every(([name, kept]) => isSame(kept, archive.files.get(name)));
  return isWhole
    ? content
    : packChart(
        archive.topFolder,
        [...files].map(([name, kept]) => [name, Buffer.from(kept)]),
      );
}

/** `cutSchema` gives back the very bytes. */
function isSame(kept: Uint8Array, original: Buffer | undefined): boolean {
  return original !== undefined && Buffer.compare(kept, original) === 0;
}
