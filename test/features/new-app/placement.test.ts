import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const ROUTE = `{{- if .Values.ingress.enabled }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: {{ .Release.Name }}}
spec:
  hostnames: ["{{ .Values.sub }}.{{ .Values.domain }}"]
{{- end }}
`;

let charts: TestRepository;
beforeAll(async () => {
  const web = `${deployment('{{ .Release.Name }}', 'nginx:1.27')}---\n${service('{{ .Release.Name }}', { http: 80 })}`;
  charts = await serveCharts([
    { name: 'web', version: '1.0.0', files: { 'values.yaml': 'a: 1\n', 'templates/all.yaml': web } },
    {
      name: 'portal',
      version: '1.0.0',
      files: {
        'values.yaml': 'sub: x\ndomain: y\ningress: {enabled: false}\n',
        'templates/all.yaml': `${web}${ROUTE}`,
      },
    },
    ...['left', 'right'].map(name => ({
      name,
      version: '1.0.0',
      files: { 'values.yaml': 'a: 1\n', 'templates/s.yaml': service('same', { http: 80 }) },
    })),
    {
      name: 'needy',
      version: '1.0.0',
      files: { 'values.yaml': 'a: 1\n', 'templates/all.yaml': '{{ fail "needs an answer" }}' },
    },
  ]);
});
afterAll(() => charts.close());

const IMAGE = ['--image', 'docker.io/library/nginx:1.29', '--port', '80', '--route', 'none'];

type Case = { root: string; run(args: string[], env?: Record<string, string>): Promise<Run> };

function open(files: Record<string, string> = {}): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, files);
  commitAll(root);
  return {
    root,
    run: (args, env) =>
      slipway(['new-app', ...args], { cwd: root, env: testEnv(home, env) as Record<string, string> }),
  };
}

type Made = {
  environment: string;
  builds: { app: string; status: string; objects?: number; reason?: string }[];
  syncedBy: { kind: string; name: string; file: string }[];
};

async function make(it: Case, args: string[], env?: Record<string, string>): Promise<Made> {
  const run = await it.run([...args, '--json'], env);
  expect([run.code, run.stdout]).toEqual([0, expect.any(String)]);
  return readAs('new-app', run.stdout) as Made;
}

type Refusal = { error: { code: string; message: string; hint: string; missing?: { flag: string }[] } };

/** Runs, expects a refusal, and that nothing was written. */
async function refuse(it: Case, args: string[], env?: Record<string, string>): Promise<Refusal['error']> {
  const before = readTree(it.root);
  const run = await it.run([...args, '--json'], env);
  expect(run.code).not.toBe(0);
  expect(readTree(it.root)).toEqual(before);
  expect(git(it.root, 'status', '--porcelain')).toBe('');
  return (JSON.parse(run.stdout) as Refusal).error;
}

describe('where an app goes', () => {
  test.each([
    ['prodction', 'Did you mean production? Environments here: production.'],
    ['nowhere', 'Environments here: production.'],
    ['disabled', 'Environments here: production.'],
    ['production/wiki', 'Environments here: production.'],
    ['../elsewhere', 'Environments here: production.'],
  ])('--env %s is no environment', async (environment, hint) => {
    const it = open({ 'disabled/old/kustomization.yaml': 'namespace: old\n' });
    const error = await refuse(it, ['shop', ...IMAGE, '--env', environment, '--yes']);
    expect([error.code, error.hint]).toEqual(['E_VALUE', hint]);
    expect(error.message).toContain(environment);
  });

  test.each(['production/', './production'])('--env %s is the same as production', async environment => {
    const made = await make(open(), ['shop', ...IMAGE, '--env', environment, '--dry-run']);
    expect(made.environment).toBe('production');
  });

  const TWO = {
    '.slipway/config.yaml': 'environments: [a-dev, production]\n',
    'a-dev/one/kustomization.yaml': 'namespace: one\n',
  };

  test('of several, the one with most apps is suggested; nobody who can be asked decides it', async () => {
    const error = await refuse(open(TWO), ['shop', ...IMAGE]);
    expect(error.code).toBe('E_MISSING');
    expect(error.missing).toEqual([
      { flag: 'env', choices: ['production', 'a-dev'], suggestion: 'production' },
    ]);
  });

  test('--yes takes it', async () => {
    expect((await make(open(TWO), ['shop', ...IMAGE, '--yes', '--dry-run'])).environment).toBe('production');
  });

  test('a folder that Flux syncs is one, though it has no app yet', async () => {
    const flux =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: lab}\nspec: {path: ./lab}\n';
    const made = await make(open({ 'clusters/lab.yaml': flux }), [
      'shop',
      ...IMAGE,
      '--env',
      'lab',
      '--yes',
      '--dry-run',
    ]);
    expect(made.syncedBy).toEqual([{ kind: 'Kustomization', name: 'lab', file: 'clusters/lab.yaml' }]);
  });
});

describe('who syncs it', () => {
  test('the ApplicationSet, in text and JSON', async () => {
    const it = open();
    const made = await make(it, ['shop', ...IMAGE, '--dry-run']);
    const file = 'production/argo-cd/resources/apps.yaml';
    expect(made.syncedBy).toEqual([{ kind: 'ApplicationSet', name: 'production', file }]);
    expect((await it.run(['shop', ...IMAGE])).stdout).toContain(
      `production/shop is synced by ApplicationSet production (${file})\n`,
    );
  });

  test('nobody, in as many words', async () => {
    const it = open({
      '.slipway/config.yaml': 'environments: [lab]\n',
      'lab/one/kustomization.yaml': 'namespace: one\n',
    });
    const { stdout } = await it.run(['shop', ...IMAGE]);
    expect(stdout).toContain('nothing syncs lab/shop');
    const chinese = await it.run(['mall', ...IMAGE, '--lang', 'zh-CN']);
    expect(chinese.stdout).toContain('没有任何东西会同步 lab/mall');
  });

  test('an app that the ApplicationSet leaves out is refused', async () => {
    const it = open();
    const file = 'production/argo-cd/resources/apps.yaml';
    const text = readFileSync(path.join(it.root, file), 'utf8');
    const own = '          - path: production/*\n';
    writeFiles(it.root, {
      [file]: text.replace(own, `${own}          - path: production/sh*\n            exclude: true\n`),
    });
    commitAll(it.root);
    expect((await refuse(it, ['shop', ...IMAGE])).code).toBe('E_NAME');
  });
});

test('an app is listed where its siblings are listed', async () => {
  const URL = 'https://git.example.org/team/home.git';
  const it = open({
    'sets/infra.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: infra}\nspec:\n  generators: [{git: {repoURL: ${URL}, revision: main, directories: [{path: network}]}}]\n  template:\n    metadata: {name: 'infra-{{path.basename}}'}\n    spec: {project: x, source: {repoURL: ${URL}, path: '{{path}}'}, destination: {server: x}}\n`,
    'network/kustomization.yaml': 'resources:\n- dns # the first\n',
    'network/dns/kustomization.yaml': 'namespace: dns\n',
  });
  const { stdout } = await it.run(['shop', ...IMAGE, '--env', 'network', '--yes']);
  expect(stdout).toContain('network/shop is synced by ApplicationSet infra (sets/infra.yaml)\n');
  expect(readFileSync(path.join(it.root, 'network/kustomization.yaml'), 'utf8')).toBe(
    'resources:\n- dns # the first\n- shop\n',
  );
});

describe('a name that cannot run', () => {
  const SETS = 'production/argo-cd/resources/more.yaml';
  const set = (name: string): Record<string, string> => ({
    [SETS]: `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: more}\nspec:\n  goTemplate: true\n  generators: [{git: {directories: [{path: lab/*}]}}]\n  template: {metadata: {name: '${name}'}}\n`,
    'lab/one/kustomization.yaml': 'namespace: one\n',
  });

  test.each<[string, string, string]>([
    ['{{.path.basename}}', 'notes', 'production/notes is already'],
    [`{{.path.basename}}-${'x'.repeat(59)}`, 'shop', 'Kubernetes does not take'],
    ['Lab-{{.path.basename}}', 'shop', 'Kubernetes does not take'],
  ])('an Application named %s', async (template, app, reason) => {
    const error = await refuse(open(set(template)), [app, ...IMAGE, '--env', 'lab', '--yes']);
    expect([error.code, error.message]).toEqual(['E_NAME', expect.stringContaining(reason) as string]);
  });

  test('an Application of a name of its own', async () => {
    const it = open(set('{{.path.basename}}-lab'));
    expect((await make(it, ['notes', ...IMAGE, '--env', 'lab', '--yes', '--dry-run'])).environment).toBe(
      'lab',
    );
  });

  test.each([
    ['an image', () => IMAGE],
    ['a chart', () => [...chart('web'), '--route', 'none']],
  ])('a Service that begins with a digit, of %s', async (_, source) => {
    const error = await refuse(open(), ['123', ...source(), '--yes']);
    expect([error.code, error.message]).toEqual([
      'E_NAME',
      expect.stringContaining('the name of a Service') as string,
    ]);
  });
});

const chart = (name: string): string[] => ['--chart', name, '--repo', charts.url];

describe.runIf(canRender)('it is built before it is written', () => {
  test('what builds says so', async () => {
    const it = open();
    const made = await make(it, ['shop', ...chart('web'), '--dry-run']);
    expect(made.builds).toEqual([{ app: 'production/shop', status: 'builds', objects: 4 }]);
    expect((await it.run(['shop', ...chart('web')])).stdout).toContain(
      'production/shop builds (4 objects)\n',
    );
  });

  test('two charts that render one object are refused', async () => {
    const twice = ['shop', ...chart('left'), ...chart('right'), '--route', 'none', '--yes'];
    const error = await refuse(open(), twice);
    expect(error.code).toBe('E_RENDER');
    expect(error.message).toMatch(/^production\/shop would not build: .*(?:exists|already registered)/);
  });

  test('a chart that asks for an answer is made, and said not to build yet', async () => {
    const made = await make(open(), ['shop', ...chart('needy'), '--route', 'none', '--yes']);
    expect(made.builds).toEqual([
      {
        app: 'production/shop',
        status: 'fails',
        reason: expect.stringContaining('needs an answer') as string,
      },
    ]);
  });

  test('where nothing builds, that is said', async () => {
    const env = { SLIPWAY_KUSTOMIZE: '/nonexistent/kustomize', SLIPWAY_HELM: '/nonexistent/helm' };
    const it = open();
    const made = await make(it, ['shop', ...IMAGE, '--dry-run'], env);
    expect(made.builds).toEqual([
      { app: 'production/shop', status: 'not-built', reason: expect.stringContaining('kustomize') as string },
    ]);
    expect((await it.run(['shop', ...IMAGE], env)).stdout).toMatch(/^production\/shop was not built: /m);
  });
});

describe('a host that an app has already', () => {
  const DOMAIN = 'apps.campus.example';
  const portal = (values: string, more = ''): Record<string, string> => ({
    'production/portal/kustomization.yaml': `namespace: portal\nhelmCharts:\n- {name: portal, repo: ${charts.url}, version: 1.0.0, releaseName: portal, valuesFile: values/portal.yaml${more}}\n`,
    'production/portal/values/portal.yaml': values,
  });
  const own = [
    'shop',
    '--image',
    'docker.io/library/nginx:1.29',
    '--port',
    '80',
    '--route',
    'own',
    '--host',
    'shop',
  ];

  test.each<[string, () => Record<string, string>]>([
    ['in its values', () => portal(`ingress: {enabled: true, hosts: [{host: shop.${DOMAIN}}]}\n`)],
    [
      'in values that stand in its entry',
      () => portal('a: 1\n', `, valuesInline: {httpRoute: {parentRefs: [], hostnames: [shop.${DOMAIN}]}}`),
    ],
    [
      'in an Ingress',
      () => ({
        'production/old/kustomization.yaml': 'namespace: old\nresources: [ingress.yaml]\n',
        'production/old/ingress.yaml': `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: old}\nspec: {rules: [{host: shop.${DOMAIN}}]}\n`,
      }),
    ],
  ])('%s', async (_, files) => {
    const error = await refuse(open(files()), own);
    expect([error.code, error.message]).toEqual(['E_VALUE', expect.stringContaining(`shop.${DOMAIN}`)]);
  });

  test.runIf(canRender)('in what its chart renders', async () => {
    const it = open(portal(`sub: shop\ndomain: ${DOMAIN}\ningress: {enabled: true}\n`));
    expect((await refuse(it, own)).message).toContain('production/portal');
  });

  test.runIf(canRender)('a chart that could render it and does not is no reason', async () => {
    const it = open(portal(`sub: shop\ndomain: ${DOMAIN}\ningress: {enabled: false}\n`));
    expect((await make(it, [...own, '--dry-run'])).builds[0]?.status).toBe('builds');
  });

  test('an app that cannot be looked at stops no other', async () => {
    const it = open({
      ...portal(`sub: shop\ndomain: ${DOMAIN}\n`),
      'production/portal/sub.yaml/x': 'a folder that is called a file\n',
    });
    const file = path.join(it.root, 'production/portal/kustomization.yaml');
    const text = readFileSync(file, 'utf8');
    writeFiles(it.root, { 'production/portal/kustomization.yaml': `${text}resources: [sub.yaml]\n` });
    const run = await it.run([...own, '--dry-run', '--json']);
    expect([run.code, run.stderr]).toEqual([
      0,
      expect.stringContaining('whether production/portal renders a route for') as string,
    ]);
  });

  test('where the chart cannot be rendered, that is said', async () => {
    const it = open(portal(`sub: shop\ndomain: ${DOMAIN}\ningress: {enabled: true}\n`));
    const run = await it.run([...own, '--dry-run'], { SLIPWAY_HELM: '/nonexistent/helm' });
    expect(run.stderr).toContain('whether production/portal renders a route for');
  });
});
