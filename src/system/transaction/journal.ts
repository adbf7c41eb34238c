import { constants } from 'node:fs';
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises';
import path from 'node:path';
import { display } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { pathProblem } from '../../text/file-name.ts';
import { ifExists, naming } from '../files/file-error.ts';
import { openRootFolder } from '../files/folder.ts';
import { isOwnSeal, sealOwn } from '../files/own-key.ts';
import { readOwnFile } from '../files/own-file.ts';
import { parseJson } from '../../data/json.ts';
import { say } from '../../locales/say.ts';

/** One rename of a transaction. Digests say which content is the old and which the new one. */
export type JournalStep =
  | { kind: 'create'; path: string; after: string }
  | { kind: 'update'; path: string; before: string; after: string }
  | { kind: 'delete'; path: string; before: string }
  /** A folder that did not exist, with the digest of each file in it. */
  | { kind: 'folder'; path: string; files: Record<string, string> };

/**
 * How far a transaction came.
 * `staging`: new content is being written beside its targets, which are untouched.
 * `commit`: all of it is on disk; every target will be replaced, now or by the next run.
 * `rollback`: a target could not be replaced; those that were are being put back.
 * `clean`: the targets are final; only our own temporary files remain.
 */
type Phase = 'staging' | 'commit' | 'rollback' | 'clean';

/** What an interrupted run left: its steps and the phases that it reached, the latest last. */
export type Journal = { id: string; steps: JournalStep[]; phases: Phase[] };

export type OpenJournal = {
  readonly id: string;
  /** Notes a phase; returns once a power cut cannot take the note back, unless it is `clean`. */
  enter(phase: Exclude<Phase, 'staging'>): Promise<void>;
  close(): Promise<void>;
  remove(): Promise<void>;
};

const FORMAT = 2;
const FILE = 'journal';
/** 1000 changed files and the charts of an app, ten thousand files each, by their longest names. */
const MAX_BYTES = 32 << 20;
// A link that has taken the journal's place since it was read is not written through.
const APPEND = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);
const PHASES: readonly string[] = ['commit', 'rollback', 'clean'] satisfies Phase[];

/** Notes the steps, durably, before anything else is written. */
export async function startJournal(
  folder: string,
  id: string,
  steps: readonly JournalStep[],
): Promise<OpenJournal> {
  const file = path.join(folder, FILE);
  const handle = await naming(file, () => open(file, 'ax', 0o644));
  try {
    const plan = planText(id, steps);
    const seal = sealJournal(plan);
    await naming(file, () => note(handle, JSON.stringify({ format: FORMAT, id, steps, seal })));
    await syncNameOf(file);
  } catch (error) {
    await handle.close();
    await discardJournal(folder);
    throw error;
  }
  return toOpenJournal(file, handle, id);
}

/** Continues the journal of an interrupted run. */
export async function reopenJournal(folder: string, { id }: Journal): Promise<OpenJournal> {
  const file = path.join(folder, FILE);
  return toOpenJournal(file, await naming(file, () => open(file, APPEND)), id);
}

/**
 * The journal of an interrupted run. `torn` when that run ended before its steps were noted, so that it had
 * written nothing else.
 * @throws UserError E_JOURNAL for one that this user did not write on this machine, E_FILE_SYSTEM for one that this
 * version does not understand, E_SYMLINK, E_NOT_A_FILE
 */
export async function readJournal(folder: string): Promise<Journal | 'torn' | undefined> {
  const file = path.join(folder, FILE);
  const text = readOwnFile(file, MAX_BYTES);
  if (text === undefined) return undefined;
  // A line without its end was interrupted: it was never relied on.
  const [plan, ...notes] = text
    .split('\n')
    .slice(0, -1)
    .filter(line => line !== '');
  if (plan === undefined) return 'torn';
  const { id, steps } = parsePlan(plan, file);
  requireOwn(parseJson(plan), { file, id, steps });
  const phases = notes.filter(line => PHASES.includes(line)) as Phase[];
  return { id, steps, phases: ['staging', ...phases] };
}

/** Whether an interrupted or running transaction has a journal there. */
export async function hasJournal(folder: string): Promise<boolean> {
  const file = path.join(folder, FILE);
  return (await ifExists(file, () => lstat(file))) !== undefined;
}

/** Removes a journal that holds nothing to do. */
export async function discardJournal(folder: string): Promise<void> {
  const file = path.join(folder, FILE);
  await ifExists(file, () => unlink(file));
}

function toOpenJournal(file: string, handle: FileHandle, id: string): OpenJournal {
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await handle.close();
    closed = true;
  };
  return {
    id,
    enter: phase => naming(file, () => (phase === 'clean' ? append(handle, phase) : note(handle, phase))),
    close,
    remove: async () => {
      await close();
      await naming(file, () => unlink(file));
    },
  };
}

async function note(handle: FileHandle, line: string): Promise<void> {
  await append(handle, line);
  await handle.sync();
}

/** Begins with a line end of its own, so that a note cut short before it does no harm. */
async function append(handle: FileHandle, line: string): Promise<void> {
  await handle.writeFile(`\n${line}\n`);
}

/** The state folder may be new itself, hence also the name of the folder. */
async function syncNameOf(file: string): Promise<void> {
  for (const folder of [path.dirname(file), path.dirname(path.dirname(file))]) {
    const opened = await openRootFolder(folder);
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  }
}

function parsePlan(line: string, file: string): { id: string; steps: JournalStep[] } {
  const plan = parseJson(line);
  if (isPlan(plan)) return plan;
  throw new UserError('E_FILE_SYSTEM', say('system.notWrittenVersionSlipway', { file: display(file) }), {
    hint: say('system.letVersionWroteFinishRun'),
    subject: file,
  });
}

/** What the seal is over. */
function planText(id: string, steps: readonly JournalStep[]): string {
  return JSON.stringify({ format: FORMAT, id, steps });
}

/** A journal moves and removes files; one that came with a clone or an archive must not. */
function requireOwn(plan: unknown, own: { file: string; id: string; steps: JournalStep[] }): void {
  const { seal } = Object(plan) as Record<string, unknown>;
  if (isOwnSeal(KEY_FILE, seal, planText(own.id, own.steps))) return;
  throw new UserError('E_JOURNAL', say('system.notWrittenYouMachine', { file: display(own.file) }), {
    hint: say('system.ifYourOwnRunInterrupted'),
    subject: own.file,
  });
}

function isPlan(plan: unknown): plan is { id: string; steps: JournalStep[] } {
  const { format, id, steps } = Object(plan) as Record<string, unknown>;
  return format === FORMAT && typeof id === 'string' && /^[0-9a-f]{16}$/.test(id) && isList(steps, isStep);
}

function isList(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function isStep(step: unknown): boolean {
  const { kind, path: target, before, after, files } = Object(step) as Record<string, unknown>;
  if (typeof target !== 'string' || pathProblem(target) !== undefined) return false;
  if (kind === 'folder')
    return Object.entries(Object(files)).every(([name, digest]) => !pathProblem(name) && isDigest(digest));
  if (kind === 'update') return isDigest(before) && isDigest(after);
  return (kind === 'create' && isDigest(after)) || (kind === 'delete' && isDigest(before));
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

const KEY_FILE = 'journal.key';

/**
 * What proves that a journal was written by this user on this machine; '' where no key can be kept. Not bound to the
 * folder: a work tree may be moved, and a plan only touches paths below it that hold what it says.
 */
export function sealJournal(plan: string): string {
  return sealOwn(KEY_FILE, plan);
}
