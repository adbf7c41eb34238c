import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { editYaml, rangesOfEdit } from '../../src/yaml/edit.ts';
import { setInOutline } from '../../src/yaml/edit/set-in-outline.ts';
import { excerptAt, excerptInOutline } from '../../src/yaml/excerpt.ts';
import { createMeanings } from '../../src/yaml/meanings.ts';
import type { Step } from '../../src/yaml/nodes.ts';
import { scannedOutline } from '../../src/yaml/outline.ts';
import { parseSource } from '../../src/yaml/source.ts';
import type { SyntaxTree, YamlNode } from '../../src/yaml/syntax-tree.ts';
import { applyEdits } from '../../src/yaml/text.ts';
import { damagedFixtures, YAML_FIXTURES } from '../support/yaml-fixtures.ts';
import { yamlTexts } from '../support/yaml-texts.ts';

const outline = (text: string): SyntaxTree | undefined => scannedOutline(text, 'a.yaml', createMeanings());

/** The ways to all that a text says, where the scanner knows it. */
function pathsIn(text: string): Step[][] {
  const walk = ({ value }: YamlNode, path: Step[]): Step[][] => [
    path,
    ...value.entries.flatMap(entry => walk(entry, [...path, entry.key])),
  ];
  const [root] = outline(text)?.documents ?? [];
  return root ? walk(root, []) : [];
}

function orRefusal<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

const NEW_TEXTS = [
  '1.2.0',
  '1.10',
  '2',
  'v3',
  'true',
  '',
  '$values/a.yaml',
  "it's # so",
  ' x: y ',
  'ä',
  '- a',
];

/** What the parser, the slow twin, makes of an edit. */
function edited(text: string, path: readonly Step[], value: string): string {
  return orRefusal(() => applyEdits(text, rangesOfEdit(text, 'a.yaml', { kind: 'set', path, value })));
}

type Twins = { quick: unknown; slow: unknown };

/** The answers of both for what the outline knows: twice the same. */
function twinsOf(text: string, most = 12): Twins[] {
  const paths = pathsIn(text);
  const step = Math.max(1, Math.floor(paths.length / most));
  return paths
    .filter((_, index) => index % step === 0)
    .flatMap((path, index) => {
      const value = NEW_TEXTS[index % NEW_TEXTS.length] ?? '';
      const edit = { kind: 'set', path, value } as const;
      const tree = outline(text);
      const [set, excerpt] = [setInOutline(text, edit, outline), tree && excerptInOutline(tree, path)];
      return [
        ...(set === undefined ? [] : [{ quick: set, slow: edited(text, path, value) }]),
        ...(excerpt === undefined
          ? []
          : [{ quick: excerpt, slow: excerptAt(parseSource(text, 'a.yaml'), 0, path) }]),
      ];
    });
}

function expectTwins(text: string): void {
  const twins = twinsOf(text);
  expect([text, twins.map(({ quick }) => quick)]).toEqual([text, twins.map(({ slow }) => slow)]);
}

test('every YAML file of the tree is edited and quoted as by the parser', () => {
  const twins = YAML_FIXTURES.flatMap(text => twinsOf(text));
  expect(twins.map(({ quick }) => quick)).toEqual(twins.map(({ slow }) => slow));
  expect(twins.length).toBeGreaterThan(YAML_FIXTURES.length);
});

test('a file that somebody damaged is edited and quoted as by the parser', () => {
  expect(() => fc.assert(fc.property(damagedFixtures, expectTwins), { numRuns: 300 })).not.toThrow();
});

test('files as people write them are edited and quoted as by the parser', () => {
  const texts = yamlTexts.map(({ text }) => text);
  expect(() => fc.assert(fc.property(texts, expectTwins), { numRuns: 100 })).not.toThrow();
});

const TEXT = 'a: # one\n  b: "x" # two\n  # three\n  c: word\n# four\nd: 1.0\n';

test('one text on its line is set without the parser, every other edit with it', () => {
  const set = (path: Step[], value: unknown, document = 0) =>
    setInOutline(TEXT, { kind: 'set', path, value, document }, outline);
  expect(set(['a', 'b'], 'z')).toBe(TEXT.replace('"x"', '"z"'));
  expect(set(['d'], '1.0')).toBe(TEXT.replace('1.0', '"1.0"'));
  expect(set(['a', 'c'], 'word')).toBe(TEXT);
  expect([
    set(['a'], 'z'),
    set(['a', 'b'], 2),
    set(['a', 'b'], 'z\n'),
    set(['d'], 'z', 1),
    set(['e'], 'z'),
  ]).toEqual(Array.from({ length: 5 }));
  expect(() => editYaml(TEXT, 'a.yaml', [{ kind: 'set', path: ['e'], value: 'z' }])).toThrow('e');
});

test('comments that may belong to what is quoted are left to the parser', () => {
  const quoted = (text: string) => [outline(text)].flatMap(tree => tree && [excerptInOutline(tree, ['a'])]);
  expect(quoted('a:\n  # of b\n  b: 1 # one\n\n# of c\nc: 2\n')).toEqual(['# of b\nb: 1 # one\n']);
  expect(quoted('a:\n  b: 1\n  # of it?\nc: 2\n')).toEqual([undefined]);
});
