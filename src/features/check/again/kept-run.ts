import { createHash } from 'node:crypto';
import type { RendererSettings } from '../../../render/renderers.ts';
import type { FileState } from '../../../system/files/seen-table.ts';

// Read by the small program that runs before slipway itself is loaded: it takes nothing else with it.

/** What a run rests on beside files: with the same it would print the same of the same files. */
export type Circumstances = {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The width of the terminal; undefined where stdout is none. */
  columns: number | undefined;
  node: string;
};

/** Names that shells change from line to line, and that neither slipway nor what it starts reads. */
const OF_SHELLS = new Set(['_', 'SHLVL', 'PWD', 'OLDPWD']);

/** One text for the circumstances of a run; of the environment all counts. */
export function circumstancesText({ env, ...rest }: Circumstances): string {
  const variables = Object.entries(env).filter(([name]) => !OF_SHELLS.has(name));
  return JSON.stringify([rest, variables.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** A run whose answer holds as long as all that it looked at stays as it was. */
export type KeptRun = {
  /** Digest of its circumstances. */
  key: string;
  code: number;
  /** What it printed. */
  text: string;
  /** The folder of -C or the current one, and the repository that this is. */
  start: string;
  root: string;
  /** Whether anything would render, by which settings: the answer says so. */
  mayRender: boolean;
  renderer: Pick<RendererSettings, 'renderer' | 'kustomizeCommand'>;
};

/** By path, from the root or absolute; undefined where nothing was. */
export type KeptStates = ReadonlyMap<string, FileState | undefined>;

/** How many numbers a state is: both times, its size, its number. */
const NUMBERS = 4;

/** States in the order of their paths, four numbers each. */
export type StateTable = { paths: readonly string[]; numbers: Float64Array };

/** What is kept of the run in a folder: one, however often it is called with other words. */
export function keptName(cwd: string): string {
  return `kept/${createHash('sha256').update(cwd).digest('hex').slice(0, 32)}`;
}

/** What is not larger is kept. */
export const MOST_KEPT_BYTES = 32 << 20;

/** A state as the system tells it. */
type Seen = { mtimeMs: number; ctimeMs: number; size: number; ino: number };

/** What stands for the state of nothing. */
const NOTHING: Seen = { mtimeMs: -1, ctimeMs: -1, size: -1, ino: -1 };

/** How many, their numbers, then their paths. */
export function printStates(states: KeptStates): Buffer {
  const numbers = new Float64Array(1 + states.size * NUMBERS);
  numbers[0] = states.size;
  let at = 1;
  for (const state of states.values()) {
    const { mtimeMs, ctimeMs, size, ino } = state ? { ...state, ino: state.inode } : NOTHING;
    numbers.set([mtimeMs, ctimeMs, size, ino], at);
    at += NUMBERS;
  }
  return Buffer.concat([Buffer.from(numbers.buffer), Buffer.from([...states.keys()].join('\0'))]);
}

/** What `printStates` has made. */
export function parseStates(bytes: Buffer): StateTable {
  const first = Float64Array.BYTES_PER_ELEMENT;
  const count = bytes.readDoubleLE(0);
  const names = first + count * NUMBERS * Float64Array.BYTES_PER_ELEMENT;
  // Numbers of their own: where they lie in a file, eight bytes need not begin.
  const numbers = new Float64Array(new Uint8Array(bytes.subarray(first, names)).buffer);
  return { paths: count === 0 ? [] : bytes.toString('utf8', names).split('\0'), numbers };
}

/** A line of JSON, then the states. */
export function printKeptRun(run: KeptRun, states: KeptStates): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(run)}\n`), printStates(states)]);
}

/** What `printKeptRun` has made. */
export function parseKeptRun(bytes: Buffer): { run: KeptRun; states: StateTable } {
  const end = bytes.indexOf('\n') + 1;
  const run = JSON.parse(bytes.toString('utf8', 0, end)) as KeptRun;
  return { run, states: parseStates(bytes.subarray(end)) };
}

/** Whether what is seen of each path now is what was seen. */
export function isUnchanged(
  { paths, numbers }: StateTable,
  look: (path: string) => Seen | undefined,
): boolean {
  for (let index = 0; index < paths.length; index++) {
    const { mtimeMs, ctimeMs, size, ino } = look(paths[index] ?? '') ?? NOTHING;
    const at = index * NUMBERS;
    if (mtimeMs !== numbers[at] || ctimeMs !== numbers[at + 1]) return false;
    if (size !== numbers[at + 2] || ino !== numbers[at + 3]) return false;
  }
  return true;
}
