// Keeps the main thread busy for ever, soon after the start, as input that nobody bounded might.
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  setTimeout(() => {
    for (;;);
  }, 700);
