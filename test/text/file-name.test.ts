import { describe, expect, test } from 'vitest';
import { collisionKey, nameProblem, pathProblem } from '../../src/text/file-name.ts';

describe('H02 names that some operating system cannot have', () => {
  const refused = [
    'CON,con.yaml,nul.txt,Aux,PRN,COM1,com¹.log,LPT9,conin$,CONOUT$.x'.split(','),
    [
      'a.',
      'a ',
      'a:b',
      'a<b',
      'a>b',
      'a"b',
      'a|b',
      'a?b',
      'a*b',
      'a\\b',
      'a\nb',
      'a\tb',
      'a\u007f',
      '\ud800',
    ],
    'é'.repeat(128),
  ].flat();
  test.each(refused)('%j is refused', name => {
    expect(nameProblem(name)?.en).toBeTypeOf('string');
  });

  const allowed = [
    'a',
    'console.yaml',
    'com10',
    'nulls',
    'auxiliary.txt',
    '.helmignore',
    '_helpers.tpl',
    'é'.repeat(127),
  ];
  test.each(allowed)('%j is allowed', name => {
    expect(nameProblem(name)).toBeUndefined();
  });
});

describe('M01 paths that do not stay inside', () => {
  const refused = [
    ['', '.', '..', '../x', 'a/../b', 'a/./b', '/etc/passwd', 'a//b', 'a/', 'a\0b'],
    ['.git', '.git/hooks/pre-commit', 'a/.GIT/config', 'a/git~1/x', '.git /x', '.g\u200cit/x', '.git./x'],
    'a/'.repeat(512) + 'b',
  ].flat();
  test.each(refused)('%j is refused', path => {
    expect(pathProblem(path)?.en).toBeTypeOf('string');
  });

  const allowed = [
    'a',
    'a/b.yaml',
    '.gitignore',
    '.github/x',
    'a..b/c',
    '...',
    'a/.gitkeep',
    'x.git/y',
    'git~10',
  ];
  test.each(allowed)('%j is allowed', path => {
    expect(pathProblem(path)).toBeUndefined();
  });
});

describe('T17 names that one file system or another keeps as one', () => {
  test.each([
    ['Values.yaml', 'values.yaml'],
    ['caf\u00e9', 'cafe\u0301'],
    ['stra\u00dfe', 'STRASSE'],
    ['\ufb01le', 'file'],
    ['\u212bngstr\u00f6m', 'a\u030angstro\u0308m'],
  ])('%j and %j', (a, b) => {
    expect(collisionKey(a)).toBe(collisionKey(b));
  });

  test.each([
    ['values.yaml', 'value.yaml'],
    ['a-b', 'a_b'],
    ['e', '\u00e9'],
  ])('%j and %j differ', (a, b) => {
    expect(collisionKey(a)).not.toBe(collisionKey(b));
  });
});

test.each(['', '/etc/passwd', 'a/../../b', './a', 'a//b', '..'])('H01 %j leads outside', name => {
  expect(pathProblem(name)).toBeDefined();
});

test.each(['.git/config', 'a/.GIT/hooks/x', 'GIT~1/config', '.g\u200cit/config', '.git. /x'])(
  "F06 %j leads into git's own folder",
  name => {
    expect(pathProblem(name)?.en).toBe("leads into git's own folder");
  },
);
