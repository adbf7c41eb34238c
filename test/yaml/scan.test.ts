import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_ID, eventsOf, localData, type Marks, marksOf, YAMLException } from '../../src/yaml/events.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { scanYaml } from '../../src/yaml/scan.ts';
import { damagedFixtures, YAML_FIXTURES } from '../support/yaml-fixtures.ts';
import { yamlTexts } from '../support/yaml-texts.ts';

/** All that a reader can ask of marks. */
function toldBy(marks: Marks, text: string) {
  return Array.from({ length: marks.count }, (_, index) => {
    const type = marks.type(index);
    if (type === EVENT_ID.POP || type === EVENT_ID.DOCUMENT) return [type];
    const place = [type, marks.style(index), marks.start(index), marks.offset(index)];
    return type === EVENT_ID.SCALAR ? [...place, marks.scalar(index), marks.text(index, text)] : place;
  });
}

/** What it gives, or the parser's reason why it gives nothing. */
function attempt<Value>(work: () => Value): Value | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof YAMLException) return error.reason;
    throw error;
  }
}

/** What the parser, the slow twin, says of a text. */
function parsed(text: string) {
  return attempt(() => {
    const events = parseYaml(text, 101);
    return { told: toldBy(marksOf(events), text), data: attempt(() => localData(events, text)) };
  });
}

function scanned(text: string) {
  const marks = scanYaml(text);
  return marks && { told: toldBy(marks, text), data: attempt(() => localData(eventsOf(marks), text)) };
}

/** What both say of a text that the scanner knows: twice the same. */
function both(text: string) {
  const found = scanned(text);
  return found && { scanner: found, parser: parsed(text) };
}

test('every YAML file of the tree means what the parser says', () => {
  const known = YAML_FIXTURES.flatMap(text => both(text) ?? []);
  expect(known.map(({ scanner }) => scanner)).toEqual(known.map(({ parser }) => parser));
  // Were it to give up too easily, nothing would be faster for it.
  expect(known.length).toBeGreaterThan(YAML_FIXTURES.length * 0.8);
});

function expectAgreement(text: string): void {
  const found = both(text);
  expect([text, found?.scanner]).toEqual([text, found?.parser]);
}

test('a file that somebody damaged means what the parser says', () => {
  expect(() => fc.assert(fc.property(damagedFixtures, expectAgreement), { numRuns: 4000 })).not.toThrow();
});

test('files as people write them mean what the parser says', () => {
  const texts = yamlTexts.map(({ text }) => text);
  expect(() => fc.assert(fc.property(texts, expectAgreement), { numRuns: 500 })).not.toThrow();
});

const KNOWN = {
  'a list at its key': 'a:\n- 1\n- b: 2\n  c: 3\nd: 4\n',
  'lists in lists': '- - 1\n  - 2\n-\n  - 3\n-\n- 4\n',
  'nothing behind keys': 'a:\n  b:\nc:\n  - d:\n  -\ne:',
  'several documents': '# first\n---\na: 1\n---\n---\n- 2\n---\n',
  quotes: `"a b": 'it''s'\n'c': "d\\n\\"e" # f\n`,
  brackets: 'a: {b: 1, "c": [x y, {d: e}], f : [ ]} # g\nh: [1, ]\n',
  'block scalars': 'a: |\n  x\n\n    y\n\nb: >-  # why\n  z\n   # no comment\nc: |+\n\nd: |\ne: 1\n',
  'signs within texts': 'a: b#c -d ?e :f\n-g: h:i\n',
  'no end of line': 'a:\n  - b: c',
  'comments anywhere': 'a: 1\n    # deeper\nb:\n# left\n  - c\n',
};

test.each(Object.entries(KNOWN))('the scanner knows %s', (_, text) => {
  const found = both(text);
  expect(found?.scanner).toEqual(parsed(text));
});

const LEFT = {
  'anchors and aliases': 'a: &b 1\nc: *b\n',
  tags: 'a: !!str 1\n',
  'texts over several lines': 'a: b\n  c\n',
  tabs: 'a:\t1\n',
  'carriage returns': 'a: 1\r\nb: 2\r\n',
  'explicit keys': '? a\n: b\n',
  'a text that ends in nothing': 'a: |\n  b',
  'what is wrong': 'a: b: c\n',
  'columns that belong to nothing': 'a:\n   b: 1\n  c: 2\n',
};

test.each(Object.entries(LEFT))('the scanner leaves %s to the parser', (_, text) => {
  expect(scanned(text)).toBeUndefined();
});
