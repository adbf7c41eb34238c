import { expect, test } from 'vitest';
import { liveIn } from '../support/hostile.ts';
import { bullets, cell, code, day, plain, shortValue } from '../../src/text/markdown.ts';

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

test.each([
  ['ask @acme/owners', 'ask `@acme/owners`'],
  ['https://evil.example', '`https://evil.example`'],
  ['www.evil.example, me@evil.example', '`www.evil.example,` `me@evil.example`'],
  ['fixes #12 GH-34 acme/shop#56 !78 ~bug', 'fixes `#12` `GH-34` `acme/shop#56` `!78` `~bug`'],
  ['reverts deadbeefcafe', 'reverts `deadbeefcafe`'],
  ['![p](https://evil.example/p.png)', '`![p](https://evil.example/p.png)`'],
  [':white_check_mark: done', '`:white_check_mark:` done'],
  ['- a list', String.raw`\- a list`],
  ['1. a list', String.raw`1\. a list`],
  ['=== a heading', String.raw`\=== a heading`],
  ['~~~ a fence', '`~~~` a fence'],
  ['@a`b', '`` @a`b ``'],
])('C16 no forge acts on %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
  expect(liveIn(plain(text))).toEqual([]);
});

test('C16 a bar stays in its cell, and a date is a date', () => {
  expect([cell(code('a|b')), cell(plain('a|b'))]).toEqual([
    String.raw`\`a\|b\``.replaceAll('\\`', '`'),
    String.raw`a\|b`,
  ]);
  expect([day('2025-06-01T00:00:00Z'), day('@acme/owne'), day(undefined)]).toEqual(['2025-06-01', '?', '?']);
});
