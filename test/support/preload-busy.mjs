// Keeps the main thread busy for ever, once the run has begun, as input that nobody bounded might.
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  setTimeout(() => {
    for (;;);
  }, 5000);
