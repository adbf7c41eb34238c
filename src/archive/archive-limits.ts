/** What an archive may hold at most; sizes in bytes. */
export type ArchiveLimits = {
  readonly archiveBytes: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed, once more than `ratioFrom` is unpacked. */
  readonly ratio: number;
  readonly ratioFrom: number;
  readonly fileBytes: number;
  readonly entries: number;
  readonly pathDepth: number;
  readonly pathBytes: number;
  /** One extended header, or one long name. */
  readonly metaBytes: number;
};

const MIB = 1 << 20;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  archiveBytes: 20 * MIB,
  unpackedBytes: 100 * MIB,
  ratio: 200,
  ratioFrom: 8 * MIB,
  fileBytes: 5 * MIB,
  entries: 10_000,
  pathDepth: 32,
  pathBytes: 1024,
  metaBytes: 64 << 10,
};
