import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Calls that take a list apart into arguments. Of a list from elsewhere they end with a RangeError. */
const SPREAD =
  /\.(?:push|unshift|concat)\(\s*\.\.\.|\.splice\([^)\n]*\.\.\.|Math\.(?:max|min)\(\s*\.\.\.|from(?:CharCode|CodePoint)\(\s*\.\.\.|(?<!function )joinChangeSets\(\s*\.\.\./;

test('C14 no list is spread into the arguments of a call', () => {
  const files = ['src', 'generators'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => path.join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter(file => SPREAD.test(readFileSync(file, 'utf8')))).toEqual([]);
  expect(SPREAD.test('list.push(...items)')).toBe(true);
});
