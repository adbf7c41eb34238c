import { spawn } from 'node:child_process';
import path from 'node:path';
import { endOf, type Run } from './slipway.ts';

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');
const REPORT = '\u0000measured ';

export type Measured = Run & {
  /** Peak resident memory, of the process itself, in MiB. */
  peakMib: number;
  /** Seconds of processor time, of user and system: what a busy machine does not change. */
  cpuSeconds: number;
};

/** What an input from elsewhere may cost at most. */
export const MOST = { peakMib: 512, cpuSeconds: 5 };

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
