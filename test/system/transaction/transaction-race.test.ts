import { mkdirSync, openSync, readFileSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test, vi } from 'vitest';
import { type ChangeSet, createFile, joinChangeSets, updateFile } from '../../../src/change-set.ts';
import { UserError } from '../../../src/errors.ts';
import { apply } from '../../support/apply.ts';
import { makeFolder } from '../../support/repository.ts';

// Many processes or runs in one test: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 });

const ROUNDS = 1000;

/** Puts a link in the place of a folder and the folder back, again and again, until it is told to end. */
const SWAPPER = `
  const { renameSync, rmSync, symlinkSync, unlinkSync } = require('node:fs');
  const { folder, outside, flag } = require('node:worker_threads').workerData;
  const pause = () => Atomics.wait(flag, 0, 0, Math.random() * 3);
  // In the moment without any folder the run may make a new one, at any time.
  const put = place => {
    for (;;) {
      rmSync(folder, { recursive: true, force: true });
      try {
        return place();
      } catch (error) {
        if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error;
      }
    }
  };
  while (Atomics.load(flag, 0) === 0) {
    renameSync(folder, folder + '.away');
    put(() => symlinkSync(outside, folder));
    pause();
    unlinkSync(folder);
    put(() => renameSync(folder + '.away', folder));
    pause();
  }
`;

async function whileSwapping(folder: string, outside: string, work: () => Promise<void>): Promise<void> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(SWAPPER, { eval: true, workerData: { folder, outside, flag } });
  const ended = new Promise<unknown>(resolve => worker.once('exit', resolve).once('error', resolve));
  await work();
  Atomics.store(flag, 0, 1);
  expect(await ended).toBe(0);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof UserError ? error.code : Promise.reject(error)),
  );
}

function changesOf(round: number, before: string): ChangeSet {
  return joinChangeSets(
    updateFile({ path: 'app/k', before, content: String(round), why: 'test' }),
    createFile({ path: `app/new-${round}/x`, content: 'x', why: 'test' }),
    createFile({ path: `app/file-${round}`, content: 'x', why: 'test' }),
  );
}

// Elsewhere folders cannot be reached by descriptor: what is left is to look again right before each rename.
describe.runIf(process.platform === 'linux')('F08 a folder is swapped for a link during the run', () => {
  test(`${ROUNDS} writes: nothing is ever made outside, not even for a moment`, async () => {
    const [root, outside] = [makeFolder(), makeFolder()];
    const app = path.join(root, 'app');
    mkdirSync(app);
    writeFileSync(path.join(app, 'k'), 'before');
    writeFileSync(path.join(outside, 'k'), 'before');
    const real = `/proc/self/fd/${openSync(app, 'r')}/k`;
    const seen: string[] = [];
    const watcher = watch(outside, (event, name) => void seen.push(`${event} ${name}`));
    const codes: string[] = [];
    await whileSwapping(app, outside, async () => {
      for (let round = 0; round < ROUNDS; round++)
        codes.push(await codeOf(apply(root, changesOf(round, readFileSync(real, 'utf8')))));
    });
    watcher.close();
    expect(seen).toEqual([]);
    expect(readFileSync(path.join(outside, 'k'), 'utf8')).toBe('before');
    expect(new Set(codes).size).toBeGreaterThan(2);
    expect(codes.filter(code => code === 'done').length).toBeGreaterThan(10);
  });
});
