import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A whole program, timed from outside. */
export type Contender = {
  name: string;
  command: string[];
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** Runs before each round, untimed. */
  prepare?(): void;
};

export type Measured = { name: string; milliseconds: number; mebibytes: number };

const POLL_MS = 2;

/**
 * Runs the contenders in turn, round by round, so that a drifting machine hits all alike; the medians count. Peak memory is
 * the kernel's high-water mark of the process (Linux; 0 elsewhere), without its children.
 */
export async function compare(contenders: Contender[], rounds: number): Promise<Measured[]> {
  const runs = new Map<string, { milliseconds: number; mebibytes: number }[]>(
    contenders.map(({ name }) => [name, []]),
  );
  for (let round = 0; round <= rounds; round++)
    for (const contender of contenders) {
      contender.prepare?.();
      const run = await runOnce(contender);
      if (round > 0) runs.get(contender.name)?.push(run);
    }
  return contenders.map(({ name }) => {
    const own = runs.get(name) ?? [];
    return {
      name,
      milliseconds: median(own.map(run => run.milliseconds)),
      mebibytes: median(own.map(run => run.mebibytes)),
    };
  });
}

function runOnce({
  command: [program = '', ...args],
  cwd,
  env,
}: Contender): Promise<{ milliseconds: number; mebibytes: number }> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    let peak = 0;
    const poll = setInterval(() => (peak = Math.max(peak, highWaterMark(child.pid))), POLL_MS);
    child.on('error', reject);
    child.on('close', code => {
      clearInterval(poll);
      const milliseconds = performance.now() - start;
      if (code === 0) resolve({ milliseconds, mebibytes: peak / 1024 });
      else
        reject(
          new Error(`${program} ${args.join(' ')} ended with ${code}:\n${Buffer.concat(errors).toString()}`),
        );
    });
  });
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

/** A table whose last column is the time in relation to the first row's. */
export function printTable(rows: readonly Measured[]): void {
  const [first] = rows;
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, milliseconds, mebibytes } of rows) {
    const ratio = (milliseconds / (first?.milliseconds ?? 1)).toFixed(2);
    console.log(
      `${name.padEnd(width)}  ${milliseconds.toFixed(0).padStart(6)} ms  ${mebibytes.toFixed(0).padStart(5)} MiB  ${ratio.padStart(6)} x`,
    );
  }
}
