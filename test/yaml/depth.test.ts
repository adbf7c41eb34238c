import { expect, test } from 'vitest';
import { requireDepth } from '../../src/yaml/depth.ts';
import { parseSource } from '../../src/yaml/source.ts';

const DEEP: [string, string][] = [
  ['flow lists', '['.repeat(5000)],
  ['flow lists that close on their line', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['flow maps', '{a: '.repeat(5000)],
  ['block maps', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['dashes on one line', `${'- '.repeat(5000)}x`],
  ['explicit keys', `${'? '.repeat(5000)}x`],
  ['keys on one line', `a: ${'b: '.repeat(5000)}`],
  ['keys on one line between braces', `{a: ${'b: '.repeat(5000)}}`],
  ['keys on lines of their own between braces', `{a:\n${'b:\n'.repeat(5000)}}`],
  ['pairs on one line between brackets', `[${'b: '.repeat(5000)}]`],
  ['a mix', `${'- '.repeat(800)}${'['.repeat(800)}`],
];

test.each(DEEP)('Y01 Y02 %s deeper than the limit are refused, twice in one process', (_, text) => {
  for (let round = 0; round < 2; round++)
    expect(() => parseSource(text, 'x.yaml')).toThrow(expect.objectContaining({ code: 'E_YAML_DEPTH' }));
});

test.each([
  ['brackets in strings', `a: "${'['.repeat(500)}"\nb: '${'{'.repeat(500)}'\n`],
  ['brackets in comments', `# ${'['.repeat(500)}\na: 1\n`],
  ['a wide line in a block scalar', `a: |\n  ${' '.repeat(400)}x\n`],
  ['a long map between braces', `{${Array.from({ length: 500 }, (_, key) => `k${key}: 1`).join(', ')}}`],
  ['times and addresses', `a: ${'x:1 https://y '.repeat(500)}\n`],
  ['many keys in a comment or text', `# ${'b: '.repeat(500)}\na: "${'b: '.repeat(500)}"\n`],
  ['many short lists', `a: ${'[1],'.repeat(1)}\n`.replace(',', '')],
  ['a list of many lists', `a:\n${'- [1, [2]]\n'.repeat(500)}`],
])('%s are not nesting', (_, text) => {
  expect(() => requireDepth(text, 'a.yaml')).not.toThrow();
});
