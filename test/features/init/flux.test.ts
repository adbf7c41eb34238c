import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { findTool } from '../../support/tools.js';
import { makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { execFileSync } from 'node:child_process';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    { name: 'sealed-secrets', version: '2.19.1', files: { 'values.yaml': 'a: 1\n' } },
    { name: 'cert-manager', version: 'v1.21.1', files: { 'values.yaml': 'crds:\n  enabled: false\n' } },
    { name: 'gateway-helm', version: '1.7.0', files: { 'values.yaml': 'b: 2\n' } },
    {
      name: 'shop',
      version: '1.0.0',
      files: {
        'values.yaml': 'c: 3\n',
        'templates/all.yaml': `${deployment('shop', 'nginx:1.27')}---\n${service('shop', { http: 80 })}`,
      },
    },
  ]);
});
afterAll(() => charts.close());

type Case = { root: string; run(args: string[]): Promise<Run>; read(file: string): string };

function open(): Case {
  const root = makeFolder();
  const home = makeFolder();
  return {
    root,
    run: args => slipway(args, { cwd: root, env: testEnv(home) as Record<string, string> }),
    read: file => readFileSync(path.join(root, file), 'utf8'),
  };
}

const ANSWERS = [
  '--gitops',
  'flux',
  '--repo-url',
  'git@git.example.org:team/cluster.git',
  '--domains',
  'apps.example.org',
];

type Made = { changes: { path: string }[]; parts: { name: string; status: string }[]; next: string[] };

async function init(it: Case, args: string[]): Promise<Made> {
  const run = await it.run(['init', ...args, '--yes', '--json']);
  expect([run.code, run.stdout]).toEqual([0, expect.any(String)]);
  return readAs('init', run.stdout) as Made;
}

type Build = {
  metadata: { name: string };
  spec: { path: string; prune: boolean; dependsOn?: { name: string }[] };
};

/** The Kustomizations of a file of Flux. */
function buildsIn(it: Case, file: string): Build[] {
  return parseAllDocuments(it.read(file)).map(document => document.toJS() as Build);
}

test('a repository that Flux syncs: its clusters, what they need, and a list for their apps', async () => {
  const it = open();
  const made = await init(it, [...ANSWERS, '--charts-from', charts.url]);
  expect(made.parts.map(({ name, status }) => [name, status])).toEqual(
    ['sealed-secrets', 'cert-manager', 'envoy-gateway'].map(name => [name, 'added']),
  );
  for (const environment of ['production', 'dev']) {
    const builds = ['infrastructure', 'apps'].flatMap(name =>
      buildsIn(it, `clusters/${environment}/${name}.yaml`),
    );
    expect(
      builds.map(({ metadata, spec }) => [metadata.name, spec.path, spec.dependsOn?.map(({ name }) => name)]),
    ).toEqual([
      ['infra-controllers', './infrastructure/controllers', undefined],
      ['infra-configs', './infrastructure/configs', ['infra-controllers']],
      ['apps', `./apps/${environment}`, ['infra-configs']],
    ]);
    for (const { spec } of builds)
      expect(existsSync(path.join(it.root, spec.path, 'kustomization.yaml'))).toBe(true);
  }
  // Flux writes itself, and nobody keeps a token in git.
  expect(existsSync(path.join(it.root, 'clusters/production/flux-system'))).toBe(false);
  expect(made.next).toContain(
    'flux bootstrap git --url ssh://git@git.example.org/team/cluster.git --branch main --path clusters/production',
  );
  expect(parse(it.read('infrastructure/controllers/cert-manager/helmrelease.yaml'))).toMatchObject({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    spec: { chart: { spec: { version: 'v1.21.1' } }, values: { crds: { enabled: true } } },
  });
  expect(it.read('README.md')).not.toContain('Argo CD');
  const tree = readTree(it.root);
  expect((await init(it, [...ANSWERS, '--charts-from', charts.url])).changes).toEqual([]);
  expect(readTree(it.root)).toEqual(tree);
});

test('the first app lands in the list of its environment, and everything builds', async () => {
  const it = open();
  await init(it, [...ANSWERS, '--charts-from', charts.url]);
  const run = await it.run(['new-app', 'shop', '--chart', 'shop', '--repo', charts.url, '--yes', '--json']);
  const made = readAs('new-app', run.stdout) as {
    environment: string;
    delivery: object;
    syncedBy: { name: string }[];
  };
  expect(made).toMatchObject({
    environment: 'apps/production',
    delivery: { kind: 'flux', namespace: 'shop' },
  });
  expect(made.syncedBy.map(({ name }) => name)).toEqual(['apps']);
  expect(parse(it.read('apps/production/kustomization.yaml'))).toMatchObject({ resources: ['shop'] });
  const kustomize = findTool('kustomize');
  for (const folder of kustomize
    ? ['infrastructure/controllers', 'infrastructure/configs', 'apps/production']
    : [])
    expect(
      execFileSync(kustomize ?? '', ['build', path.join(it.root, folder)], { encoding: 'utf8' }),
    ).toContain('kind: ');
});

test('without charts the lists are there, and a later run fills them', async () => {
  const it = open();
  const bare = await init(it, [...ANSWERS, '--no-charts']);
  expect(bare.parts.map(({ status }) => status)).toEqual(['without-chart', 'without-chart', 'without-chart']);
  await init(it, ['--repo-url', 'git@git.example.org:team/cluster.git', '--charts-from', charts.url]);
  expect(parse(it.read('infrastructure/controllers/kustomization.yaml'))).toMatchObject({
    resources: ['sealed-secrets', 'cert-manager', 'envoy-gateway'],
  });
});

const INSTANCE = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: GitRepository, url: "ssh://git@git.example.org/team/cluster.git", ref: refs/heads/main, path: clusters/production }
`;

test('beside a FluxInstance: its cluster is synced already, and is not bootstrapped', async () => {
  const it = open();
  writeFiles(it.root, { 'clusters/production/flux-system/flux-instance.yaml': INSTANCE });
  const answers = ANSWERS.slice(2);
  const made = await init(it, [...answers, '--environments', 'production,dev', '--charts-from', charts.url]);
  expect(made.next.filter(line => line.startsWith('flux bootstrap'))).toEqual([
    expect.stringMatching(/ --path clusters\/dev$/),
  ]);
  expect(it.read('clusters/production/flux-system/flux-instance.yaml')).toBe(INSTANCE);
  expect(existsSync(path.join(it.root, 'clusters/production/apps.yaml'))).toBe(true);
});

test.each([
  ['--mirror', 'mirror.example.org'],
  ['--gateway-api', 'cluster'],
])('%s is refused: nothing reaches into a release', async (flag, value) => {
  const run = await open().run(['init', ...ANSWERS, flag, value, '--no-charts', '--json']);
  expect([run.code, JSON.parse(run.stdout)]).toMatchObject([2, { error: { code: 'E_VALUE' } }]);
});
