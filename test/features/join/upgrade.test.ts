import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isInShard } from '../../../src/cli/shard.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipway, testEnv } from '../../support/slipway.ts';
import { upgradeCharts, upgradeRepository } from '../../support/upgrade-fixture.ts';

const NAMES = ['barge', 'canoe', 'cargo', 'ferry', 'kayak'];

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(NAMES));
});
afterAll(() => charts.close());

test('shards of one plan upgrade what is theirs, and together all of it', async () => {
  const root = upgradeRepository(charts.url, NAMES);
  const plan = path.join(makeFolder(), 'plan.json');
  const run = async (...args: string[]): Promise<{ code: number; stdout: string }> =>
    slipway(['upgrade', '-C', root, '--no-render', ...args], {
      env: testEnv(makeFolder()) as Record<string, string>,
    });
  const planned = await run('--plan', plan, '--matrix', '2');
  expect(JSON.parse(planned.stdout)).toEqual({ include: [{ shard: '1/2' }, { shard: '2/2' }] });
  // Without a number one entry for each app, as ever.
  const each = JSON.parse((await run('--plan', plan, '--matrix')).stdout) as { include: { app: string }[] };
  const folders = each.include.map(({ app }) => app);
  expect(folders).toHaveLength(NAMES.length);
  const done: string[][] = [];
  for (const index of [1, 2]) {
    const { stdout } = await run('--apply', plan, '--shard', `${index}/2`, '--yes', '--json');
    const { apps } = readAs('upgrade', stdout) as { apps: { app: string; status: string }[] };
    expect(apps.map(({ app }) => app)).toEqual(folders.filter(app => isInShard({ index, of: 2 }, app)));
    expect(apps.every(({ status }) => status === 'upgraded')).toBe(true);
    done.push(apps.map(({ app }) => app));
  }
  expect(done.flat().toSorted()).toEqual(folders.toSorted());
  // A matrix without anything to do has no jobs.
  expect(JSON.parse((await run('--plan', plan, '--matrix=2')).stdout)).toEqual({ include: [] });
  expect((await run('--shard', '3/2', '--dry-run')).code).toBe(2);
});
