import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { canRender, renderOffline } from '../support/kustomize.ts';
import { overlaysRepository } from '../support/overlays-fixture.ts';
import { readAs } from '../support/schema.ts';
import { slipwayIn, slipwayJson } from '../support/slipway.ts';
import { upgradeCharts } from '../support/upgrade-fixture.ts';

let charts: TestRepository;
let root: string;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
  root = overlaysRepository(charts.url);
});
afterAll(() => charts.close());

describe('a repository of overlays is read', () => {
  test('outdated: what a base pins is one row with its environments, what overlays pin is theirs', async () => {
    type Item = { app: string; name: string; environments?: string[] };
    const run = await slipwayIn(root, 'outdated', '--json');
    const { items } = readAs('outdated', run.stdout) as { items: Item[] };
    expect(items.map(({ app, name, environments }) => [app, name, environments])).toEqual([
      ['apps/beacon/overlays/dev', 'beacon', undefined],
      ['apps/beacon/overlays/production', 'beacon', undefined],
      ['apps/anchor/base', 'anchor', ['dev', 'production']],
    ]);
    const { stdout } = await slipwayIn(root, 'outdated', 'production/anchor');
    expect(stdout).toMatch(/apps\/anchor\/base \(dev, production\) +anchor +1\.0\.0 +1\.1\.0/);
  });

  test.runIf(canRender)('build: an app in all environments, or in one, as kustomize builds it', async () => {
    const built = async (...words: string[]): Promise<unknown[]> => {
      const { stdout } = await slipwayIn(root, 'build', ...words);
      return parseAllDocuments(stdout).map(document => document.toJS() as unknown);
    };
    const [dev, production] = ['dev', 'production'].map(environment =>
      renderOffline(root, `apps/shop/overlays/${environment}`).map(({ body }) => body),
    );
    expect(await built('shop')).toEqual([...(dev ?? []), ...(production ?? [])]);
    expect(await built('shop', '--env', 'production')).toEqual(production);
    expect(await built('apps/shop', '--env', 'dev')).toEqual(dev);
    expect(await built('production/shop')).toEqual(production);
    const all = await slipwayJson<{ apps: { app: string }[] }>(root, 'build', '--env', 'dev');
    expect(all.apps.map(({ app }) => app)).toEqual(
      ['anchor', 'beacon', 'shop'].map(app => `apps/${app}/overlays/dev`),
    );
  });

  test('build: an environment that nobody has is refused with those that there are', async () => {
    const run = await slipwayIn(root, 'build', '--env', 'staging');
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringContaining('The environments are dev, production.'),
    ]);
  });
});
