import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../finding.ts';
import type { DeliveryFacts } from '../deliveries/delivery-problem.ts';
import type { FolderSummary } from '../facts/folder-summary.ts';
import type { Suppression } from '../suppression.ts';
import type { Applications } from '../../../repository/applications.ts';
import { sha256Of } from '../../../data/digest.ts';
import type { CacheFiles } from '../../../system/cache/cache-files.ts';
import { SeenTable } from '../../../system/files/seen-table.ts';
import { parseJson } from '../../../data/json.ts';
import { KeptMap } from '../../../data/kept-map.ts';
import { lazily } from '../../../data/memoized.ts';
import type { ChartsRead } from '../../../repository/unread/charts-read.ts';
import { parseStates, printStates } from '../again/kept-run.ts';
import type { Overview } from '../facts/overview.ts';

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
  /** The ids of their contents. */
  files: SeenTable<string>;
  /** Their listings. */
  folders: SeenTable<string>;
  summaries: KeptMap<FolderSummary>;
  /** What each of them rests on. */
  summaryIds: ReadonlyMap<string, string>;
  /** What the summaries come to together, by the id of all that it rests on. */
  overview?: { id: string; facts: Overview } | undefined;
  results: KeptMap<Remembered>;
  /** The paths of a commit by its id: a commit never changes. */
  commits: ReadonlyMap<string, CommitPaths>;
  /** What delivers charts beside kustomize, by the id of all that it rests on. */
  deliveries?: { id: string; facts: DeliveryFacts } | undefined;
  /** How many charts of the whole repository are read, by the ids of its overview and its deliveries. */
  charts?: { id: string; charts: ChartsRead } | undefined;
};

/** What is looked at of a commit. */
export type CommitPaths = {
  folders: string[];
  kustomizations: Record<string, string>;
  /** Its Applications, once somebody has asked for them. */
  applications?: Applications;
};

const MAX_BYTES = 256 << 20;

/** What a first run knows. */
export function emptyCheckCache(): CheckCache {
  return {
    files: new SeenTable(),
    folders: new SeenTable(),
    summaries: KeptMap.of(new Map()),
    summaryIds: new Map(),
    results: KeptMap.of(new Map()),
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
function ofAnotherPlace(memory: CheckCache): CheckCache {
  const { summaries, summaryIds, overview, results, deliveries, charts } = memory;
  return { ...emptyCheckCache(), summaries, summaryIds, overview, results, deliveries, charts };
}

/** Rules change with the program: what it is made of tells also where the version does not. */
function programId(): string {
  return sha256Of(readFileSync(fileURLToPath(import.meta.url)));
}

/** What stands in the first line; the parts follow, and each is read when somebody asks for it. */
type Header = Pick<CheckCache, 'deliveries' | 'charts'> & {
  program: string;
  overviewId: string | undefined;
  sizes: number[];
};

function printMemory(memory: CheckCache, program: string): Uint8Array[] {
  const { files, folders, summaries, summaryIds, overview, results, commits, deliveries, charts } = memory;
  const parts = [
    printStates(files.states),
    printJson([...files.words.values()]),
    printStates(folders.states),
    printJson([...folders.words.values()]),
    summaries.print(),
    printJson([...summaryIds]),
    printJson(overview?.facts ?? null),
    results.print(),
    printJson([...commits]),
  ];
  const sizes = parts.map(({ length }) => length);
  const header: Header = { program, overviewId: overview?.id, deliveries, charts, sizes };
  return [Buffer.from(`${JSON.stringify(header)}\n`), ...parts];
}

function printJson(data: unknown): Buffer {
  return Buffer.from(JSON.stringify(data));
}

function parseMemory(bytes: Buffer | undefined, program: string): CheckCache | undefined {
  if (!bytes || bytes.length === 0) return undefined;
  let at = bytes.indexOf('\n') + 1;
  const header = parseJson(bytes.toString('utf8', 0, at)) as Header | undefined;
  if (header?.program !== program) return undefined;
  const parts = header.sizes.map(size => bytes.subarray(at, (at += size)));
  const [states, ids, places, listings, summaries, summaryIds, overview, results, commits] = parts;
  const { overviewId, deliveries, charts } = header;
  return lazily<CheckCache>({
    files: () => parseSeen(states, ids),
    folders: () => parseSeen(places, listings),
    summaries: () => KeptMap.parse(part(summaries)),
    summaryIds: () => new Map(parsePart(summaryIds) as [string, string][]),
    overview: () =>
      overviewId === undefined
        ? undefined
        : lazily({ id: () => overviewId, facts: () => parsePart(overview) as Overview }),
    results: () => KeptMap.parse(part(results)),
    commits: () => new Map(parsePart(commits) as [string, CommitPaths][]),
    deliveries: () => deliveries,
    charts: () => charts,
  });
}

function part(bytes: Buffer | undefined): Buffer {
  return bytes ?? Buffer.alloc(0);
}

function parsePart(bytes: Buffer | undefined): unknown {
  return JSON.parse(part(bytes).toString('utf8'));
}

function parseSeen(states: Buffer | undefined, words: Buffer | undefined): SeenTable<string> {
  const { paths, numbers } = parseStates(part(states));
  return SeenTable.of(paths, numbers, parsePart(words) as string[]);
}
