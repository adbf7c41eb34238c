import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inParallel } from '../../src/io/in-parallel.ts';
import { apply, newFile, recoverIn } from '../support/apply.ts';
import { type Fault, type Run, runApply, type RunOptions } from '../support/apply-runs.ts';
import type { PlainChange } from '../support/plain-change.ts';
import {
  canMount,
  makeFolder,
  makeRepository,
  readLeftovers,
  readTree,
  writeFiles,
} from '../support/repository.ts';

const BEFORE = { 'app/kustomization.yaml': 'version: 1\n', 'app/values/x-1.yaml': 'a: 1\n' };
const CHANGES: PlainChange[] = [
  { path: 'new/kustomization.yaml', content: 'kind: Kustomization\n' },
  { path: 'new/charts/x/x', files: { 'Chart.yaml': 'name: x\n' } },
  { path: 'app/values/x-2.yaml', content: 'a: 2\n' },
  { path: 'app/kustomization.yaml', before: 'version: 1\n', content: 'version: 2\n' },
  { path: 'app/values/x-1.yaml', before: 'a: 1\n' },
];

const PATH_CALLS = ['open', 'mkdir', 'link', 'rename', 'unlink', 'rm'];
const WRITE_CALLS = ['handle.writeFile', 'handle.sync'];

describe('F02 a call fails', () => {
  const model = makeRepository(BEFORE);
  const old = readTree(model);
  const done = copyOf(model);

  test.each<[string, string, Omit<Fault, 'at'>]>([
    ['EIO', 'write', { calls: [...PATH_CALLS, ...WRITE_CALLS, 'handle.chmod'] }],
    ['EIO', 'read', { calls: ['lstat', 'stat', 'readdir', 'readFile', 'access', 'realpath'], reads: true }],
    ['ENOSPC', 'write', { calls: ['open', 'mkdir', 'link', 'rename', ...WRITE_CALLS] }],
    ['EDQUOT', 'write', { calls: WRITE_CALLS }],
    ['EXDEV', 'rename', { calls: ['link', 'rename'] }],
    ['EACCES', 'open or rename', { calls: ['open', 'mkdir', 'rename'] }],
  ])('%s, once, at each %s', async (kind, _call, fault) => {
    const { whole, count } = await runWhole(done, fault);
    const ends = { failed: 0, done: 0 };
    await inParallel(
      Array.from({ length: count }, (_, index) => index + 1),
      3,
      async at => {
        const root = copyOf(model);
        const run = await runApply({ root, changes: CHANGES }, { fault: { ...fault, kind, at } });
        ends[expectOldOrDone(run, readTree(root), { old, whole })] += 1;
        expect(run.result?.error?.exit ?? 6).toBe(6);
        await expectNextRunCleans(root);
      },
    );
    expect(ends.failed).toBeGreaterThan(1);
  });

  test('EMFILE for a while: the run waits and goes on', async () => {
    const { count, whole } = await runWhole(done, { calls: ['open'] });
    await inParallel(
      Array.from({ length: count }, (_, index) => index + 1),
      3,
      async at => {
        const root = copyOf(model);
        const { result } = await runApply(
          { root, changes: CHANGES },
          { fault: { at, kind: 'EMFILE', calls: ['open'] } },
        );
        expect(result?.error).toBeUndefined();
        expect(readTree(root)).toEqual(whole);
      },
    );
  });

  test('every write fails from some moment on: what cannot be undone now, the next run undoes', async () => {
    const calls = [...PATH_CALLS, ...WRITE_CALLS];
    const { count, whole } = await runWhole(done, { calls });
    await inParallel(
      Array.from({ length: count }, (_, index) => index + 1),
      3,
      async from => {
        const root = copyOf(model);
        const { result } = await runApply(
          { root, changes: CHANGES },
          { fault: { from, kind: 'EIO', calls } },
        );
        expect(result?.error?.message ?? '').not.toContain(' at ');
        await recoverIn(root);
        expect([old, whole]).toContainEqual(readTree(root));
        await expectNextRunCleans(root);
      },
    );
  });
});

describe('F01 the disk is full', () => {
  const names = ['k.yaml', 'app/a.yaml', 'app/b.yaml', 'app/charts/x/Chart.yaml', 'other.yaml'];

  // In dash a block has 512 bytes: 64 KiB hold the journal, and all of the bundle is only read.
  test.each(names)('a file may not grow (ulimit): %s takes a part, then EFBIG', async name => {
    const root = makeRepository({ 'k.yaml': 'old\n' });
    const before = readTree(root);
    const changes = names.map(file => {
      const content = (file === name ? 'long\n' : 's\n').repeat(20_000);
      return file === 'k.yaml' ? { path: file, before: 'old\n', content } : { path: file, content };
    });
    const prefix = ['sh', '-c', 'ulimit -f 128; exec "$@"', 'sh'];
    const { result } = await runApply({ root, changes }, { prefix });
    expect(result?.error).toMatchObject({ code: 'E_NO_SPACE', exit: 6 });
    expect(result?.error?.message).toContain(name);
    expect(readTree(root)).toEqual(before);
    expect(readLeftovers(root)).toEqual([]);
  });

  test('the journal itself does not fit', async () => {
    const root = makeRepository({ k: '' });
    const before = readTree(root);
    const changes = Array.from({ length: 800 }, (_, index) => ({ path: `${index}.yaml`, content: '' }));
    const prefix = ['sh', '-c', 'ulimit -f 128; exec "$@"', 'sh'];
    const { result } = await runApply({ root, changes }, { prefix });
    expect(result?.error).toMatchObject({ code: 'E_NO_SPACE', exit: 6 });
    expect(readTree(root)).toEqual(before);
    expect(readLeftovers(root)).toEqual([]);
  });

  test.runIf(canMount)('a small file system (tmpfs): whole, or as before', async () => {
    const root = makeFolder();
    const ends = new Set<string>();
    for (let size = 24; size <= 160; size += 8) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', root]);
      try {
        writeFiles(root, { 'k.yaml': 'old\n' });
        const before = readTree(root);
        const paths = Array.from({ length: 12 }, (_, index) => `app/${index}.yaml`);
        const changes = [
          ...paths.map(file => ({ path: file, content: `${file}\n`.repeat(500) })),
          { path: 'k.yaml', before: 'old\n', content: 'new\n'.repeat(2000) },
        ];
        const { result } = await runApply({ root, changes });
        ends.add(result?.error?.code ?? 'done');
        rmSync(path.join(root, '.slipway'), { recursive: true, force: true });
        const after = readTree(root);
        const expected = result?.error ? before : { ...after, 'k.yaml': `644 ${'new\n'.repeat(2000)}` };
        expect(after).toEqual(expected);
        expect(Object.keys(after)).toHaveLength(result?.error ? 1 : 13);
      } finally {
        execFileSync('umount', [root]);
      }
    }
    expect([...ends]).toEqual(['E_NO_SPACE', 'done']);
  });
});

describe('M13 N22 cancelled', () => {
  const model = makeRepository(BEFORE);
  const old = readTree(model);

  // After the commit point, which is the fifth sync from the end, the run finishes.
  test.each(['SIGINT', 'SIGTERM'])('%s at each write: as before, or finished', async kind => {
    const { whole, count } = await runWhole(copyOf(model), { calls: WRITE_CALLS });
    const ends = { failed: 0, done: 0 };
    await inParallel(
      Array.from({ length: count }, (_, index) => index + 1),
      3,
      async at => {
        const root = copyOf(model);
        const run = await runApply({ root, changes: CHANGES }, { fault: { at, kind, calls: WRITE_CALLS } });
        expect(run.result?.error?.code ?? 'E_CANCELLED').toBe('E_CANCELLED');
        ends[expectOldOrDone(run, readTree(root), { old, whole })] += 1;
        expect(readLeftovers(root)).toEqual([]);
      },
    );
    expect(ends.failed).toBeGreaterThan(5);
    expect(ends.done).toBeGreaterThan(2);
  });
});

type Tree = Record<string, string>;

function copyOf(root: string): string {
  const copy = path.join(makeFolder(), 'repository');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** How many calls can fail, and the tree if none does. */
async function runWhole(root: string, fault: Omit<Fault, 'at'>): Promise<{ whole: Tree; count: number }> {
  const fresh = copyOf(root);
  const options: RunOptions = { fault };
  const { result, calls } = await runApply({ root: fresh, changes: CHANGES }, options);
  expect(result?.touched).toHaveLength(CHANGES.length);
  return { whole: readTree(fresh), count: calls.length };
}

function expectOldOrDone(
  { result, stderr }: Run,
  tree: Tree,
  { old, whole }: { old: Tree; whole: Tree },
): 'failed' | 'done' {
  if (!result) throw new Error(stderr);
  expect(result.error?.message ?? '').not.toContain(' at ');
  // What could not be removed is told, and no failure.
  const leftover = result.notices.some(notice => notice.kind === 'leftover');
  const seen = Object.entries(tree).filter(([name]) => !leftover || !name.includes('.slipway-'));
  expect(Object.fromEntries(seen)).toEqual(result.error ? old : whole);
  return result.error ? 'failed' : 'done';
}

async function expectNextRunCleans(root: string): Promise<void> {
  await apply(root, newFile('after'));
  expect(readLeftovers(root)).toEqual([]);
}
