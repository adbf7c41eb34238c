import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { command as add } from '../../src/features/add/command.ts';
import { command as check } from '../../src/features/check/command.ts';
import { command as init } from '../../src/features/init/command.ts';
import { command as move } from '../../src/features/move/command.ts';
import { command as rename } from '../../src/features/move/rename-command.ts';
import { command as seal } from '../../src/features/seal/command.ts';
import { command as upgrade } from '../../src/features/upgrade/command.ts';
import { recoverIn } from '../support/apply.ts';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { edit, goodRepository, WEB } from '../support/check-repository.ts';
import { runCommand, runFaultyBinary } from '../support/command-runs.ts';
import { chartRelease, helmRepository, listing } from '../support/flux-fixture.ts';
import type { Fault } from '../support/fault.d.mts';
import { installFault } from '../support/fault.mjs';
import {
  commitAll,
  makeFolder,
  makeRepository,
  readLeftovers,
  readTree,
  writeFiles,
} from '../support/repository.ts';
import { makeSealingPair } from '../support/sealing.ts';
import { demoRepository, testEnv } from '../support/slipway.ts';
import { ourValues, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

vi.setConfig({ testTimeout: 1_800_000 });

/** `npm run test:faults` looks at every call and kills real processes; the normal suite takes a few. */
const ALL = process.env['SLIPWAY_TEST_FAULTS'] === 'all';
const SAMPLES = 3;

type Tree = Record<string, string>;
type Case = {
  name: string;
  command: Command;
  args: string[];
  open: () => string;
  /** Real processes are killed in the normal suite too, at a few calls. */
  isKilled?: boolean;
};

let charts: TestRepository;
beforeAll(async () => (charts = await serveCharts(upgradeCharts(['cargo']))));
afterAll(() => charts.close());

const STUB = 'production/wiki/resources/db-sealedsecret.yaml';
const SEALED_STUB = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: wiki }
spec:
  encryptedData:
    password: REPLACE_ME
  template:
    metadata: { name: db, namespace: wiki }
`;

function withStub(): string {
  const root = demoRepository();
  const { certFile } = makeSealingPair();
  writeFiles(root, {
    [STUB]: SEALED_STUB,
    'value.txt': 'a value',
    '.slipway/config.yaml': `sealing:\n  certificate: ${certFile}\n`,
  });
  commitAll(root);
  return root;
}

function withFinding(): string {
  const root = goodRepository();
  // A fix that needs no proof by a build: a resource that is listed twice.
  edit(root, WEB, '  - resources/namespace.yaml\n', '  - resources/namespace.yaml\n'.repeat(2));
  commitAll(root);
  return root;
}

const COPY = ourValues('cargo');

/** One app each, which is what is written as a whole: its values in a file beside the version, or in line. */
const DELIVERED = {
  'of releases': (url: string) => ({
    'apps/cargo/kustomization.yaml': listing(
      ['release.yaml', 'inline.yaml', 'source.yaml'],
      'configMapGenerator:\n  - name: cargo-values\n    files: [values.yaml=values/cargo-1.0.0.yaml]\n',
    ),
    'apps/cargo/release.yaml': chartRelease(
      'cargo',
      '"1.0.0"',
      '  valuesFrom: [{kind: ConfigMap, name: cargo-values}]\n',
    ),
    'apps/cargo/inline.yaml': chartRelease('cargo', '1.0.0', '  values: {replicaCount: 2} # ours\n').replace(
      'name: cargo',
      'name: second',
    ),
    'apps/cargo/source.yaml': helmRepository(url),
    'apps/cargo/values/cargo-1.0.0.yaml': COPY,
  }),
  'of Applications': (url: string) => ({
    'argo/cargo.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: cargo}
spec:
  sources:
    - repoURL: ${url}
      chart: cargo
      targetRevision: 1.0.0 # with the others
      helm:
        valueFiles: [$own/argo/values/cargo-1.0.0.yaml]
        values: |
          replicaCount: 2 # ours
    - {repoURL: 'git@git.example.org:team/cluster.git', targetRevision: HEAD, ref: own}
`,
    'argo/values/cargo-1.0.0.yaml': COPY,
  }),
  'of a chart that depends on it': (url: string) => ({
    'platform/Chart.yaml': `apiVersion: v2\nname: platform\nversion: 0.1.0\ndependencies:\n  - name: cargo # as in dev\n    version: '1.0.0'\n    repository: ${url}\n`,
    'platform/values.yaml': 'cargo:\n  replicaCount: 2 # ours\n',
  }),
};

const CASES: Case[] = [
  {
    name: 'upgrade',
    command: upgrade,
    args: ['--no-render'],
    open: () => upgradeRepository(charts.url, ['cargo']),
    isKilled: true,
  },
  ...(['of releases', 'of Applications', 'of a chart that depends on it'] as const).map(delivery => ({
    name: `upgrade ${delivery}`,
    command: upgrade,
    args: ['--no-render'],
    open: () => makeRepository(DELIVERED[delivery](charts.url)),
    isKilled: true,
  })),
  { name: 'check', command: check, args: ['--fix'], open: withFinding },
  {
    name: 'seal',
    command: seal,
    args: ['--into', STUB, '--from-file', 'password=value.txt'],
    open: withStub,
  },
  { name: 'move', command: move, args: ['notes', '--to', 'disabled'], open: demoRepository },
  { name: 'rename', command: rename, args: ['notes', 'memos'], open: demoRepository },
  { name: 'add', command: add, args: ['secret', 'wiki', '--secret', 'api:token'], open: demoRepository },
  {
    name: 'init',
    command: init,
    args: ['--repo-url', 'https://git.example.org/team/c.git', '--domains', 'a.example.org', '--no-charts'],
    open: makeRepository,
  },
];

describe.each(CASES)('F02 F03 F04 $name', ({ name, command, args, open, isKilled = false }) => {
  let model: string;
  let old: Tree;
  let whole: Tree;
  let calls: number;
  let firstCode: number;
  beforeAll(async () => {
    model = open();
    old = treeOf(model);
    const root = copyOf(model);
    calls = 0;
    const restore = installFault({ at: 0 }, () => void calls++);
    const code = await run(root).finally(restore);
    whole = treeOf(root);
    firstCode = code;
  });

  test('without a fault it changes files', () => {
    expect([0, 1]).toContain(firstCode);
    expect(whole).not.toEqual(old);
    expect(calls).toBeGreaterThan(10);
  });

  const run = (root: string): Promise<number> => runCommand(command, args, { root, env: envOf() });

  async function runFaulty(root: string, fault: Fault): Promise<number> {
    const restore = installFault(fault);
    return run(root).finally(restore);
  }

  test('the disk is full at a call: as before and exit 6, or done', async () => {
    for (const at of chosen(calls)) {
      const root = copyOf(model);
      const code = await runFaulty(root, { at, kind: 'ENOSPC' });
      expect([0, 1, 6]).toContain(code);
      expectOneOf(withoutLeftovers(treeOf(root)), code === 6 ? [old] : [whole], `call ${at}`);
      await expectRepair(root);
    }
  });

  test('nothing works from a call on, as when the machine stops: the next run makes it old or whole', async () => {
    for (const from of chosen(calls)) {
      const root = copyOf(model);
      expect(await runFaulty(root, { from, kind: 'EIO' })).toBeLessThan(70);
      await expectRepair(root);
    }
  });

  test.runIf(isKilled)('a second run changes nothing', async () => {
    const root = copyOf(model);
    await run(root);
    commitAll(root);
    expect(await run(root)).toBe(0);
    expectOneOf(treeOf(root), [whole], 'after a second run');
  });

  test.runIf(ALL || isKilled)('SIGKILL at each call', async () => {
    const log = path.join(makeFolder(), 'log');
    const line = [...name.split(' ').slice(0, 1), ...args, '--yes', '--json'];
    writeFileSync(log, '');
    await runFaultyBinary(line, { root: copyOf(model), env: envOf(), fault: { at: 0 }, log });
    const count = readFileSync(log, 'utf8').split('\n').length - 1;
    for (const at of chosen(count)) {
      const root = copyOf(model);
      const { signal } = await runFaultyBinary(line, {
        root,
        env: envOf(),
        fault: { at, kind: 'kill-before' },
        log,
      });
      expect(signal ?? 'ended').toMatch(/SIGKILL|ended/);
      await expectRepair(root);
    }
  });

  /** The next run makes it old or whole, and from the old one comes the whole. */
  async function expectRepair(root: string): Promise<void> {
    // This process, which the lock names, still lives.
    for (const folder of ['.git/slipway', '.slipway/run'])
      rmSync(path.join(root, folder, 'lock'), { force: true });
    await recoverIn(root);
    expectOneOf(treeOf(root), [old, whole], 'after the repair');
    expect(readLeftovers(root)).toEqual([]);
    if (isSame(treeOf(root), whole)) return;
    expect([0, 1]).toContain(await run(root));
    expectOneOf(treeOf(root), [whole], 'after the next run');
  }
});

function chosen(count: number): number[] {
  const every = Array.from({ length: count }, (_, at) => at + 1);
  const step = Math.max(1, Math.floor(count / SAMPLES));
  return ALL ? every : every.filter(at => at % step === Math.floor(step / 2));
}

/** The user's state is that of this process, which repairs what the binary left: the same user on the same machine. */
function envOf(): Record<string, string> {
  const state = { XDG_STATE_HOME: process.env['XDG_STATE_HOME'] ?? makeFolder() };
  return testEnv(makeFolder(), state) as Record<string, string>;
}

/** What differs from one run to the next by design is taken out: sealed values. */
function treeOf(root: string): Tree {
  const entries = Object.entries(readTree(root)).map(([name, text]) => [
    name,
    text.replaceAll(/Ag[A-Za-z0-9+/]{200,}=*|AQ[A-Za-z0-9+/]{200,}=*/g, 'SEALED'),
  ]);
  return Object.fromEntries(entries) as Tree;
}

/** A done run may tell of a temporary file that it could not remove; the next run does. */
function withoutLeftovers(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => !name.includes('.slipway-')));
}

function isSame(a: Tree, b: Tree): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function expectOneOf(tree: Tree, expected: Tree[], when: string): void {
  if (expected.some(one => isSame(tree, one))) return;
  expect({ when, tree }).toEqual({ when, tree: expected[0] });
}

function copyOf(root: string): string {
  const copy = path.join(makeFolder(), 'repository');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  expect(existsSync(path.join(copy, '.git'))).toBe(true);
  return copy;
}
