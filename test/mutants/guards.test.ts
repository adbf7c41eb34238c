import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GUARDS } from './guards.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

test('each guard stands exactly once in its file: a list that rots takes nothing out', () => {
  const count = ({ file, text }: { file: string; text: string }): number => read(file).split(text).length - 1;
  expect(GUARDS.filter(guard => count(guard) !== 1).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test('each guard has a row of the threats, and tests that are there', () => {
  const page = read('docs/threats.md');
  expect(GUARDS.filter(({ row }) => !page.includes(`| ${row} `))).toEqual([]);
  expect(GUARDS.flatMap(({ tests }) => tests).filter(file => !existsSync(file))).toEqual([]);
});
