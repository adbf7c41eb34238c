import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { display } from '../../text/display.ts';
import { systemCode, UserError } from '../../errors.ts';
import { fileError, ifExists, naming, patiently } from '../files/file-error.ts';
import { currentHolder, stateOfHolder, type LockHolder, MAX_LOCK_BYTES, parseHolder } from './lock-holder.ts';
import type { Notice, Notify } from './notice.ts';
import { readOwnFile } from '../files/own-file.ts';
import { say } from '../../locales/say.ts';
import { makeFolders } from '../files/make-folders.ts';

const WAIT_MS = 30_000;
/** Between creating a lock file and filling it lies one system call; past this time, its run died there. */
const TORN_AFTER_MS = 2000;
const GUARD = 'lock-after-';

export type LockOptions = {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly notify: Notify;
  /** How long to wait for another run; 0 for `--no-wait`. */
  readonly waitMs?: number;
  readonly tornAfterMs?: number;
};

/**
 * Runs `work` as the only writer of the repository whose state folder this is.
 * @throws UserError E_LOCKED when another run holds the lock, or may hold it on a host that cannot be asked.
 */
export async function withLock<T>(folder: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, 'lock');
  const self = currentHolder(options.now);
  await acquire(file, { self, notify: options.notify, isTorn: tornWatch(options) }, options);
  try {
    await removeGuards(folder);
    return await work();
  } finally {
    await release(file, self, options.notify);
  }
}

type Contender = { self: LockHolder; notify: Notify; isTorn: (key: string) => boolean };

/** Who holds a lock file. A file that is not whole has no holder, but still an id. */
type Held = { id: string; holder?: LockHolder; verdict: 'alive' | 'dead' | 'elsewhere' };

type Attempt = { status: 'acquired' } | { status: 'busy'; file: string; held: Held | undefined };

// Measured by the monotonic clock: a clock that is set back cannot make the wait endless.
async function acquire(file: string, contender: Contender, options: LockOptions): Promise<void> {
  const deadline = performance.now() + (options.waitMs ?? WAIT_MS);
  for (;;) {
    options.signal.throwIfAborted();
    const attempt = await tryAcquire(file, contender);
    if (attempt.status === 'acquired') return;
    if (performance.now() >= deadline) throw lockedError(attempt.file, attempt.held);
    await sleep(5 + Math.random() * 45);
  }
}

/**
 * A dead run's lock is replaced by renaming a guard onto it. The guard's name holds the id of the dead run and the
 * guard is a lock like any other, so at most one contender owns it, and only its owner may replace that lock: two
 * contenders cannot both take it over, whenever either of them is stopped.
 */
async function tryAcquire(file: string, contender: Contender): Promise<Attempt> {
  if (await create(file, contender.self)) return { status: 'acquired' };
  const held = await readHeld(file, contender);
  if (held?.verdict !== 'dead') return { status: 'busy', file, held };
  const guard = path.join(path.dirname(file), `${GUARD}${held.id}`);
  const attempt = await tryAcquire(guard, contender);
  if (attempt.status === 'busy') return attempt;
  const unchanged = (await readHeld(file, contender))?.id === held.id;
  if (!unchanged || !(await moved(guard, file))) {
    await removeFile(guard);
    return { status: 'busy', file, held: undefined };
  }
  if (!path.basename(file).startsWith(GUARD)) contender.notify(takeoverOf(held));
  return { status: 'acquired' };
}

/** True if the file is ours. A slow writer may have lost it as torn before it was filled, hence the second look. */
async function create(file: string, self: LockHolder): Promise<boolean> {
  const folder = path.dirname(file);
  await naming(folder, () => makeFolders(folder));
  const handle = await openNew(file);
  if (!handle) return false;
  try {
    await handle.writeFile(`${JSON.stringify(self)}\n`);
  } catch (error) {
    await removeFile(file);
    throw fileError(error, file);
  } finally {
    await handle.close();
  }
  const text = readOwnFile(file, MAX_LOCK_BYTES);
  return text !== undefined && parseHolder(text)?.id === self.id;
}

/** Undefined if the file exists, or (ENOENT) if the run that just ended removed the empty folder. */
async function openNew(file: string): Promise<FileHandle | undefined> {
  try {
    return await patiently(() => open(file, 'wx', 0o644));
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file);
  }
}

async function readHeld(file: string, { self, isTorn }: Contender): Promise<Held | undefined> {
  const text = readOwnFile(file, MAX_LOCK_BYTES);
  if (text === undefined) return undefined;
  const holder = parseHolder(text);
  if (holder) return { id: holder.id, holder, verdict: stateOfHolder(holder, self) };
  const stats = await ifExists(file, () => stat(file));
  if (!stats) return undefined;
  const id = `${stats.ino}-${stats.mtimeMs}`;
  return { id, verdict: isTorn(id) ? 'dead' : 'alive' };
}

/** Tells whether an unfinished lock file was first seen long enough ago. */
function tornWatch({ tornAfterMs = TORN_AFTER_MS }: LockOptions): (key: string) => boolean {
  const seen = new Map<string, number>();
  return key => {
    const first = seen.get(key) ?? performance.now();
    seen.set(key, first);
    return performance.now() - first >= tornAfterMs;
  };
}

/** False if the guard was cleared away as void, which means that the lock has a new owner. */
async function moved(guard: string, file: string): Promise<boolean> {
  const renamed = await ifExists(file, () => rename(guard, file).then(() => true));
  return renamed === true;
}

function takeoverOf({ holder }: Held): Notice {
  const { pid, host, started } = holder ?? { pid: 0, host: 'unknown', started: 'unknown' };
  return { kind: 'lock-taken', pid, host, started };
}

/** With the lock in hand every guard is void: its owner, if it lives, sees that the lock is no longer the dead one. */
async function removeGuards(folder: string): Promise<void> {
  const names = await naming(folder, () => readdir(folder));
  for (const name of names) if (name.startsWith(GUARD)) await removeFile(path.join(folder, name));
}

async function removeFile(file: string): Promise<void> {
  await ifExists(file, () => unlink(file));
}

/** A lock that cannot be removed names a run that soon is dead: the next run takes it over. */
async function release(file: string, self: LockHolder, notify: Notify): Promise<void> {
  try {
    const text = readOwnFile(file, MAX_LOCK_BYTES);
    if (text !== undefined && parseHolder(text)?.id === self.id) await removeFile(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notify({ kind: 'leftover', path: file, reason: error.message });
  }
}

function lockedError(file: string, held: Held | undefined): UserError {
  const holder = held?.holder;
  const who = holder
    ? `process ${holder.pid} on ${display(holder.host)} since ${display(holder.started)}`
    : 'a run that has just begun';
  return new UserError('E_LOCKED', say('system.anotherSlipwayRunWritingRepository', { who }), {
    hint:
      held?.verdict === 'elsewhere'
        ? say('system.ifRunGoneDeleteRun', { file: display(file) })
        : say('system.waitUntilHasEndedThen'),
    subject: file,
  });
}
