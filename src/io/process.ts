import { spawn } from 'node:child_process';
import { UserError } from '../errors.ts';

export type ProgramRun = {
  command: string;
  args: string[];
  /** The whole environment of the program. */
  env: Record<string, string | undefined>;
  cwd?: string;
  input?: Uint8Array | string;
  timeoutMs: number;
  /** Ceiling of stdout, and of stderr. */
  maxBytes: number;
  signal?: AbortSignal;
};

export type ProgramResult = { code: number; stdout: Buffer; stderr: string };

/**
 * Runs a program without a shell and collects what it prints.
 * @throws UserError E_TOOL if it cannot be started, runs too long or prints too much.
 */
export function runProgram(run: ProgramRun): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(run.command, run.args, {
      env: run.env,
      cwd: run.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: run.signal,
    });
    const fail = (reason: string, cause?: unknown): void => {
      child.kill('SIGKILL');
      reject(new UserError('E_TOOL', `${run.command}: ${reason}`, { subject: run.command, cause }));
    };
    const timer = setTimeout(() => fail(`no answer after ${run.timeoutMs / 1000} s`), run.timeoutMs);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    collect(child.stdout, stdout, run.maxBytes, () => fail(`printed more than ${run.maxBytes} bytes`));
    collect(child.stderr, stderr, run.maxBytes, () => fail(`printed more than ${run.maxBytes} bytes`));
    child.on('error', error => {
      clearTimeout(timer);
      reject(run.signal?.aborted ? run.signal.reason : startError(run.command, error));
    });
    child.on('close', code => {
      clearTimeout(timer);
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
    // A program that does not read its input closes the pipe; its exit code tells more than EPIPE does.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input);
  });
}

function collect(stream: NodeJS.ReadableStream, into: Buffer[], limit: number, tooMuch: () => void): void {
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) tooMuch();
    else into.push(chunk);
  });
}

function startError(command: string, error: Error): UserError {
  return new UserError('E_TOOL', `${command} could not be started: ${error.message}`, {
    hint: `Install ${command} or put it on PATH.`,
    subject: command,
    cause: error,
  });
}
