import {
  type ChangeSet,
  createFile,
  createFolder,
  deleteFile,
  joinChangeSets,
  updateFile,
} from '../../src/change-set.ts';

/** A change of a ChangeSet, as JSON. */
export type PlainChange =
  | { path: string; content: string; mode?: number }
  | { path: string; content: string; before: string }
  | { path: string; before: string }
  | { path: string; files: Record<string, string> };

const why = 'test';

export function toChangeSet(changes: readonly PlainChange[]): ChangeSet {
  return joinChangeSets(
    ...changes.map(change => {
      if ('files' in change)
        return createFolder({ ...change, files: new Map(Object.entries(change.files)), why });
      if (!('content' in change)) return deleteFile({ ...change, why });
      return 'before' in change ? updateFile({ ...change, why }) : createFile({ ...change, why });
    }),
  );
}
