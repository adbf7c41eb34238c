import { expect, test } from 'vitest';
import { readLocated } from '../../src/yaml/read.ts';

/** As large as a file may be. */
const MOST = 10 << 20;
const full = (start: string, item: string, end = ''): string =>
  `${start}${item.repeat((MOST - start.length - end.length) / item.length)}${end}`;

test.each([
  ['empty lists', full('a: [', '[],', ']')],
  ['empty maps', full('a: [', '{},', ']')],
  ['numbers', full('a: [', '1,', ']')],
  ['items without a value', full('', '-\n')],
  ['lines without a value', full('', 'a:\n')],
  ['keys of a map in braces', full('a: {', 'b,', '}')],
  ['aliases', full('a: &a 1\nb: [', '*a,', ']')],
  ['documents', full('', '--- a\n')],
  ['documents of nothing', full('', '---\n')],
])('C09 a file of nothing but %s is refused before it is parsed', (_, text) => {
  const before = process.memoryUsage().rss;
  const result = readLocated(text);
  expect([result, process.memoryUsage().rss - before < 128 << 20]).toMatchObject([
    { status: 'unreadable', problem: { code: 'E_YAML_LIMIT' } },
    true,
  ]);
});

test.each([
  ['a long text', full('a: |\n', '  {"a": [1, 2, 3], "b": "- - -"},\n')],
  ['comments', full('a: 1\n', '# a: [1, 2]\n')],
  ['long lines', full('', '- "a, b: c, [d], {e}, - f and so on until a hundred"\n')],
])('C09 a file of %s holds few values', (_, text) => {
  expect(readLocated(text).status).toBe('read');
});
