import { describe, expect, test } from 'vitest';
import { minimalValues } from '../../src/values/copies.ts';
import { mergeValues } from '../../src/values/merge-values.ts';
import { describeRefusal, MergeRefusal } from '../../src/values/refusal.ts';
import { createMeanings } from '../../src/yaml/meanings.ts';
import { OverlapError } from '../../src/yaml/text.ts';
import { outlineOf } from '../../src/yaml/build-syntax-tree.ts';
import { parseRepeating } from '../../src/yaml/source.ts';
import { thrown } from '../support/thrown.ts';

const OURS = 'a: 1\nserver:\n  image:\n    tag: "2" # ours\n  hosts:\n    - one\n';
const THEIRS = '# new\na: 1\nserver:\n  image:\n    tag: "3"\n  hosts:\n    - two\n';

function files(ours = OURS) {
  const meanings = createMeanings();
  const tree = (text: string, name: string) => outlineOf(parseRepeating(text, name), meanings);
  return {
    base: tree(OURS, 'base'),
    ours: tree(ours, 'values/x-1.0.0.yaml'),
    theirs: tree(THEIRS, 'the defaults of x 1.1.0'),
  };
}

const INTERNAL = /overlap|offset|proof|come to rest|undefined/;

describe('a refusal names file, line and path, and what a person can do', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'two edits',
      new OverlapError(THEIRS.indexOf('"3"')),
      /x-1\.0\.0\.yaml:4 cannot .*server\.image\.tag.*1\.1\.0:5/,
    ],
    [
      'a path',
      new MergeRefusal('changed', ['server.hosts[0]']),
      /x-1\.0\.0\.yaml:6 cannot .*server\.hosts\[0\]/,
    ],
    [
      'a path that ours has not',
      new MergeRefusal('changed', ['server.image.pull']),
      /x-1\.0\.0\.yaml:3 cannot/,
    ],
    ['a line', new MergeRefusal('changed', ['+    tag: "2" # ours']), /x-1\.0\.0\.yaml:4 cannot/],
    [
      'a line of the new defaults alone',
      new MergeRefusal('changed', ['-  hosts:']),
      /x-1\.0\.0\.yaml:5 cannot .*server\.hosts/,
    ],
    ['no place', new MergeRefusal('restless'), /x-1\.0\.0\.yaml cannot .*again/],
    ['a fault of ours', new Error('no gap'), /fault in slipway \(no gap\)/],
  ])('%s', (_, cause, message) => {
    const error = describeRefusal(cause, files());
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(INTERNAL);
    expect(error.hint).toMatch(/by hand.*# pin/);
  });

  test('without a place the first anchor, alias or merge key of ours is named', () => {
    const error = describeRefusal(new MergeRefusal('restless'), files('a: 1\nb: &b {k: 1}\nc: *b\n'));
    expect(error.message).toContain('x-1.0.0.yaml:2 cannot');
    expect(error.hint).toContain('Write b ');
  });
});

test('where only the form of a file changes, nothing is said of an upgrade', () => {
  const names = { base: 'defaults', ours: 'ours' };
  const ours = 'a: &a {x: 2, k: *a}\nb: {<<: *a, y: 2}\n';
  const error = thrown(() => minimalValues('a: {x: 1}\nb: {y: 1}\n', ours, names));
  expect(error).toMatchObject({
    code: 'E_VALUES_MERGE',
    message: expect.stringMatching(/^ours:[12] cannot be rewritten/),
  });
  expect(`${error.message} ${error.hint}`).not.toMatch(/migrat|new defaults|# pin/);
});

test('a merge that is refused says so in these words', () => {
  const error = thrown(() =>
    mergeValues({
      base: 'a: {x: 1}\nb: {y: 1}\n',
      ours: 'a: &a {x: 2, k: *a}\nb: {<<: *a, y: 2}\n',
      theirs: 'b: {y: 1, x: 3}\n',
    }),
  );
  expect(error).toMatchObject({
    code: 'E_VALUES_MERGE',
    message: expect.stringMatching(/^ours:[12] cannot be migrated/),
  });
  expect(error.message).not.toMatch(INTERNAL);
});
