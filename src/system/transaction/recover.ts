import path from 'node:path';
import { UserError } from '../../errors.ts';
import { openFolderTree, type FolderTree } from '../files/folder-tree.ts';
import {
  discardJournal,
  hasJournal,
  type Journal,
  readJournal,
  reopenJournal,
  type JournalStep,
} from './journal.ts';
import type { Notice, Notify } from './notice.ts';
import { type LockOptions, withLock } from './repo-lock.ts';
import { openRepositoryRoot } from '../files/find-repository.ts';
import { findStateFolder, removeEmptyStateFolder } from './state-folder.ts';
import {
  cleanUp,
  isStagedWhole,
  stepStateOf,
  type StepTarget,
  temporaryNames,
  rollBack,
  rollForward,
} from './steps.ts';
import { dropRecord } from './undo-records.ts';

export type Recovery = Extract<Notice, { kind: 'recovered' }>;

/**
 * The journal of an interrupted or running transaction, for those who only read; it is not opened. Undefined if there is
 * none.
 */
export async function whereInterrupted(root: string): Promise<string | undefined> {
  try {
    const state = await findStateFolder(await openRepositoryRoot(root));
    return (await hasJournal(state)) ? path.join(state, 'journal') : undefined;
  } catch (error) {
    if (error instanceof UserError && error.subject !== undefined) return error.subject;
    throw error;
  }
}

/**
 * Finishes what an interrupted run left in a repository: forward if all its new content was on the disk, else back to
 * how it was. Every command that writes calls this before it reads the repository; without such a run it costs one look.
 * Undefined when there was nothing to do.
 * @throws UserError E_JOURNAL for a journal that this user did not write on this machine
 */
export async function recover(root: string, options: LockOptions): Promise<Recovery | undefined> {
  const repository = await openRepositoryRoot(root);
  const state = await findStateFolder(repository);
  if (!(await hasJournal(state))) return undefined;
  try {
    return await withLock(state, options, () => recoverLocked(repository.root, state, options.notify));
  } finally {
    await removeEmptyStateFolder(repository);
  }
}

/** Like `recover`, for a run that holds the lock. */
export async function recoverLocked(
  root: string,
  state: string,
  notify: Notify,
): Promise<Recovery | undefined> {
  const journal = await readJournal(state);
  if (journal === 'torn') await discardJournal(state);
  if (journal === undefined || journal === 'torn') return undefined;
  const tree = await openFolderTree(root);
  try {
    const recovery = await finish(journal, tree, state);
    notify(recovery);
    return recovery;
  } finally {
    await tree.close();
  }
}

async function finish(journal: Journal, tree: FolderTree<undefined>, state: string): Promise<Recovery> {
  const leftAlone: string[] = [];
  const targets: StepTarget[] = [];
  for (const [index, step] of journal.steps.entries()) {
    const target = await targetOf(step, temporaryNames(journal.id, index), tree);
    if (target) targets.push(target);
    else leftAlone.push(step.path);
  }
  const onForeign = ({ step }: StepTarget): void => void leftAlone.push(step.path);
  const direction = await directionOf(journal, targets);
  const open = await reopenJournal(state, journal);
  try {
    const phase = journal.phases.at(-1);
    if (phase === 'commit' && direction === 'forward') await rollForward(targets, onForeign);
    else if (phase === 'commit') await open.enter('rollback');
    if (direction === 'back' && (phase === 'commit' || phase === 'rollback'))
      await rollBack(targets, onForeign);
    if (direction === 'back') await dropRecord(state, journal.id);
    await cleanUp(targets, open);
  } finally {
    await open.close();
  }
  return { kind: 'recovered', direction, paths: journal.steps.map(({ path: name }) => name), leftAlone };
}

/** Undefined when the folder is gone, or has been replaced by something that is none: then nothing is ours there. */
async function targetOf(
  step: JournalStep,
  names: { staged: string; backup: string },
  tree: FolderTree<undefined>,
): Promise<StepTarget | undefined> {
  try {
    const folder = await tree.get(path.posix.dirname(step.path));
    return folder && { step, folder, entry: path.posix.basename(step.path), ...names };
  } catch (error) {
    if (error instanceof UserError && ['E_SYMLINK', 'E_NOT_A_FILE'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Forward only if every step that is left can be done: somebody may have removed our temporary files. */
async function directionOf(
  { phases }: Journal,
  targets: readonly StepTarget[],
): Promise<Recovery['direction']> {
  if (phases.includes('rollback') || !phases.includes('commit')) return 'back';
  if (phases.at(-1) === 'clean') return 'forward';
  for (const target of targets) {
    const position = await stepStateOf(target);
    if (position === 'unstaged' || (position === 'before' && !(await isStagedWhole(target)))) return 'back';
  }
  return 'forward';
}
