import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, openFile, startBrowser } from '../../support/browser.ts';
import { branchedRepository, change, everyPile } from '../../support/preview-fixture.ts';
import { makeFolder } from '../../support/repository.ts';
import { slipwayIn } from '../../support/slipway.ts';

const folder = makeFolder();
const pages = { en: path.join(folder, 'en.html'), 'zh-CN': path.join(folder, 'zh.html') };
let browser: Browser;

// Loud where there is none: the reporter counts what was skipped.
describe.runIf(BROWSER !== undefined)('the page in a browser without a network', () => {
  beforeAll(async () => {
    const { files, changes } = everyPile();
    const root = branchedRepository(files);
    change(root, changes);
    for (const [language, file] of Object.entries(pages))
      await slipwayIn(root, 'preview', '--html', file, '--lang', language);
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test.each(Object.entries(pages))('%s: it asks for nothing and complains of nothing', async (_, file) => {
    const { asked, said, page } = await openFile(browser, file);
    expect([asked, said]).toEqual([[pathToFileURL(file).href], []]);
    expect(await page.title()).not.toBe('');
    await page.context().close();
  });

  const VIEWS = (['light', 'dark'] as const).flatMap(scheme =>
    [1280, 320].flatMap(width =>
      (['en', 'zh-CN'] as const).map(language => [scheme, width, language] as const),
    ),
  );

  test.each(VIEWS)(
    '%s, %i pixels, %s: everybody can use it, and nothing is cut off',
    async (colorScheme, width, language) => {
      const { page } = await openFile(browser, pages[language], {
        colorScheme,
        viewport: { width, height: 800 },
        bypassCSP: true,
      });
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe: loaded } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await loaded.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
      });
      expect(found).toEqual([]);
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(over).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  test('what is dangerous is on the first screen, and leads to its app', async () => {
    const { page } = await openFile(browser, pages.en, { viewport: { width: 1280, height: 900 } });
    const first = page.locator('.danger li', { hasText: 'the claim is removed' });
    const box = await first.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(900);
    expect(await page.locator('.tiles strong').allTextContents()).toEqual(['1', '1', '1', '1', '1', '1']);
    await page.locator('.overview a', { hasText: 'production/tag' }).click();
    const card = page.locator('details.card[open]', { hasText: 'production/tag' });
    expect(await card.getByText('docker.io/acme/tag:1.0.1').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('words filter the apps, and without them all are there again', async () => {
    const { page } = await openFile(browser, pages.en);
    const shown = () => page.locator('[data-entry]:visible').count();
    expect(await shown()).toBe(6);
    await page.fill('#filter', 'acme/tag 1.0.1');
    expect(await shown()).toBe(1);
    await page.fill('#filter', 'nothing like it');
    expect([await shown(), await page.locator('#none').isVisible()]).toEqual([0, true]);
    await page.fill('#filter', '');
    expect(await shown()).toBe(6);
    await page.context().close();
  });

  test('without a script everything is there, and opens by the keyboard', async () => {
    const { page } = await openFile(browser, pages.en, { javaScriptEnabled: false });
    expect(await page.locator('[data-entry]:visible').count()).toBe(6);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    const card = page.locator('details.card', { hasText: 'production/tag' });
    await card.locator('> summary').focus();
    await page.keyboard.press('Enter');
    expect(await card.getByText('Deployment').first().isVisible()).toBe(true);
    await page.context().close();
  });
});
