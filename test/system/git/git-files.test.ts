import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openRepositoryRoot } from '../../../src/system/files/find-repository.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { openGitFiles } from '../../../src/system/git/git-files.ts';
import { openHistory } from '../../../src/system/git/git-tree.ts';
import { commitAll, makeRepository } from '../../support/repository.ts';

async function both(root: string) {
  const history = openHistory(await openRepositoryRoot(root), {
    signal: new AbortController().signal,
    indexFile: undefined,
  });
  if (!history) throw new Error('no git');
  const tree = await history.tree((await history.resolve('HEAD')) ?? '');
  return { disk: openRepositoryFiles(root), commit: openGitFiles(root, tree) };
}

const FILES = { 'a.yaml': 'a: 1\n', 'x/b.yaml': 'b: 1\n', 'x/y/c.txt': 'c', 'x-y/d.yaml': '' };

test('a commit shows the files that the disk showed when it was made', async () => {
  const root = makeRepository(FILES);
  const { disk, commit } = await both(root);
  for (const folder of ['', 'x', 'x/y', 'nowhere'])
    expect(await commit.list(folder)).toEqual(
      (await disk.list(folder))?.filter(({ name }) => name !== '.git'),
    );
  const walked = (await disk.walk('')).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  expect(await commit.walk('')).toEqual(walked);
  expect(await commit.walk('', folder => folder !== 'x')).toEqual(
    walked.filter(entry => !entry.path.startsWith('x/')),
  );
  const names = [...Object.keys(FILES), 'nowhere.yaml'];
  expect(await commit.readMany(names)).toEqual(await disk.readMany(names));
  expect((await commit.read('a.yaml'))?.toString()).toBe('a: 1\n');
});

test('what came later is not in it, nor what is not committed', async () => {
  const root = makeRepository(FILES);
  const { commit } = await both(root);
  writeFileSync(path.join(root, 'a.yaml'), 'a: 2\n');
  mkdirSync(path.join(root, 'new'));
  writeFileSync(path.join(root, 'new/n.yaml'), 'n: 1\n');
  expect((await commit.read('a.yaml'))?.toString()).toBe('a: 1\n');
  expect([await commit.read('new/n.yaml'), await commit.list('new')]).toEqual([undefined, undefined]);
});

test('a link is named and not followed, and no path leads out', async () => {
  const root = makeRepository({ 'a.yaml': 'a: 1\n' });
  symlinkSync('/etc/passwd', path.join(root, 'link.yaml'));
  commitAll(root);
  const { commit } = await both(root);
  await expect(commit.read('link.yaml')).rejects.toMatchObject({ code: 'E_SYMLINK' });
  await expect(commit.read('../a.yaml')).rejects.toMatchObject({ code: 'E_OUTSIDE' });
  const { contents, problems } = await commit.readEach(['link.yaml', 'a.yaml']);
  expect([[...contents.keys()], [...problems.keys()]]).toEqual([['a.yaml'], ['link.yaml']]);
});
