import { expect, test } from 'vitest';
import { applyEdits } from '../../../src/domain/yaml/edit.ts';
import { setValue } from '../../../src/domain/yaml/set-value.ts';
import { parseSource } from '../../../src/domain/yaml/source.ts';

type Row = [name: string, before: string, path: string[], value: unknown, after: string];

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
  ['an empty list with a comment', 'p: [] # gateways\nq: 1\n', ['p'], ['a'], 'p: # gateways\n  - a\nq: 1\n'],
  ['an empty map', 'p: {}\n', ['p'], { a: 1 }, 'p:\n  a: 1\n'],
  ['a flow list', 'p: [a, b]\nq: 1\n', ['p'], ['c'], 'p:\n  - c\nq: 1\n'],
  [
    'a block list',
    'p:\n- name: g\n  section: http\n# next\nq: 1\n',
    ['p'],
    [{ name: 'e' }],
    'p:\n  - name: e\n# next\nq: 1\n',
  ],
  ['a block list at the end', 'p:\n  - a\n  - b', ['p'], ['c'], 'p:\n  - c\n'],
  ['no final newline', 'p: []', ['p'], ['c'], 'p:\n  - c'],
  ['CRLF', 'p: []\r\nq: 1\r\n', ['p'], ['a', 'b'], 'p:\r\n  - a\r\n  - b\r\nq: 1\r\n'],
  ['BOM', '\ufeffp: []\n', ['p'], ['a'], '\ufeffp:\n  - a\n'],
  ['null for a list', 'p:\nq: 1\n', ['p'], ['a'], 'p:\n  - a\nq: 1\n'],
];

test.each(ROWS)('%s', (_, before, path, value, after) => {
  expect(applyEdits(before, setValue(parseSource(before, 'v.yaml'), path, value))).toBe(after);
});

test.each([
  ['a missing key', 'a: 1\n', ['b']],
  ['an alias', 'x: &x [1]\na: *x\n', ['a']],
  ['an anchor', 'a: &a 1\nb: *a\n', ['a']],
])('Y16 Y17 %s is refused', (_, text, path) => {
  expect(() => setValue(parseSource(text, 'v.yaml'), path, 2)).toThrow(
    expect.objectContaining({ code: 'E_YAML_SHAPE' }),
  );
});
