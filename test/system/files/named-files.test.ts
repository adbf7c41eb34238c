import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { UpgradeInput } from '../../../src/features/upgrade/flags.ts';
import type { UpgradePlan } from '../../../src/features/upgrade/plan-upgrade.ts';
import { savePlan } from '../../../src/features/upgrade/run-plan.ts';
import { reportFiles } from '../../../src/features/upgrade/write-report.ts';
import { writeNamedFile } from '../../../src/system/files/named-files.ts';
import { makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';

const PLAN = { moves: [], leftAlone: [] } as unknown as UpgradePlan;

/** All that takes a file which the command line names, in a folder. */
const DOORS: [string, (root: string, file: string) => Promise<unknown>][] = [
  ['--into', (root, file) => writeNamedFile(path.join(root, file), 'ours')],
  ['--plan', (root, file) => savePlan(path.join(root, file), PLAN, new AbortController().signal)],
  [
    '--report',
    (root, file) =>
      reportFiles({ given: [{ name: 'report', value: file }] } as unknown as UpgradeInput, root),
  ],
];

describe.each(DOORS)('F07 %s', (_, write) => {
  function planted(): { home: string; root: string } {
    const home = makeFolder();
    writeFiles(home, { '.bashrc': 'mine', 'folder/kept': 'mine' });
    return { home, root: makeRepository({ 'apps/x': '' }) };
  }

  test.each([
    ['a link out of the repository', 'r.md', ({ home }: { home: string }) => `${home}/.bashrc`],
    ['a link that leads nowhere', 'r.md', ({ home }: { home: string }) => `${home}/.profile`],
    ['a link inside', 'r.md', () => 'apps/x'],
    ['a link to a folder on the way', 'out/r.md', ({ home }: { home: string }) => `${home}/folder`],
  ])('%s is refused, and nothing is written', async (_kind, file, target) => {
    const { home, root } = planted();
    symlinkSync(target({ home }), path.join(root, file.split('/', 1)[0] ?? ''));
    await expect(write(root, file)).rejects.toMatchObject({ code: 'E_SYMLINK', exit: 6 });
    expect(readFileSync(path.join(home, '.bashrc'), 'utf8')).toBe('mine');
    expect(readdirSync(home).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['.bashrc', 'folder']);
    expect(readdirSync(path.join(home, 'folder'))).toEqual(['kept']);
    expect(readFileSync(path.join(root, 'apps/x'), 'utf8')).toBe('');
  });

  test('a folder and a pipe are refused', async () => {
    const { root } = planted();
    mkdirSync(path.join(root, 'a.md'));
    execFileSync('mkfifo', [path.join(root, 'b.md')]);
    for (const file of ['a.md', 'b.md'])
      await expect(write(root, file)).rejects.toMatchObject({ code: 'E_NOT_A_FILE' });
  });
});

test('F07 --plan of upgrade replaces an empty file and an earlier plan, and nothing else', async () => {
  const root = makeRepository({ 'tracked.json': '' });
  writeFiles(root, { 'new.json': '', 'notes.md': 'mine' });
  const { signal } = new AbortController();
  const plan = { ...PLAN, inputs: {} };
  for (const _ of [1, 2]) await savePlan(path.join(root, 'new.json'), plan, signal);
  for (const file of ['notes.md', 'tracked.json'])
    await expect(savePlan(path.join(root, file), plan, signal)).rejects.toMatchObject({ code: 'E_EXISTS' });
});

test('a file keeps its mode, a new one is for all to read; behind links of the machine too', async () => {
  const around = makeFolder();
  symlinkSync(makeFolder(), path.join(around, 'data'));
  const file = path.join(around, 'data/plan.json');
  await writeNamedFile(file, 'one');
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['one', 0o644]);
  chmodSync(file, 0o600);
  await writeNamedFile(file, 'two');
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['two', 0o600]);
  expect(readdirSync(path.join(around, 'data'))).toEqual(['plan.json']);
});
