import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { updateFile } from '../../../src/change-set.ts';
import { UserError } from '../../../src/errors.ts';
import { inParallel } from '../../../src/data/in-parallel.ts';
import {
  currentHolder,
  stateOfHolder,
  type LockHolder,
  readProcess,
} from '../../../src/system/transaction/lock-holder.ts';
import type { Notice } from '../../../src/system/transaction/notice.ts';
import { type LockOptions, withLock } from '../../../src/system/transaction/repo-lock.ts';
import { apply, newFile } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import type { PlainChange } from '../../support/plain-change.ts';
import { AS_NOBODY, makeFolder, makeRepository, readLeftovers, readTree } from '../../support/repository.ts';

// Many processes or runs in one test: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 });

const now = new Date('2026-06-01T12:00:00Z');

function optionsOf(notices: Notice[] = [], more: Partial<LockOptions> = {}): LockOptions {
  const notify = (notice: Notice): void => void notices.push(notice);
  return { now, signal: new AbortController().signal, notify, ...more };
}

/** A process that has ended, so that its pid is nobody's for now. */
function deadPid(): number {
  return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}

function writeLock(folder: string, holder: Partial<LockHolder>): LockHolder {
  const whole = { ...currentHolder(now), ...holder };
  writeFileSync(path.join(folder, 'lock'), JSON.stringify(whole));
  return whole;
}

async function lockedCode(folder: string, more: Partial<LockOptions> = {}): Promise<UserError> {
  const refused: unknown = await withLock(folder, optionsOf([], { waitMs: 0, ...more }), async () => {
    await sleep(0);
  }).catch((error: unknown) => error);
  if (!(refused instanceof UserError)) throw new Error('the lock was free', { cause: refused });
  return refused;
}

describe('F11 one writer at a time', () => {
  test('the second waits; when it must not, it hears who writes', async () => {
    const folder = makeFolder();
    const order: string[] = [];
    const first = withLock(folder, optionsOf(), async () => {
      order.push('first');
      const refused = await lockedCode(folder);
      expect(refused).toMatchObject({
        code: 'E_LOCKED',
        exit: 6,
        hint: 'Wait until it has ended, then run again.',
      });
      expect(refused.message).toContain(
        `process ${process.pid} on ${hostname()} since 2026-06-01T12:00:00.000Z`,
      );
      await sleep(60);
      order.push('first ends');
    });
    await sleep(10);
    await Promise.all([
      first,
      withLock(folder, optionsOf(), async () => void order.push(await Promise.resolve('second'))),
    ]);
    expect(order).toEqual(['first', 'first ends', 'second']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the lock is given back after a failure', async () => {
    const folder = makeFolder();
    await expect(withLock(folder, optionsOf(), () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('cancelled while waiting', async () => {
    const folder = makeFolder();
    writeLock(folder, { pid: process.pid });
    const signal = AbortSignal.timeout(30);
    await expect(withLock(folder, optionsOf([], { signal }), () => Promise.resolve())).rejects.toThrow(
      'timeout',
    );
  });

  test('20 runs: the result is one after the other', async () => {
    const root = makeRepository({ 'a/counter': '0' });
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const own: PlainChange = { path: `a/${index}`, content: String(index) };
        const shared: PlainChange = { path: 'a/counter', before: '0', content: String(index + 1) };
        return runApply({ root, changes: index % 2 === 0 ? [own] : [own, shared] });
      }),
    );
    const codes = runs.map(run => run.result?.error?.code ?? 'done');
    expect(codes.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 10 }, () => 'done'));
    const sharing = codes.filter((_, index) => index % 2 === 1).toSorted();
    expect(sharing).toEqual([...Array.from({ length: 9 }, () => 'E_CHANGED'), 'done']);
    const winner = runs.findIndex((run, index) => index % 2 === 1 && !run.result?.error);
    const tree = readTree(root);
    expect(tree['a/counter']).toBe(`644 ${winner + 1}`);
    expect(Object.keys(tree)).toHaveLength(12);
    expect(readLeftovers(root)).toEqual([]);
  });
});

describe('F12 the lock of a run that may be gone', () => {
  const self = { ...currentHolder(now), host: 'here', machine: 'm', boot: 'b', namespace: 'n' };
  const gone = deadPid();

  test.each<[string, Partial<LockHolder>, string]>([
    ['runs here', {}, 'alive'],
    ['a dead pid', { pid: gone }, 'dead'],
    ['a pid that another process has now', { begun: 'another tick' }, 'dead'],
    ['before this machine was started', { boot: 'older' }, 'dead'],
    ['another host, though its pid is dead here', { host: 'there', pid: gone }, 'elsewhere'],
    ['another machine of the same name', { machine: 'other', pid: gone }, 'elsewhere'],
    ['another container on this host', { namespace: 'other', pid: gone }, 'elsewhere'],
  ])('%s', (_, holder, verdict) => {
    expect(stateOfHolder({ ...self, ...holder }, self)).toBe(verdict);
  });

  test('nothing tells machines apart: another boot may be another machine', () => {
    const unknown = { ...self, machine: '' };
    expect(stateOfHolder({ ...unknown, boot: 'older' }, unknown)).toBe('elsewhere');
  });

  test('a dead one is taken over, with a notice', async () => {
    const folder = makeFolder();
    writeLock(folder, { pid: gone, started: '2026-05-01T00:00:00.000Z' });
    const notices: Notice[] = [];
    expect(await withLock(folder, optionsOf(notices), () => Promise.resolve('done'))).toBe('done');
    expect(notices).toEqual([
      { kind: 'lock-taken', pid: gone, host: hostname(), started: '2026-05-01T00:00:00.000Z' },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('one elsewhere is never stolen; the message names the file to delete', async () => {
    const folder = makeFolder();
    const holder = writeLock(folder, { host: 'build\u001b[31m-7', pid: gone });
    const refused = await lockedCode(folder, { waitMs: 50 });
    expect(refused.hint).toContain(path.join(folder, 'lock'));
    expect(refused.message).not.toContain('\u001b');
    expect(JSON.parse(readFileSync(path.join(folder, 'lock'), 'utf8'))).toEqual(holder);
  });

  test.each(['', '{"id":"0123', '[]', 'null', '{"pid":-1}', '{"pid":1e99}'])(
    'a lock file that was never finished, %j: not at once, but soon',
    async text => {
      const folder = makeFolder();
      writeFileSync(path.join(folder, 'lock'), text);
      await lockedCode(folder, { tornAfterMs: 60_000 });
      const notices: Notice[] = [];
      await withLock(folder, optionsOf(notices, { tornAfterMs: 10 }), () => Promise.resolve());
      expect(notices.map(notice => notice.kind)).toEqual(['lock-taken']);
    },
  );

  test('many contenders for a dead lock: one at a time, and one takeover', async () => {
    const folder = makeFolder();
    writeLock(folder, { pid: gone });
    const notices: Notice[] = [];
    let inside = 0;
    await inParallel(
      Array.from({ length: 40 }, (_, index) => index),
      40,
      () =>
        withLock(folder, optionsOf(notices), async () => {
          inside += 1;
          expect(inside).toBe(1);
          await sleep(1);
          inside -= 1;
        }),
    );
    expect(notices.map(notice => notice.kind)).toEqual(['lock-taken']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the run that takes it over dies at any call, and the next one too', async () => {
    const model = makeRepository({ 'a/k': 'x' });
    const state = path.join(model, '.git/slipway');
    mkdirSync(state);
    const scenario = { root: model, changes: [{ path: 'b/k', content: 'x' }], options: { tornAfterMs: 0 } };
    const calls = ['open', 'handle.writeFile', 'rename', 'unlink', 'mkdir'];
    writeLock(state, { pid: gone });
    const { calls: all } = await runApply(scenario, { fault: { calls } });
    await inParallel(
      Array.from({ length: Math.min(all.length, 14) }, (_, index) => index + 1),
      3,
      async at => {
        const root = makeRepository({ 'a/k': 'x' });
        mkdirSync(path.join(root, '.git/slipway'));
        writeLock(path.join(root, '.git/slipway'), { pid: gone });
        const again = { ...scenario, root };
        for (const kind of ['kill-before', 'kill-after', 'kill-before'])
          await runApply(again, { fault: { at, kind, calls } });
        await apply(root, newFile('after'));
        expect(Object.keys(readTree(root)).filter(name => !name.startsWith('b/'))).toEqual(['a/k', 'after']);
        expect(readLeftovers(root)).toEqual([]);
      },
    );
  });

  test('a folder for the lock that may not be written', async () => {
    const root = makeFolder();
    mkdirSync(path.join(root, '.git'));
    writeFileSync(path.join(root, '.git/HEAD'), '');
    chmodSync(root, 0o777);
    chmodSync(path.join(root, '.git'), 0o555);
    const { result } = await runApply(
      { root, changes: [{ path: 'a/k', content: 'x' }] },
      { prefix: AS_NOBODY },
    );
    expect(result?.error).toMatchObject({ code: 'E_FILE_SYSTEM', exit: 6 });
    expect(result?.error?.message).toContain('.git/slipway');
    expect(existsSync(path.join(root, 'a'))).toBe(false);
  });

  test('a stopped run keeps its lock; killed, it loses it', async () => {
    const folder = makeFolder();
    const child = spawn('sleep', ['60']);
    writeLock(folder, { pid: child.pid ?? 0, begun: readProcess(child.pid ?? 0).begun });
    child.kill('SIGSTOP');
    expect((await lockedCode(folder)).code).toBe('E_LOCKED');
    child.kill('SIGKILL');
    await new Promise(resolve => child.once('exit', resolve));
    expect(await withLock(folder, optionsOf(), () => Promise.resolve('done'))).toBe('done');
  });
});

test.runIf(process.platform === 'linux')('F12 a zombie holds no lock', async () => {
  const folder = makeFolder();
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60']);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  while (!readProcess(pid).ended) await sleep(5);
  writeLock(folder, { pid, begun: readProcess(pid).begun });
  expect(await withLock(folder, optionsOf(), () => Promise.resolve('done'))).toBe('done');
  parent.kill('SIGKILL');
});

describe('F20 clocks that are wrong', () => {
  test.each(['1970-01-01T00:00:00Z', '2038-01-19T03:14:08Z', '9999-12-31T00:00:00Z'])('%s', async time => {
    const root = makeRepository({ k: 'old' });
    const set = updateFile({ path: 'k', before: 'old', content: 'new', why: 'test' });
    expect((await apply(root, set, { now: new Date(time) })).touched).toEqual(['k']);
  });

  test('a lock from the future is judged by its process, not by its age', async () => {
    const folder = makeFolder();
    writeLock(folder, { pid: deadPid(), started: '2999-01-01T00:00:00.000Z' });
    expect(await withLock(folder, optionsOf(), () => Promise.resolve('done'))).toBe('done');
  });
});
