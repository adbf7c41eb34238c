import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveHttp } from '../support/http-server.ts';
import { makeFolder, readLeftovers, readTree } from '../support/repository.ts';
import { demoRepository, slipwayProcess, testEnv, endOf } from '../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');

function env(more: Record<string, string> = {}): Record<string, string> {
  return testEnv(makeFolder(), more) as Record<string, string>;
}

test('N22 an interrupt during a download ends with 130, and nothing is written', async () => {
  let asked = (): void => undefined;
  const request = new Promise<void>(resolve => (asked = resolve));
  const server = await serveHttp({ '/index.yaml': () => asked() });
  onTestFinished(() => server.close());
  const root = demoRepository();
  const before = readTree(root);
  const child = spawn(process.execPath, [BIN, 'new-app', '-C', root, '--chart', 'a', '--repo', server.url], {
    env: env(),
  });
  const ended = new Promise(resolve => child.on('close', resolve));
  await request;
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readTree(root)).toEqual(before);
  expect(readLeftovers(root)).toEqual([]);
});

test('H14 a reader that goes away is no failure', async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${BIN}" new-app --help | head -1; echo ok`], {
    env: env(),
  });
  const { stdout, stderr } = await endOf(child);
  expect([stdout, stderr]).toEqual(['slipway new-app [name]\nok\n', '']);
});

test.runIf(process.platform === 'linux')('H14 a result that cannot be printed is no success', async () => {
  const child = spawn(process.execPath, [BIN, '--help'], {
    env: env(),
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  const { code, stderr } = await endOf(child);
  expect(code).toBe(6);
  expect(stderr).toContain('error[E_NO_SPACE]');
});

test.each([
  [['nonsense'], 2],
  [['new-app', '--nonsense'], 2],
  [['new-app', 'a', 'b'], 2],
  [['new-app', '--lang', 'fr'], 2],
  [[], 2],
  [['--help'], 0],
  [['help'], 0],
  [['--version'], 0],
  [['new-app', '--help'], 0],
])('slipway %j ends with %d', async (args, code) => {
  expect((await slipwayProcess(args, { env: env() })).code).toBe(code);
});

test('outside of a repository the error says how to name one', async () => {
  const result = await slipwayProcess(['new-app', '--chart', 'a'], { cwd: makeFolder(), env: env() });
  expect([result.code, result.stderr.includes('E_NO_REPOSITORY'), result.stderr.includes('--demo')]).toEqual([
    2,
    true,
    true,
  ]);
});

test('F15 without HOME and a cache folder the run works', async () => {
  const { HOME: _, SLIPWAY_CACHE_DIR: __, ...bare } = env();
  const root = path.join(makeFolder(), 'demo');
  const result = await slipwayProcess(['new-app', `--demo=${root}`, '--chart', 'kiosk', '--yes'], {
    env: { ...bare, XDG_CACHE_HOME: '/dev/null' },
  });
  expect(result.code).toBe(0);
  expect(result.stderr).toContain('is not used');
});

test('a cache in a place of another is not used, and said so', async () => {
  const result = await slipwayProcess(
    ['new-app', `--demo=${path.join(makeFolder(), 'd')}`, '--chart', 'kiosk', '--yes'],
    { env: env({ SLIPWAY_CACHE_DIR: '/' }) },
  );
  expect(result.code).toBe(0);
});
