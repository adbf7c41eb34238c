import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { makeFolder } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { oldValues, newValues, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

/** A path that a person gives is relative to the folder of the run: the current one, or that of -C, as with git and make. */
let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['cargo']));
});
afterAll(() => charts.close());

/** A repository beside the folder where the person stands, and the same line run from there. */
function place(): { root: string; run(args: string[]): Promise<Run> } {
  const root = upgradeRepository(charts.url, ['cargo']);
  const here = makeFolder();
  const env = testEnv(makeFolder()) as Record<string, string>;
  mkdirSync(path.join(root, 'work'));
  const where = path.relative(here, path.join(root, 'work'));
  return { root, run: args => slipway([...args, '-C', where], { cwd: here, env }) };
}

test('upgrade: plan, decisions and reports stand in the folder that -C names', async () => {
  const { root, run } = place();
  const at = (name: string): string => path.join(root, 'work', name);
  const planned = await run(['upgrade', '--plan', 'plan.json', '--json']);
  expect([planned.code, existsSync(at('plan.json'))]).toEqual([0, true]);
  writeFileSync(at('answers.json'), '{}');
  const files = ['--apply', 'plan.json', '--decisions', 'answers.json', '--report', 'report.md'];
  const done = await run(['upgrade', ...files, '--no-render', '--yes']);
  expect([done.code, existsSync(at('report.md'))]).toEqual([0, true]);
});

test('merge-values: its files stand there too', async () => {
  const { root, run } = place();
  const at = (name: string): string => path.join(root, 'work', name);
  writeFileSync(at('base.yaml'), oldValues('cargo'));
  writeFileSync(at('theirs.yaml'), newValues('cargo'));
  const done = await run([
    'merge-values',
    '--base',
    'base.yaml',
    '--ours',
    'base.yaml',
    '--theirs',
    'theirs.yaml',
    '--json',
  ]);
  expect(done.code).toBe(0);
});
