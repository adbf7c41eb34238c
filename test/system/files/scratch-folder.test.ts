import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inScratchFolder } from '../../../src/system/files/scratch-folder.ts';
import { makeFolder } from '../../support/repository.ts';

const CONTENT = Buffer.from('x');

function scratchFolders(): string[] {
  return readdirSync(tmpdir()).filter(name => name.startsWith('slipway-scratch-'));
}

test('the files are there while the work runs, and gone afterwards', async () => {
  const seen = await inScratchFolder(new Map([['a/b.txt', CONTENT]]), async folder => {
    expect(readFileSync(path.join(folder, 'a/b.txt'), 'utf8')).toBe('x');
    return folder;
  });
  expect(existsSync(seen)).toBe(false);
});

const outside = path.join(makeFolder(), 'outside');
test.each([
  ['..', '..'],
  ['a dot', '.'],
  ['nothing', ''],
  ['a way up', '../outside'],
  ['a way up from below', 'a/../../outside'],
  ['a way round', 'a/./b'],
  ['an absolute path', outside],
  ['a NUL', 'a\0b'],
  ['a drive', 'C:'],
  ['a path on a drive', 'c:/outside'],
  ['a drive below', 'a/C:x'],
  ['a way up on Windows', 'a\\..\\..\\outside'],
  ['a name that is too long', 'x'.repeat(256)],
  ['a path that is too long', `${'x/'.repeat(600)}x`],
  ['an empty name', 'a//b'],
  ["git's own folder", 'a/.git/config'],
])('C01 %s is refused before anything is written', async (_, file) => {
  const before = scratchFolders();
  const files = new Map([
    ['ok.txt', CONTENT],
    [file, CONTENT],
  ]);
  let ran = false;
  const run = inScratchFolder(files, async () => (ran = true));
  await expect(run).rejects.toMatchObject({ code: 'E_OUTSIDE' });
  expect([ran, existsSync(outside)]).toEqual([false, false]);
  expect(scratchFolders().filter(name => !before.includes(name))).toEqual([]);
});

test('a file where another needs a folder is an error that names it', async () => {
  const files = new Map([
    ['a', CONTENT],
    ['a/b', CONTENT],
  ]);
  const run = inScratchFolder(files, async () => undefined);
  await expect(run).rejects.toMatchObject({ code: 'E_FILE_SYSTEM' });
});
