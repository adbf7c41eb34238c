import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTool } from '../test/support/tools.js';

/** Seconds of processor time, of user and system, of all that it starts: bash's `time`, and that of renderers, which end after it. */
export async function cpuOf(command: readonly string[], home: string): Promise<number> {
  const renderer = timedRenderer(home);
  const own = await timeOf(command, home, renderer?.program);
  return own + ((await renderer?.seconds()) ?? 0);
}

/** The renderer behind a script that notes its start, and at its end what it took. */
function timedRenderer(home: string): { program: string; seconds(): Promise<number> } | undefined {
  const real = findTool('slipway-renderer');
  if (real === undefined) return undefined;
  const [program, notes] = [path.join(home, 'renderer.sh'), path.join(home, 'renderer.log')];
  const timed = `{ time '${real}' "$@" 2>&3; } 3>&2 2>> '${notes}'`;
  writeFileSync(program, `#!/bin/bash\nTIMEFORMAT='took %U %S'\necho started >> '${notes}'\n${timed}\n`, {
    mode: 0o755,
  });
  rmSync(notes, { force: true });
  writeFileSync(notes, '');
  const lines = (start: string): string[] =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter(line => line.startsWith(start));
  const seconds = async (): Promise<number> => {
    // One that was killed says nothing.
    for (let waits = 0; waits < 200 && lines('took').length < lines('started').length; waits++)
      await sleep(50);
    const numbers = lines('took').flatMap(line => line.split(' ').slice(1).map(Number));
    return numbers.reduce((sum, each) => sum + each, 0);
  };
  return { program, seconds };
}

function timeOf(command: readonly string[], home: string, renderer: string | undefined): Promise<number> {
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
