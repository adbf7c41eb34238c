import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type * as Bundle from '../bin/bundle.js';
import { makeFolder } from './support/repository.ts';

const { CODE_CACHE } = createRequire(import.meta.url)('../bin/bundle.js') as typeof Bundle;

const CLONE = path.resolve(import.meta.dirname, '..');

/** In a process of its own: a V8 that has compiled a text does not look at what it is given. */
const LOAD = `
import { readFileSync } from 'node:fs';
import { compileBundle, startBundle } from './bin/bundle.js';
const script = compileBundle(readFileSync(process.argv[1]));
const exports = startBundle(script);
console.log(script.cachedDataRejected, typeof exports.main);`;

function load(cache: string): string {
  const words = ['--input-type=module', '-e', LOAD, cache];
  return execFileSync(process.execPath, words, { cwd: CLONE, encoding: 'utf8' });
}

test('what was compiled at the build is what V8 takes', () => {
  expect(load(CODE_CACHE)).toBe('false function\n');
});

test.each([
  ['of another V8', (data: Buffer) => Buffer.from(data).fill(1, 4, 8)],
  ['of another text', (data: Buffer) => Buffer.from(data).fill(1, 8, 12)],
  ['cut', (data: Buffer) => data.subarray(0, 10)],
  ['empty', () => Buffer.alloc(0)],
])('a cache that is %s costs time, no more', (_, damage) => {
  const cache = path.join(makeFolder(), 'damaged.cache');
  writeFileSync(cache, damage(readFileSync(CODE_CACHE)));
  expect(load(cache)).toBe('true function\n');
});

test('the bundle is ASCII: it is read as bytes', () => {
  const bundle = readFileSync(path.join(CLONE, 'dist/slipway.cjs'), 'latin1');
  expect(bundle.search(/[^\0-\x7f]/)).toBe(-1);
});

test('a start loads neither the list of all emoji nor what of undici is not needed', () => {
  const bundle = readFileSync(path.join(CLONE, 'dist/slipway.cjs'), 'latin1');
  expect(bundle.includes('RGI_Emoji')).toBe(true);
  // Node's own is loaded by whoever asks for these.
  for (const name of ['globalThis.Headers', 'MockAgent', 'WebSocketStream', 'SqliteCacheStore'])
    expect([name, bundle.includes(name)]).toEqual([name, false]);
});

test('what runs before the bundle has no sentence with it, and stays small', () => {
  const before = readFileSync(path.join(CLONE, 'dist/again.cjs'), 'latin1');
  expect([before.includes('zh-CN":'), before.includes('check.')]).toEqual([false, false]);
  expect(before.length).toBeLessThan(16_000);
});

test.each([
  ['a: [', 'a bracket is opened and never closed', '括号没有闭合'],
  ['entries: &a [*a]', 'contains an alias', '含有别名'],
  ['entries: 3', 'entries is not a map of charts', '不是 chart 的映射'],
])('the thread for indexes has the few sentences with it that it says: %j', async (text, en, zh) => {
  const workerData = { bytes: Buffer.from(text), what: 'index.yaml', chart: undefined };
  const worker = new Worker(path.join(CLONE, 'dist/index-worker.js'), { workerData });
  const answer: unknown = await new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  const message = { en: expect.stringContaining(en), 'zh-CN': expect.stringContaining(zh) };
  expect(answer).toMatchObject({ refused: { message } });
  expect(statSync(path.join(CLONE, 'dist/index-worker.js')).size).toBeLessThan(300_000);
});
