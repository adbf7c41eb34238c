import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { canRender, renderedImages, renderOffline } from '../support/kustomize.ts';
import { overlaysRepository } from '../support/overlays-fixture.ts';
import { readAs } from '../support/schema.ts';
import { commitAll, git, writeFiles } from '../support/repository.ts';
import { slipwayIn, slipwayJson } from '../support/slipway.ts';
import { migratedValues, upgradeCharts } from '../support/upgrade-fixture.ts';

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

describe('upgrade', () => {
  const textOf = (repository: string, file: string): string =>
    readFileSync(path.join(repository, file), 'utf8');
  const running = (repository: string, app: string): string[] =>
    ['dev', 'production'].flatMap(environment =>
      renderedImages(renderOffline(repository, `apps/${app}/overlays/${environment}`)),
    );
  const BEACONS = ['acme/beacon:of-dev', 'acme/beacon:of-production'];

  test('an app in all environments moves at once: what is in the base, and what overlays say, goes along', async () => {
    const own = overlaysRepository(charts.url);
    const run = await slipwayIn(own, 'upgrade', 'beacon', '--yes');
    expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(textOf(own, 'apps/beacon/base/values/beacon-1.1.0.yaml')).toBe(migratedValues('beacon'));
    expect(git(own, 'status', '--short', '--untracked-files=all').trimEnd().split('\n')).toEqual([
      ' D apps/beacon/base/values/beacon-1.0.0.yaml',
      ...['dev', 'production'].map(name => ` M apps/beacon/overlays/${name}/kustomization.yaml`),
      ...['dev', 'production'].map(name => `?? .slipway/lock/apps/beacon/overlays/${name}.yaml`),
      '?? apps/beacon/base/values/beacon-1.1.0.yaml',
    ]);
    expect(run.stdout).toContain("git commit -m 'feat(beacon): upgrade beacon 1.0.0 → 1.1.0'");
    expect(canRender ? running(own, 'beacon') : BEACONS).toEqual(BEACONS);
  });

  test('one environment before the other: each has its file, and the second takes over what the first got', async () => {
    const own = overlaysRepository(charts.url);
    expect((await slipwayIn(own, 'upgrade', 'dev/beacon', '--yes')).code).toBe(0);
    const [old, fresh] = ['1.0.0', '1.1.0'].map(version => `apps/beacon/base/values/beacon-${version}.yaml`);
    expect([old, fresh].map(file => existsSync(path.join(own, file ?? '')))).toEqual([true, true]);
    const kept = textOf(own, fresh ?? '').replace('replicaCount: 3', 'replicaCount: 4');
    writeFiles(own, { [fresh ?? '']: kept });
    commitAll(own);
    expect((await slipwayIn(own, 'upgrade', 'production/beacon', '--yes')).code).toBe(0);
    expect([existsSync(path.join(own, old ?? '')), textOf(own, fresh ?? '')]).toEqual([false, kept]);
    expect(canRender ? running(own, 'beacon') : BEACONS).toEqual(BEACONS);
  });

  test.runIf(canRender)('what stands in the base is judged by what its overlays come to', async () => {
    const own = overlaysRepository(charts.url);
    type Report = { apps: { app: string; verification: { command: string; ok: boolean }[] }[] };
    const { apps } = await slipwayJson<Report>(own, 'upgrade', 'anchor', '--yes');
    expect(
      apps.map(({ app, verification }) => [app, verification.map(({ command, ok }) => [command, ok])]),
    ).toEqual([
      [
        'apps/anchor/base',
        ['dev', 'production'].map(environment => [
          `kustomize build --enable-helm apps/anchor/overlays/${environment}`,
          true,
        ]),
      ],
    ]);
    expect(running(own, 'anchor')).toEqual(['acme/anchor:1.1', 'acme/anchor:1.1']);
  });
});
