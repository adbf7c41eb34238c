import { lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Change, FolderCreation } from '../../change-set.ts';
import { sha256Of } from '../../data/digest.ts';
import { parseJson } from '../../data/json.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { pathProblem } from '../../text/file-name.ts';
import { ifExists, naming } from '../files/file-error.ts';
import { openRootFolder } from '../files/folder.ts';
import { makeFolders } from '../files/make-folders.ts';
import { isOwnSeal, readOwnKey, sealOwn } from '../files/own-key.ts';
import { readOwnFile } from '../files/own-file.ts';
import { readRegularFile } from '../files/regular-file.ts';
import type { Operation } from './operation.ts';

/** What a run says of itself, so that it can be told from others and undone: all that it writes bears the same id. */
export type RunMark = {
  readonly id: string;
  /** The line that started it, for people. */
  readonly line: string;
  /** What the cluster made of it, or may have, that no change of files takes back. */
  readonly lasting?: readonly Text[];
};

/** A content that a record holds, by its digest, and the permission bits of the file. */
type Kept = { readonly digest: string; readonly mode: number };

/** What a transaction did to a file, or to a folder that it made whole (a pulled chart), with the digests of its files. */
export type RecordedChange =
  | { readonly kind: 'create'; readonly path: string; readonly after: Kept; readonly from?: string }
  | { readonly kind: 'update'; readonly path: string; readonly before: Kept; readonly after: Kept }
  | { readonly kind: 'delete'; readonly path: string; readonly before: Kept }
  | { readonly kind: 'folder'; readonly path: string; readonly files: Readonly<Record<string, string>> };

/** What one transaction left, to be undone by; a run may have had several. */
export type UndoRecord = {
  /** Its place in the order of all, and its transaction. */
  readonly name: string;
  readonly run: RunMark;
  /** ISO 8601. */
  readonly time: string;
  readonly changes: readonly RecordedChange[];
};

const FOLDER = 'undo';
const KEY_FILE = 'undo.key';
/** Its place in the order of all, the transaction, the run. */
const NAME = /^(\d{8}-[0-9a-f]{16}-([0-9a-z-]{1,40}))\.json$/;
const IGNORE = '.gitignore';
const FORMAT = 1;
/** Runs that can be undone, and what they may take together. */
const MOST_RUNS = 20;
const MOST_BYTES = 50 << 20;
const LOOKED_AT_EACH = 32;
const MAX_HEADER_BYTES = 16 << 20;

/**
 * Keeps what a transaction replaces and what it writes, before it touches anything: in the state folder, where neither git nor
 * its garbage collection sees it, readable by this user only. False on a machine without a place for the key of its seal, and
 * for what is larger than all records may be.
 * @throws UserError E_NO_SPACE, E_FILE_SYSTEM
 */
export async function keepRecord(
  state: string,
  { id, run, now }: { id: string; run: RunMark; now: Date },
  done: { changes: readonly Change[]; operations: readonly Operation[] },
): Promise<boolean> {
  const { changes, contents } = await recordOf(done);
  const bytes = Buffer.concat([...contents.values()]);
  if (bytes.length > MOST_BYTES) return false;
  const sizes = [...contents].map(([digest, content]) => [digest, content.length]);
  const text = JSON.stringify({ format: FORMAT, run, time: now.toISOString(), changes, sizes });
  const seal = sealOwn(KEY_FILE, text);
  if (seal === '') return false;
  const folder = path.join(state, FOLDER);
  await naming(folder, () => makeFolders(folder, 0o700));
  // Where there is no git yet there may be one later.
  await writeDurably(path.join(folder, IGNORE), Buffer.from('*\n'));
  const names = await namesIn(folder);
  const next = Number(/^\d+/.exec(names.at(-1) ?? '')?.[0] ?? 0) + 1;
  const name = `${String(next).padStart(8, '0')}-${id}-${run.id}`;
  await writeDurably(path.join(folder, `${name}.bytes`), bytes);
  await writeDurably(path.join(folder, `${name}.json`), Buffer.from(`${seal}\n${text}`));
  await syncFolder(folder);
  return true;
}

/** Removes the record of a transaction that did not happen. */
export async function dropRecord(state: string, id: string): Promise<void> {
  const folder = path.join(state, FOLDER);
  const names = await ifExists(folder, () => readdir(folder));
  const own = (names ?? []).filter(name => name.includes(`-${id}-`));
  for (const name of own) await naming(name, () => rm(path.join(folder, name), { force: true }));
  const left = names?.filter(name => !own.includes(name) && name !== IGNORE) ?? [];
  if (own.length > 0 && left.length === 0)
    await naming(folder, () => rm(folder, { recursive: true, force: true }));
}

/**
 * Lets the oldest runs go: those beyond the last twenty, and beyond what all may take. The last one stays. A run of many
 * transactions looks at all records with its first one, and then now and again: each look takes as long as there are records.
 */
export async function pruneRecords(state: string): Promise<void> {
  const folder = path.join(state, FOLDER);
  const names = await namesIn(folder);
  const [before, last] = names.slice(-2).map(runOf);
  if (last === before && Number.parseInt(names.at(-1) ?? '', 10) % LOOKED_AT_EACH !== 0) return;
  const runs = new Set<string>();
  let bytes = 0;
  for (const name of names.toReversed()) {
    bytes += await sizeOf(folder, name);
    runs.add(runOf(name));
    if (runs.size === 1 || (runs.size <= MOST_RUNS && bytes <= MOST_BYTES)) continue;
    for (const end of ['json', 'bytes']) {
      const file = path.join(folder, `${name}.${end}`);
      await naming(file, () => rm(file, { force: true }));
    }
  }
}

function runOf(name: string): string {
  return NAME.exec(`${name}.json`)?.[2] ?? '';
}

/** What can be undone, by a repository's state folder, the oldest first. What this user did not write on this machine is left out. */
export async function readRecords(state: string): Promise<UndoRecord[]> {
  if (readOwnKey(KEY_FILE) === undefined) return [];
  const folder = path.join(state, FOLDER);
  return (await namesIn(folder)).flatMap(name => {
    const header = readHeader(folder, name);
    return header ? [{ name, run: header.run, time: header.time, changes: header.changes }] : [];
  });
}

/**
 * The contents of a record by their digests.
 * @throws UserError E_JOURNAL where they are not what was written
 */
export function readContents(state: string, { name }: UndoRecord): Map<string, Buffer> {
  const folder = path.join(state, FOLDER);
  const file = path.join(folder, `${name}.bytes`);
  const bytes = readRegularFile(file, file, MOST_BYTES) ?? Buffer.alloc(0);
  const contents = new Map<string, Buffer>();
  let from = 0;
  for (const [digest, size] of readHeader(folder, name)?.sizes ?? []) {
    const content = bytes.subarray(from, (from += size));
    if (sha256Of(content) !== digest)
      throw new UserError('E_JOURNAL', say('system.recordDamaged', { file: display(file) }), {
        hint: say('system.recordCannotUndo'),
        subject: file,
      });
    contents.set(digest, content);
  }
  return contents;
}

type Header = Omit<UndoRecord, 'name'> & { sizes: [string, number][] };

async function namesIn(folder: string): Promise<string[]> {
  const names = (await ifExists(folder, () => readdir(folder))) ?? [];
  return names.flatMap(name => NAME.exec(name)?.[1] ?? []).toSorted((a, b) => (a < b ? -1 : 1));
}

/** Undefined for what this user did not write here: it came with a clone or an archive. */
function readHeader(folder: string, name: string): Header | undefined {
  const text = readOwnFile(path.join(folder, `${name}.json`), MAX_HEADER_BYTES) ?? '';
  const end = text.indexOf('\n');
  const [seal, plan] = [text.slice(0, end), text.slice(end + 1)];
  if (!isOwnSeal(KEY_FILE, seal, plan)) return undefined;
  // What bears our seal has our shape; paths are looked at all the same, since what is done with them writes.
  const header = parseJson(plan) as Header & { format: unknown };
  return header.format === FORMAT && !header.changes.some(change => pathProblem(change.path))
    ? header
    : undefined;
}

type Contents = Map<string, Uint8Array>;

async function recordOf({
  changes,
  operations,
}: {
  changes: readonly Change[];
  operations: readonly Operation[];
}): Promise<{ changes: RecordedChange[]; contents: Contents }> {
  const contents: Contents = new Map();
  const keep = (content: Uint8Array, mode: number): Kept => {
    const digest = sha256Of(content);
    contents.set(digest, content);
    return { digest, mode };
  };
  const byPath = new Map(operations.map(operation => [operation.step.path, operation]));
  const deleted = new Set(changes.flatMap(change => (change.action === 'delete' ? [change.path] : [])));
  const recorded: RecordedChange[] = [];
  for (const change of changes) {
    if (change.kind === 'folder') recorded.push(folderRecord(change));
    else recorded.push(await fileRecord(change, { operation: byPath.get(change.path), deleted, keep }));
  }
  return { changes: recorded, contents };
}

function folderRecord({ path: folder, files }: FolderCreation): RecordedChange {
  const digests = [...files].map(([name, content]) => [name, sha256Of(content)]);
  return { kind: 'folder', path: folder, files: Object.fromEntries(digests) };
}

const NEW_FILE_MODE = 0o644;
const PERMISSION_BITS = 0o777;

type Looked = {
  operation: Operation | undefined;
  deleted: ReadonlySet<string>;
  keep(content: Uint8Array, mode: number): Kept;
};

async function fileRecord(
  change: Exclude<Change, FolderCreation>,
  { operation, deleted, keep }: Looked,
): Promise<RecordedChange> {
  const file = change.path;
  const old = operation?.old;
  const mode = old && operation ? await modeOf(operation) : undefined;
  const before = old && keep(old, mode ?? NEW_FILE_MODE);
  if (change.action === 'delete')
    return { kind: 'delete', path: file, before: before ?? keep(change.before, NEW_FILE_MODE) };
  const after = keep(change.content, change.mode ?? mode ?? NEW_FILE_MODE);
  if (before) return { kind: 'update', path: file, before, after };
  const name = change.action === 'create' ? change.madeFrom?.name : undefined;
  return {
    kind: 'create',
    path: file,
    after,
    ...(name !== undefined && deleted.has(name) ? { from: name } : {}),
  };
}

async function modeOf({ folder, entry, step }: Operation): Promise<number | undefined> {
  const stats = await ifExists(step.path, () => lstat(folder.at(entry)));
  return stats && stats.mode & PERMISSION_BITS;
}

async function sizeOf(folder: string, name: string): Promise<number> {
  const file = path.join(folder, `${name}.bytes`);
  return (await ifExists(file, () => lstat(file)))?.size ?? 0;
}

/** A power cut leaves it whole, or nothing under its name. */
async function writeDurably(file: string, content: Uint8Array): Promise<void> {
  const temporary = `${file}.part`;
  await naming(file, async () => {
    await rm(temporary, { force: true });
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600, flush: true });
    await rename(temporary, file);
  });
}

async function syncFolder(folder: string): Promise<void> {
  const opened = await openRootFolder(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
