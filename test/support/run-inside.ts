import { EventEmitter } from 'node:events';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough, Readable, type Stream } from 'node:stream';
import type { Script } from 'node:vm';
import type * as Bundle from '../../bin/bundle.js';

// CommonJS, which Node loads.
const { compileBundle, startBundle } = createRequire(import.meta.url)('../../bin/bundle.js') as typeof Bundle;

const BIN = path.resolve(import.meta.dirname, '../../bin/slipway.js');

export type Inside = { cwd: string; env: Record<string, string | undefined>; input: string };

let compiled: Script | undefined;

/**
 * Runs the built bundle as `bin/slipway.js` does, with a state of its own and as a process of its own (arguments, environment,
 * folder, streams, exit code), but inside this one: no start of Node, which is most of what a short run costs. For what only a
 * process has (signals, terminals, how it ends) there is `slipwayProcess`.
 */
export async function runInside(args: string[], inside: Inside): Promise<Run> {
  compiled ??= compileBundle();
  const { own, said } = processOf(args, inside);
  const code = await startBundle(compiled, own).main(args);
  return { code, ...said() };
}

export type Run = { code: number; stdout: string; stderr: string };

/** What this process is, but for what a process of its own would have of its own. */
function processOf(args: string[], { cwd, env, input }: Inside): { own: NodeJS.Process; said(): Said } {
  const [stdout, stderr] = [openPipe(), openPipe()];
  const folder = realpathSync(cwd);
  const replaced = {
    argv: [process.execPath, BIN, ...args],
    env: { ...env },
    cwd: () => folder,
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: stdout.pipe,
    stderr: stderr.pipe,
    exitCode: undefined,
    exit: never('exit'),
    chdir: never('chdir'),
    kill,
    ...eventsOf(new EventEmitter()),
  };
  const own = Object.create(process, ownProperties(replaced)) as NodeJS.Process;
  return { own, said: () => ({ stdout: stdout.text(), stderr: stderr.text() }) };
}

type Said = Omit<Run, 'code'>;

function ownProperties(values: Record<string, unknown>): PropertyDescriptorMap {
  const all = Object.entries(values).map(([name, value]) => [name, { value, writable: true }] as const);
  return Object.fromEntries(all);
}

/** To Node a pipe is a socket. */
function openPipe(): { pipe: Stream; text(): string } {
  const chunks: Buffer[] = [];
  const pipe = Object.assign(new PassThrough(), { connecting: false });
  pipe.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { pipe, text: () => Buffer.concat(chunks).toString() };
}

function eventsOf(events: EventEmitter): Record<string, unknown> {
  const names = ['on', 'once', 'off', 'emit', 'addListener', 'removeListener', 'removeAllListeners'] as const;
  return Object.fromEntries(names.map(name => [name, events[name].bind(events)]));
}

function never(what: string): () => never {
  return () => {
    throw new Error(`process.${what}() inside the process of the tests`);
  };
}

function kill(pid: number, signal?: string | number): true {
  if (pid === process.pid && signal !== 0) return never('kill')();
  return process.kill(pid, signal);
}
