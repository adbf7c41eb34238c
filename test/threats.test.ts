import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const TESTS = import.meta.dirname;
const PAGE = path.join(TESTS, '../docs/threats.md');

/** Rows whose guards are still to come. A row that has a test must not stand here. */
const PENDING = new Set<string>();

const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, name = ''] = line.split('|').map(cell => cell.trim());
    return /^[A-Z]\d\d$/.test(name) ? [{ id: name }] : [];
  });

/** The ids in the texts of the tests: their names, also those in the tables of `test.each`. */
const tested = new Set(
  readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts') && file !== 'threats.test.ts')
    .flatMap(file => namesIn(readFileSync(path.join(TESTS, file), 'utf8'))),
);

function namesIn(source: string): string[] {
  const texts = source.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return texts.flatMap(text => text.match(/\b[A-Z]\d\d\b/g) ?? []);
}

function id(group: string, number: number): string {
  return `${group}${String(number).padStart(2, '0')}`;
}

test('the catalogue has each row once, without a gap', () => {
  const groups = [...new Set(rows.map(row => row.id.slice(0, 1)))];
  const countOf = (group: string): number => rows.filter(row => row.id.startsWith(group)).length;
  const expected = groups.flatMap(group =>
    Array.from({ length: countOf(group) }, (_, at) => id(group, at + 1)),
  );
  expect(rows.map(row => row.id)).toEqual(expected);
  expect(groups.join('')).toBe('NRAYHFGSUMC');
});

test('every row has a test that bears its id', () => {
  const open = rows.filter(row => !tested.has(row.id) && !PENDING.has(row.id));
  expect(open).toEqual([]);
});

test('what is pending has no test yet', () => {
  expect([...PENDING].filter(row => tested.has(row))).toEqual([]);
});
