import { Worker } from 'node:worker_threads';

// The worker looks twice a second; what stands still for too long is saved and the process ended.
const WATCH = `
const { workerData: { shared, size, limitMs, file, line } } = require('node:worker_threads');
const fs = require('node:fs');
const [number, length] = [0, 1];
const header = new Int32Array(shared, 0, 2);
let last = -1, since = Date.now();
setInterval(() => {
  const now = Atomics.load(header, number);
  if (now !== last) [last, since] = [now, Date.now()];
  if (now < 0 || Date.now() - since < limitMs) return;
  fs.writeFileSync(file, Buffer.from(shared, 8, Math.min(size, Atomics.load(header, length))));
  fs.writeSync(2, 'input ' + now + ' did not end in ' + limitMs + ' ms. Replay it:\\n  ' + line + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, 500);
`;

const SIZE = 1 << 20;

type Watching = { limitMs: number; file: string; line: string };

/** Ends this process when one input takes too long, and saves that input; nothing in the loop's own thread could. */
export function watch(options: Watching): { before(input: Buffer, number: number): void; end(): void } {
  const shared = new SharedArrayBuffer(8 + SIZE);
  const header = new Int32Array(shared, 0, 2);
  const bytes = new Uint8Array(shared, 8);
  header[0] = -1;
  const worker = new Worker(WATCH, { eval: true, workerData: { shared, size: SIZE, ...options } });
  worker.unref();
  return {
    before(input, number) {
      bytes.set(input.subarray(0, SIZE));
      Atomics.store(header, 1, input.length);
      Atomics.store(header, 0, number);
    },
    end: () => Atomics.store(header, 0, -1),
  };
}
