import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

type Case = { root: string; run(...args: string[]): Promise<Run> };

/** The demo with its charts, on a machine of its own. */
async function open(files: Record<string, string> = {}): Promise<Case> {
  const root = path.join(makeFolder(), 'fleet');
  const env = testEnv(makeFolder()) as Record<string, string>;
  await slipway(['outdated', '--demo', root], { cwd: path.dirname(root), env });
  writeFiles(root, files);
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  return { root, run: (...args) => slipway(args, { cwd: root, env }) };
}

type Undone = {
  run: { id: string; line: string };
  written: boolean;
  next: string[];
  nextArgv: string[][];
  changes: { path: string; action: string }[];
  decisions: { id: string; options: string[] }[];
  left: { path: string }[];
  runs: { id: string; line: string; files: number }[];
  commit?: string;
};

const undo = async (it: Case, ...args: string[]): Promise<{ code: number; document: Undone }> => {
  const { code, stdout } = await it.run('undo', '--yes', '--json', ...args);
  return { code, document: readAs('undo', stdout) as Undone };
};

const read = (it: Case, file: string): string => readFileSync(path.join(it.root, file), 'utf8');
const statusOf = (it: Case): string => git(it.root, 'status', '--porcelain');
const UPGRADE = ['upgrade', '--yes', '--no-render'];
const WIKI = 'production/wiki/kustomization.yaml';

/** The values files of the wiki app. */
function valuesOf(it: Case): string[] {
  return readdirSync(path.join(it.root, 'production/wiki/values'));
}

describe('undo', () => {
  test('of an upgrade: every byte is as before, git sees no change, and undo of undo brings it back', async () => {
    const it = await open();
    const before = readTree(it.root);
    const done = await it.run(...UPGRADE);
    expect([done.code, done.stderr]).toEqual([0, expect.any(String)]);
    const upgraded = readTree(it.root);
    expect(upgraded).not.toEqual(before);
    const first = await undo(it);
    expect(first.code).toBe(0);
    expect(first.document.run.line).toContain('slipway upgrade --yes');
    expect(readTree(it.root)).toEqual(before);
    expect(statusOf(it)).toBe('');
    const second = await undo(it, '-C', '.');
    expect(second.document.next).toContain(`cd ${it.root}`);
    expect(second.document.nextArgv).toEqual([['slipway', 'undo']]);
    expect(second.document.run.line).toContain('slipway undo');
    expect(readTree(it.root)).toEqual(upgraded);
  });

  test('a comment that was written since goes back with its file', async () => {
    const it = await open();
    const [old = ''] = valuesOf(it);
    const before = read(it, `production/wiki/values/${old}`);
    await it.run(...UPGRADE);
    const [now = ''] = valuesOf(it);
    expect(now).not.toBe(old);
    const upgraded = read(it, `production/wiki/values/${now}`);
    writeFiles(it.root, { [`production/wiki/values/${now}`]: `# ask the library team first\n${upgraded}` });
    const result = await undo(it);
    expect(result.document.decisions).toEqual([]);
    expect(valuesOf(it)).toEqual([old]);
    expect(read(it, `production/wiki/values/${old}`)).toBe(`# ask the library team first\n${before}`);
  });

  test('the same value was changed since: a decision, nothing written, and a file answers it', async () => {
    const it = await open();
    const before = read(it, WIKI);
    await it.run(...UPGRADE);
    const upgraded = read(it, WIKI);
    writeFiles(it.root, { [WIKI]: upgraded.replace(/version: .*/, 'version: 9.9.9') });
    const tree = readTree(it.root);
    const asked = await undo(it);
    expect(asked.code).toBe(3);
    expect(asked.document.written).toBe(false);
    expect(asked.document.decisions.map(({ id }) => id)).toEqual([WIKI]);
    expect(readTree(it.root)).toEqual(tree);
    const answers = path.join(makeFolder(), 'answers.yaml');
    writeFiles(path.dirname(answers), { 'answers.yaml': `${WIKI}: theirs\n` });
    expect((await undo(it, '--decisions', answers)).code).toBe(0);
    expect(read(it, WIKI)).toBe(before);
  });

  test('of an earlier run: what a later one wrote into the same file stays', async () => {
    const it = await open();
    await it.run('add', 'route', 'notes', '--host', 'first', '--service', 'notes:8000', '--yes');
    const first = readTree(it.root);
    const id = (await list(it))[0]?.id ?? '';
    await it.run('add', 'storage', 'notes', '--storage', 'ceph-block:1Gi', '--name', 'spare', '--yes');
    const result = await undo(it, id);
    expect(result.code).toBe(0);
    const now = readTree(it.root);
    expect(now).not.toEqual(first);
    expect(JSON.stringify(now)).toContain('spare');
    expect(JSON.stringify(now)).not.toContain('first');
  });

  test('of new-app: the folder goes, and what somebody put into it stays', async () => {
    const it = await open();
    const before = readTree(it.root);
    const args = ['new-app', 'shop', '--chart', 'ledger', '--yes'];
    expect((await it.run(...args)).code).toBe(0);
    expect((await undo(it)).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
    expect(existsSync(path.join(it.root, 'production/shop'))).toBe(false);
    await it.run(...args);
    writeFiles(it.root, { 'production/shop/NOTES.md': 'mine\n' });
    expect((await undo(it)).code).toBe(0);
    expect(readdirSync(path.join(it.root, 'production/shop'))).toEqual(['NOTES.md']);
  });

  test('of a move: a file comes back with its mode', async () => {
    const it = await open({ 'production/notes/run.sh': '#!/bin/sh\n' });
    chmodSync(path.join(it.root, 'production/notes/run.sh'), 0o755);
    commitAll(it.root);
    const before = readTree(it.root);
    await it.run('move', 'notes', '--to', 'disabled', '--yes');
    expect((await undo(it)).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
    expect(statSync(path.join(it.root, 'production/notes/run.sh')).mode & 0o777).toBe(0o755);
  });

  test('git gc in between, and no git at all', async () => {
    const it = await open();
    const before = readTree(it.root);
    await it.run(...UPGRADE);
    git(it.root, 'gc', '--quiet', '--prune=now');
    expect((await undo(it)).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
    rmSync(path.join(it.root, '.git'), { recursive: true });
    await it.run(...UPGRADE);
    expect((await undo(it)).code).toBe(0);
    const after = Object.entries(readTree(it.root)).filter(([file]) => !file.startsWith('.slipway/run/'));
    expect(Object.fromEntries(after)).toEqual(before);
  });

  test('a committed run: the commit is named, and the undo is a change set of its own', async () => {
    const it = await open();
    await it.run(...UPGRADE, '--commit');
    const result = await undo(it);
    expect(result.code).toBe(0);
    expect(git(it.root, 'rev-parse', 'HEAD')).toContain(result.document.commit ?? 'none');
    expect(statusOf(it)).not.toBe('');
  });

  test('--dry-run writes nothing; --list names the runs; a run that there is not is an error', async () => {
    const it = await open();
    expect((await it.run('undo')).code).toBe(2);
    await it.run(...UPGRADE);
    const tree = readTree(it.root);
    expect((await undo(it, '--dry-run')).document.changes.length).toBeGreaterThan(2);
    expect(readTree(it.root)).toEqual(tree);
    expect((await list(it)).map(({ line }) => line)).toEqual(['slipway upgrade --yes --no-render']);
    expect((await it.run('undo', 'nothing')).stderr).toContain('no run nothing can be undone');
    expect((await it.run('undo')).stderr).toContain('E_MISSING');
  });

  test('a record that came with a clone is none', async () => {
    const it = await open();
    await it.run(...UPGRADE);
    const stranger: Case = {
      root: it.root,
      run: (...args) => slipway(args, { cwd: it.root, env: testEnv(makeFolder()) as Record<string, string> }),
    };
    expect(await list(stranger)).toEqual([]);
    expect((await stranger.run('undo', '--yes')).code).toBe(2);
  });
});

async function list(it: Case): Promise<Undone['runs']> {
  return (await undo(it, '--list')).document.runs;
}
