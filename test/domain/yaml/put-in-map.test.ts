import { expect, test } from 'vitest';
import { applyEdits } from '../../../src/domain/yaml/edit.ts';
import { type MapValue, putInMap } from '../../../src/domain/yaml/put-in-map.ts';
import { parseSource } from '../../../src/domain/yaml/source.ts';

type Row = [name: string, before: string, path: string[], value: MapValue, after: string];

const ROWS: Row[] = [
  [
    'a value is replaced, its comment stays',
    'a:\n  b: old # why\n  c: 1\n',
    ['a', 'b'],
    'new',
    'a:\n  b: new # why\n  c: 1\n',
  ],
  ['in its own quotes', `a: 'old'\nb: "old"\n`, ['a'], "it's", `a: 'it''s'\nb: "old"\n`],
  ['an empty value', 'a:\n  b:\n  c: 1\n', ['a', 'b'], 'x', 'a:\n  b: x\n  c: 1\n'],
  ['a folded value', 'a: >-\n  x\n  y\n# next\nb: 1\n', ['a'], 'z', 'a: z\n# next\nb: 1\n'],
  [
    'a new key behind the others',
    'a:\n  z: 1\n  b: 2\n# next\nc: 1\n',
    ['a', 'm'],
    'x',
    'a:\n  z: 1\n  b: 2\n  m: x\n# next\nc: 1\n',
  ],
  [
    'a new key among sorted ones',
    'a:\n  b: 1\n  # about d\n  d: 2\n',
    ['a', 'c'],
    'x',
    'a:\n  b: 1\n  c: x\n  # about d\n  d: 2\n',
  ],
  ['a new key before sorted ones', 'a:\n  b: 1\n  d: 2\n', ['a', 'a'], 'x', 'a:\n  a: x\n  b: 1\n  d: 2\n'],
  [
    'a new key in the quotes of its neighbour',
    'a:\n  "b": "1"\n',
    ['a', 'c'],
    'x',
    'a:\n  "b": "1"\n  "c": "x"\n',
  ],
  [
    'missing maps',
    'a:\n  b: 1\n',
    ['a', 'm', 'inner'],
    { k: 'v' },
    'a:\n  b: 1\n  m:\n    inner:\n      k: v\n',
  ],
  [
    'missing maps, four spaces deep',
    'a:\n    b: 1\n',
    ['a', 'm', 'inner'],
    'v',
    'a:\n    b: 1\n    m:\n        inner: v\n',
  ],
  [
    'an empty map',
    'a:\n  m: {} # none\n  b: 1\n',
    ['a', 'm', 'k'],
    'v',
    'a:\n  m: # none\n    k: v\n  b: 1\n',
  ],
  ['a null map', 'a:\n  m:\n  b: 1\n', ['a', 'm', 'k'], 'v', 'a:\n  m:\n    k: v\n  b: 1\n'],
  [
    'a comment deeper than its map stays with it',
    'a:\n  b: 1\n    # about b\n  # about the end\n',
    ['a', 'c'],
    'x',
    'a:\n  b: 1\n    # about b\n  c: x\n  # about the end\n',
  ],
  ['between brackets', 'a: {b: 1}\n', ['a', 'c'], 'x', 'a: {b: 1, c: x}\n'],
  ['between empty brackets of a root', '{}\n', ['c'], 'x', '{ c: x }\n'],
  [
    'JSON',
    '{\n  "a": {\n    "b": "1"\n  }\n}\n',
    ['a', 'c'],
    'x',
    '{\n  "a": {\n    "b": "1",\n    "c": "x"\n  }\n}\n',
  ],
  ['JSON, missing maps', '{\n  "a": {}\n}\n', ['a', 'm', 'c'], 'x', '{\n  "a": {"m":{"c":"x"}}\n}\n'],
  ['CRLF', 'a:\r\n  b: 1\r\n', ['a', 'c'], 'x', 'a:\r\n  b: 1\r\n  c: x\r\n'],
  ['no final newline', 'a:\n  b: 1', ['a', 'c'], 'x', 'a:\n  b: 1\n  c: x'],
  ['a switch', 'a:\n  b: 1\n', ['a', 'c'], true, 'a:\n  b: 1\n  c: true\n'],
  ['a text that looks like a switch', 'a:\n  b: 1\n', ['a', 'c'], 'true', 'a:\n  b: 1\n  c: "true"\n'],
];

test.each(ROWS)('%s', (_, before, path, value, after) => {
  const source = parseSource(before, 'f.yaml');
  const root = source.documents[0]?.contents;
  expect(applyEdits(before, putInMap(source, { root, path, value }))).toBe(after);
});

test.each([
  ['Y16 a text on the way', 'a: b\n', ['a', 'c']],
  ['Y16 a list on the way', 'a: [b]\n', ['a', 'c']],
  ['Y16 a document that is no map', '- a\n', ['a']],
  ['Y17 an alias on the way', 'x: &x {b: 1}\na: *x\n', ['a', 'c']],
  ['Y17 a value with an anchor', 'a: &a b\nc: *a\n', ['a']],
])('%s is refused', (_, text, path) => {
  const source = parseSource(text, 'f.yaml');
  const root = source.documents[0]?.contents;
  expect(() => putInMap(source, { root, path, value: 'x' })).toThrow(
    expect.objectContaining({ code: 'E_YAML_SHAPE' }),
  );
});
