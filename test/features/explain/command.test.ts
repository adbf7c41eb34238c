import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../../src/errors.ts';
import { RULES } from '../../../src/features/check/rules/rules.ts';
import { DECISION_KINDS } from '../../../src/values/answer-patterns.ts';
import { makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const home = makeFolder();
const explain = (...args: string[]): Promise<Run> =>
  slipway(['explain', ...args], { cwd: home, env: testEnv(home) as Record<string, string> });

type Topic = { word: string; kind: string; title: string; text: string; page: string };

async function topics(...args: string[]): Promise<Topic[]> {
  const { stdout } = await explain(...args, '--json');
  return (readAs('explain', stdout) as { topics: Topic[] }).topics;
}

describe('explain', () => {
  test('an error: what happened, what to do, its exit', async () => {
    const { code, stdout } = await explain('E_DIRTY');
    expect(code).toBe(0);
    expect(stdout).toMatch(/what to do: .+/);
    expect(stdout).toContain('Exit 6');
  });

  test('a rule: its page, with how to mend it', async () => {
    const [topic] = await topics('chart-outdated');
    expect(topic).toMatchObject({ kind: 'rule', page: 'docs/rules/chart-outdated.md' });
    expect(topic?.text).toContain('How to mend it');
    const shown = (await explain('gitignore-charts')).stdout;
    expect([shown.includes('](../'), shown.includes('test/cases/gitignore-charts')]).toEqual([false, true]);
  });

  test('every error, every rule and every kind of decision has a topic', async () => {
    const all = await topics();
    const words = (kind: string): string[] => all.flatMap(topic => (topic.kind === kind ? [topic.word] : []));
    expect(words('error').toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
    expect(words('rule').toSorted()).toEqual(Object.keys(RULES).toSorted());
    const decisions = words('decision').map(word => word.replace('?', ''));
    expect(DECISION_KINDS.filter(kind => !decisions.includes(kind))).toEqual([]);
    expect(all.filter(({ title }) => title === '')).toEqual([]);
  });

  test('in Chinese, where a page is translated', async () => {
    const { stdout } = await explain('E_DIRTY', '--lang', 'zh-CN');
    expect(stdout).toContain('未提交的工作会被覆盖');
    expect(stdout).toContain('docs/zh-CN/errors.md');
  });

  test('however it is written; a near miss is named; what nobody explains is an error', async () => {
    expect((await topics('e-dirty'))[0]?.word).toBe('E_DIRTY');
    expect((await topics('image prefix'))[0]?.kind).toBe('concept');
    expect((await explain('E_DIRTZ')).stderr).toContain('slipway explain E_DIRTY');
    expect((await explain('nonsense-word')).code).toBe(2);
  });
});

test('pages of a language explain the same words, under the same exits', () => {
  const rows = (page: string, pattern: RegExp): string[] =>
    [...readFileSync(page, 'utf8').matchAll(pattern)].map(([, exit = '', word = '']) => exit || word);
  const errors = /^## (?:Exit|退出码) (\d+)|^\| `(E_\w+)`/gm;
  expect(rows('docs/zh-CN/errors.md', errors)).toEqual(rows('docs/errors.md', errors));
  const words = /^\| (?!word|词|-)()([a-z][^|]*?) +\|/gm;
  expect(rows('docs/zh-CN/dictionary.md', words)).toEqual(rows('docs/dictionary.md', words));
});
