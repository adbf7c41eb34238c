import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, hurdlesOf, noiseOf, openFile, startBrowser } from '../support/browser.ts';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { makeFolder } from '../support/repository.ts';
import { slipway, testEnv } from '../support/slipway.ts';
import { ourValues, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

const HOSTILE = '<img src=x onerror=alert(1)></script><!--';
const folder = makeFolder();
let charts: TestRepository;
let root: string;
const pageOf = (name: string, language: string): string => path.join(folder, `${name}.${language}.html`);
const PAGES = ['outdated', 'diff', 'check', 'upgrade'];
const LANGUAGES = ['en', 'zh-CN'] as const;

/** A repository where everything that a page can show is there: an upgrade, a decision, values without effect, findings. */
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon', 'cargo']));
  const values = ourValues('anchor').replace('tag: "1.0"', 'tag: "0.9"');
  root = upgradeRepository(charts.url, ['anchor', 'beacon', 'cargo'], {
    'production/anchor/values/anchor-1.0.0.yaml': `${values}greeting: "${HOSTILE}"\nauth:\n  password: hush-hush-value\n`,
    'production/odd/stray.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: stray}\ndata: {a: b}\n',
    'production/odd/kustomization.yaml': `namespace: odd\nresources:\n  - "${HOSTILE}.yaml"\n`,
  });
  const env = testEnv(makeFolder()) as Record<string, string>;
  const run = (...args: string[]) => slipway([...args, '-C', root], { env });
  for (const language of LANGUAGES) {
    const more = ['--lang', language];
    await run('outdated', '--html', pageOf('outdated', language), ...more);
    await run('diff', '--html', pageOf('diff', language), ...more);
    writeFileSync(pageOf('check', language), (await run('check', '--format', 'html', ...more)).stdout);
    await run('upgrade', '--dry-run', '--report', pageOf('upgrade', language), '--no-render', ...more);
  }
}, 120_000);
afterAll(() => charts.close());

const read = (name: string, language = 'en'): string => readFileSync(pageOf(name, language), 'utf8');

describe.each(PAGES)('%s', name => {
  test('what is hostile is text, and what is secret is not there', () => {
    for (const language of LANGUAGES) {
      const page = read(name, language);
      expect(page).not.toContain('<img');
      expect(page.match(/<\/script>/g)).toHaveLength(1);
      expect(page).not.toContain('hush-hush-value');
      expect(page).toContain("default-src 'none'".replaceAll("'", '&#39;'));
      expect(page).toContain(`<html lang="${language}">`);
    }
  });

  test('the verdict stands first, in the language of the run', () => {
    const verdict = (language: string): string =>
      /<p class="verdict [a-z]+" role="status">([^<]*)/.exec(read(name, language))?.[1] ?? '';
    expect(verdict('en')).toMatch(/\d/);
    expect(verdict('zh-CN')).toMatch(/\p{Script=Han}/u);
  });
});

test('outdated: a table for each status', () => {
  expect(read('outdated')).toContain('3 of 3 outdated.');
  expect(read('outdated')).toMatch(
    /<td>production\/anchor<\/td><td>anchor<\/td><td><code>1\.0\.0<\/code><\/td><td><code>1\.1\.0/,
  );
});

test('diff: what does nothing is marked, and a secret masked', () => {
  const page = read('diff');
  expect(page).toMatch(
    /<code>greeting<\/code><\/td><td><span class="soft">absent<\/span><\/td><td><code>[^<]*&lt;img/,
  );
  expect(page).toContain('•••');
  expect(page).toContain('data-words="is:dead"');
});

test('check: findings by file, with their rule and what to do', () => {
  expect(read('check')).toMatch(/<code>[a-z-]+<\/code> <span class="soft">\d+:\d+<\/span>/);
  expect(read('check')).toContain('→ ');
});

test('upgrade: the table, and each app with the sections of the Markdown', () => {
  const page = read('upgrade');
  expect(page).toMatch(
    /<td>production\/beacon<\/td><td>beacon<\/td><td><code>1\.0\.0<\/code> → <code>1\.1\.0<\/code>/,
  );
  expect(page.match(/<h3>1\. /g)).toHaveLength(3);
  expect(page).not.toMatch(/\\[_*<]|\*\*/);
});

test('the same run gives the same bytes', async () => {
  const env = testEnv(makeFolder()) as Record<string, string>;
  const again = path.join(makeFolder(), 'again.html');
  await slipway(['diff', '--html', again, '-C', root], { env });
  expect(readFileSync(again, 'utf8')).toBe(read('diff'));
});

// Loud where there is none: the reporter counts what was skipped.
describe.runIf(BROWSER !== undefined)('in a browser without a network', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test.each(PAGES)('%s asks for nothing and complains of nothing', async name => {
    for (const language of LANGUAGES) expect(await noiseOf(browser, pageOf(name, language))).toEqual([]);
  });

  test.each(PAGES)(
    '%s: everybody can use it, and nothing is cut off',
    async name => {
      const looks = [
        { colorScheme: 'light', width: 1280 },
        { colorScheme: 'dark', width: 320 },
      ] as const;
      for (const [index, look] of looks.entries())
        expect(await hurdlesOf(browser, pageOf(name, LANGUAGES[index] ?? 'en'), look)).toEqual([]);
    },
    60_000,
  );

  test('a button leaves the files with findings of its kind', async () => {
    const { page } = await openFile(browser, pageOf('check', 'en'));
    const all = await page.locator('[data-entry]:visible').count();
    await page.locator('button[data-words^="rule:"]').first().click();
    const shown = await page.locator('[data-entry]:visible').count();
    expect([shown > 0, shown <= all]).toEqual([true, true]);
    await page.fill('#filter', 'odd/kustomization');
    expect(await page.locator('#count').textContent()).toMatch(/^[01] \/ \d+$/);
    await page.context().close();
  });
});
