import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Run } from './slipway.ts';

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
export function measured(args: string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', TELL, BIN, ...args], { env });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      const [stderr = '', told = '{}'] = Buffer.concat(err).toString().split(REPORT);
      const usage = JSON.parse(told) as { peakMib: number; cpuSeconds: number };
      resolve({ code: code ?? -1, stdout: Buffer.concat(out).toString(), stderr, ...usage });
    });
    child.stdin.end();
  });
}

const TELL = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const told = { peakMib: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  writeSync(2, '\\0measured ' + JSON.stringify(told));
});`)}`;
