import { expect, test } from 'vitest';
import { prove } from '../../src/values/proof.ts';
import { createMeanings } from '../../src/yaml/meanings.ts';
import { outlineOf } from '../../src/yaml/build-syntax-tree.ts';
import { parseRepeating } from '../../src/yaml/source.ts';

/** What the proof says of a result that anybody may have made. */
function unexplained(texts: {
  base: string;
  ours: string;
  theirs: string;
  result: string;
}): readonly string[] {
  const meanings = createMeanings();
  const outline = (text: string) => outlineOf(parseRepeating(text, 'values.yaml'), meanings);
  const files = { base: outline(texts.base), ours: outline(texts.ours), theirs: outline(texts.theirs) };
  const claim = { files, result: outline(texts.result), meanings };
  return prove({
    ...claim,
    decided: new Map(),
    merged: new Map(),
    moved: [],
    anchored: new Set(),
    commented: new Set(),
    rewritten: [],
  }).unexplained;
}

const FILES = { base: 'a: 1\nb: 1\n', ours: 'a: 2\nb: 1\n', theirs: 'a: 1\nb: 3\n' };

test('U07 the right result has nothing unexplained', () => {
  expect(unexplained({ ...FILES, result: 'a: 2\nb: 3\n' })).toEqual([]);
});

test.each([
  ['the team’s value is lost', 'a: 1\nb: 3\n'],
  ['a new default is lost', 'a: 2\nb: 1\n'],
  ['a key is gone', 'a: 2\n'],
  ['something is invented', 'a: 2\nb: 3\nc: 4\n'],
])('U07 %s: the proof names it', (_, result) => {
  expect(unexplained({ ...FILES, result })).not.toEqual([]);
});
