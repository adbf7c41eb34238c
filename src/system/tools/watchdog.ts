import { Worker } from 'node:worker_threads';
import { packagePath } from '../files/templates.ts';

/**
 * Ends this process from a thread of its own once `ms` milliseconds are over, whatever the main thread does then; `message` goes
 * to stderr before. A transaction that this cuts short is repaired by the next run, as after any kill.
 */
export function openWatchdog(ms: number, message: string): { close(): void } {
  const worker = new Worker(packagePath('dist/watchdog.js'), {
    workerData: { ms, message },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  worker.unref();
  // A machine that grants no thread has the timers of the main one.
  worker.on('error', () => undefined);
  return { close: () => void worker.terminate() };
}
