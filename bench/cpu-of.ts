import { spawn } from 'node:child_process';
import path from 'node:path';
import { findTool } from '../test/support/tools.js';

/** Seconds of processor time, of user and system, of all that it starts and waits for: bash's `time`. */
export function cpuOf(command: readonly string[], home: string): Promise<number> {
  const renderer = findTool('slipway-renderer');
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    SLIPWAY_CACHE_DIR: path.join(home, 'cache'),
    SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent',
    ...(renderer === undefined ? {} : { SLIPWAY_RENDERER: renderer }),
    TIMEFORMAT: 'cpu %U %S',
  };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', 'time "$@"', 'bash', ...command], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      const text = Buffer.concat(errors).toString();
      const [, user, system] = /cpu (\d+\.\d+) (\d+\.\d+)/.exec(text) ?? [];
      if (code === 0 && user !== undefined) resolve(Number(user) + Number(system));
      else reject(new Error(`${command.join(' ')} ended with ${code}:\n${text}`));
    });
  });
}

/** A line of a table: seconds, and how many times those of another one. */
export function printCpu(name: string, seconds: number, of?: number): void {
  const ratio = of === undefined ? '' : `  ${(seconds / of).toFixed(2)} x`;
  console.log(`${name.padEnd(52)} ${seconds.toFixed(2).padStart(7)} s CPU${ratio}`);
}
