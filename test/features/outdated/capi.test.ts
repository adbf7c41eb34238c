import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { type FixtureServer, serveHttp } from '../../support/http-server.ts';
import { makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { upgradeCharts, upgradeRepository } from '../../support/upgrade-fixture.ts';

const FOLDER = 'production/lab';

function proxy(name: string, url: string, rest: string): string {
  return `apiVersion: addons.cluster.x-k8s.io/v1alpha1
kind: HelmChartProxy
metadata:
  name: ${name}
spec:
  clusterSelector:
    matchLabels: { cni: ${name} }
  repoURL: ${url}
  chartName: ${name}
${rest}`;
}

function cluster(name: string, version: string, className = 'quick-start'): string {
  return `apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata:
  name: ${name}
spec:
  topology:
    classRef: { name: ${className} }
    version: ${version}
`;
}

const LISTING = `apiVersion: cluster.x-k8s.io/v1beta2
kind: ClusterClass
metadata: { name: listed }
spec:
  kubernetesVersions: [v1.33.4, v1.34.2, v1.35.1]
`;

function provider(kind: string, name: string, spec: string): string {
  return `---\napiVersion: operator.cluster.x-k8s.io/v1alpha2\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
}

const PROVIDERS = [
  provider('CoreProvider', 'cluster-api', '{ version: v1.13.0 }'),
  provider('InfrastructureProvider', 'mine', '{ version: v0.1.0 }'),
  provider(
    'InfrastructureProvider',
    'own',
    '{ version: v0.1.0, fetchConfig: { url: https://github.com/acme/own/releases } }',
  ),
  provider('BootstrapProvider', 'kubeadm', '{}'),
].join('');

const VALUES = '  version: 1.0.0\n  valuesTemplate: |\n    # ours\n    replicaCount: 3\n';

let charts: TestRepository;
let github: FixtureServer;

beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
  const releases = (...tags: string[]) => ({
    body: JSON.stringify(tags.map(tag_name => ({ tag_name, published_at: '2025-03-03T00:00:00Z' }))),
  });
  github = await serveHttp({
    '/repos/kubernetes/kubernetes/releases': releases('v1.36.0', 'v1.35.4', 'v1.34.9', 'v1.33.8'),
    '/repos/kubernetes-sigs/cluster-api/releases': releases('v1.14.2', 'v1.13.5'),
    '/repos/acme/own/releases': releases('v0.2.0'),
  });
});
afterAll(async () => {
  await charts.close();
  await github.close();
});

function repository(): string {
  const files = {
    'anchor.yaml': proxy('anchor', charts.url, VALUES),
    'beacon.yaml': proxy(
      'beacon',
      charts.url,
      '  version: "1.0.0"\n  valuesTemplate: |\n    id: {{ .Cluster.metadata.name }}\n',
    ),
    'newest.yaml': proxy('newest', charts.url, '').replace('chartName: newest', 'chartName: beacon'),
    'cluster.yaml': cluster('lab', 'v1.34.2'),
    'old.yaml': cluster('old', 'v1.20.1'),
    'listed.yaml': cluster('chosen', 'v1.34.2', 'listed'),
    'class.yaml': LISTING,
    'providers.yaml': PROVIDERS,
  };
  const list = Object.keys(files).map(file => `  - ${file}\n`);
  return upgradeRepository(charts.url, ['anchor'], {
    [`${FOLDER}/kustomization.yaml`]: `namespace: lab\nresources:\n${list.join('')}`,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${FOLDER}/${file}`, text])),
  });
}

function run(root: string, ...args: string[]): Promise<Run> {
  const env = testEnv(makeFolder(), { SLIPWAY_GITHUB_API: github.url });
  return slipway([...args, '-C', root], { env: env as Record<string, string> });
}

type Item = Record<'app' | 'name' | 'status' | 'to' | 'reason' | 'delivery' | 'source' | 'resolves', string>;

async function itemsOf(root: string, ...args: string[]): Promise<Record<string, Item>> {
  const answer = readAs('outdated', (await run(root, 'outdated', ...args, '--json')).stdout);
  const items = (answer as { items: Item[] }).items.filter(({ app }) => app === FOLDER);
  return Object.fromEntries(items.map(item => [item.name, item]));
}

test('clusters, their add-ons and their providers, each by what is published where it comes from', async () => {
  const root = repository();
  const items = await itemsOf(root);
  expect(items['anchor']).toMatchObject({ delivery: 'capi', status: 'outdated', to: '1.1.0' });
  // One minor version at a time, however far the world has gone.
  expect(items['kubernetes (lab)']).toMatchObject({ status: 'outdated', to: 'v1.35.4' });
  expect(items['kubernetes (chosen)']).toMatchObject({
    status: 'outdated',
    to: 'v1.35.1',
    source: `${FOLDER}/class.yaml`,
  });
  expect(items['kubernetes (old)']).toMatchObject({ status: 'unknown' });
  expect(items['kubernetes (old)']?.reason).toMatch(/^not looked at: /);
  expect(items['cluster-api']).toMatchObject({ status: 'outdated', to: 'v1.14.2' });
  expect(items['own']).toMatchObject({ status: 'outdated', to: 'v0.2.0' });
  expect(items['kubeadm']).toMatchObject({ status: 'range', resolves: 'v1.14.2' });
  expect(items['mine']).toMatchObject({ status: 'unknown', source: '' });
  expect(items['mine']?.reason).toMatch(/^not looked at: nobody says where mine is released/);
  expect(Object.keys(await itemsOf(root, 'lab'))).toEqual(Object.keys(items));
  expect(Object.keys(await itemsOf(root, 'anchor'))).toEqual([]);
});

test('upgrade moves the version of a HelmChartProxy, and no other byte', async () => {
  const root = repository();
  const file = path.join(root, FOLDER, 'anchor.yaml');
  const before = readFileSync(file, 'utf8');
  const result = await run(root, 'upgrade', 'lab', '--yes', '--json');
  readAs('upgrade', result.stdout);
  expect(readFileSync(file, 'utf8')).toBe(before.replace('version: 1.0.0', 'version: 1.1.0'));
  const quoted = readFileSync(path.join(root, FOLDER, 'beacon.yaml'), 'utf8');
  expect(quoted).toBe(
    proxy(
      'beacon',
      charts.url,
      '  version: "1.1.0"\n  valuesTemplate: |\n    id: {{ .Cluster.metadata.name }}\n',
    ),
  );
});
