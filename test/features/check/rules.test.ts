import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/features/check/finding.ts';
import type { Rule } from '../../../src/features/check/rule.ts';
import { RULES } from '../../../src/features/check/rules/rules.ts';
import { ruleDocs } from '../../../scripts/rule-docs.ts';
import { checkFiles, GOOD, readCases, ruleFolders } from '../../support/check-case.ts';

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

test('the index, the head of each page and the schema say what the rules say: npm run docs', async () => {
  const docs = await ruleDocs('.');
  const pages = [...docs.keys()].filter(file => file.startsWith('docs/rules/'));
  expect(pages.length).toBe(Object.keys(RULES).length + 1);
  const stale = [...docs].filter(([file, text]) => readFileSync(file, 'utf8') !== text);
  expect(stale.map(([file]) => file)).toEqual([]);
});

test('a page speaks of --fix where a case is mended, and nowhere else', () => {
  const withFix = ruleFolders().filter(code =>
    readFileSync(`docs/rules/${code}.md`, 'utf8').includes('\n`--fix`: '),
  );
  const mended = (isOwn: (finds: string[], code: string) => boolean): string[] =>
    ruleFolders().filter(code =>
      readCases(code).some(({ corrected, finds }) => corrected !== undefined && isOwn(finds, code)),
    );
  const alone = mended((finds, code) => finds.every(line => line.endsWith(` ${code}`)));
  expect(withFix.filter(code => !mended(() => true).includes(code))).toEqual([]);
  expect(alone.filter(code => !withFix.includes(code))).toEqual([]);
});

describe.each(ruleFolders())('%s', rule => {
  test.each(readCases(rule).map(each => [each.way, each] as const))('%s', async (_, each) => {
    const { findings, mended } = await checkFiles(each.files, each);
    const seen = findings.map(describeFinding);
    expect(seen).toEqual(each.finds);
    expect(seen.some(line => line.endsWith(` ${rule}`))).toBe(true);
    expect(findings.some(({ fixable }) => fixable)).toBe(each.corrected !== undefined);
    expect(Object.fromEntries(mended)).toEqual(Object.fromEntries(each.corrected ?? each.files));
  });
});

/** With the severity where it is not the rule's own. */
function describeFinding({ file, line, column, severity, code }: Finding): string {
  const own = (RULES as Record<string, Rule>)[code]?.severity === severity ? '' : `${severity} `;
  return `${file}:${line}:${column} ${own}${code}`;
}

describe('rules: of .slipway/config.yaml', () => {
  const { severity: own } = RULES['chart-name'];
  const [broken] = readCases('chart-name');
  const check = (rules: string) => {
    const files = new Map(broken?.files);
    files.set('.slipway/config.yaml', `${files.get('.slipway/config.yaml') ?? ''}rules: ${rules}\n`);
    return checkFiles(files, NOTHING);
  };

  test.each([
    ['{}', [own]],
    ['{chart-name: warning}', ['warning']],
    ['{chart-name: note}', ['note']],
    ['{chart-name: off}', []],
    ['{chart-namespace: off}', [own]],
  ])('%s', async (rules, severities) => {
    const { findings } = await check(rules);
    expect(findings.filter(({ code }) => code === 'chart-name').map(({ severity }) => severity)).toEqual(
      severities,
    );
  });

  test('what is off is not mended', async () => {
    const fixable = readCases('image-name-short').find(({ corrected }) => corrected !== undefined);
    const files = new Map(fixable?.files);
    files.set(
      '.slipway/config.yaml',
      `${files.get('.slipway/config.yaml') ?? ''}rules: {image-name-short: off}\n`,
    );
    const { findings, mended } = await checkFiles(files, { ...NOTHING, ...fixable });
    expect(findings.filter(({ code }) => code === 'image-name-short')).toEqual([]);
    expect(Object.fromEntries(mended)).toEqual(Object.fromEntries(files));
  });

  test('a comment for a rule that is off is not called unused', async () => {
    const [unused] = readCases('suppression-unused');
    const code = /slipway-ignore: ([\w-]+)/.exec([...(unused?.files.values() ?? [])].join('\n'))?.[1];
    const files = new Map(unused?.files);
    files.set('.slipway/config.yaml', `${files.get('.slipway/config.yaml') ?? ''}rules: {${code}: off}\n`);
    expect((await checkFiles(files, NOTHING)).findings).toEqual([]);
  });
});
