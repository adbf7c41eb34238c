import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../finding.ts';
import type { DeliveryFacts } from '../deliveries/delivery-problem.ts';
import type { FolderSummary } from '../facts/folder-summary.ts';
import type { Suppression } from '../suppression.ts';
import { sha256Of } from '../../../data/digest.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import type { FileState, SeenFolder } from '../../../system/files/file-states.ts';
import { parseJson } from '../../../data/json.ts';

/** What the rules found in one app, and what that rests on. */
export type AppResult = {
  findings: Finding[];
  suppressions: Suppression[];
  /** Charts whose defaults nobody knows. */
  unknownDefaults: number;
};

export type Remembered = {
  /** Of everything that the result rests on, but `asked`. */
  key: string;
  /** Paths that rules asked for beyond the app's files, with the answers: 'file', 'folder' or ''. */
  asked: Record<string, string>;
  result: AppResult;
};

/** What one run leaves for the next one. Every part is used only as long as nothing it rests on has changed. */
export type CheckCache = {
  files: Map<string, { state: FileState; id: string }>;
  folders: Map<string, SeenFolder>;
  summaries: Map<string, { id: string; summary: FolderSummary }>;
  results: Map<string, Remembered>;
  /** The paths of a commit by its id: a commit never changes. */
  commits: Map<string, CommitPaths>;
  /** What delivers charts beside kustomize, by the id of all that it rests on. */
  deliveries?: { id: string; facts: DeliveryFacts } | undefined;
};

/** What is looked at of a commit. */
export type CommitPaths = { folders: string[]; kustomizations: Record<string, string> };

const MAX_BYTES = 256 << 20;

/** What a first run knows. */
export function emptyCheckCache(): CheckCache {
  return {
    files: new Map(),
    folders: new Map(),
    summaries: new Map(),
    results: new Map(),
    commits: new Map(),
  };
}

export type CheckCacheStore = { load(): Promise<CheckCache>; save(memory: CheckCache): Promise<void> };

/**
 * The memory of one repository in the cache. A damaged one, and one of another slipway, counts as empty. A repository that has
 * none here takes the youngest of any: in CI the same cache comes back beside a new clone.
 */
export function openCheckCache(cache: CacheFiles, root: string): CheckCacheStore {
  const name = `check/${sha256Of(root).slice(0, 32)}.json`;
  const program = programId();
  const read = async (entry: string): Promise<CheckCache | undefined> =>
    parseMemory(await cache.read(entry, MAX_BYTES), program);
  return {
    load: async () => {
      const own = await read(name);
      if (own) return own;
      const youngest = await cache.youngest('check');
      const other = youngest === undefined ? undefined : await read(youngest);
      return other ? ofAnotherPlace(other) : emptyCheckCache();
    },
    save: memory => cache.write(name, printMemory(memory, program)),
  };
}

/** What is known by content holds wherever that lies; what was seen of a disk, and paths of commits, do not. */
function ofAnotherPlace({ summaries, results, deliveries }: CheckCache): CheckCache {
  return { ...emptyCheckCache(), summaries, results, deliveries };
}

/** Rules change with the program: what it is made of tells also where the version does not. */
function programId(): string {
  return sha256Of(readFileSync(fileURLToPath(import.meta.url)));
}

type Stored = {
  program: string;
  files: Record<string, [number, number, number, number, string]>;
  folders: Record<string, [number, number, number, number, SeenFolder['entries']]>;
  summaries: Record<string, [string, FolderSummary]>;
  results: Record<string, Remembered>;
  commits: Record<string, CommitPaths>;
  deliveries?: CheckCache['deliveries'];
};

function printMemory(memory: CheckCache, program: string): string {
  const stored: Stored = {
    program,
    files: fromEntries(memory.files, ({ state, id }) => [...numbersOf(state), id]),
    folders: fromEntries(memory.folders, ({ state, entries }) => [...numbersOf(state), entries]),
    summaries: fromEntries(memory.summaries, ({ id, summary }) => [id, summary]),
    results: fromEntries(memory.results, remembered => remembered),
    commits: fromEntries(memory.commits, paths => paths),
    deliveries: memory.deliveries,
  };
  return JSON.stringify(stored);
}

function fromEntries<Value, Kept>(
  map: ReadonlyMap<string, Value>,
  store: (value: Value) => Kept,
): Record<string, Kept> {
  return Object.fromEntries([...map].map(([key, value]) => [key, store(value)]));
}

function numbersOf({ mtimeMs, ctimeMs, size, inode }: FileState): [number, number, number, number] {
  return [mtimeMs, ctimeMs, size, inode];
}

function parseMemory(bytes: Buffer | undefined, program: string): CheckCache | undefined {
  if (!bytes || bytes.length === 0) return undefined;
  const stored = parseJson(bytes.toString('utf8')) as Stored | undefined;
  if (stored?.program !== program) return undefined;
  return {
    files: toMap(stored.files, ([mtimeMs, ctimeMs, size, inode, id]) => ({
      state: { mtimeMs, ctimeMs, size, inode },
      id,
    })),
    folders: toMap(stored.folders, ([mtimeMs, ctimeMs, size, inode, entries]) => ({
      state: { mtimeMs, ctimeMs, size, inode },
      entries,
    })),
    summaries: toMap(stored.summaries, ([id, summary]) => ({ id, summary })),
    results: toMap(stored.results, remembered => remembered),
    commits: toMap(stored.commits, paths => paths),
    deliveries: stored.deliveries,
  };
}

function toMap<Kept, Value>(record: Record<string, Kept>, read: (kept: Kept) => Value): Map<string, Value> {
  return new Map(Object.entries(record).map(([key, kept]) => [key, read(kept)]));
}
