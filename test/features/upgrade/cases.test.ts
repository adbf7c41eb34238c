import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestChart, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, makeRepository, readTree } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

/**
 * Each case is a repository before and after `slipway upgrade`, and what it reports in both languages. A sentence that
 * changes on purpose: `npx vitest run test/features/upgrade/cases.test.ts -u` writes the reports anew; read what git shows.
 */
const CASES = path.resolve(import.meta.dirname, '../../cases/upgrade');
const NAMES = readdirSync(CASES).filter(name => name !== 'charts');
const REPORTS = ['report.md', 'report.zh-CN.md'];

let charts: TestRepository;

beforeAll(async () => {
  charts = await serveCharts(readdirSync(path.join(CASES, 'charts')).map(readChart));
});
afterAll(() => charts.close());

/** `charts/shop-1.0.0/` is version 1.0.0 of the chart shop. */
function readChart(folder: string): TestChart {
  const [, name = '', version = ''] = /^(.+?)-(\d.*)$/.exec(folder) ?? [];
  return { name, version, files: plainTree(path.join(CASES, 'charts', folder)) };
}

/** The files of a folder, without their modes, which a clone does not keep, and without the charts that git leaves out. */
function plainTree(root: string): Record<string, string> {
  const files = Object.entries(readTree(root)).filter(([file]) => !/^production\/[^/]+\/charts\//.test(file));
  return Object.fromEntries(files.map(([file, text]) => [file, text.replace(/^\d+ /, '')]));
}

/** The day of the run is in its report. */
function withoutToday(text: string): string {
  return text.replaceAll(new Date().toISOString().slice(0, 10), 'TODAY');
}

test.each(NAMES)('%s', async name => {
  const folder = path.join(CASES, name);
  const root = makeRepository(plainTree(path.join(folder, 'before')));
  const reports = makeFolder();
  const env = testEnv(makeFolder(), {
    SLIPWAY_CONNECT_TO: `charts.example.test:80:127.0.0.1:${new URL(charts.url).port}`,
  }) as Record<string, string>;
  const args = REPORTS.flatMap(file => ['--report', path.join(reports, file)]);
  const { code } = await slipway(['upgrade', '-C', root, '--yes', '--no-render', ...args], { env });
  expect(code).toBe(name === 'decision' ? 3 : 0);
  expect(plainTree(root)).toEqual(plainTree(path.join(folder, 'after')));
  for (const file of REPORTS) {
    const report = withoutToday(readFileSync(path.join(reports, file), 'utf8'));
    await expect(report).toMatchFileSnapshot(path.join(folder, file));
  }
});
