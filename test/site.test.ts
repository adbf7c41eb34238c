import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, hurdlesOf, openFile, startBrowser } from './support/browser.ts';
import { makeFolder } from './support/repository.ts';
import { slipway, testEnv } from './support/slipway.ts';

const out = makeFolder();
execFileSync(process.execPath, ['scripts/site/main.js', out], {
  cwd: path.resolve(import.meta.dirname, '..'),
});
const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.html'));
const ids = new Map(
  pages.map(page => [page, new Set([...read(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
);

function read(page: string): string {
  return readFileSync(path.join(out, page), 'utf8');
}

/** What stands in a page and leads to another place of the site. */
function linksOf(page: string): { href: string; file: string; anchor: string | undefined }[] {
  const links = [...read(page).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, href = '']) => href);
  return links
    .filter(href => !/^(?:https?|mailto):/.test(href))
    .map(href => {
      const [to = '', anchor] = decodeURI(href).split('#');
      return { href, file: to === '' ? page : path.join(path.dirname(page), to), anchor };
    });
}

test('every page is there, in both languages where both are written', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['index.html', 'docs/tutorial.html', 'docs/zh-CN/tutorial.html']),
  );
  expect(pages.length).toBeGreaterThan(100);
  expect(read('docs/tutorial.html')).toContain('href="zh-CN/tutorial.html">简体中文');
  expect(read('docs/zh-CN/tutorial.html')).toContain('href="../tutorial.html">English');
  expect(read('index.html')).toContain('href="README.zh-CN.html">简体中文');
});

test('the reference has every flag of the command line, in both languages', async () => {
  const { stdout } = await slipway(['--help', '--json'], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
  const { commands, globalFlags } = JSON.parse(stdout) as {
    commands: { name: string; flags: { name: string }[] }[];
    globalFlags: { name: string }[];
  };
  for (const page of ['docs/reference.html', 'docs/zh-CN/reference.html']) {
    const text = read(page);
    const flags = [...globalFlags, ...commands.flatMap(each => each.flags)];
    expect(flags.filter(({ name }) => !text.includes(`--${name}`))).toEqual([]);
    expect(commands.filter(({ name }) => !text.includes(`id="slipway-${name}"`))).toEqual([]);
  }
});

test('every link leads to a file that is there, and to a heading in it', () => {
  const broken = pages.flatMap(page =>
    linksOf(page)
      .filter(({ file, anchor }) => {
        if (!existsSync(path.join(out, file))) return true;
        return anchor !== undefined && ids.get(file)?.has(anchor) === false;
      })
      .map(({ href }) => `${page}: ${href}`),
  );
  expect(broken).toEqual([]);
});

test('nothing but links leads out, and no heading has the address of another', () => {
  const loaded = pages.flatMap(page => [
    ...read(page).matchAll(/<(?:script|link|img|iframe)[^>]*https?:[^>]*>/g),
  ]);
  expect(loaded.map(([text]) => text)).toEqual([]);
});

describe.runIf(BROWSER !== undefined)('in a browser without a network', () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await startBrowser()));
  afterAll(() => browser?.close());

  test('the search finds a part of a page, and Enter goes there', async () => {
    const { page, said } = await openFile(browser, path.join(out, 'docs/upgrade.html'));
    await page.keyboard.press('/');
    await page.keyboard.type('tutorial incident');
    expect(await page.locator('#found li').first().textContent()).toContain('incident');
    await page.keyboard.press('Enter');
    await page.waitForURL(/docs\/tutorial\.html#4-the-first-incident$/);
    expect(said).toEqual([]);
  });

  test('the search finds Chinese that is written without spaces, and answers in Chinese first', async () => {
    const { page, said } = await openFile(browser, path.join(out, 'docs/zh-CN/upgrade.html'));
    await page.locator('#search').fill('首次故障撤销');
    expect(await page.locator('#found li').count()).toBe(0);
    await page.locator('#search').fill('教程第一次故障');
    expect(await page.locator('#found a').first().getAttribute('href')).toContain(
      'docs/zh-CN/tutorial.html#4-',
    );
    await page.locator('#search').fill('应用upgrade决定');
    expect(await page.locator('#found a').first().getAttribute('href')).toContain('zh-CN');
    expect(said).toEqual([]);
  });

  test.each([
    ['light', 1280, 'docs/tutorial.html'],
    ['dark', 1280, 'docs/zh-CN/reference.html'],
    ['dark', 1280, 'index.html'],
    ['light', 320, 'docs/zh-CN/tutorial.html'],
    ['dark', 320, 'docs/check.html'],
  ] as const)('%s, %i pixels, %s: everybody can use it', async (colorScheme, width, page) => {
    expect(await hurdlesOf(browser, path.join(out, page), { colorScheme, width })).toEqual([]);
  });
});
