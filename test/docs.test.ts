import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../src/errors.ts';
import { slipway, testEnv } from './support/slipway.ts';
import { makeFolder } from './support/repository.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const PAGES = [
  ...readdirSync(ROOT),
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true }).map(name => `docs/${String(name)}`),
].filter(name => name.endsWith('.md'));

/** The shell lines of a page: those of its `sh` blocks. */
function shellLines(page: string): string[] {
  return [...read(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter(line => line.trim() !== ''),
  );
}

test('docs/errors.md has every error, under the exit that it ends with', () => {
  const rows = [...read('docs/errors.md').matchAll(/^## Exit (\d+)|^\| `(E_\w+)`/gm)];
  let exit = 0;
  const documented = rows.flatMap(([, number, code]) => {
    if (number !== undefined) exit = Number(number);
    return code === undefined ? [] : [[code, exit] as const];
  });
  expect(Object.fromEntries(documented)).toEqual(ERROR_CODES);
});

test.each(['README.md', 'README.zh-CN.md'])(
  '%s: the first two lines to copy are the demo and the tests',
  page => {
    expect(shellLines(page).slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  },
);

test('CI runs the line of the README that passes the tests', () => {
  expect(read('.ci/run').split('\n')).toContain('npm ci && npm test');
});

test('the two READMEs have the same commands and links', () => {
  const links = (page: string): string[] =>
    [...read(page).matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to.replace('.zh-CN', ''));
  expect(shellLines('README.zh-CN.md')).toEqual(shellLines('README.md'));
  expect(links('README.zh-CN.md')).toEqual(links('README.md'));
});

test('the pages for agents and for builders are short', () => {
  expect(read('AGENTS.md').split('\n').length).toBeLessThanOrEqual(60);
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(80);
});

describe.each(PAGES)('%s', page => {
  test('leads nowhere that is not there', () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => to);
    expect(targets.filter(to => !existsSync(path.join(ROOT, path.dirname(page), to)))).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('names flags that the commands have', async () => {
    const lines = shellLines(page).flatMap(line => line.match(/slipway [a-z-]+ [^#&|]*/g) ?? []);
    for (const line of lines) {
      const [, command = ''] = line.split(' ');
      const help = await slipway([command, '--help'], {
        env: testEnv(makeFolder()) as Record<string, string>,
      });
      const flags = line.match(/(?<= )--[a-z-]+/g) ?? [];
      expect([line, flags.filter(flag => !help.stdout.includes(flag))]).toEqual([line, []]);
    }
  });
});

test('every command has its page and its row in the READMEs', async () => {
  const { stdout } = await slipway(['--help'], { env: testEnv(makeFolder()) as Record<string, string> });
  const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]+) {2,}/gm)].map(([, name = '']) => name);
  expect(commands).toContain('new-app');
  for (const page of ['README.md', 'README.zh-CN.md'])
    expect(commands.filter(name => !read(page).includes(`\`slipway ${name}`))).toEqual([]);
});
