import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Notice } from '../../src/system/transaction/notice.ts';
import type { Fault } from './fault.d.mts';
import type { PlainChange } from './plain-change.ts';
import { makeFolder } from './repository.ts';

export type Scenario = {
  root: string;
  changes: PlainChange[];
  options?: {
    force?: boolean;
    uncommitted?: 'refuse' | 'save';
    waitMs?: number;
    tornAfterMs?: number;
    run?: { id: string; line: string };
  };
};

export type Result = {
  notices: Notice[];
  touched?: string[];
  recovered?: Notice;
  error?: { code: string; message: string; hint: string; exit: number };
};

export type RunOptions = {
  fault?: Fault;
  /** Put before `node`, for example `['setpriv', '--reuid', '65534', …]`. */
  prefix?: string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
};

export type Run = {
  /** Undefined when the process was killed. */
  result: Result | undefined;
  signal: string | null;
  code: number | null;
  stderr: string;
  /** The calls that could have been the faulty one, in order. */
  calls: string[];
};

const FAULT = path.join(import.meta.dirname, 'fault.mjs');

function buildChild(): { folder: string; child: string; fault: string } {
  const folder = makeFolder();
  const child = path.join(folder, 'apply-child.mjs');
  const entry = path.join(import.meta.dirname, 'apply-child.ts');
  buildSync({
    entryPoints: [entry],
    outfile: child,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const fault = path.join(folder, 'fault.mjs');
  copyFileSync(FAULT, fault);
  return { folder, child, fault };
}

let built: ReturnType<typeof buildChild> | undefined;
let runs = 0;

/** Applies a scenario in a process of its own: `recover`, then `applyChanges`. */
export function runApply(scenario: Scenario, options: RunOptions = {}): Promise<Run> {
  built ??= buildChild();
  const { folder, child, fault } = built;
  const input = path.join(folder, `scenario-${++runs}.json`);
  const log = path.join(folder, `calls-${runs}.log`);
  writeFileSync(input, JSON.stringify(scenario));
  writeFileSync(log, '');
  chmodSync(log, 0o666);
  const [program, ...rest] = [...(options.prefix ?? []), process.execPath];
  const preload = options.fault ? ['--import', fault] : [];
  const faulty = options.fault ? { FAULT: JSON.stringify(options.fault), FAULT_LOG: log } : {};
  const env = { ...process.env, ...options.env, ...faulty };
  return new Promise(resolve => {
    const args = [...rest, ...preload, child, input];
    const started = execFile(
      program ?? process.execPath,
      args,
      { env, cwd: options.cwd },
      (_error, stdout, stderr) => {
        const result = stdout === '' ? undefined : (JSON.parse(stdout) as Result);
        const calls = readFileSync(log, 'utf8').split('\n').slice(0, -1);
        resolve({ result, stderr, calls, signal: started.signalCode, code: started.exitCode });
      },
    );
  });
}
