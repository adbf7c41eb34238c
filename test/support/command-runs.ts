import { spawn } from 'node:child_process';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from '../../src/cli/command.ts';
import { EXIT } from '../../src/errors.ts';
import { parseFlags } from '../../src/cli/flags.ts';
import { openTerminal } from '../../src/output/terminal.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { createRedactor } from '../../src/text/redaction.ts';
import type { Session } from '../../src/cli/context.ts';
import type { Fault } from './fault.d.mts';

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');
const FAULT = path.join(import.meta.dirname, 'fault.mjs');

export type InProcess = { root: string; env: Record<string, string>; signal?: AbortSignal };

/**
 * Runs a command in this process, as `--yes --json` does; resolves to its exit code.
 * @throws what would be a bug (exit 70)
 */
export async function runCommand(
  command: Command,
  args: string[],
  { root, env, signal }: InProcess,
): Promise<number> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const said = Promise.all([text(stdout), text(stderr)]);
  const terminal = openTerminal({
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env,
    color: false,
    mayAsk: false,
  });
  const session: Session = {
    version: 'test',
    terminal,
    run: { id: '20260101-000000-0000', line: 'slipway' },
    language: 'en',
    env,
    signal: signal ?? new AbortController().signal,
    cwd: root,
    json: true,
    yes: true,
    dryRun: false,
    offline: false,
    jobs: undefined,
    deadline: new AbortController().signal,
    verbose: false,
    commands: { commands: [], load: () => Promise.reject(new Error('no commands here')) },
    secrets: createRedactor(),
    switchLanguage: () => undefined,
    t: ({ en }) => en,
  };
  try {
    return await command.run(session, parseFlags(args, command.flags));
  } catch (error) {
    const code = reportError(error, terminal, {
      json: true,
      version: 'test',
      secrets: session.secrets,
      language: 'en',
    });
    if (code === EXIT.bug) throw error;
    return code;
  } finally {
    stdout.end();
    stderr.end();
    await said;
  }
}

/** The binary with a fault in its file system; resolves to how it ended and the calls that count. */
export function runFaultyBinary(
  args: string[],
  { root, env, fault, log }: { root: string; env: Record<string, string>; fault: Fault; log: string },
): Promise<{ code: number | null; signal: string | null }> {
  const faulty = { ...env, FAULT: JSON.stringify(fault), FAULT_LOG: log };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', FAULT, BIN, ...args], {
      cwd: root,
      env: faulty,
      stdio: 'ignore',
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
}
