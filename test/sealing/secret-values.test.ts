import { describe, expect, test } from 'vitest';
import {
  endsWithStrayNewline,
  generateValue,
  parseFromFile,
  parseGenerate,
  requireSealable,
  withoutNewline,
} from '../../src/sealing/secret-values.ts';
import { thrown } from '../support/thrown.ts';

function values(...entries: [string, string | number][]): Map<string, Buffer> {
  return new Map(
    entries.map(([key, value]) => [
      key,
      typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value),
    ]),
  );
}

describe('limits', () => {
  test.each([
    ['S19 no values', values(), /no values/],
    ['S19 an empty value', values(['a', 'x'], ['b', '']), /value of b is empty/],
  ])('%s is refused unless it is meant', (_, map, message) => {
    expect(thrown(() => requireSealable(map, { allowEmpty: false })).message).toMatch(message);
    expect(() => requireSealable(map, { allowEmpty: true })).not.toThrow();
  });

  test('1 MiB together is what the API server takes', () => {
    const half = 512 * 1024;
    expect(() => requireSealable(values(['a', half], ['b', half]), { allowEmpty: false })).not.toThrow();
    const error = thrown(() => requireSealable(values(['a', half], ['b', half + 1]), { allowEmpty: false }));
    expect(error.message).toMatch(/1048577 bytes/);
  });
});

test.each([
  ['hunter2\n', true, 'hunter2'],
  ['hunter2\r\n', true, 'hunter2'],
  ['\n', true, ''],
  ['hunter2', false, 'hunter2'],
  ['', false, ''],
  ['-----BEGIN\nabc\n', false, '-----BEGIN\nabc\n'],
  ['a\n\n', false, 'a\n\n'],
])('S14 %j: a stray newline is %s', (text, stray, trimmed) => {
  expect(endsWithStrayNewline(Buffer.from(text))).toBe(stray);
  expect(withoutNewline(Buffer.from(text)).toString()).toBe(trimmed);
});

describe('made values', () => {
  test('letters and digits, as many as asked for, never the same', () => {
    const made = Array.from({ length: 200 }, () => generateValue(24).toString());
    expect(new Set(made).size).toBe(200);
    expect(made.every(value => /^[A-Za-z0-9]{24}$/.test(value))).toBe(true);
    expect(new Set(made.join('')).size).toBe(62);
  });

  test('each character comes from its own draw over the whole alphabet', () => {
    const draws = [0, 25, 26, 51, 52, 61];
    expect(generateValue(6, max => (max === 62 ? (draws.shift() ?? 0) : -1)).toString()).toBe('AZaz09');
  });

  test.each([
    ['password', { key: 'password', length: 32 }],
    ['password:24', { key: 'password', length: 24 }],
  ])('%s', (text, expected) => {
    expect(parseGenerate(text)).toEqual(expected);
  });

  test.each([['a:7'], ['a:1025'], ['a:x'], ['a:8:8'], ['a/b'], [':8'], ['a:']])('%s is refused', text => {
    expect(thrown(() => parseGenerate(text)).code).toBe('E_VALUE');
  });
});

test.each([
  ['password=./pw', { key: 'password', path: './pw' }],
  ['password=-', { key: 'password', path: '-' }],
  ['a=b=c', { key: 'a', path: 'b=c' }],
  ['certs/tls.crt', { key: 'tls.crt', path: 'certs/tls.crt' }],
])('--from-file %s', (text, expected) => {
  expect(parseFromFile(text)).toEqual(expected);
});

test.each([['password='], ['-'], ['=x'], ['../x='], ['a b=x']])('--from-file %s is refused', text => {
  expect(thrown(() => parseFromFile(text)).code).toBe('E_VALUE');
});
