import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** The stderr of a thread goes through the main one: this is that of the process. */
const STDERR = 2;
/** Nothing stops a main thread that computes, its own timers least of all: so the process is ended from here. */
const { ms, message } = workerData as { ms: number; message: string };
setTimeout(() => {
  try {
    writeSync(STDERR, message);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, ms);
