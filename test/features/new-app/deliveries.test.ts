import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chartRelease,
  fluxFiles,
  type FluxServers,
  listing,
  serveFluxCharts,
} from '../../support/flux-fixture.ts';
import { makeFolder, makeRepository, git, readTree } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

let servers: FluxServers;
beforeAll(async () => {
  servers = await serveFluxCharts();
});
afterAll(() => servers.close());

type Case = { root: string; run(args: string[]): Promise<Run>; read(file: string): string };

function open(files: Record<string, string>): Case {
  const root = makeRepository(files);
  const home = makeFolder();
  return {
    root,
    run: args => slipway(args, { cwd: root, env: testEnv(home) as Record<string, string> }),
    read: file => readFileSync(path.join(root, file), 'utf8'),
  };
}

type Made = {
  changes: { path: string; action: string }[];
  delivery: { kind: string; namespace: string; sibling?: string };
  builds: { app: string; status: string }[];
  syncedBy: { kind: string; name: string }[];
  next: string[];
  answers: { flag: string; value: string; why: string }[];
};

async function make(it: Case, args: string[]): Promise<Made> {
  const run = await it.run(['new-app', ...args, '--route', 'none', '--json']);
  expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('"changes"')]);
  return readAs('new-app', run.stdout) as Made;
}

type Item = { name: string; delivery: string; current: string; status: string; source: string };

/** What `outdated` reads of an app. */
async function readBack(it: Case, app: string): Promise<Item[]> {
  const run = await it.run(['outdated', app, '--json']);
  expect(run.code).toBe(0);
  return (readAs('outdated', run.stdout) as { items: Item[] }).items;
}

/** What `git diff` shows, without heads: which lines went and came. */
function changedLines(root: string): string[] {
  return git(root, 'diff', '--unified=0', '--', '.', ':!.slipway')
    .split('\n')
    .filter(line => /^[-+](?![-+])/.test(line));
}

const VERSIONS = ['--version', '1.0.0'];

/** Made, read, made again, refused, upgraded: what holds for every delivery. */
async function liveThrough(
  it: Case,
  args: string[],
  { app, edits }: { app: string; edits: string[] },
): Promise<Made> {
  const made = await make(it, args);
  const tree = readTree(it.root);
  git(it.root, 'add', '--all');
  git(it.root, 'commit', '--quiet', '--message', 'new');
  const [item] = await readBack(it, app);
  expect(item).toMatchObject({
    name: 'cargo',
    current: '1.0.0',
    status: 'outdated',
    delivery: made.delivery.kind,
  });
  expect((await make(it, args)).changes).toEqual([]);
  expect(readTree(it.root)).toEqual(tree);
  const other = await it.run([
    'new-app',
    ...args.map(word => (word === '1.0.0' ? '1.1.0' : word)),
    '--route',
    'none',
    '--json',
  ]);
  expect([other.code, JSON.parse(other.stdout)]).toEqual([
    2,
    { schemaVersion: 1, error: expect.objectContaining({ code: 'E_APP_EXISTS' }) as unknown },
  ]);
  expect(readTree(it.root)).toEqual(tree);
  const checked = await it.run(['check', '--json']);
  const findings = (JSON.parse(checked.stdout) as { findings: { severity: string; file: string }[] })
    .findings;
  expect(findings.filter(({ severity, file }) => severity === 'error' && file.includes('shop'))).toEqual([]);
  const upgraded = await it.run(['upgrade', app, '--yes', '--json']);
  expect(upgraded.code).toBe(0);
  expect(changedLines(it.root)).toEqual(edits);
  return made;
}

describe('new-app in a repository of Flux', () => {
  const above = (name: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
spec:
  interval: 1h
  path: ./apps/media/${name}/app
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  targetNamespace: media
`;
  const files = (): Record<string, string> => ({
    ...fluxFiles(servers),
    'apps/media/anchor/ks.yaml': above('anchor'),
    'apps/media/beacon/ks.yaml': above('beacon'),
    'apps/media/kustomization.yaml': listing(['anchor/ks.yaml', 'beacon/ks.yaml']),
  });

  test('a release beside its siblings, from a registry', async () => {
    const it = open(files());
    const args = [
      'shop',
      '--chart',
      `oci://${servers.registry.host}/charts/cargo`,
      '--env',
      'apps/media',
      ...VERSIONS,
    ];
    const dry = await it.run(['new-app', ...args, '--route', 'none', '--dry-run']);
    expect(dry.stdout).toContain('lists shop/ks.yaml');
    expect(dry.stderr).toContain('+  - shop/ks.yaml');
    expect(git(it.root, 'status', '--porcelain')).toBe('');
    const made = await liveThrough(it, args, {
      app: 'shop',
      edits: ['-    tag: 1.0.0', '+    tag: 1.1.0'],
    });
    expect(made.delivery).toEqual({ kind: 'flux', namespace: 'media', sibling: 'apps/media/anchor' });
    expect(made.changes.map(({ path: file, action }) => `${action} ${file}`).toSorted()).toEqual([
      'create .slipway/lock/apps/media/shop/app.yaml',
      'create apps/media/shop/app/helmrelease.yaml',
      'create apps/media/shop/app/kustomization.yaml',
      'create apps/media/shop/app/ocirepository.yaml',
      'create apps/media/shop/ks.yaml',
      'update apps/media/kustomization.yaml',
    ]);
    expect(made.answers).toContainEqual(
      expect.objectContaining({ flag: 'delivery', value: 'flux', why: '4 of 4 charts in apps/media' }),
    );
    expect(made.syncedBy).toEqual([{ kind: 'Kustomization', name: 'shop', file: 'apps/media/shop/ks.yaml' }]);
    expect(it.read('apps/media/kustomization.yaml')).toContain('  - beacon/ks.yaml\n  - shop/ks.yaml\n');
  });

  test('where one file holds the Kustomizations of several apps, that of the new one is added to it', async () => {
    const { 'apps/media/kustomization.yaml': _, ...others } = fluxFiles(servers);
    const held = `# Who deploys what.\n${above('anchor')}---\n${above('beacon')}`;
    const it = open({ ...others, 'clusters/home/media.yaml': held });
    const chart = `oci://${servers.registry.host}/charts/cargo`;
    const args = ['shop', '--chart', chart, '--env', 'apps/media', ...VERSIONS];
    const made = await liveThrough(it, args, {
      app: 'shop',
      edits: ['-    tag: "1.0.0"', '+    tag: "1.1.0"'],
    });
    expect(made.changes).toContainEqual(
      expect.objectContaining({ path: 'clusters/home/media.yaml', action: 'update' }),
    );
    expect(it.read('clusters/home/media.yaml')).toBe(`${held}---\n${above('shop')}`);
    expect(made.syncedBy).toMatchObject([{ name: 'shop', file: 'clusters/home/media.yaml' }]);
  });

  test('a release of a shared repository', async () => {
    const shared = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: fleet\nspec:\n  url: ${servers.http.url}\n`;
    const it = open({
      'web/ensign/release.yaml': chartRelease('ensign', '1.0.0'),
      'web/galley/release.yaml': chartRelease('galley', '1.0.0'),
      'sources/fleet.yaml': shared,
    });
    const args = ['shop', '--chart', 'cargo', '--repo', servers.http.url, '--env', 'web', ...VERSIONS];
    const made = await make(it, args);
    expect(await readBack(it, 'web/shop')).toMatchObject([{ name: 'cargo', source: servers.http.url }]);
    expect(made.changes.map(({ path: file }) => file)).toEqual([
      'web/shop/release.yaml',
      '.slipway/lock/web/shop.yaml',
    ]);
  });
});

const application = (name: string, url: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${url}
    chart: ${name}
    targetRevision: 1.0.0
    helm:
      valuesObject:
        replicaCount: 2
  destination: { name: in-cluster, namespace: ${name} }
`;

test('new-app beside Applications', async () => {
  const it = open({
    'apps/anchor.yaml': application('anchor', servers.http.url),
    'apps/beacon.yaml': application('beacon', servers.http.url),
    'apps/kustomization.yaml': 'resources:\n  - anchor.yaml\n  - beacon.yaml\n',
  });
  const args = ['shop', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS];
  const made = await liveThrough(it, args, {
    app: 'shop',
    edits: ['-    targetRevision: 1.0.0', '+    targetRevision: 1.1.0'],
  });
  expect(made.delivery).toEqual({ kind: 'argo', namespace: 'shop', sibling: 'apps/anchor.yaml' });
  expect(made.next).toEqual([expect.stringMatching(/^git add apps\/shop\.yaml apps\/kustomization\.yaml /)]);
  expect(it.read('apps/kustomization.yaml')).toBe(
    'resources:\n  - anchor.yaml\n  - beacon.yaml\n  - shop.yaml\n',
  );
  const own = await it.run([
    'new-app',
    'web',
    '--image',
    'docker.io/library/nginx:1.29',
    '--port',
    '80',
    '--delivery',
    'argo',
    '--json',
  ]);
  expect([own.code, JSON.parse(own.stdout)]).toEqual([
    2,
    { schemaVersion: 1, error: expect.objectContaining({ code: 'E_VALUE' }) as unknown },
  ]);
});

describe('an Application in a project of the repository', () => {
  const project = (spec: string): string => `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: team, namespace: argocd}
spec:
  # what we trust
  sourceRepos:
    - https://git.example.org/team/cluster.git
  destinations:
${spec}`;
  const files = (spec: string): Record<string, string> => ({
    'projects/team.yaml': project(spec),
    'apps/anchor.yaml': application('anchor', 'https://charts.example.org').replace('default', 'team'),
  });
  const ANYWHERE = '    - { name: in-cluster, namespace: "*" }\n';
  const args = (): string[] => ['shop', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS, '--yes'];
  const forbidden = async (it: Case): Promise<string[]> => {
    const { stdout } = await it.run(['check', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: { code: string; file: string }[] };
    return findings.filter(({ code }) => code === 'application-project-forbids').map(({ file }) => file);
  };

  test('its repository and its namespace are listed there', async () => {
    const it = open(files('    - { name: in-cluster, namespace: anchor }\n'));
    const made = await make(it, args());
    expect(made.changes.map(({ path: file, action }) => `${action} ${file}`)).toEqual([
      'create apps/shop.yaml',
      'update projects/team.yaml',
      'create .slipway/lock/apps/shop.yaml',
    ]);
    expect(it.read('projects/team.yaml')).toBe(
      project(
        '    - { name: in-cluster, namespace: anchor }\n    - namespace: shop\n      name: in-cluster\n',
      ).replace('cluster.git\n', `cluster.git\n    - ${servers.http.url}\n`),
    );
    expect(await forbidden(it)).toEqual(['apps/anchor.yaml']);
  });

  test('what it allows already needs no entry', async () => {
    const it = open({
      ...files(ANYWHERE),
      'projects/team.yaml': project(ANYWHERE).replace('https://git.example.org/team/cluster.git', "'*'"),
    });
    expect((await make(it, args())).changes.map(({ path: file }) => file)).not.toContain(
      'projects/team.yaml',
    );
  });

  test('a repository whose Secret gives it to the project needs no entry, and none is missed', async () => {
    const secret = `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels: {argocd.argoproj.io/secret-type: repository}
stringData: {type: helm, project: team, url: "${servers.http.url}"}
`;
    const it = open({ ...files(ANYWHERE), 'projects/charts.yaml': secret });
    expect((await make(it, args())).changes.map(({ path: file }) => file)).not.toContain(
      'projects/team.yaml',
    );
    expect(await forbidden(it)).toEqual(['apps/anchor.yaml']);
    const other = open({ ...files(ANYWHERE), 'projects/charts.yaml': secret.replace('team', 'other') });
    expect((await make(other, args())).changes.map(({ path: file }) => file)).toContain('projects/team.yaml');
  });

  test('what it takes away is refused', async () => {
    const it = open(files(`${ANYWHERE}    - { name: in-cluster, namespace: "!shop" }\n`));
    const before = readTree(it.root);
    const { code, stdout } = await it.run(['new-app', ...args(), '--route', 'none', '--json']);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; subject: string } };
    expect([code, error.code, error.subject]).toEqual([2, 'E_VALUE', 'projects/team.yaml']);
    expect(error.message).toContain('team');
    expect(readTree(it.root)).toEqual(before);
  });
});

test('an Application of its own stands where a root looks for it, and is listed there', async () => {
  const own = 'https://git.example.org/team/cluster.git';
  const deploying = (name: string, folder: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argo-cd}\nspec:\n  project: default\n  source: {repoURL: '${own}', path: ${folder}}\n  destination: {name: in-cluster, namespace: ${name}}\n`;
  const it = open({
    'clusters/main/root.yaml': deploying('root', 'clusters/main/apps'),
    'clusters/main/apps/kustomization.yaml': listing(['wiki.yaml']),
    'clusters/main/apps/wiki.yaml': deploying('wiki', 'production/wiki'),
    'production/wiki/kustomization.yaml': 'namespace: wiki\n',
  });
  const words = ['shop', '--env', 'production', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS];
  const made = await make(it, [...words, '--delivery', 'argo', '--yes']);
  expect(made.syncedBy).toMatchObject([{ kind: 'Application', name: 'root' }]);
  expect(made.changes.map(({ path: file }) => file).slice(0, 2)).toEqual([
    'clusters/main/apps/shop.yaml',
    'clusters/main/apps/kustomization.yaml',
  ]);
});

test('new-app beside charts that depend on others', async () => {
  const chart = (name: string): string =>
    `apiVersion: v2\nname: ${name}\nversion: 0.0.0\ndependencies:\n  - name: ${name}\n    version: 1.0.0\n    repository: ${servers.http.url}\n`;
  const it = open({
    'apps/anchor/Chart.yaml': chart('anchor'),
    'apps/anchor/values.yaml': 'anchor:\n  replicaCount: 2\n',
    'apps/beacon/Chart.yaml': chart('beacon'),
    'apps/beacon/values.yaml': 'beacon:\n  replicaCount: 2\n',
  });
  const args = ['shop', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS];
  await liveThrough(it, args, { app: 'shop', edits: ['-    version: 1.0.0', '+    version: 1.1.0'] });
  expect(it.read('apps/shop/values.yaml')).toBe('cargo: {}\n');
});

test('what a list of an ApplicationSet makes is added there by hand; a route or a Secret has no place beside such apps', async () => {
  const { url } = servers.http;
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: addons, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - {name: anchor, chart: anchor, version: 1.0.0}
  template:
    metadata: {name: '{{.name}}'}
    spec:
      project: default
      source: {repoURL: '${url}', chart: '{{.chart}}', targetRevision: '{{.version}}'}
      destination: {name: in-cluster, namespace: '{{.name}}'}
`;
  const it = open({ 'bootstrap/addons.yaml': set });
  const before = readTree(it.root);
  const args = ['new-app', 'shop', '--chart', 'cargo', '--repo', url, ...VERSIONS, '--yes', '--json'];
  const { code, stdout } = await it.run(args);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint: string } };
  expect([code, error.code, error.hint]).toEqual([2, 'E_VALUE', expect.stringContaining('--delivery argo')]);
  expect(error.message).toContain('bootstrap/addons.yaml');
  expect(readTree(it.root)).toEqual(before);
  const own = await it.run([...args, '--delivery', 'argo', '--route', 'none', '--dry-run']);
  expect([own.code, JSON.parse(own.stdout)]).toEqual([
    0,
    expect.objectContaining({ delivery: expect.objectContaining({ kind: 'argo' }) as unknown }),
  ]);
  const beside = open({
    'apps/anchor.yaml': application('anchor', url),
    'apps/beacon.yaml': application('beacon', url),
  });
  const routed = await beside.run([...args, '--route', 'own']);
  expect([routed.code, JSON.parse(routed.stdout)]).toEqual([
    2,
    { schemaVersion: 1, error: expect.objectContaining({ code: 'E_VALUE' }) as unknown },
  ]);
  const sealed = await beside.run([...args, '--route', 'none', '--secret', 'db:password']);
  expect([sealed.code, JSON.parse(sealed.stdout)]).toEqual([
    2,
    {
      schemaVersion: 1,
      error: expect.objectContaining({
        code: 'E_VALUE',
        hint: expect.stringContaining('--secret') as unknown,
      }) as unknown,
    },
  ]);
  expect(Object.keys(readTree(beside.root)).filter(file => /gitignore|charts\//.test(file))).toEqual([]);
});

test('where the Applications stand in the templates of a chart, one of them is named and nothing is offered in its place', async () => {
  const { url } = servers.http;
  const templated = (name: string): string =>
    application(name, url).replace(/project: .*/, 'project: {{ .Values.project }}');
  const it = open({
    'bootstrap/Chart.yaml': 'apiVersion: v2\nname: bootstrap\nversion: 0.1.0\n',
    'bootstrap/values.yaml': 'project: default\n',
    'bootstrap/templates/anchor.yaml': templated('anchor'),
    'bootstrap/templates/beacon.yaml': templated('beacon'),
    'charts/argo/Chart.yaml': `apiVersion: v2\nname: argo\nversion: 0.1.0\ndependencies:\n  - {name: derrick, version: 1.0.0, repository: '${url}'}\n`,
  });
  const before = readTree(it.root);
  const args = ['new-app', 'shop', '--chart', 'cargo', '--repo', url, ...VERSIONS, '--yes', '--json'];
  const { code, stdout } = await it.run([...args, '--route', 'none']);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  expect([code, error]).toMatchObject([
    2,
    { code: 'E_VALUE', message: expect.stringContaining('bootstrap/templates/anchor.yaml') as unknown },
  ]);
  expect(readTree(it.root)).toEqual(before);
});

test('a manifest that kustomizations name with ./ stands in the folder of the new app', async () => {
  const sibling = (app: string): Record<string, string> => ({
    [`apps/${app}/kustomization.yaml`]: `namespace: ${app}\nresources:\n  - ./namespace.yaml\nhelmCharts:\n  - {name: web, repo: "${servers.http.url}", version: 1.0.0, releaseName: ${app}, namespace: ${app}}\n`,
    [`apps/${app}/namespace.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${app}\n`,
  });
  const it = open({ ...sibling('anchor'), ...sibling('beacon'), ...sibling('dinghy') });
  const made = await make(it, ['shop', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS, '--yes']);
  expect(made.changes.map(({ path: file }) => file)).toContain('apps/shop/namespace.yaml');
  expect(it.read('apps/shop/kustomization.yaml')).toContain('- ./namespace.yaml\n');
});

test('where two kinds stand side by side, nobody guesses', async () => {
  const it = open({
    'apps/anchor/Chart.yaml': `apiVersion: v2\nname: anchor\nversion: 0.0.0\ndependencies:\n  - name: anchor\n    version: 1.0.0\n    repository: ${servers.http.url}\n`,
    'apps/beacon.yaml': application('beacon', servers.http.url),
  });
  const run = await it.run([
    'new-app',
    'shop',
    '--chart',
    'cargo',
    '--repo',
    servers.http.url,
    ...VERSIONS,
    '--json',
  ]);
  const { error } = JSON.parse(run.stdout) as { error: { missing: unknown } };
  expect([run.code, error.missing]).toEqual([
    2,
    [
      {
        flag: 'delivery',
        choices: ['kustomize', 'flux', 'argo', 'umbrella'],
        suggestion: expect.any(String) as string,
      },
    ],
  ]);
});

test.each([
  ['values.yaml', 'values.yaml'],
  ['./web-values.yaml', 'cargo-values.yaml'],
  ['values/web-1.0.0.yaml', 'values/cargo-1.0.0.yaml'],
])('among kustomizations with %s the new app has %s', async (theirs, own) => {
  const entry = `helmCharts:\n  - {name: web, repo: "${servers.http.url}", version: 1.0.0, releaseName: web, valuesFile: ${theirs}}\n`;
  const sibling = (app: string): Record<string, string> => ({
    [`apps/${app}/kustomization.yaml`]: entry,
    [`apps/${app}/${theirs.replace('./', '')}`]: 'replicaCount: 2\n',
  });
  const it = open({ ...sibling('anchor'), ...sibling('beacon'), ...sibling('dinghy') });
  await make(it, ['shop', '--chart', 'cargo', '--repo', servers.http.url, ...VERSIONS, '--yes']);
  expect(it.read('apps/shop/kustomization.yaml')).toContain(`valuesFile: ${own}\n`);
  const isCopy = own.includes('1.0.0');
  expect(it.read(`apps/shop/${own}`).startsWith('# What differs from the defaults of cargo 1.0.0.')).toBe(
    !isCopy,
  );
});
