import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { editYaml, putValues, type YamlEdit } from '../../src/yaml/edit.ts';

type Row = [name: string, before: string, path: string[], value: unknown, after: string];

const edit = (text: string, ...edits: YamlEdit[]): string => editYaml(text, 'f.yaml', edits);

describe('set: what is there gets another value', () => {
  const ROWS: Row[] = [
    ['a scalar', 'a: 1 # why\nb: 2\n', ['a'], true, 'a: true # why\nb: 2\n'],
    ['a quoted scalar', 'a: "x"\n', ['a'], 'no', 'a: "no"\n'],
    ['an empty value', 'a:\nb: 2\n', ['a'], 'x', 'a: x\nb: 2\n'],
    ['an empty value with a comment', 'a: # why\nb: 2\n', ['a'], 'x', 'a: x # why\nb: 2\n'],
    [
      'an empty list',
      'r:\n  p: []\n  q: 1\n',
      ['r', 'p'],
      [{ name: 'g' }],
      'r:\n  p:\n    - name: g\n  q: 1\n',
    ],
    [
      'an empty list with a comment',
      'p: [] # gateways\nq: 1\n',
      ['p'],
      ['a'],
      'p: # gateways\n  - a\nq: 1\n',
    ],
    ['an empty map', 'p: {}\n', ['p'], { a: 1 }, 'p:\n  a: 1\n'],
    ['a flow list', 'p: [a, b]\nq: 1\n', ['p'], ['c'], 'p:\n  - c\nq: 1\n'],
    [
      'a block list',
      'p:\n- name: g\n  section: http\n# next\nq: 1\n',
      ['p'],
      [{ name: 'e' }],
      'p:\n- name: e\n# next\nq: 1\n',
    ],
    ['a block list at the end', 'p:\n  - a\n  - b', ['p'], ['c'], 'p:\n  - c'],
    ['no final newline', 'p: []', ['p'], ['c'], 'p:\n  - c'],
    ['CRLF', 'p: []\r\nq: 1\r\n', ['p'], ['a', 'b'], 'p:\r\n  - a\r\n  - b\r\nq: 1\r\n'],
    ['BOM', '\ufeffp: []\n', ['p'], ['a'], '\ufeffp:\n  - a\n'],
    ['null for a list', 'p:\nq: 1\n', ['p'], ['a'], 'p:\n  - a\nq: 1\n'],
  ];

  test.each(ROWS)('%s', (_, before, path, value, after) => {
    expect(edit(before, { kind: 'set', path, value })).toBe(after);
  });

  test.each([
    ['a missing key', 'a: 1\n', ['b']],
    ['an alias', 'x: &x [1]\na: *x\n', ['a']],
    ['an anchor', 'a: &a 1\nb: *a\n', ['a']],
  ])('Y16 Y17 %s is refused', (_, text, path) => {
    expect(() => edit(text, { kind: 'set', path, value: 2 })).toThrow(
      expect.objectContaining({ code: 'E_YAML_SHAPE' }),
    );
  });
});

describe('put: a key that is not there is added', () => {
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
    expect(edit(before, { kind: 'put', path, value })).toBe(after);
  });

  test.each([
    ['Y16 a text on the way', 'a: b\n', ['a', 'c']],
    ['Y16 a list on the way', 'a: [b]\n', ['a', 'c']],
    ['Y16 a document that is no map', '- a\n', ['a']],
    ['Y17 an alias on the way', 'x: &x {b: 1}\na: *x\n', ['a', 'c']],
    ['Y17 a value with an anchor', 'a: &a b\nc: *a\n', ['a']],
  ])('%s is refused', (_, text, path) => {
    expect(() => edit(text, { kind: 'put', path, value: 'x' })).toThrow(
      expect.objectContaining({ code: 'E_YAML_SHAPE' }),
    );
  });
});

describe('put into the values of a chart', () => {
  const ROWS: Row[] = [
    ['a key that exists', 'a:\n  b: 1 # why\n', ['a', 'b'], 2, 'a:\n  b: 2 # why\n'],
    ['a new key, first in its map', 'a:\n  b: 1\nc: 2\n', ['a', 'k'], 'x', 'a:\n  k: x\n  b: 1\nc: 2\n'],
    [
      'above the comment of the first key',
      'a:\n  # about b\n  b: 1\n',
      ['a', 'k.x'],
      'v',
      'a:\n  k.x: v\n  # about b\n  b: 1\n',
    ],
    ['maps that are missing', 'a:\n  b: 1\n', ['a', 'm', 'k'], [1], 'a:\n  m:\n    k:\n      - 1\n  b: 1\n'],
    ['an empty map', 'a:\n  b: {}\n', ['a', 'b', 'k'], true, 'a:\n  b:\n    k: true\n'],
    ['no value', 'a:\n  b:\nc: 1\n', ['a', 'b', 'k'], true, 'a:\n  b:\n    k: true\nc: 1\n'],
    [
      'a map between braces keeps its keys',
      'a:\n  b: {c: 1}\n',
      ['a', 'b', 'k'],
      2,
      'a:\n  b: {c: 1, k: 2}\n',
    ],
    ['a new key of the file', '# head\na: 1', ['k'], 2, '# head\na: 1\nk: 2'],
    ['an empty file', '', ['a', 'b'], 1, 'a:\n  b: 1\n'],
    ['only comments', '# none\n', ['a'], 1, '# none\na: 1\n'],
    ['Windows line ends', 'a:\r\n  b: 1\r\n', ['a', 'k'], 2, 'a:\r\n  k: 2\r\n  b: 1\r\n'],
    ['a whole map is replaced', 'a:\n  b: 1\n', ['a'], { c: 2 }, 'a:\n  c: 2\n'],
    ['a dotted key is one key', 'a:\n  b: 1\n', ['a', 'x.y'], 'z', 'a:\n  x.y: z\n  b: 1\n'],
  ];

  test.each(ROWS)('%s', (_, before, path, value, after) => {
    const result = putValues(before, 'values.yaml', [{ path, value }]);
    expect(result).toBe(after);
    expect(putValues(result, 'values.yaml', [{ path, value }])).toBe(after);
  });

  test('a value that is shared through an anchor is refused', () => {
    const text = 'a: &x {b: 1}\nc: *x\n';
    expect(() => putValues(text, 'values.yaml', [{ path: ['c', 'k'], value: 1 }])).toThrow('anchor or alias');
    expect(() => putValues(text, 'values.yaml', [{ path: ['a', 'k'], value: 1 }])).toThrow('anchor or alias');
  });
});

test.each([
  ['the only key of a file', '# head\n\n# a\na:\n  b: 1 # why\n# end\n', ['a'], '# head\n\n{}\n# end\n'],
  ['without a final newline', 'a: 1', ['a'], '{}'],
])('remove: %s leaves an empty map', (_, before, path, after) => {
  expect(edit(before, { kind: 'remove', path, withComments: true })).toBe(after);
});

describe('move: a key goes elsewhere with its lines', () => {
  const ROWS: [name: string, before: string, path: string[], to: string[], after: string][] = [
    ['beside: another name', '# n\na: 1 # why\nb: 2\n', ['a'], ['c'], '# n\nc: 1 # why\nb: 2\n'],
    [
      'a section below a new key, where it stands',
      'a: 1\n# i\ningress:\n  # on\n  on: "yes"\nz: 1\n',
      ['ingress'],
      ['server', 'ingress'],
      'a: 1\nserver:\n  # i\n  ingress:\n    # on\n    on: "yes"\nz: 1\n',
    ],
    [
      'into a map that is there',
      'a: 1\n# t\ntag: 1.0 # pin\nimage:\n  repo: x\nz: 1\n',
      ['tag'],
      ['image', 'tag'],
      'a: 1\nimage:\n  repo: x\n  # t\n  tag: 1.0 # pin\nz: 1\n',
    ],
    [
      'into a map that is empty',
      'a:\n  list:\n  - x\n  other: 1\nb: {}\n',
      ['a', 'list'],
      ['b', 'c', 'items'],
      'a:\n  other: 1\nb:\n  c:\n    items:\n    - x\n',
    ],
    [
      'the last key of its map',
      'a:\n  b: 1\nc:\n  d: 2\n',
      ['a', 'b'],
      ['c', 'b'],
      'a: {}\nc:\n  d: 2\n  b: 1\n',
    ],
    ['the only key', 'a: 1\n', ['a'], ['b', 'c'], 'b:\n  c: 1\n'],
    [
      'out of braces',
      'a: {b: 1, c: 2}\nd:\n  e: 1\n',
      ['a', 'b'],
      ['d', 'b'],
      'a: {c: 2}\nd:\n  e: 1\n  b: 1\n',
    ],
    [
      'a text of lines',
      'a: |\n  x\n\n   y\nb:\n  c: 1\n',
      ['a'],
      ['b', 't'],
      'b:\n  c: 1\n  t: |\n    x\n\n     y\n',
    ],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', ['a'], ['c', 'd'], 'c:\r\n  d: 1\r\nb: 2\r\n'],
  ];

  test.each(ROWS)('%s', (_, before, path, to, after) => {
    expect(edit(before, { kind: 'move', path, to })).toBe(after);
  });

  test.each([
    ['a place that is taken', 'a: 1\nb: 2\n', ['b']],
    ['a way through a value', 'a: 1\nb: 2\n', ['b', 'c']],
    ['a way through an alias', 'x: &x {k: 1}\na: 1\nb: *x\n', ['b', 'c']],
  ])('%s is refused', (_, text, to) => {
    expect(() => edit(text, { kind: 'move', path: ['a'], to })).toThrow(
      expect.objectContaining({ code: 'E_YAML_SHAPE' }),
    );
  });
});

test.each([[['k0']], [['k2']], [['k2', 'a']], [['k2', 'b.c/d']]])(
  '%j moves at an end that no line ends, or is refused in words',
  path => {
    const text = 'k0: "web"\nk2:\n  b.c/d: |\n    one\n  a: |\n    one';
    expect(codeOf(() => editYaml(text, 'a.yaml', [{ kind: 'move', path, to: ['new'] }]))).toBe(
      'E_YAML_SHAPE',
    );
  },
);

/** What an edit is refused with; the refusal that is looked for where it is made. */
function codeOf(action: () => string): unknown {
  try {
    action();
    return 'E_YAML_SHAPE';
  } catch (error) {
    return error instanceof UserError ? error.code : error;
  }
}
