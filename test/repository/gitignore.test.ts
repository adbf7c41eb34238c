import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ignoredBy } from '../../src/repository/gitignore.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';

type Row = [name: string, files: Record<string, string>, paths: string[]];

const ROWS: Row[] = [
  ['a name at any depth', { '': 'charts\n' }, ['charts/a', 'x/charts/a', 'charts', 'mycharts/a']],
  ['a folder only', { '': 'charts/\n' }, ['charts/a', 'x/charts/a', 'charts']],
  ['tied to its folder', { '': '/charts\nx/y\n' }, ['charts/a', 'z/charts/a', 'x/y', 'z/x/y']],
  ['what is in a folder, but one', { '': 'charts/*\n!charts/tools\n' }, ['charts/a/b', 'charts/tools/b']],
  ['nothing comes back from an ignored folder', { '': 'charts/\n!charts/tools\n' }, ['charts/tools/b']],
  [
    'an inner file brings back',
    { '': '*.yaml\n', app: '!keep.yaml\n' },
    ['app/keep.yaml', 'keep.yaml', 'app/a.yaml'],
  ],
  [
    'an inner file against a folder',
    { '': 'app/charts/*\n', app: '!charts/tools\n' },
    ['app/charts/tools/x', 'app/charts/a/x'],
  ],
  [
    'an inner file is tied to its folder',
    { app: '/charts\nx/y\nname\n' },
    ['app/charts/a', 'charts/a', 'app/x/y', 'app/z/x/y', 'app/z/name'],
  ],
  ['any folders', { '': '**/logs\na/**/b\nc/**\n' }, ['logs/a', 'x/logs/a', 'a/b', 'a/x/y/b', 'c/d/e', 'c']],
  [
    'any folders in an inner file',
    { app: '**/logs\na/**\n' },
    ['app/logs/a', 'app/x/logs/a', 'logs/a', 'app/a/b'],
  ],
  ['stars end at a slash', { '': 'a/*.yaml\n' }, ['a/b.yaml', 'a/b/c.yaml']],
  ['one character', { '': 'a?c\n' }, ['abc', 'ac', 'a/c']],
  ['sets', { '': '[ab].txt\n[!c-e].log\n[^f].md\n' }, ['a.txt', 'c.txt', 'a.log', 'd.log', 'f.md', 'g.md']],
  ['a bracket in a set', { '': '[]a].txt\n' }, ['].txt', 'a.txt', 'b.txt']],
  [
    'a backslash in a set',
    { '': '[\\]a].txt\n[a\\-c].log\n' },
    ['].txt', 'a.txt', 'a.log', '-.log', 'b.log'],
  ],
  ['a range backwards', { '': '*.[z-a]\n*.log\n' }, ['x.m', 'x.z', 'x.log']],
  [
    'POSIX classes',
    { '': '[[:digit:]].a\n[[:alpha:]].b\n[[:space:][:upper:]].c\n' },
    ['1.a', 'x.a', 'x.b', '1.b', 'X.c', 'x.c'],
  ],
  ['an open bracket', { '': '[ab\n*.log\n' }, ['[ab', 'a', 'x.log']],
  ['escapes', { '': '\\#a\n\\!b\nc\\*\n\\d\n' }, ['#a', '!b', 'c*', 'cx', 'd']],
  ['spaces at the end', { '': 'a  \nb\\ \n' }, ['a', 'b ', 'b']],
  ['comments, empty lines, CRLF, a BOM', { '': '\ufeff# x\r\n\r\na\r\n' }, ['a', '# x', 'b']],
  ['case', { '': 'Charts\n' }, ['charts/a', 'Charts/a']],
  ['an odd folder', { 'a[b]': 'x\n/y\n', 'c d!': 'x\n' }, ['a[b]/x', 'a[b]/y', 'ab/x', 'c d!/z/x']],
  ['the last line counts', { '': '*.a\n!b.a\nb.*\n' }, ['b.a', 'c.a']],
];

/** What git says of a file: the .gitignore and the line that ignores it. */
function askGit(root: string, file: string): string | undefined {
  const { stdout } = spawnSync('git', ['check-ignore', '--verbose', '--no-index', '--', file], {
    cwd: root,
    encoding: 'utf8',
  });
  const [, source = '', line, pattern = ''] = /^(.*?\.gitignore"?):(\d+):(.*)\t/.exec(stdout) ?? [];
  return line === undefined || pattern.startsWith('!') ? undefined : `${source}:${line}`;
}

test.each(ROWS)('%s: as git has it', (_, files, paths) => {
  const root = makeFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  const name = (folder: string): string => (folder === '' ? '.gitignore' : `${folder}/.gitignore`);
  writeFiles(root, Object.fromEntries(Object.entries(files).map(([folder, text]) => [name(folder), text])));
  const ignoring = ignoredBy(Object.entries(files).map(([folder, text]) => ({ folder, text })));
  const answers = paths.map(file => {
    const pattern = ignoring(file);
    return [file, pattern && `${name(pattern.folder)}:${pattern.line}`];
  });
  expect(answers).toEqual(paths.map(file => [file, askGit(root, file)]));
});
