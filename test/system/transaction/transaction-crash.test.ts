import { cpSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { inParallel } from '../../../src/data/in-parallel.ts';
import { apply, newFile, recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import type { PlainChange } from '../../support/plain-change.ts';
import { makeFolder, makeRepository, readLeftovers, readTree } from '../../support/repository.ts';

// Many processes or runs in one test: on a busy machine they take their time.
vi.setConfig({ testTimeout: 300_000 });

type Tree = Record<string, string>;

type Case = { before: Record<string, string>; changes: PlainChange[]; app?: string };

const APP: Case = {
  before: { 'production/other/k.yaml': 'other' },
  changes: [
    { path: 'production/app/kustomization.yaml', content: 'kind: Kustomization\n' },
    { path: 'production/app/values/x-1.yaml', content: 'a: 1\n'.repeat(200) },
    { path: 'production/app/charts/x-1/x', files: { 'Chart.yaml': 'name: x\n', 'templates/a.yaml': 'a\n' } },
    { path: '.slipway/lock/production/app.yaml', content: 'digest\n' },
  ],
  app: 'production/app',
};

const UPGRADE: Case = {
  before: {
    'app/kustomization.yaml': 'version: 1\n',
    'app/values/x-1.yaml': 'a: 1\n',
    'app/resources/r.yaml': 'r\n',
  },
  changes: [
    { path: 'app/values/x-2.yaml', content: 'a: 2\n' },
    { path: 'app/kustomization.yaml', before: 'version: 1\n', content: 'version: 2\n' },
    { path: 'app/resources/r.yaml', before: 'r\n', content: 'r: 2\n' },
    { path: 'app/values/x-1.yaml', before: 'a: 1\n' },
    { path: 'app/charts/x-2/x', files: { 'Chart.yaml': 'name: x\n' } },
  ],
};

const ONE_FILE: Case = {
  before: { 'k.yaml': 'old\n'.repeat(100) },
  changes: [{ path: 'k.yaml', before: 'old\n'.repeat(100), content: 'new\n'.repeat(300) }],
};

type Crash = { kind: 'kill-before' | 'kill-after' | 'kill-half'; calls?: string[] };

/**
 * Kills the run at one call after the other. Every wreck is looked at, then the next run has to make the old or the
 * whole tree of it. Returns how often it became which.
 */
async function crashEverywhere({ before, changes, app }: Case, { kind, calls }: Crash) {
  const model = makeRepository(before);
  const old = readTree(model);
  const { whole, count } = await runWhole(copyOf(model), changes, calls);
  expect(count).toBeGreaterThan(3);
  const ends = { old: 0, whole: 0 };
  await inParallel(
    Array.from({ length: count }, (_, index) => index + 1),
    3,
    async at => {
      const root = copyOf(model);
      const { signal } = await runApply(
        { root, changes },
        { fault: { at, kind, ...(calls ? { calls } : {}) } },
      );
      expect(signal).toBe('SIGKILL');
      expectNoMixture(readTree(root), { old, whole });
      if (app) expectAllOrNothing(readTree(root), whole, app);
      const end = await expectRecovery(root, { old, whole });
      await apply(root, newFile('after'));
      expect(readLeftovers(root)).toEqual([]);
      ends[end] += 1;
    },
  );
  return ends;
}

/** The next run leaves the old or the whole tree, and says which. */
async function expectRecovery(
  root: string,
  { old, whole }: { old: Tree; whole: Tree },
): Promise<'old' | 'whole'> {
  const notices = await recoverIn(root);
  const end = isDeepStrictEqual(readTree(root), whole) ? 'whole' : 'old';
  expect(readTree(root)).toEqual(end === 'whole' ? whole : old);
  const said = notices.flatMap(notice => (notice.kind === 'recovered' ? [notice] : []));
  const expected = { direction: end === 'whole' ? 'forward' : 'back', leftAlone: [] };
  expect(said).toMatchObject(said.map(() => expected));
  return end;
}

async function runWhole(root: string, changes: PlainChange[], counted: string[] | undefined) {
  const { result, calls } = await runApply({ root, changes }, { fault: {} });
  expect(result?.error).toBeUndefined();
  return {
    whole: readTree(root),
    calls,
    count: calls.filter(call => !counted || counted.includes(call)).length,
  };
}

/** Each file has its old content or its new content, before any repair. */
function expectNoMixture(wreck: Tree, { old, whole }: { old: Tree; whole: Tree }): void {
  for (const [name, content] of Object.entries(wreck)) {
    if (!name.includes('.slipway-')) expect([old[name], whole[name]]).toContain(content);
  }
}

/** The folder of a new app is not there, or complete, before any repair. */
function expectAllOrNothing(wreck: Tree, whole: Tree, app: string): void {
  const inApp = (tree: Tree) => Object.keys(tree).filter(name => name.startsWith(`${app}/`));
  expect([[], inApp(whole)]).toContainEqual(inApp(wreck));
}

function copyOf(root: string): string {
  const copy = path.join(makeFolder(), 'repository');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

const WRITES = ['handle.writeFile'];

describe('F03 killed at each call, one file', () => {
  test.each([
    ['before it', { kind: 'kill-before' }],
    ['after it', { kind: 'kill-after' }],
    ['in the middle of a write', { kind: 'kill-half', calls: WRITES }],
  ] as const)('%s', async (_, crash) => {
    const ends = await crashEverywhere(ONE_FILE, {
      ...crash,
      ...('calls' in crash ? { calls: WRITES } : {}),
    });
    expect(ends.old).toBeGreaterThan(0);
    expect(ends.whole).toBeGreaterThan(0);
  });
});

describe('F04 killed at each call', () => {
  test('a new app: it is absent or whole, even before the next run', async () => {
    const ends = await crashEverywhere(APP, { kind: 'kill-before' });
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.whole).toBeGreaterThan(3);
  });

  test('a new app, in the middle of its writes', async () => {
    const ends = await crashEverywhere(APP, { kind: 'kill-half', calls: WRITES });
    expect(ends.old).toBeGreaterThan(5);
  });

  test('an upgrade: files are old or new, and the next run finishes or undoes it', async () => {
    const ends = await crashEverywhere(UPGRADE, { kind: 'kill-before' });
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.whole).toBeGreaterThan(10);
  });
});

describe('F04 killed again, at each call of the repair', () => {
  const wrecks = [
    'while it staged',
    'before the first rename',
    'before the last rename',
    'while it cleaned up',
  ];
  test.each(wrecks)('killed first %s', async when => {
    const model = makeRepository(UPGRADE.before);
    const old = readTree(model);
    const { whole, calls } = await runWhole(copyOf(model), UPGRADE.changes, undefined);
    const first = {
      'while it staged': calls.indexOf('handle.writeFile') + 12,
      'before the first rename': calls.indexOf('rename') + 1,
      'before the last rename': calls.lastIndexOf('rename') + 1,
      'while it cleaned up': calls.lastIndexOf('unlink') - 1,
    }[when];
    const wreck = copyOf(model);
    const { signal } = await runApply(
      { root: wreck, changes: UPGRADE.changes },
      { fault: { at: first ?? 0, kind: 'kill-before' } },
    );
    expect(signal).toBe('SIGKILL');
    const repair = await runApply({ root: copyOf(wreck), changes: [] }, { fault: {} });
    expect(repair.calls.length).toBeGreaterThan(5);
    await inParallel([...repair.calls.keys()], 3, async index => {
      const root = copyOf(wreck);
      await runApply({ root, changes: [] }, { fault: { at: index + 1, kind: 'kill-before' } });
      await expectRecovery(root, { old, whole });
      await apply(root, newFile('after'));
      expect(readLeftovers(root)).toEqual([]);
    });
  });
});
