import path from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serveCharts } from '../../support/chart-repository.ts';
import {
  type FluxServers,
  chartRelease,
  fluxFiles,
  helmRepository,
  ociRepository,
  releaseOf,
  serveFluxCharts,
} from '../../support/flux-fixture.ts';
import { changedLines, git, makeFolder, makeRepository, readTree } from '../../support/repository.ts';
import { type Run, slipwayIn, slipwayJson } from '../../support/slipway.ts';
import { migratedValues, newValues, ourValues } from '../../support/upgrade-fixture.ts';

let servers: FluxServers;
beforeAll(async () => {
  servers = await serveFluxCharts();
});
afterAll(() => servers.close());

type Items = { items: Record<string, unknown>[]; summary: Record<string, number> };

test('outdated names every release with its source and version, and reads only', async () => {
  const root = makeRepository(fluxFiles(servers));
  const before = readTree(root);
  const { items, summary } = await slipwayJson<Items>(root, 'outdated');
  const { host } = servers.registry;
  const rows = items.map(({ app, delivery, name, source, current, status }) => [
    app,
    delivery,
    name,
    source,
    current,
    status,
  ]);
  expect(rows.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ['apps/media/anchor/app', 'flux', 'anchor', `oci://${host}/charts`, '1.0.0', 'outdated'],
    ['apps/media/beacon-two/app', 'flux', 'beacon', `oci://${host}/charts`, '1.0.0', 'outdated'],
    ['apps/media/beacon/app', 'flux', 'beacon', `oci://${host}/charts`, '1.0.0', 'outdated'],
    ['apps/media/cargo', 'flux', 'cargo', `oci://${host}/charts`, '1.0.0', 'held'],
    ['base/derrick', 'flux', 'derrick', servers.http.url, '1.0.0', 'outdated'],
    ['base/ensign', 'flux', 'ensign', `oci://${host}/charts`, '1.0.0', 'held'],
    ['base/ferry', 'flux', 'ferry', servers.http.url, '1.x', 'range'],
    ['base/galley', 'flux', 'galley', servers.http.url, '*', 'floating'],
  ]);
  expect(items.find(({ name }) => name === 'cargo')).toMatchObject({
    reason: '$imagepolicy flux-system:cargo:tag',
  });
  expect(items.find(({ name }) => name === 'ferry')).toMatchObject({ resolves: '1.1.0' });
  expect(items.find(({ name }) => name === 'galley')).toMatchObject({ resolves: '1.1.0' });
  expect(summary).toMatchObject({ outdated: 4, held: 2, range: 1, floating: 1 });
  expect(readTree(root)).toEqual(before);
});

describe('upgrade', () => {
  test('changes the line of the version, and the values file that is a full copy', async () => {
    const root = makeRepository(fluxFiles(servers));
    const first = await slipwayIn(root, 'upgrade', '--yes', '--no-render');
    expect([first.code, first.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(changedLines(root).toSorted()).toEqual(
      [
        '-    tag: 1.0.0',
        '+    tag: 1.1.0',
        '-    tag: "1.0.0"',
        '+    tag: "1.1.0"',
        "-      version: '1.0.0'",
        "+      version: '1.1.0'",
        '-      - values.yaml=values/derrick-1.0.0.yaml',
        '+      - values.yaml=values/derrick-1.1.0.yaml',
        ...git(root, 'show', 'HEAD:base/derrick/values/derrick-1.0.0.yaml')
          .trimEnd()
          .split('\n')
          .map(line => `-${line}`),
      ].toSorted(),
    );
    expect(readFileSync(path.join(root, 'base/derrick/values/derrick-1.1.0.yaml'), 'utf8')).toBe(
      newValues('derrick').replace('replicaCount: 1', 'replicaCount: 5'),
    );
    const after = readTree(root);
    const second = await slipwayIn(root, 'upgrade', '--yes', '--no-render');
    expect([second.code, readTree(root)]).toEqual([0, after]);
  });

  test('two releases of one source move together, or not at all', async () => {
    const root = makeRepository(fluxFiles(servers));
    const before = readTree(root);
    const alone = await slipwayIn(root, 'upgrade', 'apps/media/beacon/app', '--yes', '--no-render', '--json');
    const { error } = JSON.parse(alone.stdout) as { error: { code: string; message: string } };
    expect([alone.code, error.code]).toEqual([3, 'E_SHARED_SOURCE']);
    expect(error.message).toContain('apps/media/beacon-two/app');
    expect(readTree(root)).toEqual(before);
    const both = await slipwayIn(root, 'upgrade', 'beacon', 'beacon-two', '--yes', '--no-render');
    expect([both.code, changedLines(root)]).toEqual([0, ['-    tag: "1.0.0"', '+    tag: "1.1.0"']]);
  });

  test('a plan has one entry for both, which the matrix hands on as one', async () => {
    const root = makeRepository(fluxFiles(servers));
    const file = path.join(makeFolder(), 'plan.json');
    const { moves } = await slipwayJson<{ moves: { name: string; also?: string[] }[] }>(
      root,
      'upgrade',
      '--plan',
      file,
    );
    expect(moves.filter(({ name }) => name === 'beacon')).toMatchObject([
      {
        also: [
          expect.stringMatching(/^apps\/media\/beacon(?:-two)?\/app\/helmrelease.yaml#0:spec.chartRef$/),
        ],
      },
    ]);
    const matrix = await slipwayIn(root, 'upgrade', '--plan', file, '--matrix');
    const { include } = JSON.parse(matrix.stdout) as { include: { app: string }[] };
    const entry = include.find(({ app }) => app.includes('beacon'))?.app ?? '';
    const [one = ''] = entry.split(',');
    const apply = (app: string): Promise<Run> =>
      slipwayIn(root, 'upgrade', '--apply', file, '--app', app, '--yes', '--no-render', '--json');
    expect((await apply(one)).code).toBe(3);
    expect((await apply(entry)).code).toBe(0);
    expect(changedLines(root)).toEqual(['-    tag: "1.0.0"', '+    tag: "1.1.0"']);
  });

  test('sources of several apps in one file are written in one go', async () => {
    const { host } = servers.registry;
    const root = makeRepository({
      'flux/sources.yaml': ociRepository('anchor', host) + ociRepository('beacon', host),
      'flux/a/release.yaml': releaseOf('anchor'),
      'flux/b/release.yaml': releaseOf('beacon'),
    });
    const done = await slipwayIn(root, 'upgrade', '--yes', '--no-render');
    expect([done.code, changedLines(root)]).toEqual([
      0,
      ['-    tag: 1.0.0', '+    tag: 1.1.0', '-    tag: 1.0.0', '+    tag: 1.1.0'],
    ]);
  });

  test('a version that an overlay gives is found there, whatever the base leaves open', async () => {
    const files = fluxFiles(servers);
    const patch = (version: string): string =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: galley\nspec:\n  chart:\n    spec:\n      version: "${version}"\n`;
    const overlay = (file: string): string =>
      `resources:\n  - ../../base/galley\npatches:\n  - path: ${file}\n    target:\n      kind: HelmRelease\n`;
    const root = makeRepository({
      ...files,
      'base/galley/kustomization.yaml': 'resources: [release.yaml]\n',
      'apps/production/kustomization.yaml': overlay('galley-values.yaml'),
      'apps/production/galley-values.yaml': patch('>=1.0.0'),
      'apps/staging/kustomization.yaml': overlay('galley-values.yaml'),
      'apps/staging/galley-values.yaml': patch('1.0.0'),
    });
    const { items } = await slipwayJson<Items>(root, 'outdated');
    expect(
      items.filter(({ name }) => name === 'galley').map(({ current, status }) => [current, status]),
    ).toEqual([
      ['>=1.0.0', 'range'],
      ['1.0.0', 'outdated'],
    ]);
    await slipwayIn(root, 'upgrade', 'base/galley', '--yes', '--no-render');
    expect(changedLines(root)).toEqual(['-      version: "1.0.0"', '+      version: "1.1.0"']);
  });
});

describe('values that override', () => {
  const values = [
    'replicaCount: 3 # agreed',
    '# gone upstream',
    'service:',
    '  legacy: false',
    'image:',
    '  tag: "1.1" # ahead of the chart',
    'affinity: {zone: a}',
  ].join('\n    ');

  function repository(): string {
    const { host } = servers.registry;
    return makeRepository({
      'apps/anchor/source.yaml': ociRepository('anchor', host),
      'apps/anchor/release.yaml': releaseOf('anchor', 'anchor', values),
    });
  }

  type Report = { apps: { charts: { outcomes: { path: string; outcome: string }[] }[] }[] };

  test('are told apart, and stay as they are', async () => {
    const root = repository();
    const { apps } = await slipwayJson<Report>(root, 'upgrade', '--yes', '--no-render');
    const outcomes = apps[0]?.charts[0]?.outcomes.map(({ path: at, outcome }) => [at, outcome]);
    expect(outcomes).toEqual([
      ['replicaCount', 'kept'],
      ['image.tag', 'redundant-now'],
      ['service.legacy', 'removed-and-dead'],
      ['affinity.zone', 'removed-and-dead'],
    ]);
    expect(changedLines(root)).toEqual(['-    tag: 1.0.0', '+    tag: 1.1.0']);
  });

  test('--tidy takes out what is redundant or dead, with its comments', async () => {
    const root = repository();
    await slipwayIn(root, 'upgrade', '--yes', '--no-render', '--tidy');
    const text = readFileSync(path.join(root, 'apps/anchor/release.yaml'), 'utf8');
    expect(text.slice(text.indexOf('  values:'))).toBe('  values:\n    replicaCount: 3 # agreed\n');
  });
});

test('values in a release that are a full copy are migrated as one, in their place', async () => {
  const inRelease = (values: string): string =>
    releaseOf('anchor', 'anchor', values.trimEnd().replaceAll('\n', '\n    ').replaceAll(/^ +$/gm, ''));
  const root = makeRepository({
    'apps/anchor/source.yaml': ociRepository('anchor', servers.registry.host),
    'apps/anchor/release.yaml': inRelease(ourValues('anchor')),
  });
  expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
  expect(readFileSync(path.join(root, 'apps/anchor/release.yaml'), 'utf8')).toBe(
    inRelease(migratedValues('anchor')),
  );
});

test('definitions that Flux would not upgrade are named', async () => {
  const crd = (more: string): string =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n${more}`;
  const server = await serveCharts(
    ['1.0.0', '1.1.0'].map(version => ({
      name: 'cargo',
      version,
      files: {
        'values.yaml': '{}\n',
        'crds/same.yaml': crd(''),
        'crds/other.yaml': crd(`# ${version}\n`),
        ...(version === '1.1.0' ? { 'crds/new.yaml': crd('') } : {}),
      },
    })),
  );
  onTestFinished(() => server.close());
  const files = (more: string): Record<string, string> => ({
    'a/r.yaml': chartRelease('cargo', '1.0.0', more),
    'a/s.yaml': helmRepository(server.url),
  });
  type Report = { apps: { charts: { report: { crdsSkipped: string[] } }[] }[] };
  const skipped = async (more: string): Promise<string[] | undefined> => {
    const { apps } = await slipwayJson<Report>(
      makeRepository(files(more)),
      'upgrade',
      '--dry-run',
      '--yes',
      '--no-render',
    );
    return apps[0]?.charts[0]?.report.crdsSkipped;
  };
  expect((await skipped(''))?.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'crds/new.yaml',
    'crds/other.yaml',
  ]);
  expect(await skipped('  upgrade: {crds: CreateReplace}\n')).toEqual([]);
});

test('diff compares values in a release with the defaults of the pinned version', async () => {
  const root = makeRepository(fluxFiles(servers));
  type Diff = {
    charts: { app: string; valuesFile: string; status: string; customisations: { path: string }[] }[];
  };
  const { charts } = await slipwayJson<Diff>(root, 'diff', 'anchor', 'base/derrick');
  expect(
    charts.map(({ valuesFile, status, customisations }) => [
      valuesFile,
      status,
      customisations.map(c => c.path),
    ]),
  ).toEqual([
    ['apps/media/anchor/app/helmrelease.yaml#0:spec.values', 'compared', ['replicaCount']],
    ['base/derrick/values/derrick-1.0.0.yaml', 'compared', ['replicaCount']],
  ]);
});

describe('--pin', () => {
  test('writes a range and an open version as what they come to, and nothing else', async () => {
    const root = makeRepository({
      ...fluxFiles(servers),
      'base/hull/release.yaml': releaseOf('hull'),
      'base/hull/source.yaml': ociRepository('hull', servers.registry.host, 'tag: latest').replaceAll(
        'charts/hull',
        'charts/anchor',
      ),
    });
    const { code } = await slipwayIn(
      root,
      'upgrade',
      'ferry',
      'galley',
      'hull',
      '--pin',
      '--yes',
      '--no-render',
    );
    expect([code, changedLines(root)]).toEqual([
      0,
      [
        '-      version: 1.x',
        '+      version: 1.1.0',
        '+      version: 1.1.0',
        '-    tag: latest',
        '+    tag: 1.1.0',
      ],
    ]);
    type Left = { leftAlone: { name: string; status: string }[]; apps: unknown[] };
    const again = await slipwayJson<Left>(
      root,
      'upgrade',
      'ferry',
      'galley',
      'hull',
      '--pin',
      '--yes',
      '--no-render',
    );
    expect([again.apps, again.leftAlone]).toEqual([[], []]);
  });

  test('a plan of it is carried out as long as the range comes to the same', async () => {
    const root = makeRepository(fluxFiles(servers));
    const file = path.join(makeFolder(), 'plan.json');
    await slipwayIn(root, 'upgrade', 'ferry', '--pin', '--plan', file);
    const { code } = await slipwayIn(root, 'upgrade', '--apply', file, '--yes', '--no-render');
    expect([code, changedLines(root)]).toEqual([0, ['-      version: 1.x', '+      version: 1.1.0']]);
  });
});
