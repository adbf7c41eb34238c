import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { archiveOf, serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { type FixtureServer, serveHttp } from '../../support/http-server.ts';
import { startRegistry } from '../../support/oci-registry.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { kustomization, upgradeCharts, upgradeRepository } from '../../support/upgrade-fixture.ts';

type Item = Record<'app' | 'kind' | 'name' | 'current' | 'status' | 'to' | 'reason', string> & {
  candidates: { version: string; marks: string[] }[];
};

const isOutdated = new Ajv2020({ strict: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/outdated.schema.json'), 'utf8')) as object,
);

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
});
afterAll(() => charts.close());

function outdated(root: string, args: string[] = [], env: Record<string, string> = {}): Promise<Run> {
  return slipway(['outdated', '-C', root, ...args], {
    env: testEnv(makeFolder(), env) as Record<string, string>,
  });
}

/** The items of a JSON answer that follows the schema, by app. */
async function itemsOf(root: string, args: string[] = [], env = {}): Promise<Record<string, Item>> {
  const run = await outdated(root, ['--json', ...args], env);
  const answer = JSON.parse(run.stdout) as { items: Item[] };
  expect([isOutdated(answer), isOutdated.errors]).toEqual([true, null]);
  return Object.fromEntries(answer.items.map(item => [`${item.app} ${item.name}`, item]));
}

function app(resources: string): Record<string, string> {
  return { 'production/more/kustomization.yaml': `namespace: more\nresources:\n${resources}` };
}

test('charts: the newest stable one, with its date; --exit-code ends with 1', async () => {
  const root = upgradeRepository(charts.url, ['anchor', 'beacon']);
  const table = await outdated(root);
  expect(table.stdout).toMatch(/production\/anchor +anchor +1\.0\.0 +1\.1\.0 +minor +2025-06-01/);
  expect(table.stdout).toContain('2 outdated');
  expect(table.code).toBe(0);
  expect((await outdated(root, ['--exit-code'])).code).toBe(1);
  const only = await itemsOf(root, ['production/beacon']);
  expect(Object.keys(only)).toEqual(['production/beacon beacon']);
  expect(only['production/beacon beacon']).toMatchObject({ status: 'outdated', to: '1.1.0' });
});

test('a repository without charts: nothing was looked at, in words', async () => {
  const root = makeRepository({ 'production/more/kustomization.yaml': 'namespace: more\nresources: []\n' });
  expect((await outdated(root)).stdout).toMatch(/^nothing was looked at: /);
  expect((await outdated(root, ['--lang', 'zh'])).stdout).toMatch(/^未检查任何内容：/);
});

test('two charts of one repository cost one download of its index', async () => {
  const root = upgradeRepository(charts.url, ['anchor', 'beacon']);
  charts.received.length = 0;
  await outdated(root);
  expect(charts.received.map(({ path: at }) => at)).toEqual(['/index.yaml']);
});

test('a pin in a comment holds; too young and unfinished ones are shown, not taken; a dead host costs its row', async () => {
  const young = new Date(Date.now() - 86_400_000).toISOString();
  const own = await serveCharts([
    { name: 'held', version: '1.0.0', files: {} },
    { name: 'held', version: '2.0.0', files: {} },
    { name: 'young', version: '1.0.0', files: {} },
    { name: 'young', version: '1.1.0-rc.1', files: {} },
    { name: 'young', version: '1.1.0', created: young, files: {} },
  ]);
  onTestFinished(() => own.close());
  const dead = await serveHttp();
  await dead.close();
  const root = upgradeRepository(own.url, ['young'], {
    'production/held/kustomization.yaml': kustomization('held', own.url).replace(
      'version: 1.0.0',
      'version: 1.0.0 # 固定：等待迁移',
    ),
    'production/dead/kustomization.yaml': kustomization('dead', dead.url),
  });
  const items = await itemsOf(root);
  expect(items['production/held held']).toMatchObject({ status: 'held', reason: '固定：等待迁移' });
  expect(items['production/dead dead']).toMatchObject({ status: 'unreachable' });
  expect(items['production/young young']).toMatchObject({
    status: 'current',
    candidates: [
      { version: '1.1.0', marks: ['too-young'] },
      { version: '1.1.0-rc.1', marks: ['pre-release'] },
    ],
  });
  expect((await itemsOf(root, ['--min-age', '0']))['production/young young']).toMatchObject({ to: '1.1.0' });
});

test('charts of a registry', async () => {
  const registry = await startRegistry({ auth: 'none' });
  if (!registry) return;
  onTestFinished(() => registry.close());
  for (const version of ['1.0.0', '1.4.0+build.7', '2.0.0-beta.1'])
    await registry.pushChart({
      repository: 'team/demo',
      version,
      archive: archiveOf({ name: 'demo', version, files: {} }),
      created: '2025-02-02T00:00:00Z',
    });
  const root = upgradeRepository(`oci://${registry.host}/team`, ['demo']);
  const items = await itemsOf(root);
  expect(items['production/demo demo']).toMatchObject({ status: 'outdated', to: '1.4.0+build.7' });
});

/** GitHub's API with one repository of three releases; it lets nobody but the bearer of `token` in, if there is one. */
function serveReleases(token?: string): Promise<FixtureServer> {
  const release = (tag: string, more = {}) => ({
    tag_name: tag,
    published_at: '2025-03-03T00:00:00Z',
    draft: false,
    prerelease: false,
    ...more,
  });
  const body = JSON.stringify([
    release('v1.3.0', { draft: true }),
    release('v1.2.9', { prerelease: true }),
    release('v1.2.0'),
    release('v1.1.0'),
  ]);
  return serveHttp({
    '/repos/acme/crane/releases': ({ headers }) =>
      token === undefined || headers.authorization === `Bearer ${token}` ? { body } : { status: 401 },
  });
}

const RELEASE = '  - https://github.com/acme/crane/releases/download/v1.1.0/install.yaml\n';

test('resources of GitHub releases; drafts and pre-releases do not count', async () => {
  const github = await serveReleases();
  onTestFinished(() => github.close());
  const root = upgradeRepository(charts.url, [], app(RELEASE));
  const items = await itemsOf(root, [], { SLIPWAY_GITHUB_API: github.url });
  expect(items['production/more crane']).toMatchObject({
    kind: 'release',
    status: 'outdated',
    current: 'v1.1.0',
    to: 'v1.2.0',
  });
});

test('Flux itself: the range that a FluxInstance gives its operator, an exact version, one that a comment holds', async () => {
  const body = JSON.stringify(
    ['v2.9.5', 'v2.8.1', 'v3.0.0'].map(tag_name => ({ tag_name, published_at: '2025-03-03T00:00:00Z' })),
  );
  const github = await serveHttp({ '/repos/fluxcd/flux2/releases': () => ({ body }) });
  onTestFinished(() => github.close());
  const instance = (version: string): string =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\nspec:\n  distribution:\n    version: ${version}\n`;
  const root = upgradeRepository(charts.url, [], {
    'clusters/range/flux.yaml': instance('2.8.x'),
    'clusters/exact/flux.yaml': instance('"2.8.1"'),
    'clusters/held/flux.yaml': instance('2.x # pinned because of the migration'),
  });
  const items = await itemsOf(root, [], { SLIPWAY_GITHUB_API: github.url });
  expect(items['clusters/range flux2']).toMatchObject({
    kind: 'release',
    status: 'range',
    current: '2.8.x',
    resolves: 'v2.8.1',
    outside: expect.stringMatching(/^v[23]/),
  });
  expect(items['clusters/exact flux2']).toMatchObject({ status: 'outdated', current: '2.8.1' });
  expect(items['clusters/held flux2']).toMatchObject({ status: 'held' });
});

test('GITHUB_TOKEN goes to the API alone, and to no output', async () => {
  const github = await serveReleases('s3cret-token');
  onTestFinished(() => github.close());
  const root = upgradeRepository(charts.url, ['anchor'], app(RELEASE));
  charts.received.length = 0;
  const env = { SLIPWAY_GITHUB_API: github.url, GITHUB_TOKEN: 's3cret-token' };
  const run = await outdated(root, ['--verbose'], env);
  expect(run.stdout).toMatch(/crane +v1\.1\.0 +v1\.2\.0/);
  expect(run.stdout + run.stderr).not.toContain('s3cret-token');
  expect(charts.received.length).toBeGreaterThan(0);
  expect(charts.received.map(({ headers }) => headers.authorization)).toEqual(
    charts.received.map(() => undefined),
  );
});

test.each(['GITHUB_TOKEN', 'GH_TOKEN'])(
  'S02 a token that is refused is named by %s, not by its value',
  async name => {
    const github = await serveHttp({ '*': { status: 401 } });
    onTestFinished(() => github.close());
    const root = upgradeRepository(charts.url, ['anchor'], app(RELEASE));
    const run = await outdated(root, ['--json'], { SLIPWAY_GITHUB_API: github.url, [name]: 's3cret-token' });
    expect(run.stdout + run.stderr).toContain(`with the login from ${name}`);
    expect(run.stdout + run.stderr).not.toContain('s3cret-token');
  },
);

test('--images: the mirror’s prefix is taken off, suffixes stay', async () => {
  const tags = ['1.0', '1.1', '1.1-alpine', '1.2-rc1', 'latest', 'sha-abc'];
  const registry = await serveHttp({
    '/v2/acme/web/tags/list': { body: JSON.stringify({ name: 'acme/web', tags }) },
  });
  onTestFinished(() => registry.close());
  const workload = (image: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers: [{name: web, image: "${image}"}]\n`;
  const root = upgradeRepository(charts.url, ['anchor'], {
    ...app('  - deployment.yaml\n'),
    'production/more/deployment.yaml': workload(`mirror.example.test/${registry.host}/acme/web:1.0`),
    'production/alpine/kustomization.yaml': 'namespace: alpine\nresources:\n  - deployment.yaml\n',
    'production/alpine/deployment.yaml': workload(`${registry.host}/acme/web:1.0-alpine`),
  });
  expect(Object.keys(await itemsOf(root, ['more']))).toEqual([]);
  const items = await itemsOf(root, ['--images', 'more', 'alpine']);
  expect(Object.values(items).map(({ app: at, to }) => [at, to])).toEqual([
    ['production/alpine', '1.1-alpine'],
    ['production/more', '1.1'],
  ]);
});
