import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/domain/rules/rules.ts';
import type { Rule } from '../../src/domain/check/rule.ts';
import { checkFiles, GOOD, readCases, ruleFolders } from '../support/check-case.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };
/** Files that are no text or no files at all cannot be told in a diff: `check.test.ts` makes them. */
const ELSEWHERE = ['odd-file'];

test('the good repository breaks no rule', async () => {
  expect((await checkFiles(GOOD, NOTHING)).findings).toEqual([]);
});

test('every rule has at least three ways of breaking it, and a page', () => {
  const codes = Object.keys(RULES).toSorted();
  expect([...ruleFolders(), ...ELSEWHERE].toSorted()).toEqual(codes);
  expect(ruleFolders().filter(code => readCases(code).length < 3)).toEqual([]);
  const pages = readdirSync('docs/rules').filter(name => name !== 'README.md');
  expect(pages.toSorted()).toEqual(codes.map(code => `${code}.md`));
});

test.each(Object.entries<Rule>(RULES))('the page of %s has its code, severity and title', (code, rule) => {
  const page = readFileSync(`docs/rules/${code}.md`, 'utf8');
  const index = readFileSync('docs/rules/README.md', 'utf8');
  expect(page).toContain(`# ${code}`);
  expect(page).toContain(`**${rule.severity}**`);
  expect(page).toContain(rule.title.en);
  expect(index).toContain(`[${code}](${code}.md)`);
});

describe.each(ruleFolders())('%s', rule => {
  test.each(readCases(rule).map(each => [each.way, each] as const))('%s', async (_, each) => {
    const { findings, mended } = await checkFiles(each.files, each);
    const seen = findings.map(
      ({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`,
    );
    expect(seen).toEqual(each.finds);
    expect(seen.some(line => line.endsWith(` ${rule}`))).toBe(true);
    expect(findings.some(({ fixable }) => fixable)).toBe(each.corrected !== undefined);
    expect(Object.fromEntries(mended)).toEqual(Object.fromEntries(each.corrected ?? each.files));
  });
});
