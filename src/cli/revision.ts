/** The work tree, by the name that people give it. */
export const WORK_TREE = 'worktree';

/** One side of a preview. */
export type Revision = {
  /** As it was asked for: `main`, `worktree`. */
  name: string;
  /** Undefined for what no commit holds. */
  commit: string | undefined;
};
