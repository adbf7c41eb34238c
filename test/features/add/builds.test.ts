import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

let charts: TestRepository;
beforeAll(async () => {
  const route =
    'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: {{ .Release.Name }}}\nspec: {hostnames: ["{{ .Values.host }}"]}\n';
  charts = await serveCharts([
    {
      name: 'portal',
      version: '1.0.0',
      files: {
        'values.yaml': 'host: portal.apps.campus.example\n',
        'templates/all.yaml': [
          deployment('{{ .Release.Name }}', 'nginx:1.27'),
          service('{{ .Release.Name }}', { http: 80 }),
          route,
        ].join('---\n'),
      },
    },
  ]);
});
afterAll(() => charts.close());

const AT = 'production/portal';
const LISTED = 'resources: [namespace.yaml]\n';

type Case = { root: string; run(...args: string[]): Promise<Run>; tell(env: Record<string, string>): Case };

function open(kustomization = LISTED, files: Record<string, string> = {}): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, {
    [`${AT}/kustomization.yaml`]: `namespace: portal\nhelmCharts:\n- {name: portal, repo: ${charts.url}, version: 1.0.0, releaseName: portal, namespace: portal}\n${kustomization}`,
    [`${AT}/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: portal}\n',
    ...files,
  });
  commitAll(root);
  const caseWith = (env: Record<string, string>): Case => ({
    root,
    tell: caseWith,
    run: (...args) => slipway(args, { cwd: root, env: testEnv(home, env) as Record<string, string> }),
  });
  return caseWith({});
}

type Build = { app: string; status: string; reason?: string };

async function buildsOf(it: Case, word: 'add' | 'move', ...args: string[]): Promise<Build[]> {
  const run = await it.run(...args, '--json');
  expect([run.code, run.stdout]).toEqual([0, expect.any(String)]);
  return (readAs(word, run.stdout) as { builds: Build[] }).builds;
}

async function refuse(it: Case, ...args: string[]): Promise<{ code: string; message: string }> {
  const run = await it.run(...args, '--json');
  expect(run.code).not.toBe(0);
  expect(git(it.root, 'status', '--porcelain')).toBe('');
  return (JSON.parse(run.stdout) as { error: { code: string; message: string } }).error;
}

const STORAGE = ['add', 'storage', 'portal', '--storage', 'ceph-block:1Gi', '--yes'];
const ROUTE = ['add', 'route', 'portal', '--service', 'portal:80', '--yes'];

describe.runIf(canRender)('a route for an app whose chart renders one', () => {
  test('bears another name, so that the app still builds', async () => {
    const it = open();
    expect(await buildsOf(it, 'add', ...ROUTE, '--host', 'docs')).toEqual([
      { app: AT, status: 'builds', objects: 5 },
    ]);
    expect(readTree(it.root)[`${AT}/resources/docs-httproute.yaml`]).toContain('name: docs\n');
  });

  test('is refused for the host that the chart has', async () => {
    const error = await refuse(open(), ...ROUTE, '--host', 'portal');
    expect([error.code, error.message]).toEqual([
      'E_VALUE',
      expect.stringContaining('portal.apps.campus.example'),
    ]);
  });

  test('is refused under the name of the chart’s own, with the reason of the build', async () => {
    const error = await refuse(open(), ...ROUTE, '--host', 'docs', '--name', 'portal');
    expect([error.code, error.message]).toEqual([
      'E_RENDER',
      expect.stringMatching(/^production\/portal would not build: .*(?:exists|already registered)/),
    ]);
  });

  test('--dry-run refuses the same', async () => {
    const error = await refuse(open(), ...ROUTE, '--host', 'docs', '--name', 'portal', '--dry-run');
    expect(error.code).toBe('E_RENDER');
  });
});

describe.runIf(canRender)('what did not build before', () => {
  test('is changed all the same, and said', async () => {
    const it = open('resources: [namespace.yaml, gone.yaml]\n');
    const builds = await buildsOf(it, 'add', ...STORAGE);
    expect(builds).toEqual([
      { app: AT, status: 'fails', reason: expect.stringContaining('gone.yaml') as string },
    ]);
  });

  test('and what nothing builds here is said so', async () => {
    const it = open().tell({ SLIPWAY_KUSTOMIZE: '/nonexistent/kustomize' });
    const builds = await buildsOf(it, 'add', ...STORAGE);
    expect(builds).toEqual([{ app: AT, status: 'not-built', reason: expect.any(String) as string }]);
  });

  test('offline, without the chart: nothing is built, and that is said', async () => {
    const builds = await buildsOf(open(), 'add', ...STORAGE, '--offline');
    expect(builds).toEqual([{ app: AT, status: 'not-built', reason: expect.any(String) as string }]);
  });
});

describe.runIf(canRender)('move and rename', () => {
  const PATCH =
    'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: p}\npath: ../../common/patch.yaml\ntarget: {kind: Namespace}\n';
  const COMMON = { 'common/patch.yaml': '- {op: add, path: /metadata/labels, value: {a: b}}\n' };

  test('an app that would not build where it goes stays', async () => {
    const it = open(`${LISTED}transformers: [patch.yaml]\n`, {
      ...COMMON,
      [`${AT}/patch.yaml`]: PATCH,
      'clusters/lab/one/kustomization.yaml': 'namespace: one\n',
    });
    const error = await refuse(it, 'move', 'portal', '--to', 'clusters/lab', '--yes');
    expect([error.code, error.message]).toEqual(['E_RENDER', expect.stringContaining('clusters/lab/portal')]);
  });

  test('an app that builds there says so, its pulled charts included', async () => {
    const it = open(LISTED, { 'production/portal/.gitignore': 'charts/\n' });
    writeFiles(it.root, {
      [`${AT}/charts/portal-1.0.0/portal/Chart.yaml`]: 'apiVersion: v2\nname: portal\nversion: 1.0.0\n',
      [`${AT}/charts/portal-1.0.0/portal/values.yaml`]: 'a: 1\n',
      [`${AT}/charts/portal-1.0.0/portal/templates/a.yaml`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    });
    expect(await buildsOf(it, 'move', 'move', 'portal', '--to', 'disabled', '--yes', '--offline')).toEqual([
      { app: 'disabled/portal', status: 'builds', objects: 2 },
    ]);
  });

  test('rename', async () => {
    expect(await buildsOf(open(), 'move', 'rename', 'portal', 'porch', '--yes')).toEqual([
      { app: 'production/porch', status: 'builds', objects: 4 },
    ]);
  });

  test('a folder of charts elsewhere is still found from another depth', async () => {
    const it = open(`helmGlobals: {chartHome: ../../vendor}\n${LISTED}`, {
      'vendor/portal-1.0.0/portal/Chart.yaml': 'apiVersion: v2\nname: portal\nversion: 1.0.0\n',
      'vendor/portal-1.0.0/portal/values.yaml': 'a: 1\n',
      'vendor/portal-1.0.0/portal/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      'clusters/lab/one/kustomization.yaml': 'namespace: one\n',
    });
    const builds = await buildsOf(it, 'move', 'move', 'portal', '--to', 'clusters/lab', '--yes', '--offline');
    expect(builds).toEqual([{ app: 'clusters/lab/portal', status: 'builds', objects: 2 }]);
  });
});

test('a values file is found however its path is written', async () => {
  const it = open(LISTED, {
    'production/dns/kustomization.yaml': `namespace: dns\nhelmCharts:\n- {name: coredns, repo: ${charts.url}, version: 1.0.0, valuesFile: ./x/../values.yaml}\n`,
    'production/dns/values.yaml':
      'servers:\n- zones:\n  - zone: .\n  plugins:\n  - name: ready\n  - name: kubernetes\n',
  });
  const line = 'add rewrite portal --host p.example.org --target gw.gw.svc.cluster.local --yes';
  const [build] = await buildsOf(it, 'add', ...line.split(' '));
  expect(build?.app).toBe('production/dns');
  expect(readTree(it.root)['production/dns/values.yaml']).toContain('p.example.org');
});
