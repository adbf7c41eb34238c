import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A whole program, timed from outside. */
export type Contender = {
  name: string;
  command: string[];
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** Runs before each round, untimed. */
  prepare?(): void | Promise<void>;
};

/** `cpu` is processor time, of what the program starts too: what other work on the machine changes least. */
export type Measured = Run & { name: string };

type Run = { cpu: number; wall: number; mebibytes: number };

/**
 * Node's own start, in what contenders are given of the environment: to read the certificates that NODE_EXTRA_CA_CERTS names would
 * more than double it.
 */
export const NODE_ALONE = {
  name: 'node -e 0',
  command: [process.execPath, '-e', '0'],
  env: { PATH: process.env['PATH'] },
} satisfies Contender;

const POLL_MS = 2;

/**
 * Runs the contenders in turn, round by round, so that a drifting machine hits all alike: the medians count, of processor
 * time, which the kernel tells in steps, the mean. Peak memory is the kernel's high-water mark of the process, without its children
 * (Linux; 0 elsewhere, as processor time).
 */
export async function compare(contenders: Contender[], rounds: number): Promise<Measured[]> {
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const contender of contenders) {
      await contender.prepare?.();
      const run = await runOnce(contender);
      if (round > 0) runs.get(contender.name)?.push(run);
    }
  return contenders.map(({ name }) => {
    const own = runs.get(name) ?? [];
    return {
      name,
      cpu: own.reduce((sum, run) => sum + run.cpu, 0) / own.length,
      wall: median(own.map(run => run.wall)),
      mebibytes: median(own.map(run => run.mebibytes)),
    };
  });
}

let profiles: string | undefined;

/** From here on each program of Node writes a CPU profile into a folder; what it takes then is not to be compared. */
export function profileInto(folder: string): void {
  profiles = folder;
}

function profiled(command: readonly string[]): string[] {
  const [program = '', ...args] = command;
  if (profiles === undefined || program !== process.execPath) return [...command];
  return [program, '--cpu-prof', `--cpu-prof-dir=${profiles}`, ...args];
}

function runOnce({ command, cwd, env }: Contender): Promise<Run> {
  const [program = '', ...args] = profiled(command);
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const before = cpuOfChildren();
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    let peak = 0;
    const poll = setInterval(() => (peak = Math.max(peak, highWaterMark(child.pid))), POLL_MS);
    child.on('error', reject);
    child.on('close', code => {
      clearInterval(poll);
      const wall = performance.now() - start;
      if (code === 0) resolve({ cpu: cpuOfChildren() - before, wall, mebibytes: peak / 1024 });
      else
        reject(
          new Error(`${program} ${args.join(' ')} ended with ${code}:\n${Buffer.concat(errors).toString()}`),
        );
    });
  });
}

/** Milliseconds of all children that have ended; fields 16 and 17 of proc(5)'s stat, in hundredths of a second. */
function cpuOfChildren(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 10 * (Number(fields[13]) + Number(fields[14]));
  } catch {
    return 0;
  }
}

/** VmHWM in KiB; 0 once the process is gone, or where there is no /proc. */
function highWaterMark(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A table whose last column is the processor time in relation to the first row's. */
export function printTable(rows: readonly Measured[]): void {
  const [first] = rows;
  const width = Math.max(...rows.map(({ name }) => name.length));
  const row = (name: string, cells: readonly string[]): void =>
    console.log([name.padEnd(width), ...cells.map(cell => cell.padStart(9))].join('  '));
  row('', ['CPU', 'wall', 'peak', 'CPU']);
  for (const { name, cpu, wall, mebibytes } of rows)
    row(name, [
      `${cpu.toFixed(0)} ms`,
      `${wall.toFixed(0)} ms`,
      `${mebibytes.toFixed(0)} MiB`,
      `${(cpu / (first?.cpu || 1)).toFixed(2)} x`,
    ]);
}
