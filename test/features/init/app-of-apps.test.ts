import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openArgoJudge } from '../../support/crd-schemas.ts';
import { commitAll, git, makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const URL = 'https://git.example.org/team/cluster.git';
const APPS = 'clusters/main/apps';
const BOOTSTRAP = ['argo-cd', 'sealed-secrets', 'cert-manager', 'envoy-gateway'];

function run(root: string, ...args: string[]): Promise<Run> {
  return slipway([...args, '-C', root], { env: testEnv(makeFolder()) as Record<string, string> });
}

function init(root: string, ...args: string[]): Promise<Run> {
  const words = ['init', '--no-charts', '--domains', 'a.example.org', '--repo-url', URL, '--ci', 'none'];
  return run(root, ...words, ...args, '--yes', '--json');
}

async function done(root: string, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(root, ...args);
  expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

async function rooted(): Promise<string> {
  const root = makeRepository();
  const { code, stdout } = await init(root, '--style', 'app-of-apps');
  expect([code, code === 0 ? '' : stdout]).toEqual([0, '']);
  commitAll(root);
  return root;
}

function web(root: string, environment = 'production'): Promise<unknown> {
  const words = ['new-app', 'web', '--image', 'nginx:1.27', '--port', '80', '--route', 'none'];
  return done(root, ...words, '--env', environment, '--yes', '--json');
}

const read = (root: string, file: string): string => readFileSync(path.join(root, file), 'utf8');
const listed = (root: string): string[] =>
  (parse(read(root, `${APPS}/kustomization.yaml`)) as { resources: string[] }).resources;
const changed = (root: string): string[] =>
  git(root, 'status', '--porcelain', '--untracked-files=all', '--', 'clusters')
    .trim()
    .split('\n')
    .map(line => line.trim());

type Listed = { name: string; namespace: string; cluster: string; path: string; from: string };

async function appsOf(root: string): Promise<string[]> {
  const printed = await done(root, 'apps', '--json');
  const { applications } = readAs('apps', JSON.stringify(printed)) as { applications: Listed[] };
  return applications.map(({ name, path: folder }) => `${name} ${folder}`).toSorted();
}

const argo = openArgoJudge();

test('a root brings an Application for each app: unique, without a finalizer, and what check says of it is nothing', async () => {
  const root = await rooted();
  expect(listed(root)).toEqual(BOOTSTRAP.map(name => `${name}.yaml`));
  expect(await appsOf(root)).toEqual(
    [...BOOTSTRAP.map(name => `${name} production/${name}`), `root ${APPS}`].toSorted(),
  );
  const top = parse(read(root, 'clusters/main/root.yaml')) as Record<string, unknown>;
  expect(top).toMatchObject({
    metadata: { name: 'root', namespace: 'argo-cd', annotations: { 'argocd.argoproj.io/sync-wave': '0' } },
    spec: { project: 'root', source: { path: APPS }, syncPolicy: { automated: { prune: true } } },
  });
  expect(top['metadata']).not.toHaveProperty('finalizers');
  const project = parse(read(root, 'production/argo-cd/resources/appproject-root.yaml')) as { spec: object };
  expect(project.spec).toMatchObject({
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argo-cd' }],
  });
  expect(
    readdirSync(path.join(root, 'production/argo-cd/resources')).filter(each => /set-/.test(each)),
  ).toEqual([]);
  const { findings } = (await done(root, 'check', '--json')) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code)).toEqual(['sealed-secret-stub']);
  const map = await run(root, 'map');
  expect(map.stdout).toContain('Application root');
  expect(map.stdout).toContain('Application cert-manager');
  const again = await init(root);
  expect([again.code, (JSON.parse(again.stdout) as { changes: unknown[] }).changes]).toEqual([0, []]);
});

test('S10.6 a new app is listed, and takes its file and its entry along when it goes', async () => {
  const root = await rooted();
  await web(root);
  expect(changed(root)).toEqual([`M ${APPS}/kustomization.yaml`, `?? ${APPS}/web.yaml`]);
  expect(listed(root)).toEqual([...BOOTSTRAP, 'web'].map(name => `${name}.yaml`));
  expect(parse(read(root, `${APPS}/web.yaml`))).toMatchObject({
    metadata: { name: 'web', namespace: 'argo-cd', annotations: { 'argocd.argoproj.io/sync-wave': '0' } },
    spec: {
      project: 'gitops',
      source: { repoURL: URL, path: 'production/web' },
      destination: { namespace: 'web' },
    },
  });
  commitAll(root);
  const before = read(root, `${APPS}/kustomization.yaml`);
  const gone = (await done(root, 'move', 'web', '--to', 'disabled', '--yes', '--json')) as {
    cluster: object;
  };
  expect(gone.cluster).toMatchObject({
    deletes: [],
    kept: ['Deployment/web', 'Namespace/web', 'Service/web'],
  });
  expect(changed(root)).toEqual([`M ${APPS}/kustomization.yaml`, `D ${APPS}/web.yaml`]);
  expect(read(root, `${APPS}/kustomization.yaml`)).toBe(before.replace(/.*web\.yaml\n/, ''));
  commitAll(root);
  await done(root, 'move', 'disabled/web', '--to', 'dev', '--yes', '--json');
  expect(await appsOf(root)).toContain('web dev/web');
  expect(read(root, `${APPS}/kustomization.yaml`)).toBe(before);
});

test('a move keeps the Application, a new name makes another one; two of one name in two folders are told apart', async () => {
  const root = await rooted();
  await web(root);
  commitAll(root);
  await done(root, 'move', 'web', '--to', 'dev', '--yes', '--json');
  expect(changed(root)).toEqual([`M ${APPS}/web.yaml`]);
  expect(await appsOf(root)).toContain('web dev/web');
  commitAll(root);
  const renamed = await run(root, 'rename', 'web', 'shop', '--yes');
  expect(renamed.stderr + renamed.stdout).toContain('The Application web becomes shop');
  expect([listed(root).at(-1), parse(read(root, `${APPS}/shop.yaml`))]).toMatchObject([
    'shop.yaml',
    {
      metadata: { name: 'shop' },
      spec: { source: { path: 'dev/shop' }, destination: { namespace: 'shop' } },
    },
  ]);
  expect(changed(root)).toEqual([
    `M ${APPS}/kustomization.yaml`,
    `D ${APPS}/web.yaml`,
    `?? ${APPS}/shop.yaml`,
  ]);
  commitAll(root);
  const [other] = [
    await run(
      root,
      'new-app',
      'shop',
      '--image',
      'nginx:1.27',
      '--port',
      '80',
      '--route',
      'none',
      '--env',
      'production',
      '--yes',
    ),
  ];
  expect(other.code).toBe(0);
  expect(await appsOf(root)).toEqual(
    expect.arrayContaining(['shop dev/shop', 'shop-production production/shop']),
  );
});

test('what deletes with its Application keeps its name', async () => {
  const root = makeRepository();
  await init(root, '--style', 'app-of-apps', '--on-removal', 'delete');
  await web(root);
  commitAll(root);
  expect(read(root, `${APPS}/web.yaml`)).toContain('resources-finalizer.argocd.argoproj.io');
  await done(root, 'rename', 'web', 'shop', '--yes', '--json');
  expect(parse(read(root, `${APPS}/web.yaml`))).toMatchObject({
    metadata: { name: 'web' },
    spec: { source: { path: 'production/shop' }, destination: { namespace: 'shop' } },
  });
  commitAll(root);
  const gone = (await done(root, 'move', 'production/shop', '--to', 'disabled', '--yes', '--json')) as {
    cluster: { deletes: string[] };
  };
  expect(gone.cluster.deletes).toContain('Deployment/web');
});

test('apps that are there already are brought as well', async () => {
  const root = makeRepository({
    'production/wiki/kustomization.yaml': 'namespace: wiki\nresources: [namespace.yaml]\n',
    'production/wiki/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: wiki}\n',
  });
  await init(root, '--style', 'app-of-apps');
  expect(await appsOf(root)).toContain('wiki production/wiki');
});

test.each([
  ['Flux', ['--gitops', 'flux']],
  ['overlays', ['--layout', 'overlays']],
  ['promotion by branches', ['--promotion', 'promoter']],
])('no root with %s', async (_, args) => {
  const refused = await init(makeFolder(), '--style', 'app-of-apps', ...args);
  expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([2, { error: { code: 'E_USAGE' } }]);
});

test.runIf(argo.can)('the tree is valid by Argo CD’s own definitions', async () => {
  const root = await rooted();
  await web(root);
  const files = [
    ...readdirSync(path.join(root, APPS)).map(file => `${APPS}/${file}`),
    'clusters/main/root.yaml',
  ];
  const project = 'production/argo-cd/resources/appproject-root.yaml';
  expect(argo.judge([...files, project].map(file => read(root, file)))).toEqual({ valid: 7, wrong: [] });
  expect(argo.judge([read(root, project).replace('destinations:', 'destination:')]).wrong).toHaveLength(1);
});
