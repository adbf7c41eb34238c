import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf } from '../../src/yaml/build-syntax-tree.ts';
import { createMeanings, type Meanings } from '../../src/yaml/meanings.ts';
import { readLocated, saidInText } from '../../src/yaml/read.ts';
import type { SaidValue, SaidEntry } from '../../src/yaml/said.ts';
import { parseRepeating } from '../../src/yaml/source.ts';
import { yamlTexts } from '../support/yaml-texts.ts';

/** Only what a value says, of whichever reader. */
function plain({ kind, type, opaque, meaning, scalar, entries }: SaidValue): unknown {
  const inside = entries.map(({ key, value }: SaidEntry) => [key, plain(value)]);
  return { kind, type, opaque, meaning, scalar, inside };
}

function careful(text: string, meanings: Meanings): SaidValue | undefined {
  return outlineOf(parseRepeating(text, 'text'), meanings).documents[0]?.value;
}

const WITHOUT = { isWithout: true };

test('what is read quickly says what the syntax tree says', () => {
  let read = 0;
  fc.assert(
    fc.property(yamlTexts, ({ text }) => {
      const meanings = createMeanings();
      const quick = saidInText(text, meanings, WITHOUT);
      if (!quick) return;
      read++;
      const tree = careful(text, meanings);
      expect(plain(quick)).toEqual(tree && plain(tree));
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(20);
});

const SURE = [
  'a: 1\nb: [x, {y: 0o17}]\nc:\n  - d: yes\n    e: |\n      text\n',
  "a: \"1\"\nb: 'it''s'\nc: >-\n  two\n  lines\nd:\ne: ~\n",
  'a: 0644\nb: 1_000\nc: .5\nd: 1e3\ne: 123456789012345678901\nf: -0\ng: 2020-01-01\n',
  'x/y: 1\n"q r": {}\nz: []\n',
];

test.each(SURE)('an ordinary text is read quickly: %j', text => {
  const meanings = createMeanings();
  const quick = saidInText(text, meanings);
  const tree = careful(text, meanings);
  expect(quick && plain(quick)).toEqual(tree && plain(tree));
});

test.each([
  'a: 1 # why\n',
  '# why\na: 1\n',
  'a: &it 1\nb: *it\n',
  'a: !!str 1\n',
  '? a\n: 1\n',
  '<<: {a: 1}\n',
  '1.0: a\n',
  'a: {b}\n',
  'a: 1\n---\nb: 2\n',
  '"a": 1\n"\\x61": 2\n',
  'a: 1\na: 2\n',
  'a: [\n',
  'a: .inf\n',
])('what is unusual, or has comments, is left to the syntax tree: %j', text => {
  expect(saidInText(text, createMeanings())).toBeUndefined();
});

test('a value inside of a manifest is read where it stands', () => {
  const result = readLocated('# head\nspec:\n  values:\n    a: 1\n    b: {c: d}\n  after: x # here\n');
  if (result.status !== 'read') throw new Error('unreadable');
  const meanings = createMeanings();
  const inside = (text: string): unknown => {
    const tree = careful(text, meanings);
    return tree && plain(tree);
  };
  const said = result.yaml.saidAt(0, ['spec', 'values'], meanings);
  expect(said && plain(said)).toEqual(inside('a: 1\nb: {c: d}\n'));
  expect(result.yaml.saidAt(0, ['spec', 'none'], meanings)).toBeUndefined();
  expect(result.yaml.saidAt(0, ['spec'], meanings)).toBeUndefined();
});
