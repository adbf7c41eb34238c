export type Fault = {
  /** Which call, from 1; or every one `from` there on. */
  at?: number;
  from?: number;
  /**
   * `kill-before`, `kill-after`, `kill-half` (of a write), `SIGINT`, `SIGTERM`, `shell` or `run` (does that and goes
   * on), or the error code to fail with.
   */
  kind?: string;
  command?: string;
  run?: () => void;
  /** Only these calls count. */
  calls?: string[];
  /** Calls that only read count too. */
  reads?: boolean;
};

/** Returns what takes the fault away again. */
export function installFault(fault: Fault, note?: (call: string) => void): () => void;
