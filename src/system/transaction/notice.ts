/** What a person should hear of although the run goes on. Data, so that the caller says it in its language. */
export type Notice =
  /** The lock of a run that no longer exists was taken over. */
  | { kind: 'lock-taken'; pid: number; host: string; started: string }
  /** An interrupted run was finished, or undone; paths that somebody changed since were left alone. */
  | { kind: 'recovered'; direction: 'forward' | 'back'; paths: string[]; leftAlone: string[] }
  /** Uncommitted content was overwritten; the command brings it back. */
  | { kind: 'saved'; path: string; restore: string }
  /** The file had other names (hard links), which keep the old content. */
  | { kind: 'link-broken'; path: string }
  /** The run cannot be undone by slipway: its record would be too large, or this machine has no place for the key of it. */
  | { kind: 'not-recorded' }
  /** All is written, but something of ours could not be removed; the next run does. */
  | { kind: 'leftover'; path: string; reason: string };

export type Notify = (notice: Notice) => void;
