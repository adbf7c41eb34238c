import { expect, test } from 'vitest';
import { putValues } from '../../../src/domain/yaml/put-value.ts';

type Row = [name: string, before: string, path: string[], value: unknown, after: string];

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
    'a:\n  b:\n    c: 1\n    k: 2\n',
  ],
  ['a new key of the file', '# head\na: 1', ['k'], 2, '# head\na: 1\nk: 2\n'],
  ['an empty file', '', ['a', 'b'], 1, 'a:\n  b: 1\n'],
  ['only comments', '# none\n', ['a'], 1, '# none\na: 1\n'],
  ['Windows line ends', 'a:\r\n  b: 1\r\n', ['a', 'k'], 2, 'a:\r\n  k: 2\r\n  b: 1\r\n'],
  ['a whole map is replaced', 'a:\n  b: 1\n', ['a'], { c: 2 }, 'a:\n  c: 2\n'],
  ['a dotted key is one key', 'a:\n  b: 1\n', ['a', 'x.y'], 'z', 'a:\n  x.y: z\n  b: 1\n'],
];

test.each(ROWS)('%s', (_, before, path, value, after) => {
  const result = putValues(before, [{ path, value }], 'values.yaml');
  expect(result).toBe(after);
  expect(putValues(result, [{ path, value }], 'values.yaml')).toBe(after);
});

test('a value that is shared through an anchor is refused', () => {
  const text = 'a: &x {b: 1}\nc: *x\n';
  expect(() => putValues(text, [{ path: ['c', 'k'], value: 1 }], 'values.yaml')).toThrow('anchor or alias');
  expect(() => putValues(text, [{ path: ['a', 'k'], value: 1 }], 'values.yaml')).toThrow('anchor or alias');
});
