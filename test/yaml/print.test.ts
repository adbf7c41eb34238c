import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml, yamlScalar } from '../../src/yaml/print.ts';

const TYPED = [
  '1.10',
  '1e3',
  '0o7',
  '012',
  'on',
  'no',
  'Y',
  'n',
  '12:30:45',
  '=',
  '- x',
  '#',
  'a: b',
  '~',
  'null',
  '.inf',
  '0x1F',
  '1_000',
  '2001-01-01',
  '',
  ' x',
  'x ',
  '{{ x }}',
  '*a',
  '&a',
  '!t',
  '%d',
  '@a',
  '`a',
  'a #b',
  "it's",
  '"q"',
  'a\nb',
  '\u0085',
  '[a',
  '{a',
  '<<',
  'true',
  '1e400',
  '0b1',
  '+1',
  '.5',
];

test.each(TYPED)('Y13 %j comes back as the same string from every reader', text => {
  const line = `key: ${yamlScalar(text)}`;
  expect([parse(line), parse(line, { version: '1.1' }), load(line)]).toEqual([
    { key: text },
    { key: text },
    { key: text },
  ]);
});

test.each([
  '9.5.2',
  'v1.20.2',
  '1.83.14-stable',
  'resources/a.yaml',
  '../../image-prefix.yaml',
  'docker.io/library/nginx',
  'https://a.example/x',
  'oci://r.example/c',
  'nginx:1.27',
])('%s needs no quotes', text => expect(yamlScalar(text)).toBe(text));

test('H03 any string round-trips through a scalar, in 1.1 and 1.2', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const line = `a: ${yamlScalar(text)}\nb: 1\n`;
      expect(line.split('\n')).toHaveLength(3);
      expect(parse(line)).toEqual({ a: text, b: 1 });
      expect(parse(line, { version: '1.1' })).toEqual({ a: text, b: 1 });
    }),
    { numRuns: 2000 },
  );
});

test('blocks take the indentation asked for', () => {
  const value = [{ name: 'a', keys: ['x'] }];
  expect(printYaml(value, { indent: 4 })).toBe('- name: a\n      keys:\n        - x');
  expect(printYaml({ list: ['x'] }, { indentLists: false })).toBe('list:\n- x');
});
