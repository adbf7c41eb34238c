import { createFile, joinChangeSets, type ChangeSet } from '../../src/change-set.ts';
import type { Notice } from '../../src/system/transaction/notice.ts';
import { recover } from '../../src/system/transaction/recover.ts';
import { applyChanges, type ApplyOptions } from '../../src/system/transaction/transaction.ts';

export type Applied = { touched: string[]; notices: Notice[] };

/** Applies a change set in this process. */
export async function apply(
  root: string,
  changes: ChangeSet,
  options: Partial<ApplyOptions> = {},
): Promise<Applied> {
  const notices: Notice[] = [];
  const touched = await applyChanges(changes, { ...defaults(notices), root, ...options });
  return { touched, notices };
}

/** What every next run does first. */
export async function recoverIn(root: string): Promise<Notice[]> {
  const notices: Notice[] = [];
  await recover(root, defaults(notices));
  return notices;
}

function defaults(notices: Notice[]) {
  return {
    now: new Date('2026-06-01T12:00:00Z'),
    signal: new AbortController().signal,
    tornAfterMs: 0,
    notify: (notice: Notice) => void notices.push(notice),
  };
}

export function newFile(path: string, content = `content of ${path}\n`): ChangeSet {
  return createFile({ path, content, why: 'test' });
}

export function newFiles(...paths: string[]): ChangeSet {
  return joinChangeSets(...paths.map(path => newFile(path)));
}
