import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import type { Notice } from '../../../src/system/transaction/notice.ts';
import { apply, newFile, recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import type { Fault } from '../../support/fault.d.mts';
import { installFault } from '../../support/fault.mjs';
import { type PlainChange, toChangeSet } from '../../support/plain-change.ts';
import {
  canMount,
  makeFolder,
  makeRepository,
  readLeftovers,
  readTree,
  writeFiles,
} from '../../support/repository.ts';

// Many processes or runs in one test: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 });

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

const model = makeRepository(BEFORE);
const old = readTree(model);

describe('F02 a call fails', () => {
  test.each<[string, string, Fault]>([
    ['EIO', 'write', { calls: [...PATH_CALLS, ...WRITE_CALLS, 'handle.chmod'] }],
    ['EIO', 'read', { calls: ['lstat', 'stat', 'readdir', 'readFile', 'access', 'realpath'], reads: true }],
    ['ENOSPC', 'write', { calls: ['open', 'mkdir', 'link', 'rename', ...WRITE_CALLS] }],
    ['EDQUOT', 'write', { calls: WRITE_CALLS }],
    ['EXDEV', 'rename', { calls: ['link', 'rename'] }],
    ['EACCES', 'open or rename', { calls: ['open', 'mkdir', 'rename'] }],
  ])('%s, once, at each %s: all is as before, or all is done', async (kind, _call, fault) => {
    const { whole, count } = await runFaulty({ ...fault, at: 0 });
    expect(count).toBeGreaterThan(3);
    let failures = 0;
    for (let at = 1; at <= count; at++) {
      const run = await runFaulty({ ...fault, kind, at });
      expect(run.tree).toEqual(run.error ? old : whole);
      expect(run.error?.exit ?? 6).toBe(6);
      await expectNextRunCleans(run);
      failures += run.error ? 1 : 0;
    }
    expect(failures).toBeGreaterThan(1);
  });

  test('EMFILE for a while: the run waits and goes on', async () => {
    const { count, whole } = await runFaulty({ calls: ['open'], at: 0 });
    for (let at = 1; at <= count; at++) {
      const { error, tree } = await runFaulty({ calls: ['open'], kind: 'EMFILE', at });
      expect(error).toBeUndefined();
      expect(tree).toEqual(whole);
    }
  });

  test('every write fails from some moment on: what cannot be undone now, the next run undoes', async () => {
    const calls = [...PATH_CALLS, ...WRITE_CALLS];
    const { count, whole } = await runFaulty({ calls, at: 0 });
    for (let from = 1; from <= count; from++) {
      const run = await runFaulty({ calls, kind: 'EIO', from });
      rmSync(path.join(run.root, '.git/slipway/lock'), { force: true });
      await recoverIn(run.root);
      expect([old, whole]).toContainEqual(readTree(run.root));
      await expectNextRunCleans(run);
    }
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
  test('at each write: as before, or finished', async () => {
    const { whole, count } = await runFaulty({ calls: WRITE_CALLS, at: 0 });
    const ends = new Set<string>();
    for (let at = 1; at <= count; at++) {
      const cancel = new AbortController();
      const run = (): void => cancel.abort(new UserError('E_CANCELLED', 'cancelled'));
      const { error, tree, root } = await runFaulty(
        { calls: WRITE_CALLS, kind: 'run', run, at },
        cancel.signal,
      );
      expect(tree).toEqual(error ? old : whole);
      expect(readLeftovers(root)).toEqual([]);
      ends.add(error?.code ?? 'done');
    }
    expect([...ends]).toEqual(['E_CANCELLED', 'done']);
  });

  // The sync of the note "commit" is the third from the end: then come the two folders of the renames.
  test.each(['SIGINT', 'SIGTERM'])('%s before and after the commit point', async kind => {
    const calls = ['handle.sync'];
    const { whole, count } = await runFaulty({ calls, at: 0 });
    const ends = new Set<string>();
    for (const at of [2, count - 4, count]) {
      const root = copyOf(model);
      const { result } = await runApply({ root, changes: CHANGES }, { fault: { at, kind, calls } });
      expect(readTree(root)).toEqual(result?.error ? old : whole);
      expect(readLeftovers(root)).toEqual([]);
      ends.add(result?.error?.code ?? 'done');
    }
    expect([...ends]).toEqual(['E_CANCELLED', 'done']);
  });
});

type FaultyRun = {
  root: string;
  error: UserError | undefined;
  /** The repository afterwards. What could not be removed, and was told, is left out: that is no failure. */
  tree: Record<string, string>;
  whole: Record<string, string>;
  /** How many calls could have failed. */
  count: number;
};

/** Applies CHANGES to a copy of the model in this process, with a fault in its file system. */
async function runFaulty(fault: Fault, signal?: AbortSignal): Promise<FaultyRun> {
  const root = copyOf(model);
  const notices: Notice[] = [];
  let count = 0;
  const restore = installFault(fault, () => void (count += 1));
  const options = { notify: (notice: Notice) => void notices.push(notice), ...(signal ? { signal } : {}) };
  const error: unknown = await apply(root, toChangeSet(CHANGES), options)
    .then(() => undefined)
    .catch((caught: unknown) => caught)
    .finally(restore);
  if (error !== undefined && !(error instanceof UserError)) throw new Error('a bug', { cause: error });
  const told = notices.some(notice => notice.kind === 'leftover');
  const whole = readTree(root);
  const tree = Object.fromEntries(
    Object.entries(whole).filter(([name]) => !told || !name.includes('.slipway-')),
  );
  return { root, error, tree, whole, count };
}

/** The lock that could not be removed names this process, which has not ended, unlike that of a command. */
async function expectNextRunCleans({ root }: FaultyRun): Promise<void> {
  rmSync(path.join(root, '.git/slipway/lock'), { force: true });
  await apply(root, newFile('after'));
  expect(readLeftovers(root)).toEqual([]);
}

function copyOf(root: string): string {
  const copy = path.join(makeFolder(), 'repository');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}
