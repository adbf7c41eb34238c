import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openKeptAnswers } from '../../src/system/files/kept-answers.ts';
import { makeFolder } from '../support/repository.ts';

const DAY_MS = 24 * 3_600_000;

function open(home: string, about = ['/repository', 'new-app'], now?: number) {
  return openKeptAnswers({ env: {}, platform: 'linux', home }, about, now);
}

function fileOf(home: string): string {
  const folder = path.join(home, '.local/state/slipway/answers');
  const [name = ''] = readdirSync(folder);
  return path.join(folder, name);
}

test('what is kept is read again, by this user only, and by the same generator in the same repository', () => {
  const home = makeFolder();
  open(home).write('{"a":1}');
  expect(open(home).read()).toBe('{"a":1}');
  expect(open(home, ['/repository', 'add route']).read()).toBeUndefined();
  expect(open(home, ['/other', 'new-app']).read()).toBeUndefined();
  expect(lstatSync(fileOf(home)).mode & 0o777).toBe(0o600);
  expect(lstatSync(path.dirname(fileOf(home))).mode & 0o777).toBe(0o700);
  open(home).remove();
  expect(open(home).read()).toBeUndefined();
});

test('H15 what others may have written, links and pipes are not read', () => {
  const home = makeFolder();
  open(home).write('{}');
  const file = fileOf(home);
  chmodSync(file, 0o620);
  expect(open(home).read()).toBeUndefined();
  rmSync(file);
  const elsewhere = path.join(makeFolder(), 'forged.json');
  writeFileSync(elsewhere, '{}', { mode: 0o600 });
  symlinkSync(elsewhere, file);
  expect(open(home).read()).toBeUndefined();
  rmSync(file);
  spawnSync('mkfifo', ['-m', '600', file]);
  expect(open(home).read()).toBeUndefined();
});

test('what is a week old is gone, whoever kept it', () => {
  const home = makeFolder();
  open(home).write('{}');
  const file = fileOf(home);
  const soon = Date.now() + 8 * DAY_MS;
  expect(open(home, undefined, soon).read()).toBeUndefined();
  utimesSync(file, new Date(0), new Date(0));
  open(home, ['/other', 'init']).write('{}');
  expect(existsSync(file)).toBe(false);
});

test('where nobody is at home, or nothing can be written, nothing is kept and no run fails', () => {
  const nobody = openKeptAnswers({ env: {}, platform: 'linux', home: undefined }, ['a']);
  nobody.write('{}');
  nobody.remove();
  expect(nobody.read()).toBeUndefined();
  const blocked = makeFolder();
  writeFileSync(path.join(blocked, '.local'), 'a file');
  open(blocked).write('{}');
  expect(open(blocked).read()).toBeUndefined();
});
