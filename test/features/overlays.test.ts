import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { canRender, renderedImages, renderOffline } from '../support/kustomize.ts';
import { overlaysRepository } from '../support/overlays-fixture.ts';
import { readAs } from '../support/schema.ts';
import { commitAll, git, makeFolder, makeRepository, readTree, writeFiles } from '../support/repository.ts';
import { slipway, slipwayIn, slipwayJson, testEnv } from '../support/slipway.ts';
import { findTool } from '../support/tools.js';
import { migratedValues, upgradeCharts } from '../support/upgrade-fixture.ts';

let charts: TestRepository;
let root: string;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
  root = overlaysRepository(charts.url);
});
afterAll(() => charts.close());

const textOf = (repository: string, file: string): string =>
  readFileSync(path.join(repository, file), 'utf8');

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

describe('a repository of overlays is written', () => {
  const INIT = ['--environments', 'production,dev', '--repo-url', 'https://git.example.test/fleet.git'];
  const DOMAINS = ['--domains', 'example.org', '--no-charts', '--ci', 'none'];
  let own: string;
  const codes: (number | null)[] = [];
  beforeAll(async () => {
    own = makeRepository();
    const made = await slipwayIn(own, 'init', own, '--layout', 'overlays', ...INIT, ...DOMAINS, '--yes');
    codes.push(made.code);
    commitAll(own);
    const chart = ['--chart', 'beacon', '--repo', charts.url, '--version', '1.0.0'];
    for (const words of [
      ['lamp', ...chart],
      ['page', '--image', 'docker.io/acme/page:1.0.0', '--port', '8080', '--secret', 'page-key:token'],
    ]) {
      const run = await slipwayIn(own, 'new-app', ...words, '--yes');
      codes.push(run.code);
    }
    commitAll(own);
  });

  const built = (app: string, environment: string) =>
    renderOffline(own, `apps/${app}/overlays/${environment}`);

  test('init: one ApplicationSet takes every overlay, what the cluster has once stands beside', () => {
    expect(codes).toEqual([0, 0, 0]);
    const sets = readdirSync(path.join(own, 'infrastructure/argo-cd/resources'));
    expect(sets.filter(name => name.startsWith('applicationset'))).toEqual([
      'applicationset-apps.yaml',
      'applicationset-infrastructure.yaml',
    ]);
    const set = textOf(own, 'infrastructure/argo-cd/resources/applicationset-apps.yaml');
    expect(set).toContain('- path: "apps/*/overlays/*"');
    expect(set).toContain("name: '{{index .path.segments 1}}-{{.path.basename}}'");
  });

  test('new-app: an environment that the configuration does not name is none', async () => {
    const run = await slipwayIn(
      own,
      'new-app',
      'shop',
      '--env',
      'prodcution',
      '--image',
      'acme/shop:1',
      '--port',
      '80',
      '--yes',
    );
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringContaining('there is no environment prodcution'),
    ]);
  });

  test('new-app follows without a flag; the line that repeats it is told', async () => {
    expect(existsSync(path.join(own, 'apps/lamp/base/values/beacon-1.0.0.yaml'))).toBe(true);
    expect(textOf(own, 'apps/lamp/overlays/dev/values.yaml')).toContain('{}');
    const again = await slipwayIn(
      own,
      'new-app',
      'lamp',
      '--image',
      'docker.io/acme/lamp:1',
      '--port',
      '80',
      '--yes',
    );
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('E_APP_EXISTS')]);
    const folders = await slipwayIn(
      own,
      'new-app',
      'plain',
      '--layout',
      'folders',
      '--env',
      'infrastructure',
      '--image',
      'docker.io/acme/plain:1',
      '--port',
      '80',
      '--dry-run',
      '--yes',
    );
    expect(folders.stdout).toContain('infrastructure/plain');
  });

  test.runIf(canRender)(
    'both environments build with kustomize, each with its namespace and its host',
    () => {
      for (const app of ['lamp', 'page'])
        for (const [environment, host] of [
          ['production', `${app}.example.org`],
          ['dev', `${app}-dev.example.org`],
        ] as const) {
          const objects = built(app, environment);
          const namespaces = objects.map(({ kind, name, namespace }) =>
            kind === 'Namespace' ? name : namespace,
          );
          expect(new Set(namespaces)).toEqual(new Set([`${app}-${environment}`]));
          const route = objects.find(({ kind }) => kind === 'HTTPRoute');
          expect(route?.body['spec']).toMatchObject({ hostnames: [host] });
        }
    },
  );

  test.runIf(canRender && findTool('kubeconform') !== undefined)(
    'kubeconform and check have nothing against it',
    async () => {
      const env = testEnv(makeFolder()) as Record<string, string>;
      env['PATH'] = `${path.dirname(findTool('kubeconform') ?? '')}${path.delimiter}${env['PATH'] ?? ''}`;
      const run = await slipway(['check', '--render', '--json', '-C', own], { env });
      type Findings = { findings: { code: string; file: string }[] };
      const { findings } = JSON.parse(run.stdout) as Findings;
      expect(findings.filter(({ file }) => file.startsWith('apps/')).map(({ code }) => code)).toEqual([
        'sealed-secret-stub',
        'sealed-secret-stub',
      ]);
    },
  );
});

test('init: an ApplicationSet over the overlays that is there stays the only one; production is the main environment', async () => {
  const own = overlaysRepository(charts.url);
  const words = ['--domains', 'example.org', '--no-charts', '--ci', 'none', '--yes'];
  const run = await slipwayIn(own, 'init', own, '--repo-url', 'https://git.example.test/fleet.git', ...words);
  expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const argo = 'infrastructure/argo-cd';
  expect(
    readdirSync(path.join(own, `${argo}/resources`)).filter(name => name.startsWith('applicationset')),
  ).toEqual(['applicationset-infrastructure.yaml']);
  expect(textOf(own, `${argo}/kustomization.yaml`)).not.toContain('applicationset-apps');
  expect(textOf(own, '.slipway/config.yaml')).toMatch(/environments:\n +- production\n +- dev\n/);
});

describe('rename, move and undo', () => {
  const names = (repository: string): string[] =>
    git(repository, 'ls-files', '--cached', '--others', '--exclude-standard')
      .split('\n')
      .filter(name => name !== '' && existsSync(path.join(repository, name)));

  test('a rename takes the base, every overlay and their namespaces along; undo takes it back', async () => {
    const own = overlaysRepository(charts.url);
    const before = readTree(own);
    // What can be undone is remembered by the machine.
    const env = testEnv(makeFolder()) as Record<string, string>;
    const run = await slipway(['rename', 'beacon', 'lamp', '--yes', '-C', own], { env });
    expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(names(own).filter(name => name.includes('beacon/'))).toEqual([]);
    expect(textOf(own, 'apps/lamp/overlays/dev/kustomization.yaml')).toBe(
      textOf(overlaysRepository(charts.url), 'apps/beacon/overlays/dev/kustomization.yaml').replaceAll(
        'beacon-dev',
        'lamp-dev',
      ),
    );
    expect(canRender ? renderOffline(own, 'apps/shop/overlays/dev').length : 1).toBe(1);
    const undone = await slipway(['undo', '--yes', '-C', own], { env });
    expect([undone.code, undone.stderr]).toEqual([0, '']);
    const after = Object.entries(readTree(own)).filter(([name]) => !name.startsWith('.slipway/run'));
    expect(Object.fromEntries(after)).toEqual(before);
  });

  test('a rename tells what goes of every overlay, and takes no single one', async () => {
    const own = overlaysRepository(charts.url, {
      'apps/shop/base/kustomization.yaml': 'resources: [namespace.yaml, deployment.yaml]\n',
      'apps/shop/base/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
    });
    const run = await slipwayIn(own, 'rename', 'shop', 'store', '--dry-run');
    const said = run.stdout + run.stderr;
    expect(said).toContain('with its 4 objects');
    for (const text of ['Deployment/shop (dev)', 'Deployment/shop (production)'])
      expect(said).toContain(text);
    expect(said).toContain('included: Namespace/shop-dev, Namespace/shop-production');
    const one = await slipwayIn(own, 'rename', 'production/shop', 'store', '--yes');
    expect([one.code, one.stderr]).toEqual([
      2,
      expect.stringContaining('slipway rename apps/shop <new-name>'),
    ]);
  });

  test('a move takes one overlay out of service, and leaves its base to the others', async () => {
    const own = overlaysRepository(charts.url);
    expect((await slipwayIn(own, 'move', 'production/shop', '--to', 'disabled', '--yes')).code).toBe(0);
    expect(names(own).filter(name => name.startsWith('disabled/'))).toEqual([
      'disabled/shop/overlays/production/kustomization.yaml',
      'disabled/shop/overlays/production/replicas.yaml',
    ]);
    expect(textOf(own, 'disabled/shop/overlays/production/kustomization.yaml')).toContain(
      '- ../../../../apps/shop/base',
    );
    expect(existsSync(path.join(own, 'apps/shop/overlays/dev/kustomization.yaml'))).toBe(true);
  });
});

test('check: where namespaces are called after their apps, that of an overlay bears its environment', async () => {
  const own = makeRepository({
    'apps/shop/base/kustomization.yaml': 'resources: []\n',
    'apps/shop/overlays/dev/kustomization.yaml': 'namespace: shop-dev\nresources: [../../base]\n',
    'apps/shop/overlays/qa/kustomization.yaml': 'namespace: shop\nresources: [../../base]\n',
    'apps/shop/overlays/production/kustomization.yaml': 'namespace: live\nresources: [../../base]\n',
  });
  const run = await slipwayIn(own, 'check');
  expect(run.stdout).toContain('the namespace is live, that of this overlay would be called shop-production');
  expect(run.stdout).toContain('1 error');
});

test('a chart of the repository lies where helmGlobals.chartHome says', async () => {
  const chart = 'apiVersion: v2\nname: mini\nversion: 0.1.0\n';
  const own = makeRepository({
    'apps/mini/base/kustomization.yaml': 'resources: []\n',
    'apps/mini/base/values.yaml': 'replicas: 1\nport: 81\n',
    'apps/mini/charts/mini/Chart.yaml': chart,
    'apps/mini/charts/mini/values.yaml': 'replicas: 1\nport: 80\n',
    'apps/mini/charts/mini/templates/a.yaml': '# {{ .Values.port }} {{ .Values.replicas }}\n',
    'apps/mini/overlays/dev/kustomization.yaml':
      'namespace: mini-dev\nresources: [../../base]\nhelmGlobals: {chartHome: ../../charts}\nhelmCharts:\n- name: mini\n  namespace: mini-dev\n  valuesFile: ../../base/values.yaml\n',
  });
  const check = await slipwayIn(own, 'check', '--json');
  expect(check.stdout).not.toMatch(/chart-local-missing|"unknownDefaults": ?[1-9]/);
  expect(check.stdout).not.toContain('app-namespace');
  const diff = await slipwayIn(own, 'diff');
  expect([diff.code, diff.stdout]).toEqual([0, expect.stringMatching(/port +80 → 81/)]);
  const minimize = await slipwayIn(own, 'minimize', 'dev/mini', '--dry-run');
  expect([minimize.code, minimize.stderr]).toEqual([0, expect.not.stringContaining('E_NO_CHART')]);
  const adopt = await slipwayIn(own, 'adopt', 'dev/mini', '--dry-run');
  expect(adopt.stderr).not.toContain('E_NO_CHART');

  const file = 'apps/mini/overlays/dev/kustomization.yaml';
  writeFiles(own, { [file]: textOf(own, file).replace('../../charts', '../../../../../charts') });
  const outside = await slipwayIn(own, 'diff');
  expect(outside.stdout + outside.stderr).toContain('E_OUTSIDE');
});
