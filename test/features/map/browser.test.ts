import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, hurdlesOf, noiseOf, openFile, startBrowser } from '../../support/browser.ts';
import { argoFiles, fluxMapFiles } from '../../support/map-fixture.ts';
import { commitAll, git, makeFolder, makeRepository } from '../../support/repository.ts';
import { slipwayIn } from '../../support/slipway.ts';

const folder = makeFolder();
const pages = { en: path.join(folder, 'en.html'), 'zh-CN': path.join(folder, 'zh.html') };
let browser: Browser;

// Loud where there is none: the reporter counts what was skipped.
describe.runIf(BROWSER !== undefined)('the map in a browser without a network', () => {
  beforeAll(async () => {
    const root = makeRepository({ ...argoFiles(), ...fluxMapFiles() });
    commitAll(root);
    git(root, 'remote', 'add', 'origin', 'git@github.com:acme/fleet.git');
    for (const [language, file] of Object.entries(pages))
      await slipwayIn(root, 'map', '--html', file, '--lang', language);
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test.each(Object.values(pages))('%s asks for nothing and complains of nothing', async file => {
    expect(await noiseOf(browser, file)).toEqual([]);
  });

  test.each([
    ['light', 1280, 'en'],
    ['dark', 1280, 'zh-CN'],
    ['light', 320, 'zh-CN'],
    ['dark', 320, 'en'],
  ] as const)(
    '%s, %i pixels, %s: everybody can use it, and nothing is cut off',
    async (colorScheme, width, language) => {
      expect(await hurdlesOf(browser, pages[language], { colorScheme, width })).toEqual([]);
    },
  );

  test('words and buttons filter the apps; what is left of a group unfolds', async () => {
    const { page } = await openFile(browser, pages.en);
    const shown = () => page.locator('[data-entry]:visible').count();
    const all = await shown();
    expect(all).toBe(7);
    await page.fill('#filter', 'shop-db');
    expect([await shown(), await page.locator('[data-group]:visible').count()]).toEqual([1, 1]);
    await page.fill('#filter', '');
    const button = page.getByRole('button', { name: 'production · 2 apps' });
    await button.click();
    expect([await shown(), await button.getAttribute('aria-pressed')]).toEqual([2, 'true']);
    expect(await page.locator('#count').textContent()).toBe('2 / 7');
    await button.click();
    expect(await shown()).toBe(all);
    await page.context().close();
  });

  test('each box leads to its file on the forge; a box of the overview to its group', async () => {
    const { page } = await openFile(browser, pages.en, { javaScriptEnabled: false });
    const link = page.locator('a', { hasText: 'shop-db' });
    expect(await link.getAttribute('href')).toBe(
      'https://github.com/acme/fleet/blob/HEAD/production/shop/secret.yaml',
    );
    expect(await page.locator('svg a[href="#group-0"]').count()).toBe(1);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.context().close();
  });
});
