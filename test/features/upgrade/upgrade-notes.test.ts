import { describe, expect, test } from 'vitest';
import { documentNotes } from '../../../src/features/upgrade/upgrade-notes.ts';

const STEP = { from: '1.5.0', to: '3.1.0' };

function titles(file: string, text: string, step = STEP): string[] {
  return documentNotes(new Map([[file, Buffer.from(text)]]), step).map(({ title }) => title);
}

describe('headings that name a version which is passed', () => {
  test.each([
    ['# To 2.0.0', true],
    ['## v3', true],
    ['### 3', true],
    ['# From 1.x to 2.x', true],
    ['# From 2.x to 4.x', false],
    ['# Upgrading to 3.1.0 ##', true],
    ['# 1.5.0', false],
    ['# 1.5.1', true],
    ['# 3.1.1', false],
    ['# 1.x', false],
    ['# 升级到 2.0', true],
    ['# In 2 steps', false],
    ['# What is new', false],
    ['# Kubernetes1.20', false],
    ['#2.0.0 is no heading', false],
  ])('%s: %s', (heading, isFound) => {
    expect(titles('UPGRADING.md', `${heading}\ntext\n`)).toHaveLength(isFound ? 1 : 0);
  });
});

test('a README speaks of upgrades only below such a heading', () => {
  const text = '# 2.0.0\nno\n# Upgrading\n## To 2.0.0\nyes\n### Detail of 3.0.0\n# Versions\n## 3.0.0\nno\n';
  expect(titles('README.md', text)).toEqual(['To 2.0.0', 'Detail of 3.0.0']);
  expect(titles('docs/README.md', text)).toEqual([]);
  expect(titles('CHANGELOG.md', text)).toEqual([]);
});

test('a heading inside of code is none', () => {
  expect(titles('UPGRADE.md', '```sh\n# 2.0.0\n```\n')).toEqual([]);
});

test('what is quoted is bounded, and carries nothing that acts or hides', () => {
  const text = `# 2.0.0 \u001b[31mred\n${'long '.repeat(1000)}\u202e\n# 3.0.0\nshort\r\n\n\n\n\nend`;
  const [long, short] = documentNotes(new Map([['UPGRADING.md', Buffer.from(text)]]), STEP);
  expect(long?.title).toBe('2.0.0 \ufffd[31mred');
  expect(long?.text).toHaveLength(1501);
  expect(long?.text).not.toMatch(/[\u001b\u202e]/);
  expect(short?.text).toBe('short\n\nend');
  const many = Array.from({ length: 50 }, (_, at) => `# 2.${at}.0\n`).join('');
  expect(titles('UPGRADING.md', many)).toHaveLength(5);
});

test('a huge document is not read, and one full of marks ends at once', () => {
  expect(titles('UPGRADING.md', `# 2.0.0\n${'x'.repeat(2 << 20)}`)).toEqual([]);
  expect(titles('UPGRADING.md', `# ${'v1.'.repeat(100_000)}\n${'#'.repeat(100_000)}\n`)).toEqual([]);
});

test('a step between what are no versions has no notes', () => {
  expect(titles('UPGRADING.md', '# 2.0.0\n', { from: 'main', to: '3.0.0' })).toEqual([]);
});
