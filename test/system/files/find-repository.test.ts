import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRepository, openRepositoryRoot } from '../../../src/system/files/find-repository.ts';
import { findStateFolder } from '../../../src/system/transaction/state-folder.ts';
import { git, makeFolder, makeRepository, writeFiles } from '../../support/repository.ts';

describe('G05 the repository around a folder', () => {
  test("git: its top, and git's own folder", async () => {
    const root = makeRepository({ 'production/a/kustomization.yaml': '' });
    const found = await findRepository(path.join(root, 'production/a'));
    expect(found).toEqual({ root, git: { top: root, dir: path.join(root, '.git') } });
    expect(found && (await findStateFolder(found))).toBe(path.join(root, '.git/slipway'));
  });

  test('the nearest .slipway/config.yaml, also inside a git repository', async () => {
    const top = makeRepository({ 'infra/.slipway/config.yaml': '', 'infra/production/a/x': '' });
    const found = await findRepository(path.join(top, 'infra/production/a'));
    expect(found).toEqual({ root: path.join(top, 'infra'), git: { top, dir: path.join(top, '.git') } });
    expect(found && (await findStateFolder(found))).toBe(path.join(top, '.git/slipway/infra'));
  });

  test('a linked work tree has its own folder in git', async () => {
    const main = makeRepository({ a: '' });
    const linked = path.join(makeFolder(), 'linked');
    git(main, 'worktree', 'add', '--quiet', linked);
    const found = await findRepository(linked);
    expect(found).toEqual({
      root: linked,
      git: { top: linked, dir: path.join(main, '.git/worktrees/linked') },
    });
  });

  test('inside a submodule the root is the submodule', async () => {
    const part = makeRepository({ 'production/a/x': '' });
    const whole = makeRepository({ readme: '' });
    git(whole, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', part, 'part');
    const found = await findRepository(path.join(whole, 'part/production'));
    expect(found?.root).toBe(path.join(whole, 'part'));
    expect(found?.git?.dir).toBe(path.join(whole, '.git/modules/part'));
  });

  test('an unborn branch', async () => {
    const root = makeFolder();
    git(root, 'init', '--quiet');
    expect((await findRepository(root))?.root).toBe(root);
  });

  test('a bare repository has no work tree', async () => {
    const root = makeFolder();
    git(root, 'init', '--quiet', '--bare');
    expect(await findRepository(path.join(root, 'objects'))).toBeUndefined();
  });

  test('no git at all', async () => {
    const root = makeFolder();
    writeFiles(root, { '.slipway/config.yaml': '', 'production/a/x': '' });
    const found = await findRepository(path.join(root, 'production/a'));
    expect(found).toEqual({ root, git: undefined });
    expect(found && (await findStateFolder(found))).toBe(path.join(root, '.slipway/run'));
  });

  test('neither: none is found, but a folder can be taken as one', async () => {
    const root = makeFolder();
    mkdirSync(path.join(root, '.git'));
    mkdirSync(path.join(root, '.slipway/config.yaml'), { recursive: true });
    expect(await findRepository(root)).toBeUndefined();
    expect(await openRepositoryRoot(root)).toEqual({ root, git: undefined });
  });

  test('through a link the real path counts', async () => {
    const root = makeRepository({ 'production/x': '' });
    const link = path.join(makeFolder(), 'link');
    symlinkSync(path.join(root, 'production'), link);
    expect((await findRepository(link))?.root).toBe(root);
  });

  test.each(['gitdir: /no/such/folder\n', 'gitdir:', 'nonsense'])('a broken .git file: %j', async text => {
    const root = makeFolder();
    writeFileSync(path.join(root, '.git'), text);
    await expect(findRepository(root)).rejects.toMatchObject({ code: 'E_GIT_STATE', exit: 6 });
  });
});

describe('F06 .slipway that is not a folder of the repository', () => {
  test('a link', async () => {
    const root = makeFolder();
    symlinkSync(makeFolder(), path.join(root, '.slipway'));
    await expect(openRepositoryRoot(root).then(findStateFolder)).rejects.toMatchObject({ code: 'E_SYMLINK' });
  });

  test('a file where the journal should go', async () => {
    const root = makeFolder();
    writeFiles(root, { '.slipway/run': '' });
    await expect(openRepositoryRoot(root).then(findStateFolder)).rejects.toMatchObject({
      code: 'E_NOT_A_FILE',
    });
  });
});

test('F15 a folder that does not exist', async () => {
  await expect(findRepository('/no/such/folder')).rejects.toMatchObject({ code: 'E_FILE_SYSTEM', exit: 6 });
});
