import {
  type ChildProcess,
  type ChildProcessByStdio,
  type ChildProcessWithoutNullStreams,
  spawn,
} from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { systemCode, UserError } from '../../errors.ts';
import { findProgram, isExecutable } from './find-program.ts';
import { watchMemory } from './memory-watch.ts';
import { type ProgramKind, programEnv } from './program-env.ts';
import { type Box, type StartLine, startLine } from './start-line.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

/** How a program runs. Nothing else in slipway starts one. */
export type ProgramRun = {
  command: string;
  args: readonly string[];
  kind: ProgramKind;
  /** The person's environment: the program sees of it what its kind allows. */
  env: Readonly<Record<string, string | undefined>>;
  /** What it gets beside, or instead. */
  set?: Readonly<Record<string, string>>;
  cwd: string;
  input?: Uint8Array | string | undefined;
  timeoutMs: number;
  /** Ceiling of stdout, and of stderr. */
  maxBytes: number;
  /** Ceiling of its data in memory, and of that of each program that it starts. */
  memoryMib?: number;
  box?: Box | undefined;
  signal?: AbortSignal | undefined;
};

export type ProgramResult = { code: number; stdout: Buffer; stderr: string };

const DEFAULT_MEMORY_MIB = 4096;

/** What a run that ends in a hurry must not leave behind. */
const running = new Set<() => void>();
process.on('exit', () => running.forEach(kill => kill()));

/**
 * Runs a program without a shell of its own and collects what it prints. What it has started ends with it.
 * @throws UserError E_TOOL if it cannot be started, runs too long or prints too much; the signal's reason once it is aborted
 */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  run.signal?.throwIfAborted();
  const file = placeOf(run.command, run.env);
  const line = startLine({
    file,
    args: run.args,
    memoryMib: run.memoryMib ?? DEFAULT_MEMORY_MIB,
    cpuSeconds: Math.ceil((4 * run.timeoutMs) / 1000),
    box: run.box,
  });
  return collectRun(run, line);
}

function startChild(run: StandingRun, line: StartLine): ChildProcessWithoutNullStreams {
  return spawn(line.file, line.args, {
    env: { ...programEnv(run.kind, run.env), ...run.set },
    cwd: run.cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own can be ended whole. Whoever commits may be asked for a passphrase on their terminal.
    detached: run.kind !== 'commit' && process.platform !== 'win32',
    windowsHide: true,
  });
}

function collectRun(run: ProgramRun, line: StartLine): Promise<ProgramResult> {
  const { memoryMib = DEFAULT_MEMORY_MIB } = run;
  return new Promise((resolve, reject) => {
    const child = startChild(run, line);
    const kill = (): void => killGroup(child, run.kind);
    let failure: Error | undefined;
    const fail = (reason: Error): void => {
      failure ??= reason;
      kill();
      // Whatever has left the group may hold these open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const refuse = (reason: Text): void => fail(toolError(run.command, reason));
    const timer = setTimeout(
      () => refuse(say('system.noAnswerAfter', { seconds: run.timeoutMs / 1000 })),
      run.timeoutMs,
    );
    const onAbort = (): void => fail(run.signal?.reason as Error);
    run.signal?.addEventListener('abort', onAbort);
    running.add(kill);
    const stopWatch = watchMemory(child.pid, (memoryMib * 4) / 3, () => refuse(tooMuchMemory(memoryMib)));
    const end = (): void => {
      clearTimeout(timer);
      stopWatch();
      run.signal?.removeEventListener('abort', onAbort);
      running.delete(kill);
    };
    const stdout = collect(child.stdout, run.maxBytes, refuse);
    const stderr = collect(child.stderr, run.maxBytes, refuse);
    child.on('error', error => {
      end();
      reject(failure ?? startError(run.command, error));
    });
    child.on('exit', () => {
      // What a renderer or git left running keeps nothing alive; what logged the person in may be their browser.
      if (run.kind === 'renderer' || run.kind === 'fetcher' || run.kind === 'git') kill();
    });
    child.on('close', code => {
      end();
      if (failure !== undefined) reject(failure);
      else resolve(resultOf(code, stdout, stderr));
    });
    // A program that does not read its input closes the pipe; its exit code tells more than EPIPE does.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input);
  });
}

function resultOf(code: number | null, stdout: readonly Buffer[], stderr: readonly Buffer[]): ProgramResult {
  return { code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') };
}

function killGroup(child: ChildProcess, kind: ProgramKind): void {
  if (child.pid === undefined) return;
  try {
    if (kind === 'commit' || process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH' && systemCode(error) !== 'EPERM') throw error;
  }
}

function collect(stream: NodeJS.ReadableStream, limit: number, tooMuch: (reason: Text) => void): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) tooMuch(say('system.printedMoreThan', { limit }));
    else chunks.push(chunk);
  });
  return chunks;
}

/** What a program is said to have done that the system, or slipway, let have no more. */
export function tooMuchMemory(memoryMib: number): Text {
  return say('system.takesTooMuchMemory', { memoryMib });
}

function toolError(command: string, problem: Text): UserError {
  return new UserError('E_TOOL', say('text.aboutSubject', { subject: command, problem }), {
    subject: command,
  });
}

function placeOf(command: string, env: ProgramRun['env']): string {
  const file = findProgram(command, env);
  if (file === undefined) throw startError(command, notFound());
  return file;
}

/** @throws UserError E_TOOL, before anything is started, where a program is not there or is none */
export function requireProgram(command: string, env: ProgramRun['env']): void {
  if (!isExecutable(placeOf(command, env))) throw startError(command, notFound());
}

function startError(command: string, cause: Error): UserError {
  return new UserError('E_TOOL', say('system.couldNotStarted', { command, message: cause.message }), {
    hint: say('system.installPutPath', { command }),
    subject: command,
    cause,
  });
}

function notFound(): Error {
  return Object.assign(new Error('it is not on PATH'), { code: 'ENOENT' });
}

/** What cannot be done for want of a program, in words; `isMissing` knows it. */
export function missingProgram(reason: Text, subject: string): UserError {
  return new UserError('E_TOOL', reason, { subject, cause: notFound() });
}

/** A program that takes requests until it is ended. */
export type StandingProgram = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts a program of slipway's own that stays: with an empty environment, at the root of the disk, ended with this one. */
export function startProgram(file: string, args: readonly string[]): StandingProgram {
  const child = spawn(file, args, { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
  endWithThisOne(child, () => child.kill('SIGKILL'));
  return child;
}

/** What `runProgram` needs of a run, where the program stays. */
export type StandingRun = Pick<ProgramRun, 'command' | 'args' | 'kind' | 'env' | 'set' | 'cwd'>;

/** As long as a machine is up: a program that stays waits most of the time. */
const STANDING_CPU_SECONDS = 3600;

/**
 * Starts a program that stays, in the environment and the limits that `runProgram` would start it in. It ends with this one.
 * @throws UserError E_TOOL where there is none
 */
export function standProgram(run: StandingRun): StandingProgram {
  const file = placeOf(run.command, run.env);
  const limits = { memoryMib: DEFAULT_MEMORY_MIB, cpuSeconds: STANDING_CPU_SECONDS };
  const child = startChild(run, startLine({ file, args: run.args, ...limits }));
  endWithThisOne(child, () => killGroup(child, run.kind));
  return child;
}

function endWithThisOne(child: StandingProgram, kill: () => void): void {
  running.add(kill);
  child.on('close', () => running.delete(kill));
}

/** Whether this process stays as long as a program that it has started. */
export function stayWith(child: StandingProgram, wanted: boolean): void {
  // As pipes they are sockets, which the types do not say.
  for (const part of [child, child.stdin, child.stdout, child.stderr] as unknown as Socket[])
    if (wanted) part.ref();
    else part.unref();
}

export type ShellLine = {
  line: string;
  cwd: string;
  env: Record<string, string | undefined>;
  /** Whether the person's keyboard belongs to the line. What it prints goes to stderr: stdout is the tour's result. */
  interactive: boolean;
  /** Where the shell writes the folder that it ends in, so that a `cd` holds for the next line. */
  folderFile: string;
  signal: AbortSignal;
};

/** Runs one line as the person would type it, in their environment; resolves to its exit code. */
export function runLine({ line, cwd, env, interactive, folderFile, signal }: ShellLine): Promise<number> {
  return new Promise((resolve, reject) => {
    const stdio = [interactive ? 'inherit' : 'ignore', 2, 2] as const;
    const script =
      process.platform === 'win32' ? line : `trap 'pwd > "$SLIPWAY_FOLDER_FILE"' EXIT\n${line}\n`;
    const set = { ...env, SLIPWAY_FOLDER_FILE: folderFile };
    const child = spawn(script, { cwd, env: set, shell: true, stdio: [...stdio], signal });
    child.on('error', error => reject(signal.aborted ? (signal.reason as Error) : error));
    child.on('close', code => resolve(code ?? 1));
  });
}
