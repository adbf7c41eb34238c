import { inParallel } from '../tools/in-parallel.ts';
import type { OpenJournal } from './journal.ts';
import { moveBack, moveForward, positionOf, removeTemporary, type Target } from './steps.ts';

/** Does the steps that are still to do. What somebody else has changed is left alone and told. */
export async function rollForward(
  targets: readonly Target[],
  onForeign: (target: Target) => void,
): Promise<void> {
  for (const target of targets) {
    const position = await positionOf(target);
    if (position === 'before') await moveForward(target);
    else if (position !== 'after') onForeign(target);
  }
  await syncFolders(targets);
}

/** Undoes the steps that were done, the last one first. What somebody has changed since is left alone and told. */
export async function rollBack(
  targets: readonly Target[],
  onForeign: (target: Target) => void,
): Promise<void> {
  for (const target of targets.toReversed()) {
    const position = await positionOf(target);
    const left = position === 'foreign' || (position === 'after' && !(await moveBack(target)));
    if (left) onForeign(target);
  }
  await syncFolders(targets);
}

/** Removes all that is ours, the journal last: until then another run can do it. */
export async function cleanUp(targets: readonly Target[], journal: OpenJournal): Promise<void> {
  await journal.enter('clean');
  for (const target of targets) await removeTemporary(target);
  await journal.remove();
}

async function syncFolders(targets: readonly Target[]): Promise<void> {
  const folders = [...new Set(targets.map(target => target.folder))];
  await inParallel(folders, folders.length, folder => folder.sync());
}
