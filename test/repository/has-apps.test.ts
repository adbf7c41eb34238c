import { expect, test } from 'vitest';
import { hasApps } from '../../src/repository/has-apps.ts';
import { openRepositoryFiles } from '../../src/system/files/files.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';

test.each([
  ['apps', {}, true],
  ['a clone that has environments', { 'prod/.git/HEAD': '' }, false],
  ['a linked work tree or submodule', { 'prod/.git': 'gitdir: x\n' }, false],
  ['a clone among apps', { 'prod/web/.git/HEAD': '' }, false],
  ['a clone beside the apps', { 'fleet/.git/HEAD': '', 'fleet/web/kustomization.yaml': '' }, true],
])('a folder with %s', async (_, files, expected) => {
  const root = makeFolder();
  writeFiles(root, { 'prod/web/kustomization.yaml': 'resources: []\n', ...files });
  expect(await hasApps(openRepositoryFiles(root))).toBe(expected);
});

test.each([
  ['git above', { '../.git/HEAD': '' }, true],
  ['an empty .git', { '.git/x': '' }, false],
  ['a linked work tree', { '.git': 'gitdir: x\n' }, true],
  ['no git', {}, false],
])('%s: whether git keeps what is written there', (_, files, expected) => {
  const root = `${makeFolder()}/fleet`;
  writeFiles(root, { 'prod/web/kustomization.yaml': '', ...files });
  expect(openRepositoryFiles(root).isInGit).toBe(expected);
});
