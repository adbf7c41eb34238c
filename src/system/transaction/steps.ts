import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { systemCode } from '../../errors.ts';
import { digestAt, holdsExactly } from '../files/digest.ts';
import { ifExists, naming } from '../files/file-error.ts';
import type { Folder } from '../files/folder.ts';
import { inParallel } from '../../data/in-parallel.ts';
import type { JournalStep, OpenJournal } from './journal.ts';

/** Names beside a target: of the new content before the step, of the old content after it. */
export type TemporaryNames = { readonly staged: string; readonly backup: string };

/** A step, and where it happens. */
export type StepTarget = TemporaryNames & {
  readonly step: JournalStep;
  /** The open folder that holds the file or folder in question, and the name of that in it. */
  readonly folder: Folder;
  readonly entry: string;
};

/**
 * How a step stands, told by the disk alone, so that any run can go on where another one stopped. `unstaged`: still
 * to do, but the new content is missing. `foreign`: somebody else has changed the target, so it is theirs.
 */
export type StepState = 'before' | 'after' | 'unstaged' | 'foreign';

/** What link(2) says where the file system has no hard links, or has no more for this file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK']);

/** Short, so that they fit beside a name of any length. */
export function temporaryNames(id: string, index: number): TemporaryNames {
  return { staged: `.slipway-${id}-${index}.new`, backup: `.slipway-${id}-${index}.old` };
}

/** Whether a step is still to do, done, or overtaken by somebody else's change. */
export async function stepStateOf(target: StepTarget): Promise<StepState> {
  const { step } = target;
  const there = contentAt(target, target.entry);
  if (step.kind === 'delete') {
    if (there === step.before) return 'before';
    return there === 'absent' && (await entryAt(target, target.backup)) ? 'after' : 'foreign';
  }
  const staged = (await entryAt(target, target.staged)) !== undefined;
  if (there === (step.kind === 'update' ? step.before : 'absent')) return staged ? 'before' : 'unstaged';
  const ours = step.kind === 'folder' || there === step.after;
  return ours && !staged ? 'after' : 'foreign';
}

/** Does a step that stands `before`. What it replaces is kept as its backup. */
async function moveForward(target: StepTarget): Promise<void> {
  const { step, folder, entry, staged, backup } = target;
  await folder.requireUnmoved();
  if (step.kind === 'update') await keepOld(target);
  await move(target, step.kind === 'delete' ? { from: entry, to: backup } : { from: staged, to: entry });
}

/** Undoes a step that stands `after`. False if its result has been changed since, and so must stay. */
async function moveBack(target: StepTarget): Promise<boolean> {
  const { step, folder, entry, staged, backup } = target;
  if (
    step.kind === 'folder' &&
    !(await holdsExactly({ address: folder.at(entry), name: step.path }, step.files))
  )
    return false;
  await move(target, replaces(step) ? { from: backup, to: entry } : { from: entry, to: staged });
  return true;
}

/** Whether the staged content is all there: after a power cut a file may have its name but not its bytes. */
export async function isStagedWhole(target: StepTarget): Promise<boolean> {
  const { step, folder, staged } = target;
  if (step.kind === 'delete') return true;
  if (step.kind === 'folder')
    return holdsExactly({ address: folder.at(staged), name: step.path }, step.files);
  return contentAt(target, staged) === step.after;
}

/** Removes what the transaction put beside the target, whatever is there of it. */
async function removeTemporary({ step, folder, staged, backup }: StepTarget): Promise<void> {
  const remove = step.kind === 'folder' ? removeTree : unlink;
  if (step.kind !== 'delete') await ifExists(step.path, () => remove(folder.at(staged)));
  if (replaces(step)) await ifExists(step.path, () => unlink(folder.at(backup)));
}

function replaces(step: JournalStep): boolean {
  return step.kind === 'update' || step.kind === 'delete';
}

async function move({ step, folder }: StepTarget, names: { from: string; to: string }): Promise<void> {
  await naming(step.path, () => rename(folder.at(names.from), folder.at(names.to)));
}

/**
 * Gives the old content a second name, so that the target itself is the old file up to the rename that makes it
 * the new one. Where there are no hard links, a copy. What an interrupted run left of either is made again.
 */
async function keepOld({ step, folder, entry, backup }: StepTarget): Promise<void> {
  const from = folder.at(entry);
  const to = folder.at(backup);
  await ifExists(step.path, () => unlink(to));
  await naming(step.path, async () => {
    try {
      await link(from, to);
    } catch (error) {
      if (!NO_LINKS.has(systemCode(error) ?? '')) throw error;
      await copyDurably(from, to);
    }
  });
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL);
  const copy = await open(to, 'r+');
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
}

async function removeTree(address: string): Promise<void> {
  await rm(address, { recursive: true, force: true });
}

async function entryAt({ step, folder }: StepTarget, name: string): Promise<Stats | undefined> {
  return ifExists(step.path, () => lstat(folder.at(name)));
}

function contentAt({ step, folder }: StepTarget, name: string): string {
  return digestAt(folder.at(name), step.path);
}

/** Does the steps that are still to do. What somebody else has changed is left alone and told. */
export async function rollForward(
  targets: readonly StepTarget[],
  onForeign: (target: StepTarget) => void,
): Promise<void> {
  for (const target of targets) {
    const position = await stepStateOf(target);
    if (position === 'before') await moveForward(target);
    else if (position !== 'after') onForeign(target);
  }
  await syncFolders(targets);
}

/** Undoes the steps that were done, the last one first. What somebody has changed since is left alone and told. */
export async function rollBack(
  targets: readonly StepTarget[],
  onForeign: (target: StepTarget) => void,
): Promise<void> {
  for (const target of targets.toReversed()) {
    const position = await stepStateOf(target);
    const left = position === 'foreign' || (position === 'after' && !(await moveBack(target)));
    if (left) onForeign(target);
  }
  await syncFolders(targets);
}

/** Removes all that is ours, the journal last: until then another run can do it. */
export async function cleanUp(targets: readonly StepTarget[], journal: OpenJournal): Promise<void> {
  await journal.enter('clean');
  for (const target of targets) await removeTemporary(target);
  await journal.remove();
}

async function syncFolders(targets: readonly StepTarget[]): Promise<void> {
  const folders = [...new Set(targets.map(target => target.folder))];
  await inParallel(folders, folders.length, folder => folder.sync());
}
