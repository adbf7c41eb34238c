import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where systems put it; SLIPWAY_TEST_BROWSER names another one. Undefined where there is none: the reporter counts what was skipped. */
export const BROWSER = [
  process.env['SLIPWAY_TEST_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(file => file !== undefined && existsSync(file));

/** Starts the browser of this machine. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER ?? '', args: ['--no-sandbox'] });
}

export type Opened = { page: Page; asked: string[]; said: string[] };

/** Opens a file without a network, and keeps what it asks for and what it complains of. */
export async function openFile(
  browser: Browser,
  file: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Opened> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const opened: Opened = { page, asked: [], said: [] };
  page.on('request', request => opened.asked.push(request.url()));
  page.on('console', message => opened.said.push(message.text()));
  page.on('pageerror', error => opened.said.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return opened;
}

/** What a page asks for, itself left out, and what it complains of. */
export async function noiseOf(browser: Browser, file: string): Promise<string[]> {
  const { asked, said, page } = await openFile(browser, file);
  await page.context().close();
  return [...asked.filter(url => url !== pathToFileURL(file).href), ...said];
}

/** What keeps people from using a page with all of it unfolded: the findings of axe-core, and pixels that are cut off at the side. */
export async function hurdlesOf(
  browser: Browser,
  file: string,
  { colorScheme, width }: { colorScheme: 'light' | 'dark'; width: number },
): Promise<unknown[]> {
  const viewport = { width, height: 800 };
  const { page } = await openFile(browser, file, { colorScheme, viewport, bypassCSP: true });
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await loaded.run()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  });
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  await page.context().close();
  return [...found, ...(over > 0 ? [`${over} pixels are cut off`] : [])];
}
