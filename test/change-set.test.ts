import { describe, expect, test } from 'vitest';
import {
  changesJson,
  createFile,
  createFolder,
  deleteFile,
  joinAll,
  joinChangeSets,
  pathsForGit,
  updateFile,
} from '../src/change-set.ts';
import { ignoredIn } from '../src/repository/gitignore.ts';

const why = 'test';
const chart = (path: string, ...names: string[]) =>
  createFolder({ path, files: new Map(names.map(name => [name, `content of ${name}`])), why });

test('the JSON of each kind of change; a folder is one', () => {
  const set = joinChangeSets(
    createFile({ path: 'production/a/kustomization.yaml', content: 'é\n', why }),
    updateFile({ path: 'b.yaml', before: 'old', content: 'newer', why }),
    deleteFile({ path: 'c.yaml', before: 'gone', why }),
    createFolder({
      path: 'production/a/charts/x-1/x',
      files: new Map([
        ['Chart.yaml', '12'],
        ['templates/a.yaml', '345'],
      ]),
      why,
    }),
  );
  expect(changesJson(set)).toEqual([
    { path: 'production/a/kustomization.yaml', action: 'create', bytes: 3 },
    { path: 'b.yaml', action: 'update', bytes: 5 },
    { path: 'c.yaml', action: 'delete', bytes: 0 },
    { path: 'production/a/charts/x-1/x/', action: 'create', bytes: 5 },
  ]);
});

test('U04 an update to the same bytes drops out', () => {
  expect(updateFile({ path: 'a', before: 'x', content: Buffer.from('x'), why }).changes).toEqual([]);
  expect(updateFile({ path: 'a', before: 'x', content: 'x\n', why }).changes).toHaveLength(1);
});

test('the order given is kept, and nothing joined is the empty set', () => {
  const names = ['c', 'a', 'b'];
  const set = joinChangeSets(...names.map(path => createFile({ path, content: path, why })));
  expect(set.changes.map(({ path }) => path)).toEqual(names);
  expect(joinChangeSets().changes).toEqual([]);
});

describe('changes that want one file or folder are a bug', () => {
  const file = (path: string) => createFile({ path, content: '', why });
  test.each([
    ['the same path twice', [file('a/b'), file('a/b')]],
    ['create and delete', [file('a/b'), deleteFile({ path: 'a/b', before: '', why })]],
    ['names that differ in case', [file('a/B.yaml'), file('a/b.yaml')]],
    ['names that differ in Unicode form', [file('a/caf\u00e9'), file('a/cafe\u0301')]],
    ['folders that differ in case', [file('A/x'), file('a/y')]],
    ['a file where another change needs a folder', [file('a'), file('a/b')]],
    ['a file in a folder that brings it', [chart('charts/x', 'Chart.yaml'), file('charts/x/Chart.yaml')]],
    ['one folder twice', [chart('charts/x', 'a'), chart('charts/x', 'b')]],
  ])('%s', (_, sets) => {
    expect(() => joinChangeSets(...sets)).toThrow('change set: ');
  });

  test('twins in one folder', () => {
    expect(() => chart('charts/x', 'values.yaml', 'Values.yaml')).toThrow('change set: ');
  });

  test('a folder without files', () => {
    expect(() => chart('charts/x')).toThrow('has no files');
  });
});

test('files beside each other, and inside a new folder, are fine', () => {
  const set = joinChangeSets(
    chart('charts/x', 'Chart.yaml'),
    createFile({ path: 'charts/x/extra.yaml', content: '', why }),
    createFile({ path: 'charts/xy', content: '', why }),
  );
  expect(set.changes).toHaveLength(3);
});

test('a commit takes charts along where git does not leave them out', () => {
  const set = joinAll([
    createFile({ path: 'a/k.yaml', content: '', why: '' }),
    createFolder({
      path: 'a/charts/web-1.0.0/web',
      files: new Map([['Chart.yaml', Buffer.from('')]]),
      why: '',
    }),
  ]);
  const ignored = ignoredIn([['a/.gitignore', 'charts/*\n']]);
  expect(pathsForGit(set, ignored)).toEqual(['a/k.yaml']);
  expect(pathsForGit(set, ignoredIn([['b/.gitignore', 'charts/*\n']]))).toEqual([
    'a/k.yaml',
    'a/charts/web-1.0.0/web',
  ]);
});
