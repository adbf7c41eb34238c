import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolders, makeFoldersSync } from '../../../src/system/files/make-folders.ts';
import { makeFolder } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const WAYS = [
  ['at once', async (folder: string, mode?: number) => makeFoldersSync(folder, mode)],
  ['in turn', makeFolders],
] as const;

test.each(WAYS)('folders within folders, %s, also those that are there', async (_, make) => {
  const root = makeFolder();
  for (const name of ['', 'a/b/c', 'a/b/c', 'a/d']) await make(path.join(root, name), 0o700);
  expect(statSync(path.join(root, 'a/b/c')).mode & 0o777).toBe(0o700);
  writeFileSync(path.join(root, 'file'), '');
  await expect(make(path.join(root, 'file'))).rejects.toThrow('EEXIST');
  await expect(make(path.join(root, 'file/x'))).rejects.toThrow('ENOTDIR');
});

test('several at once', async () => {
  const root = makeFolder();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => makeFolders(path.join(root, `a/b/${index % 3}`))),
  );
  expect(readdirSync(path.join(root, 'a/b'))).toEqual(['0', '1', '2']);
});

const hasProc = process.platform === 'linux';

test.runIf(hasProc).each(WAYS)('F16 where nobody can make one it ends, %s', async (_, make) => {
  await expect(make('/proc/slipway/cache')).rejects.toThrow('ENOENT');
});

test.runIf(hasProc).each(['SLIPWAY_CACHE_DIR', 'XDG_STATE_HOME'])(
  'F16 a run with %s below /proc ends',
  async name => {
    const env = testEnv(makeFolder(), { [name]: '/proc/x' }) as Record<string, string>;
    const chart = ['--image', 'docker.io/library/nginx:1.29', '--port', '80', '--route', 'none'];
    const args = ['new-app', 'web', ...chart, '--demo', path.join(makeFolder(), 'fleet'), '--yes'];
    const { code, stderr } = await slipway(args, { env });
    expect([code, stderr]).toEqual([0, stderr]);
    expect(stderr.includes('the cache /proc/x is not used')).toBe(name === 'SLIPWAY_CACHE_DIR');
  },
);

test('nothing else makes folders in that way', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  );
  const makes = files.filter(name =>
    /mkdir(?:Sync)?\([^;]*recursive: true/.test(readFileSync(path.join('src', name), 'utf8')),
  );
  expect(makes).toEqual([]);
});
