import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { ChangeSet } from '../../change-set.ts';
import { UserError } from '../../errors.ts';
import { type FolderTree, openFolderTree } from '../files/folder-tree.ts';
import { type OpenJournal, startJournal } from './journal.ts';
import type { Notice, Notify } from './notice.ts';
import { type Saved, saveInFolder, saveInGit } from './old-content.ts';
import type { Operation } from './operation.ts';
import { changedError, preflight } from './preflight.ts';
import { recoverLocked } from './recover.ts';
import { type LockOptions, withLock } from './repo-lock.ts';
import { openRepositoryRoot, type RepositoryRoot } from '../files/find-repository.ts';
import { stage, type Staged } from './staging.ts';
import { findStateFolder, removeEmptyStateFolder } from './state-folder.ts';
import {
  cleanUp,
  type StepTarget,
  type TemporaryNames,
  temporaryNames,
  rollBack,
  rollForward,
} from './steps.ts';
import { dropRecord, keepRecord, pruneRecords, type RunMark } from './undo-records.ts';
import {
  type CommittedContents,
  findUncommitted,
  requireNoneUncommitted,
  type Uncommitted,
} from './uncommitted.ts';
import { say } from '../../locales/say.ts';

/** The signal is honoured up to the moment when all new content is on the disk; from then on the run finishes. */
export type ApplyOptions = Omit<LockOptions, 'notify'> & {
  /** The repository's root: every path of the change set is relative to it. */
  readonly root: string;
  readonly notify?: Notify;
  /** Overwrites files that were to be created and files with uncommitted work, which is saved first. */
  readonly force?: boolean;
  /** Only the latter: for edits that keep what a person wrote; `recorded` where the record of the run keeps it. */
  readonly uncommitted?: 'refuse' | 'save' | 'recorded';
  /** What `readCommitted` said before the first of several transactions. */
  readonly committed?: CommittedContents;
  /** The run that writes, which leaves a record to be undone by; without one there is none. */
  readonly run?: RunMark;
};

/**
 * Writes a change set as one unit and returns the paths that it touched. After a failure everything is as before;
 * after a crash, `recover` makes it so, or finishes. An update or deletion only happens to the content it was
 * planned on.
 * @throws UserError E_CHANGED, E_EXISTS, E_DIRTY, E_GIT_STATE, E_SYMLINK, E_NOT_A_FILE, E_OUTSIDE, E_NAME,
 * E_CASE_COLLISION, E_LOCKED, E_NO_SPACE, E_FILE_SYSTEM.
 */
export async function applyChanges(changeSet: ChangeSet, options: ApplyOptions): Promise<string[]> {
  if (changeSet.changes.length === 0) return [];
  const repository = await openRepositoryRoot(options.root);
  const state = await findStateFolder(repository);
  const notify = options.notify ?? (() => undefined);
  try {
    return await withLock(state, { ...options, notify }, async () => {
      await recoverLocked(repository.root, state, notify);
      const tree = await openFolderTree(repository.root);
      try {
        return await write(changeSet, { repository, state, tree, notify, options });
      } finally {
        await tree.close();
      }
    });
  } finally {
    await removeEmptyStateFolder(repository);
  }
}

/** Everything that `applyChanges` checks before it writes, for a dry run. @throws UserError as `applyChanges` does. */
export async function requireApplicable(changeSet: ChangeSet, options: ApplyOptions): Promise<void> {
  const repository = await openRepositoryRoot(options.root);
  const tree = await openFolderTree(repository.root);
  try {
    await check(changeSet, { repository, tree, options });
  } finally {
    await tree.close();
  }
}

type Run = {
  readonly repository: RepositoryRoot;
  readonly state: string;
  readonly tree: FolderTree<undefined>;
  readonly notify: Notify;
  readonly options: ApplyOptions;
};

async function write(changeSet: ChangeSet, run: Run): Promise<string[]> {
  const { operations, pending, uncommitted } = await check(changeSet, run);
  if (operations.length === 0) return [];
  const id = randomBytes(8).toString('hex');
  const planned = operations.map((operation, index) => toStaged(operation, temporaryNames(id, index)));
  const saved = await saveOldContent(operations, uncommitted, { ...run, id });
  try {
    await commit(planned, { ...run, id, done: { changes: pending, operations } });
  } catch (error) {
    await saved.discard();
    throw error;
  }
  for (const notice of [...saved.notices, ...brokenLinks(planned)]) run.notify(notice);
  return pending.map(change => change.path);
}

async function check(
  changeSet: ChangeSet,
  { repository, tree, options }: Pick<Run, 'repository' | 'tree' | 'options'>,
) {
  const { force = false } = options;
  const { operations, pending } = await preflight(changeSet, { tree, force });
  const uncommitted = await findUncommitted(operations, repository, options);
  const mayReplace = options.uncommitted === 'save' || options.uncommitted === 'recorded';
  if (!force && !mayReplace) requireNoneUncommitted(uncommitted);
  return { operations, pending, uncommitted };
}

function toStaged({ step, folder, entry, content }: Operation, names: TemporaryNames): Staged {
  return { target: { step, folder, entry, ...names }, content };
}

async function saveOldContent(
  operations: readonly Operation[],
  uncommitted: readonly Uncommitted[],
  { repository, state, options, id }: Run & { id: string },
): Promise<Saved> {
  if (options.uncommitted === 'recorded') return { notices: [], discard: async () => Promise.resolve() };
  if (repository.git) return saveInGit(repository.git, uncommitted, options.signal);
  const time = options.now.toISOString().replaceAll(/[:.]/g, '-');
  return saveInFolder(path.join(state, 'backup', `${time}-${id}`), operations);
}

type Committing = Run & { id: string; done: Parameters<typeof keepRecord>[2] };

async function commit(
  planned: readonly Staged[],
  { state, notify, options, id, done }: Committing,
): Promise<void> {
  const targets = planned.map(({ target }) => target);
  const steps = targets.map(({ step }) => step);
  const journal = await startJournal(state, id, steps);
  let committing = false;
  try {
    await stage(planned, options.signal);
    await record({ state, options, id, done, notify });
    options.signal.throwIfAborted();
    committing = true;
    await journal.enter('commit');
    await rollForward(targets, requireOwn);
  } catch (error) {
    throw await undo(error, { targets, journal, committing, notify, state });
  }
  await removeTraces({ targets, journal, notify, state });
}

/** All of it is on the disk before the first target changes: a crash leaves the run with its record, or neither. */
async function record({ state, options, id, done, notify }: Omit<Committing, 'repository' | 'tree'>) {
  const { run, now } = options;
  if (run && !(await keepRecord(state, { id, run, now }, done))) notify({ kind: 'not-recorded' });
}

function requireOwn({ step }: StepTarget): void {
  throw changedError(step.path, say('system.hasChanged'));
}

type Attempt = {
  readonly state: string;
  readonly targets: readonly StepTarget[];
  readonly journal: OpenJournal;
  readonly notify: Notify;
};

/** Puts everything back, and returns the error to throw. */
async function undo(
  cause: unknown,
  { targets, journal, notify, committing, state }: Attempt & { committing: boolean },
) {
  const leftAlone: string[] = [];
  try {
    if (committing) {
      await noteRollback(journal);
      await rollBack(targets, ({ step }) => void leftAlone.push(step.path));
    }
    await dropRecord(state, journal.id);
    await cleanUp(targets, journal);
  } catch (error) {
    await journal.close();
    return notUndone(cause, error);
  }
  const foreign = leftAlone.filter(name => !(cause instanceof UserError) || cause.subject !== name);
  if (foreign.length > 0)
    notify({
      kind: 'recovered',
      direction: 'back',
      paths: targets.map(({ step }) => step.path),
      leftAlone: foreign,
    });
  return cause;
}

/** On a full disk the note may fail. It only matters to the run after a crash in the very next moments. */
async function noteRollback(journal: OpenJournal): Promise<void> {
  try {
    await journal.enter('rollback');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

function notUndone(cause: unknown, error: unknown): unknown {
  if (!(cause instanceof UserError) || !(error instanceof Error)) return cause;
  return new UserError(
    cause.code,
    say('system.undoingFailedToo', { message: cause.message, message2: error.message }),
    {
      hint: say('system.runAgainNextRunFirst'),
      ...(cause.subject === undefined ? {} : { subject: cause.subject }),
      cause: error,
    },
  );
}

/** All is written by now, so that what cannot be removed is no failure of the run. */
async function removeTraces({ targets, journal, notify, state }: Attempt): Promise<void> {
  try {
    await cleanUp(targets, journal);
    await pruneRecords(state);
  } catch (error) {
    await journal.close();
    if (!(error instanceof UserError)) throw error;
    notify({ kind: 'leftover', path: error.subject ?? '', reason: error.message });
  }
}

function brokenLinks(planned: readonly Staged[]): Notice[] {
  return planned.flatMap(({ target, content }) => {
    const links = content.kind === 'file' ? (content.file.replaced?.nlink ?? 1) : 1;
    return links > 1 ? [{ kind: 'link-broken', path: target.step.path }] : [];
  });
}
