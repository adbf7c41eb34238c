import { Worker } from 'node:worker_threads';
import { UserError } from '../../errors.ts';
import { createLimiter } from '../http/request-limiter.ts';
import { say } from '../../locales/say.ts';

export type Bounds = {
  /** What the data is called in an error. */
  what: string;
  signal: AbortSignal | undefined;
  /** Of the program's own objects. */
  memoryMib: number;
  ms: number;
};

/** One at a time: their memory adds up. */
const slots = createLimiter(1);

/**
 * Lets a module of the package work on data in a thread of its own, which ends with its answer, with the run, or when it has
 * taken more than its memory or time.
 * @throws UserError E_YAML_LIMIT, E_CANCELLED
 */
export function runInWorker(module: string, data: unknown, bounds: Bounds): Promise<unknown> {
  return slots.run('all', () => runOne(module, data, bounds));
}

async function runOne(
  module: string,
  data: unknown,
  { what, signal, memoryMib, ms }: Bounds,
): Promise<unknown> {
  signal?.throwIfAborted();
  const resourceLimits = { maxOldGenerationSizeMb: memoryMib, maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(module, { workerData: data, resourceLimits, execArgv: [] });
  const tooLong = (): UserError =>
    new UserError('E_YAML_LIMIT', say('system.takesMoreThanSRead', { what, ms: ms / 1000 }));
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  try {
    return await new Promise<unknown>((resolve, reject) => {
      timer = setTimeout(() => reject(tooLong()), ms);
      abort = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      worker.once('message', resolve);
      worker.once('error', error => reject(workerFailure(error, what)));
      worker.once('exit', () =>
        reject(new UserError('E_YAML_LIMIT', say('system.cannotReadWithinLimits', { what }))),
      );
    });
  } finally {
    clearTimeout(timer);
    if (abort) signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}

function workerFailure(error: unknown, what: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new UserError('E_YAML_LIMIT', say('system.takesMoreMemoryThanFile', { what }));
}
