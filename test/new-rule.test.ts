import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './support/repository.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PARTS = ['src', 'generators', 'test', 'docs', 'schemas', 'scripts', 'templates', 'package.json'];

/** A clone without its history. */
function copyOfSlipway(): string {
  const copy = makeFolder();
  for (const part of [...PARTS, '.prettierrc.json', 'vitest.fast.config.ts'])
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

function node(copy: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const newRule = (copy: string, ...answers: string[]) =>
  node(copy, 'node_modules/plop/bin/plop.js', '--plopfile', 'scripts/new-rule/plopfile.js', ...answers);

/** What the tests of the rules say, by name. */
function ruleTests(copy: string): Map<string, string> {
  const report = path.join(copy, 'report.json');
  node(
    copy,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config=vitest.fast.config.ts',
    '--reporter=json',
    `--outputFile=${report}`,
    'test/features/check/rules.test.ts',
  );
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  return new Map(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => [fullName, status]),
    ),
  );
}

test(
  'a new rule is complete at once, and red until it finds what its cases say',
  { timeout: 180_000 },
  () => {
    const copy = copyOfSlipway();
    const made = newRule(copy, 'app-owner', 'warning', "an app's owner is known", '应用有负责人');
    expect(made).toMatchObject({ status: 0 });
    const rule = path.join(copy, 'src/features/check/rules/app-owner.ts');
    const written = readFileSync(rule, 'utf8');
    expect(written).toContain(`title: say('rules.appOwner')`);
    const chinese = readFileSync(path.join(copy, 'src/locales/zh-CN/rules.ts'), 'utf8');
    expect(chinese).toContain(`'rules.appOwner': '应用有负责人',`);
    expect(readFileSync(path.join(copy, 'docs/rules/README.md'), 'utf8')).toMatch(
      /\| \[app-owner\]\(app-owner\.md\) +\| warning +\| an app's owner is known/,
    );
    const first = ruleTests(copy);
    const failed = [...first].filter(([, status]) => status === 'failed').map(([name]) => name);
    expect(failed.toSorted()).toEqual(['app-owner one', 'app-owner three', 'app-owner two']);
    expect(first.size).toBeGreaterThan(150);
    const found = `check: ({ files, text }) =>
    files
      .filter(file => text(file)?.startsWith('# TODO'))
      .map(file => ({ file, line: 1, column: 1, message: { en: 'm', 'zh-CN': 'm' }, hint: { en: 'h', 'zh-CN': 'h' } })),`;
    writeFileSync(rule, written.replace('check: () => [],', found));
    expect([...ruleTests(copy)].filter(([, status]) => status === 'failed')).toEqual([]);
  },
);

test('a code that is taken or malformed makes nothing', () => {
  const copy = copyOfSlipway();
  for (const code of ['chart-name', 'Chart_Name', '../evil-code']) {
    expect(newRule(copy, code, 'error', 'x', 'x')).toMatchObject({ status: 1 });
    expect(existsSync(path.join(copy, 'test/cases', code, 'one.diff'))).toBe(false);
  }
  expect(readFileSync(path.join(copy, 'src/features/check/rules/rules.ts'), 'utf8')).toBe(
    readFileSync(path.join(ROOT, 'src/features/check/rules/rules.ts'), 'utf8'),
  );
});
