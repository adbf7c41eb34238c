import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { outlineOf } from '../../src/yaml/build-syntax-tree.ts';
import { createMeanings, type Meanings } from '../../src/yaml/meanings.ts';
import { outlineText, scannedOutline } from '../../src/yaml/outline.ts';
import { parseRepeating } from '../../src/yaml/source.ts';
import type { SyntaxTree, Value, YamlNode } from '../../src/yaml/syntax-tree.ts';
import { damagedFixtures, YAML_FIXTURES } from '../support/yaml-fixtures.ts';
import { yamlTexts } from '../support/yaml-texts.ts';

/** All that a reader can ask of a tree, without its circles. */
function toldBy({ name, text, lines, documents, tail }: SyntaxTree) {
  const value = (of: Value): unknown => ({ ...of, entries: of.entries.map(entry), target: of.target?.start });
  const entry = (of: YamlNode): unknown => ({ ...of, value: value(of.value), parent: of.parent?.start });
  return { name, text, lineStarts: lines.lineStarts, documents: documents.map(entry), tail };
}

/** What the parser, the slow twin, makes of a text; undefined for what it refuses. */
function parsed(text: string, meanings: Meanings) {
  try {
    return toldBy(outlineOf(parseRepeating(text, 'a.yaml'), meanings));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What both make of a text that the scanner knows: twice the same. */
function both(text: string) {
  const meanings = createMeanings();
  const found = scannedOutline(text, 'a.yaml', meanings);
  return found && { scanner: toldBy(found), parser: parsed(text, meanings) };
}

function expectAgreement(text: string): void {
  const found = both(text);
  expect([text, found?.scanner]).toEqual([text, found?.parser]);
}

test('every YAML file of the tree has the outline that the parser gives', () => {
  const known = YAML_FIXTURES.flatMap(text => both(text) ?? []);
  expect(known.map(({ scanner }) => scanner)).toEqual(known.map(({ parser }) => parser));
  expect(known.length).toBeGreaterThan(YAML_FIXTURES.length * 0.6);
});

test('a file that somebody damaged has the outline that the parser gives', () => {
  expect(() => fc.assert(fc.property(damagedFixtures, expectAgreement), { numRuns: 3000 })).not.toThrow();
});

test('files as people write them have the outline that the parser gives', () => {
  const texts = yamlTexts.map(({ text }) => text);
  expect(() => fc.assert(fc.property(texts, expectAgreement), { numRuns: 500 })).not.toThrow();
});

const KNOWN = {
  'a list at its key': 'a:\n- 1\n# - 2\n\n- b: 2\n  c: 3\nd: 4\n',
  'lists in lists': '- - 1\n  # - one\n  - 2\n-\n  - 3\n-\n- 4\n',
  'nothing behind keys': 'a:\n  b:\nc: # c\n  - d:\n  -\ne:',
  'a document with its mark': '# first\n--- # one\na: 1\n',
  quotes: `"a b": 'it''s'\n'c' : "d\\n\\"e" # f\n`,
  brackets: 'a: {b: 1, "c": [x y, {d: e}], f : [ ]} # g\nh: [1, ]\n',
  'block scalars':
    'a: |\n  x\n\n    y\n   \n\nb: >-  # why\n  z\n   # no comment\nc: |+\n\nd: |\ne:\n  >\n  f\n\n',
  'numbers as keys': '8080: x\n0: y\nv1: z\n',
  'words of both versions': 'a: yes\nb: 0o17\nc: 017\ne: ~\nf: 1_000\ng: 12345678901234567890\n',
  'a merge sign that is a key': '<<: {a: 1}\nb: 2\n',
};

test.each(Object.entries(KNOWN))('what the scanner knows is outlined: %s', (_, text) => {
  const found = both(text);
  expect(found?.scanner).toEqual(parsed(text, createMeanings()) && found?.parser);
  expect(found?.parser).toBeDefined();
});

const LEFT = {
  'a key twice': 'a: 1\na: 2\n',
  'several documents': 'a: 1\n---\nb: 2\n',
  'a number as key that reads otherwise': '0x10: a\n',
  'a key that is nothing': 'null: a\n',
  'no map': '--- \n',
  'a number without end': 'a: -.inf\n',
  anchors: 'a: &b 1\nc: *b\n',
  'a byte order mark': '\ufeffa: 1\n',
};

test.each(Object.entries(LEFT))('the parser outlines %s', (_, text) => {
  const meanings = createMeanings();
  expect(scannedOutline(text, 'a.yaml', meanings)).toBeUndefined();
  expect(toldBy(outlineText(text, 'a.yaml', meanings))).toEqual(parsed(text, meanings));
});
