import { expect, test } from 'vitest';
import { goPattern } from '../../src/text/go-pattern.ts';
import { affordable } from '../support/measured.ts';

const PATTERNS = [
  '',
  '.*\\.sops\\.ya?ml$',
  '^production/.*/secrets?/',
  'kubernetes/.+\\.sops\\.(yaml|json|env)',
  '^(data|stringData)$',
  '(?i)password|token',
  '[^/]+\\.enc\\.yaml',
  '^clusters/(prod|dev)-[0-9]{1,3}/',
  '(a|ab)(c|bcd)*$',
  '^a{2,}b?$',
  '[\\w.-]+/x\\b',
  '^[]a-]+$',
  '(?:^|/)secret',
  'a|',
  'x{0}y',
];
const TEXTS = [
  '',
  'production/wiki/secrets/db.sops.yaml',
  'kubernetes/apps/db.sops.json',
  'data',
  'stringData',
  'metadata',
  'PassWord',
  'clusters/prod-17/a.enc.yaml',
  'clusters/prod-1234/a',
  'abcd',
  'aaab',
  'ab',
  'a-b/x y',
  ']a-',
  'my/secret.yaml',
  'secretary',
  'y',
];

test.each(PATTERNS)('%s matches what a regular expression matches', pattern => {
  // `(?i)` is Go's alone, and `[]` is empty for JavaScript.
  const flags = pattern.startsWith('(?i)') ? 'i' : '';
  const oracle = new RegExp(pattern.replace('(?i)', '').replace('[]a-]', '[\\]a-]'), flags);
  const matches = goPattern(pattern);
  expect(TEXTS.filter(text => matches?.(text))).toEqual(TEXTS.filter(text => oracle.test(text)));
});

test.each([
  '(',
  'a)',
  '[a',
  '*a',
  'a{5,2}',
  '\\q',
  '(?=a)',
  '[[:alpha:]]',
  'a{1001}',
  '(((a{500}){500}){2})',
  '((((((a{0}){999}){999}){999}){999}){999}){999}',
  '((((){1000}){1000}){1000}){1000}',
  '((((a{0}){0,999}){0,999}){0,999}){999}|a',
])('%s is not read', pattern => {
  expect(goPattern(pattern)).toBeUndefined();
});

test('a pattern made to take for ever reads each character once', () => {
  const text = `${'a'.repeat(5000)}!`;
  expect(goPattern('^(a+)+$')?.(text)).toBe(false);
  expect(goPattern('(a|a|a?)*b')?.(text)).toBe(false);
  expect(affordable(() => goPattern(`([${'b-c'.repeat(320)}]?){1000}$`)?.(`${'a'.repeat(2000)}!`))).toBe(
    true,
  );
  expect(goPattern('.*.*.*.*.*.*.*.*x')?.(text)).toBe(false);
});
