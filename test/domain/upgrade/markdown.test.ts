import { expect, test } from 'vitest';
import { bullets, code, plain, shortValue } from '../../../src/domain/upgrade/report/markdown.ts';

test.each([
  ['a.b', '`a.b`'],
  ['a`b', '`` a`b ``'],
  ['`` <img src=x onerror=y>', '``` `` <img src=x onerror=y> ```'],
  ['two\nlines', '`two lines`'],
  ['left \u202egnp.exe', '`left \ufffdgnp.exe`'],
])('the literal %j stays inside its fence', (text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([
  ['<b>x</b> [a](b) *c* _d_ | # `e`', String.raw`\<b\>x\</b\> \[a\](b) \*c\* \_d\_ \| \# \`e\``],
  ['an \u001b[31mescape', 'an \ufffd\\[31mescape'],
  [String.raw`a\b`, String.raw`a\\b`],
])('remote text %j is plain', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test('long lists and long values are cut, and what is left out is counted', () => {
  const more = (count: number): string => `${count} more`;
  expect(bullets(['a', 'b', 'c', 'd'], { most: 2 }, more)).toEqual(['- a', '- b', '- 2 more']);
  expect(bullets(['a', 'b', 'c'], { most: 2 }, more)).toEqual(['- a', '- b', '- c']);
  expect(shortValue('x'.repeat(100), '∅')).toBe(`\`${'x'.repeat(79)}…\``);
  expect(shortValue(undefined, '∅')).toBe('∅');
});
