import { parseJson } from '../../data/json.ts';
import { startProgram, type StandingProgram, stayWith } from '../tools/process.ts';
import type { RendererAnswer, Job } from './protocol.ts';
import type { Readable } from 'node:stream';

/** How a process ended with a job in its hands. */
export type Ended = {
  reason: string;
  /** `start`: there is no such program. `other`: somebody ended it, so that the job may be no reason. */
  cause: 'start' | 'job' | 'other';
};

export type JobResult = { answer: RendererAnswer } | { ended: Ended };

export type WorkerOptions = { program: string; memoryMiB: number };

/** What a process may keep of contents before a fresh one takes its place. */
const MAX_BLOB_BYTES = 128 << 20;
const MAX_ANSWER_BYTES = 512 << 20;
const MAX_STDERR_BYTES = 64 << 10;
/** A process ends its job at its limit by itself; this is for one that cannot. */
const GRACE_MS = 5_000;

/**
 * One process of the renderer, with nothing of this one's environment. It does one job at a time, and holds up nobody's exit
 * while it has none.
 */
export class Worker {
  readonly #child: StandingProgram;
  readonly #sent = new Set<string>();
  #sentBytes = 0;
  #id = 0;
  #usable = true;
  #stderr = '';
  #ended: Ended | undefined;
  #settle: ((outcome: JobResult) => void) | undefined;

  constructor({ program, memoryMiB }: WorkerOptions) {
    this.#child = startProgram(program, ['--memory', String(memoryMiB)]);
    this.#child.stderr.on('data', (chunk: Buffer) => {
      if (this.#stderr.length < MAX_STDERR_BYTES) this.#stderr += chunk.toString('utf8');
    });
    eachLine(this.#child.stdout, MAX_ANSWER_BYTES, line => this.#take(line));
    this.#child.on('error', error =>
      this.#end({ reason: `${program} could not be started: ${error.message}`, cause: 'start' }),
    );
    this.#child.on('close', (code, signal) => this.#end(endOf(this.#stderr, { code, signal, memoryMiB })));
    // A process that has ended says so by its end.
    this.#child.stdin.on('error', () => undefined);
    stayWith(this.#child, false);
  }

  /** False once it takes no further jobs. */
  get usable(): boolean {
    return this.#usable;
  }

  /** Does a job; the next one only after this has settled. Never rejects. */
  do(job: Job): Promise<JobResult> {
    return new Promise(resolve => {
      const late: Ended = { reason: `it took more than ${job.timeLimit} ms`, cause: 'job' };
      const timer = setTimeout(() => this.#kill(late), job.timeLimit + GRACE_MS);
      this.#settle = outcome => {
        clearTimeout(timer);
        stayWith(this.#child, false);
        this.#settle = undefined;
        resolve(outcome);
      };
      if (this.#ended) return this.#settle({ ended: this.#ended });
      this.#stderr = '';
      stayWith(this.#child, true);
      this.#send(job);
    });
  }

  /** Lets it end by itself. */
  close(): void {
    this.#usable = false;
    this.#child.stdin.end();
  }

  kill(): void {
    this.#kill({ reason: 'the renderer was closed', cause: 'job' });
  }

  #kill(ended: Ended): void {
    this.#end(ended);
    this.#child.kill('SIGKILL');
  }

  #end(ended: Ended): void {
    this.#usable = false;
    this.#ended ??= ended;
    this.#settle?.({ ended: this.#ended });
  }

  #take(line: string | undefined): void {
    const answer = line === undefined ? undefined : (parseJson(line) as RendererAnswer | undefined);
    if (!answer) return this.#kill({ reason: 'the renderer gave no answer that can be read', cause: 'job' });
    if (answer.id !== this.#id) return;
    if (answer.last || this.#sentBytes > MAX_BLOB_BYTES) this.close();
    this.#settle?.({ answer });
  }

  #send({ request, blobs, timeLimit }: Job): void {
    for (const [name, content] of blobs) {
      if (this.#sent.has(name)) continue;
      this.#sent.add(name);
      this.#sentBytes += content.length;
      const data = Buffer.from(content.buffer, content.byteOffset, content.length).toString('base64');
      this.#child.stdin.write(`{"op":"blobs","blobs":{"${name}":"${data}"}}\n`);
    }
    this.#id += 1;
    this.#child.stdin.write(`${JSON.stringify({ ...request, id: this.#id, timeLimit })}\n`);
  }
}

type End = { code: number | null; signal: NodeJS.Signals | null; memoryMiB: number };

function endOf(stderr: string, { code, signal, memoryMiB }: End): Ended {
  if (stderr.includes('stack overflow')) return { reason: 'it recurses too deep', cause: 'job' };
  // At its limit it may get neither memory nor a thread to look for some with.
  if (/out of memory|cannot allocate memory|failed to create new OS thread/.test(stderr))
    return { reason: `it took more than ${memoryMiB} MiB of memory`, cause: 'job' };
  if (signal) return { reason: `the renderer was ended by ${signal}`, cause: 'other' };
  const lines = stderr.trim().split('\n');
  // What Go dies of, it says first; what follows are its registers.
  const said = lines.find(line => /^(?:fatal error|panic): /.test(line));
  // For want of memory Go's runtime itself dies of anything, and says nothing but its registers.
  if (said === undefined && /^[a-z]+s? +0x[0-9a-f]+$/m.test(stderr))
    return { reason: `it crashed, as at the limit of ${memoryMiB} MiB of memory`, cause: 'job' };
  const last = said ?? lines.at(-1) ?? '';
  return { reason: `the renderer ended with exit code ${code}: ${last.slice(0, 300)}`, cause: 'job' };
}

/** Calls with each line of a stream. A line that is longer than the limit is undefined, and the last. */
function eachLine(stream: Readable, limit: number, take: (line: string | undefined) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      take(Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8'));
      rest = rest.subarray(end + 1);
      parts = [];
      size = 0;
    }
    parts.push(rest);
    size += rest.length;
    if (size <= limit) return;
    stream.removeAllListeners('data');
    take(undefined);
  });
}
