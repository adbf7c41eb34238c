import { UserError } from '../../errors.ts';
import type { RendererAnswer, Job } from './protocol.ts';
import { type Ended, Worker, type WorkerOptions } from './worker.ts';
import { say } from '../../locales/say.ts';

export type WorkersOptions = WorkerOptions & { count: number; signal: AbortSignal };

export type Workers = {
  /**
   * Does a job in the next process that is free. A job that ends its process fails by itself, and others go on in a new one; a
   * job whose process somebody else ended is done again, as often as it says.
   * @throws UserError E_TOOL if the program cannot be started
   */
  do(job: Job): Promise<RendererAnswer>;
  /** Ends all processes; what they work on and what waits for them fails. */
  close(): void;
};

type Waiting = {
  job: Job;
  retries: number;
  resolve: (answer: RendererAnswer) => void;
  reject: (error: unknown) => void;
};

/** As many processes as there are jobs, up to a number. */
export function createWorkers({ count, signal, ...options }: WorkersOptions): Workers {
  const queue: Waiting[] = [];
  const idle = new Set<Worker>();
  const busy = new Set<Worker>();
  let closed: unknown;

  const next = (): void => {
    while (queue.length > 0 && busy.size < count) {
      const waiting = queue.shift();
      if (waiting) void work(freeOne(idle) ?? new Worker(options), waiting);
    }
  };
  const work = async (worker: Worker, waiting: Waiting): Promise<void> => {
    idle.delete(worker);
    busy.add(worker);
    const outcome = await worker.do(waiting.job);
    busy.delete(worker);
    if (worker.usable) idle.add(worker);
    if (closed !== undefined) waiting.reject(closed);
    else if ('answer' in outcome) waiting.resolve(outcome.answer);
    else if (outcome.ended.cause === 'other' && waiting.retries > 0)
      queue.unshift({ ...waiting, retries: waiting.retries - 1 });
    else settleEnded(waiting, outcome.ended);
    next();
  };
  const end = (reason: unknown): void => {
    closed ??= reason;
    for (const worker of busy) worker.kill();
    for (const worker of idle) worker.close();
    for (const waiting of queue.splice(0)) waiting.reject(closed);
    signal.removeEventListener('abort', abort);
  };
  const abort = (): void => end(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  return {
    do: job =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) return reject(closed);
        queue.push({ job, retries: job.retries, resolve, reject });
        next();
      }),
    close: () => end(new UserError('E_CANCELLED', say('system.rendererClosed'))),
  };
}

function freeOne(idle: Set<Worker>): Worker | undefined {
  for (const worker of idle) {
    if (worker.usable) return worker;
    idle.delete(worker);
  }
  return undefined;
}

function settleEnded({ resolve, reject }: Waiting, { reason, cause }: Ended): void {
  if (cause === 'start') reject(new UserError('E_TOOL', reason));
  else resolve({ id: 0, error: { kind: 'limit', message: reason } });
}
