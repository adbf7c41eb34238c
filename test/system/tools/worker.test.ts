import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runInWorker } from '../../../src/system/tools/worker.ts';
import { makeFolder } from '../../support/repository.ts';

/** A module that works on its data. */
function module(body: string): string {
  const file = path.join(makeFolder(), 'work.mjs');
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads';\n${body}\n`);
  return file;
}

const BOUNDS = { what: 'index.yaml', signal: undefined, memoryMib: 32, ms: 300 };

test('work that ends gives its answer', async () => {
  const twice = module('parentPort.postMessage(workerData * 2);');
  expect(await runInWorker(twice, 21, { ...BOUNDS, ms: 20_000 })).toBe(42);
});

test('Y20 a parse that does not end is stopped, and the next one works', async () => {
  const endless = module('for (;;) ;');
  await expect(runInWorker(endless, '', BOUNDS)).rejects.toMatchObject({
    code: 'E_YAML_LIMIT',
    message: expect.stringContaining('0.3'),
  });
  expect(await runInWorker(module('parentPort.postMessage(1);'), '', { ...BOUNDS, ms: 20_000 })).toBe(1);
});

test('Y20 a parse that takes all memory is stopped', async () => {
  const greedy = module('const kept = []; for (;;) kept.push({ of: [kept.length] });');
  await expect(runInWorker(greedy, '', { ...BOUNDS, ms: 20_000 })).rejects.toMatchObject({
    code: 'E_YAML_LIMIT',
    message: expect.stringContaining('memory'),
  });
});

test('Y20 Ctrl-C ends a parse', async () => {
  const abort = new AbortController();
  const run = runInWorker(module('for (;;) ;'), '', { ...BOUNDS, ms: 20_000, signal: abort.signal });
  setTimeout(() => abort.abort(new Error('ended')), 100);
  await expect(run).rejects.toThrow('ended');
});
