import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import { endOf, type Run } from './slipway.ts';

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');
const REPORT = '\u0000measured ';

export type Measured = Run & {
  /** Peak resident memory, of the process itself, in MiB. */
  peakMib: number;
  /** Seconds of processor time, of user and system. */
  cpuSeconds: number;
};

/** What an input from elsewhere may cost at most, the time on a machine that does REFERENCE in `referenceSeconds`. */
export const MOST = { peakMib: 512, cpuSeconds: 5, referenceSeconds: 0.6 };

/** Plain work of the kind that is bounded. Its own memory is collected as that of a run is. */
const REFERENCE = `
const { parseDocument } = require('yaml');
parseDocument('key: value\\n'.repeat(40000), { uniqueKeys: false });
const { userCPUTime, systemCPUTime } = process.resourceUsage();
console.log((userCPUTime + systemCPUTime) / 1e6);`;

/**
 * What was measured costs no more than it may. The time depends on the machine and on what else runs on its cores, so a run that seems
 * too slow is judged by how slow the reference is at that moment.
 */
export function expectAffordable({ peakMib, cpuSeconds }: Measured): void {
  expect(peakMib).toBeLessThan(MOST.peakMib);
  expectQuick(cpuSeconds);
}

/** What a piece of work gives that may cost no more processor time than a whole run. */
export function affordable<Result>(work: () => Result): Result {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  expectQuick((user + system) / 1e6);
  return result;
}

function expectQuick(cpuSeconds: number): void {
  if (cpuSeconds >= MOST.cpuSeconds) expect(cpuSeconds).toBeLessThan(MOST.cpuSeconds * slowness());
}

function slowness(): number {
  const seconds = Number(
    execFileSync(process.execPath, ['-e', REFERENCE], { cwd: import.meta.dirname, encoding: 'utf8' }),
  );
  return Math.max(1, seconds / MOST.referenceSeconds);
}

/** Starts the built command line, which tells at its end what it has used (`getrusage`). */
export async function measured(args: string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const child = spawn(process.execPath, ['--import', TELL, BIN, ...args], { env });
  child.stdin.end();
  const run = await endOf(child);
  const [stderr = '', told = '{}'] = run.stderr.split(REPORT);
  return { ...run, stderr, ...(JSON.parse(told) as { peakMib: number; cpuSeconds: number }) };
}

const TELL = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const told = { peakMib: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  writeSync(2, '\\0measured ' + JSON.stringify(told));
});`)}`;
