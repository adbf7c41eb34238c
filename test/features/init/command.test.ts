import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { applicationsOf } from '../../support/application-set.ts';
import { deployment, serveCharts, service, type TestRepository } from '../../support/chart-repository.ts';
import { canRender, renderedImages, renderOffline } from '../../support/kustomize.ts';
import { paste } from '../../support/printed-lines.ts';
import { commitAll, git, makeFolder, makeRepository, readTree } from '../../support/repository.ts';
import { copyDemo, type Run, slipway, testEnv } from '../../support/slipway.ts';

const ANSWERS = [
  '--repo-url',
  'https://git.example.org/team/cluster.git',
  '--domains',
  'apps.example.org,a.example.org',
];
const APPS = ['argo-cd', 'sealed-secrets', 'cert-manager', 'envoy-gateway'];

/** Charts of the publishers' names, with the values that init sets; one key of each kind of place. */
const CHARTS = [
  {
    name: 'argo-cd',
    version: '9.5.2',
    files: {
      'values.yaml': [
        '# Argo CD',
        'global:',
        '  image: {repository: quay.io/argoproj/argocd, tag: ""}',
        'configs:',
        '  cm:',
        '    # -- Create it',
        '    create: true # yes',
        '  params: {}',
        'repoServer:',
        '  # -- Sidecars',
        '  extraContainers: []',
        '',
      ].join('\n'),
      'templates/all.yaml': [
        deployment('argo-cd', 'redis:8').trimEnd(),
        '{{- with .Values.repoServer.extraContainers }}\n        {{- tpl (toYaml .) $ | nindent 8 }}\n{{- end }}\n',
        `---\n${service('argo-cd', { http: 80 })}`,
        '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: {{ .Release.Namespace }}}\ndata: {{ toYaml .Values.configs | quote | printf "{all: %s}" }}\n',
      ].join('\n'),
    },
  },
  { name: 'sealed-secrets', version: '2.19.1', files: { 'values.yaml': 'a: 1\n' } },
  {
    name: 'cert-manager',
    version: 'v1.21.1',
    files: { 'values.yaml': 'crds:\n  # CRDs are not installed\n  enabled: false\n' },
  },
  {
    name: 'gateway-helm',
    version: '1.7.0',
    files: {
      'values.yaml': 'b: 2\n',
      'crds/all.yaml': ['httproutes.gateway.networking.k8s.io', 'backends.gateway.envoyproxy.io']
        .map(
          name =>
            `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${name}}\n`,
        )
        .join('---\n'),
      'templates/policy.yaml':
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: safe-upgrades.gateway.networking.k8s.io}\n',
    },
  },
  {
    name: 'shop',
    version: '1.0.0',
    files: {
      'values.yaml': 'c: 3\n',
      'templates/all.yaml': `${deployment('shop', 'nginx:1.27')}---\n${service('shop', { http: 80 })}`,
    },
  },
];

let charts: TestRepository;
beforeAll(async () => (charts = await serveCharts(CHARTS)));
afterAll(() => charts.close());

type Result = {
  changes: { path: string; action: string }[];
  kept: string[];
  parts: { name: string; status: string; where: string }[];
  notes: string[];
  next: string[];
};

const isInit = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync('schemas/init.schema.json', 'utf8')) as object,
);

function run(root: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  return slipway(args, { cwd: root, env: testEnv(makeFolder(), env) as Record<string, string> });
}

async function init(root: string, args: string[]): Promise<Result> {
  const { stdout, stderr, code } = await run(root, ['init', ...args, '--json']);
  expect([code, stderr.includes('error')]).toEqual([0, false]);
  const result: unknown = JSON.parse(stdout);
  expect([isInit(result), isInit.errors]).toEqual([true, null]);
  return result as Result;
}

function readYaml(root: string, file: string): unknown {
  return parse(readFileSync(path.join(root, file), 'utf8'));
}

describe('an empty folder', () => {
  let root: string;
  let result: Result;
  beforeAll(async () => {
    root = makeFolder();
    const more = ['--mirror', 'mirror.example.org', '--ci', 'github', '--charts-from', charts.url];
    const from = ['--package', 'git+https://git.example.org/slipway.git#v1'];
    result = await init(root, [...ANSWERS, ...more, ...from]);
  });

  test('gets Argo CD and what it needs, each with its chart', () => {
    expect(result.parts).toEqual(APPS.map(name => ({ name, status: 'added', where: `production/${name}` })));
    expect(readdirSync(root).toSorted()).toEqual([
      '.editorconfig',
      '.github',
      '.gitignore',
      '.pre-commit-config.yaml',
      '.slipway',
      'AGENTS.md',
      'README.md',
      'image-prefix.yaml',
      'production',
    ]);
  });

  test('charts get the values that a Kustomize repository needs, and keep everything else', () => {
    const file = path.join(root, 'production/argo-cd/values/argo-cd-9.5.2.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('    # -- Create it\n    create: true # yes\n');
    expect(parse(text)).toMatchObject({
      global: { image: { repository: 'quay.io/argoproj/argocd', tag: '' } },
      configs: {
        cm: {
          create: true,
          'kustomize.buildOptions': '--enable-helm --load-restrictor LoadRestrictionsNone',
        },
        params: { 'application.namespaces': '*' },
      },
      repoServer: {
        extraContainers: [{ name: 'kustomize-dependencies' }],
        volumes: [{ configMap: { name: 'cmp-kustomize-dependencies' } }, { emptyDir: {} }],
      },
    });
    expect(
      readFileSync(path.join(root, 'production/cert-manager/values/cert-manager-v1.21.1.yaml'), 'utf8'),
    ).toBe('crds:\n  # CRDs are not installed\n  enabled: true\n');
  });

  test.runIf(canRender)('every app renders offline, images through the mirror', () => {
    for (const app of APPS) expect(renderOffline(root, `production/${app}`).length).toBeGreaterThan(0);
    expect(renderedImages(renderOffline(root, 'production/argo-cd'))).toEqual([
      'mirror.example.org/docker.io/library/redis:8',
      'mirror.example.org/quay.io/argoproj/argocd:1.0.0',
    ]);
  });

  test('passes slipway check', async () => {
    const { code, stdout } = await run(root, ['check', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: { code: string; severity: string }[] };
    expect([code, findings.map(finding => `${finding.severity} ${finding.code}`)]).toEqual([
      0,
      ['note sealed-secret-stub'],
    ]);
  });

  test.each([
    ['production', ['argo-cd', 'grafana']],
    ['dev', ['grafana']],
  ])('the ApplicationSet of %s makes one Application of each folder', (environment, apps) => {
    const folders = [
      'production',
      'production/argo-cd',
      'production/grafana',
      'production/grafana/resources',
      'production/_shared',
      'production/.hidden',
      'dev/grafana',
      'dev/_shared',
      'disabled/old',
      'production-2/other',
    ];
    const set = readYaml(root, `production/argo-cd/resources/applicationset-${environment}.yaml`);
    expect(applicationsOf(set, folders)).toEqual(
      apps.map(app => ({
        name: `${app}-${environment}`,
        path: `${environment}/${app}`,
        namespace: app,
      })),
    );
  });

  test('removal keeps what runs, auto-sync may be switched off, apply and diff are server-side', () => {
    const set = readYaml(root, 'production/argo-cd/resources/applicationset-dev.yaml');
    expect(set).toMatchObject({
      spec: {
        goTemplateOptions: ['missingkey=error'],
        ignoreApplicationDifferences: [{ jsonPointers: ['/spec/syncPolicy'] }],
        syncPolicy: { preserveResourcesOnDeletion: true },
        template: {
          metadata: {
            annotations: {
              'argocd.argoproj.io/compare-options': 'ServerSideDiff=true,IncludeMutationWebhook=true',
            },
          },
          spec: { syncPolicy: { syncOptions: expect.arrayContaining(['ServerSideApply=true']) as unknown } },
        },
      },
    });
  });

  test('only this repository feeds the project, and only from Argo CD’s namespace', () => {
    const { spec } = readYaml(root, 'production/argo-cd/resources/appproject.yaml') as {
      spec: Record<string, unknown>;
    };
    expect(spec['sourceRepos']).toEqual(['https://git.example.org/team/cluster.git']);
    expect(spec['sourceNamespaces']).toBeUndefined();
  });

  test('the Gateway serves each domain, and its certificates are those that it names', () => {
    const folder = path.join(root, 'production/envoy-gateway/resources');
    const read = (file: string): unknown[] =>
      parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map(
        document => document.toJS() as unknown,
      );
    const [, gateway] = read('gateway.yaml') as [unknown, { spec: { listeners: Listener[] } }];
    type Listener = { port: number; hostname?: string; tls?: { certificateRefs?: { name: string }[] } };
    const { listeners } = gateway.spec;
    expect(listeners.map(({ port, hostname = '' }) => `${port} ${hostname}`)).toEqual([
      '80 ',
      '443 apps.example.org',
      '443 *.apps.example.org',
      '443 a.example.org',
      '443 *.a.example.org',
      '444 ',
    ]);
    const named = listeners.flatMap(({ tls }) => tls?.certificateRefs?.map(({ name }) => name) ?? []);
    const made = (read('certificate.yaml') as { spec: { secretName: string } }[]).map(
      ({ spec }) => spec.secretName,
    );
    expect([...new Set(named)]).toEqual(made);
  });

  test('new-app runs on it with no manual step', async () => {
    const { code, stderr } = await run(root, [
      'new-app',
      '--chart',
      'shop',
      '--repo',
      charts.url,
      '--env',
      'dev',
      '--route',
      'own',
      '--service',
      'shop:80',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(readYaml(root, 'dev/shop/resources/httproute.yaml')).toMatchObject({
      spec: {
        parentRefs: [{ name: 'envoy-gateway', namespace: 'envoy-gateway' }],
        hostnames: ['shop-dev.apps.example.org', 'shop-dev.a.example.org'],
      },
    });
    expect(readYaml(root, 'dev/shop/kustomization.yaml')).toMatchObject({
      transformers: ['../../image-prefix.yaml'],
      images: [{ name: 'nginx', newName: 'docker.io/library/nginx' }],
    });
    rmSync(path.join(root, 'dev'), { recursive: true });
  });

  test('a second init, without an answer, changes nothing', async () => {
    const before = readTree(root);
    const again = await init(root, []);
    expect([again.changes, again.kept, again.next]).toEqual([[], [], []]);
    expect(again.parts.map(({ status }) => status)).toEqual(APPS.map(() => 'present'));
    expect(readTree(root)).toEqual(before);
  });

  test('a file edited by hand is shown and kept; --yes is no yes to that; --force is', async () => {
    const file = path.join(root, '.editorconfig');
    const made = readFileSync(file, 'utf8');
    writeFileSync(file, made.replace('indent_size = 2', 'indent_size = 4'));
    const kept = await run(root, ['init', '--yes']);
    expect(kept.stderr).toContain('-indent_size = 4\n+indent_size = 2\n');
    expect(kept.stdout).toContain('.editorconfig: there already and different');
    expect(readFileSync(file, 'utf8')).toContain('indent_size = 4');
    const forced = await init(root, ['--force']);
    expect(forced.changes.map(({ path: name, action }) => [name, action])).toEqual([
      ['.editorconfig', 'update'],
    ]);
    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  test('prose is people’s own from the start', async () => {
    writeFileSync(path.join(root, 'README.md'), 'Ours.\n');
    expect((await init(root, ['--force'])).changes).toEqual([]);
  });
});

test('without charts: says so, renders, and a later init adds them after a yes', async () => {
  const root = makeFolder();
  const first = await init(root, [...ANSWERS, '--no-charts']);
  expect(first.parts.map(({ status }) => status)).toEqual(APPS.map(() => 'without-chart'));
  expect(first.next).toEqual([expect.stringMatching(/^slipway init --environments (?!.*--no-charts)/)]);
  if (canRender) for (const app of APPS) renderOffline(root, `production/${app}`);
  const shown = await init(root, ['--charts-from', charts.url]);
  expect(shown.changes).toEqual([]);
  expect(shown.kept.toSorted()).toEqual(APPS.map(app => `production/${app}/kustomization.yaml`).toSorted());
  const forced = await init(root, ['--charts-from', charts.url, '--force']);
  expect(forced.parts.map(({ status }) => status)).toEqual(APPS.map(() => 'added'));
  expect(readYaml(root, 'production/argo-cd/kustomization.yaml')).toMatchObject({
    helmCharts: [{ name: 'argo-cd', releaseName: 'argo-cd' }],
  });
});

test('made elsewhere: the next steps begin with the way there', async () => {
  const root = makeFolder();
  const there = path.join(root, 'other');
  const { code, stdout } = await run(root, ['init', there, ...ANSWERS, '--no-charts', '--json']);
  expect([code, (JSON.parse(stdout) as Result).next[0]]).toEqual([0, `cd ${there}`]);
});

test('charts that cannot be reached: one error that names them all, exit 4, nothing written', async () => {
  const root = makeFolder();
  const { code, stdout } = await run(root, ['init', ...ANSWERS, '--json', '--offline']);
  const { error } = JSON.parse(stdout) as { error: { message: string; hint: string } };
  expect(code).toBe(4);
  for (const app of APPS) expect(error.message).toContain(app);
  expect(error.hint).toContain('--no-charts');
  expect(readdirSync(root)).toEqual([]);
});

describe.runIf(canRender)('where the cluster has Gateway API already', () => {
  const names = (root: string): string[] =>
    renderOffline(root, 'production/envoy-gateway')
      .filter(({ kind }) => /Definition|Policy/.test(kind))
      .map(({ name }) => name);

  test('what the chart brings of it is left out, its own CRDs stay, and a second run changes nothing', async () => {
    const root = makeFolder();
    const args = [...ANSWERS, '--ci', 'none', '--charts-from', charts.url];
    await init(root, [...args, '--gateway-api', 'cluster']);
    expect(names(root)).toEqual(['backends.gateway.envoyproxy.io']);
    const again = await init(root, args);
    expect([again.changes, again.kept]).toEqual([[], []]);
  });

  test('a repository that holds its CRDs is taken for one', async () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: httproutes.gateway.networking.k8s.io\n';
    const root = makeRepository({
      'production/gateway-api/kustomization.yaml': 'resources:\n  - crds.yaml\n',
      'production/gateway-api/crds.yaml': crd,
    });
    await init(root, [...ANSWERS, '--ci', 'none', '--charts-from', charts.url]);
    expect(names(root)).toEqual(['backends.gateway.envoyproxy.io']);
  });

  test('else the chart brings all of it', async () => {
    const root = makeFolder();
    await init(root, [...ANSWERS, '--ci', 'none', '--charts-from', charts.url]);
    expect(names(root).toSorted()).toEqual([
      'backends.gateway.envoyproxy.io',
      'httproutes.gateway.networking.k8s.io',
      'safe-upgrades.gateway.networking.k8s.io',
    ]);
  });
});

test('no terminal and no answers: all missing flags at once, exit 2', async () => {
  const root = makeFolder();
  const { code, stderr } = await run(root, ['init', 'new']);
  expect(code).toBe(2);
  expect(stderr).toContain('--repo-url, --domains');
  expect(existsSync(path.join(root, 'new'))).toBe(false);
});

test('--dry-run on a folder that does not exist makes none', async () => {
  const root = makeFolder();
  const result = await init(root, ['new', ...ANSWERS, '--no-charts', '--dry-run']);
  expect(result.changes.length).toBeGreaterThan(10);
  expect(existsSync(path.join(root, 'new'))).toBe(false);
});

test.each([
  [['--environments', 'dev,a-dev'], 'can give two apps the same name'],
  [['--environments', 'charts'], 'cannot be an environment'],
  [['--domains', 'localhost'], 'is not a domain'],
  [['--repo-url', 'https://bot:hunter2@git.example.org/c.git'], 'contains credentials'],
  [['--repo-url', '/srv/git'], 'is not the URL of a git repository'],
  [['--mirror', 'https://mirror.example.org'], 'is not a registry'],
  [['--email', 'nobody'], 'is not an e-mail address'],
  [['--ci', 'jenkins'], 'is not one of github'],
])('%j is refused, exit 2', async (flags, message) => {
  const root = makeFolder();
  const answers = ANSWERS.filter((_, index) => ANSWERS[index - (index % 2)] !== flags[0]);
  const { code, stderr } = await run(root, ['init', ...answers, ...flags, '--no-charts']);
  expect([code, stderr.includes(message)]).toEqual([2, true]);
  expect(stderr).not.toContain('hunter2');
  expect(readdirSync(root)).toEqual([]);
});

test('more environments: an ApplicationSet each, listed in place; the configuration only after a yes', async () => {
  const root = makeFolder();
  await init(root, [...ANSWERS, '--no-charts']);
  const file = path.join(root, 'production/argo-cd/kustomization.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('resources:', '# ours\nresources: # in order'));
  const more = await init(root, ['--no-charts', '--environments', 'production,dev,staging,lab']);
  expect(more.changes.map(({ path: name, action }) => [name, action])).toEqual([
    ['production/argo-cd/resources/applicationset-staging.yaml', 'create'],
    ['production/argo-cd/kustomization.yaml', 'update'],
    ['production/argo-cd/resources/applicationset-lab.yaml', 'create'],
  ]);
  expect(more.kept).toEqual(['.slipway/config.yaml']);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('# ours\nresources: # in order\n');
  expect((parse(text) as { resources: string[] }).resources).toContain(
    'resources/applicationset-staging.yaml',
  );
});

describe('a repository that exists', () => {
  test('its own parts are found, only what is missing is made', async () => {
    const root = makeFolder();
    copyDemo(root);
    const before = readTree(root);
    const result = await init(root, ['--no-charts']);
    expect(result.parts.map(({ name, status, where }) => [name, status, where])).toEqual([
      ['argo-cd', 'present', 'production/argo-cd'],
      ['sealed-secrets', 'without-chart', 'production/sealed-secrets'],
      ['cert-manager', 'without-chart', 'production/cert-manager'],
      ['gateway', 'present', 'production/gateway'],
    ]);
    expect(result.changes.every(({ action }) => action === 'create')).toBe(true);
    expect(result.kept).toEqual(['image-prefix.yaml']);
    expect(readTree(root)).toMatchObject(before);
    expect(readYaml(root, '.slipway/config.yaml')).toMatchObject({
      environments: ['production'],
      domains: ['apps.campus.example', 'a.campus.example'],
      gateway: { name: 'campus', namespace: 'gateway', passthrough: 'tls-passthrough' },
      imagePrefix: { file: '../../image-prefix.yaml', mirror: 'mirror.campus.example/' },
    });
  });

  test('the Gateway is made where routes look for it, and a second init has nothing to do', async () => {
    const root = makeRepository({
      'production/web/kustomization.yaml': 'namespace: web\nresources: [route.yaml]\n',
      'production/web/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web}\nspec:\n  parentRefs: [{name: edge, namespace: gateway}]\n  hostnames: [web.apps.example.org]\n  rules: [{backendRefs: [{name: web, port: 80}]}]\n',
    });
    await init(root, ['--no-charts', ...ANSWERS]);
    const gateway = { name: 'edge', namespace: 'gateway', passthrough: 'tls-passthrough' };
    expect(readYaml(root, '.slipway/config.yaml')).toMatchObject({ gateway });
    expect(readYaml(root, 'production/gateway/kustomization.yaml')).toMatchObject({ namespace: 'gateway' });
    expect(readFileSync(path.join(root, 'production/gateway/gateway.yaml'), 'utf8')).toMatch(
      /^kind: Gateway\nmetadata:\n {2}name: edge$/m,
    );
    const again = await init(root, ['--no-charts', ...ANSWERS]);
    expect([again.changes, again.kept]).toEqual([[], []]);
  });

  test('an environment that nothing syncs is noted', async () => {
    const root = makeFolder();
    copyDemo(root);
    const { notes } = await init(root, ['--no-charts', '--environments', 'production,dev']);
    expect(notes).toEqual(['no ApplicationSet lists dev/*, so nothing there is synced']);
  });
});

test.each([
  [
    'github',
    [
      '.github/workflows/slipway.yaml',
      '.github/workflows/slipway-comment.yaml',
      '.github/workflows/slipway-bump.yaml',
      '.slipway/bump.sh',
    ],
  ],
  ['gitlab', ['.gitlab-ci.yml', '.gitlab/slipway-upgrade.sh', '.slipway/bump.sh']],
  ['tekton', ['.tekton/slipway-check.yaml', '.tekton/slipway-upgrade.yaml', '.tekton/slipway-bump.yaml']],
])('CI for %s: check on each change, one plan, one upgrade per app', async (ci, files) => {
  const root = makeFolder();
  await init(root, [...ANSWERS, '--no-charts', '--ci', ci, '--package', 'slipway@9.9.9']);
  const text = files.map(file => readFileSync(path.join(root, file), 'utf8')).join('\n');
  expect(text).toContain('slipway@9.9.9');
  for (const command of [
    'check --render',
    'outdated --images',
    'upgrade --plan',
    '--matrix',
    'upgrade --apply',
    'preview ',
    '.slipway/bump.sh',
  ])
    expect(text).toContain(command);
});

describe('what CI and pre-commit run', () => {
  /** The lines of a CI file that start slipway, as they stand there. */
  function linesOf(root: string, file: string): string[] {
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
    return lines.filter(line => line.includes('npx ')).map(line => line.replace(/^ *-? ?(?:run: )?/, ''));
  }

  test.each([
    ['github', '.github/workflows/slipway.yaml'],
    ['gitlab', '.gitlab-ci.yml'],
    ['tekton', '.tekton/slipway-check.yaml'],
    ['tekton', '.tekton/slipway-upgrade.yaml'],
  ])('%s: %s starts slipway, line by line', async (ci, file) => {
    const root = makeRepository();
    await init(root, [...ANSWERS, '--charts-from', charts.url, '--ci', ci, '--package', path.resolve('.')]);
    commitAll(root);
    const env = testEnv(makeFolder(), {
      SLIPWAY: path.resolve('.'),
      npm_config_offline: 'true',
      RUNNER_TEMP: makeFolder(),
      GITHUB_OUTPUT: '/dev/null',
      GITHUB_STEP_SUMMARY: '/dev/null',
    }) as Record<string, string>;
    const lines = linesOf(root, file).filter(line => !line.includes('--apply') && !line.includes(' 3 '));
    expect(lines.length).toBeGreaterThan(0);
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(text).toContain(`SLIPWAY: ${path.resolve('.')}`.slice(ci === 'tekton' ? 9 : 0));
    for (const line of lines) {
      const { code, stderr } = await paste([line], root, env);
      // 1: the repository without tools on a runner has findings; never 2 (usage) or 127 (not found).
      expect([line, [0, 1].includes(code), stderr.includes('npm error')]).toEqual([line, true, false]);
    }
  });

  test('pre-commit: the hook runs what is on PATH, or what is to be installed', async () => {
    const root = makeRepository();
    await init(root, [...ANSWERS, '--no-charts', '--ci', 'none']);
    git(root, 'add', '--all');
    const hook = hookOf(root);
    expect(hook).toMatchObject({ language: 'system', entry: 'slipway check --staged' });
    expect(hook).not.toHaveProperty('additional_dependencies');
    const env = testEnv(makeFolder()) as Record<string, string>;
    const { code, stdout } = await paste([String(hook['entry'])], root, env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('0 errors')]);
    const other = makeRepository();
    await init(other, [
      ...ANSWERS,
      '--no-charts',
      '--ci',
      'none',
      '--package',
      'git+https://git.example.org/s.git#v1',
    ]);
    expect(hookOf(other)).toMatchObject({
      language: 'node',
      additional_dependencies: ['git+https://git.example.org/s.git#v1'],
    });
    expect((await init(other, ['--no-charts'])).kept).toEqual([]);
  });

  function hookOf(root: string): Record<string, unknown> {
    const { repos } = readYaml(root, '.pre-commit-config.yaml') as {
      repos: { hooks: Record<string, unknown>[] }[];
    };
    return repos.at(-1)?.hooks[0] ?? {};
  }

  test('nobody guesses a name on a registry: CI without an address is asked for one', async () => {
    const root = makeFolder();
    const { code, stdout } = await run(root, [
      'init',
      ...ANSWERS,
      '--no-charts',
      '--ci',
      'github',
      '--yes',
      '--json',
    ]);
    const { error } = JSON.parse(stdout) as { error: { code: string; missing: { flag: string }[] } };
    expect([code, error.code, error.missing]).toEqual([2, 'E_MISSING', [{ flag: 'package' }]]);
    const bad = await run(root, [
      'init',
      ...ANSWERS,
      '--no-charts',
      '--ci',
      'github',
      '--package',
      'slipway',
      '--json',
    ]);
    expect([bad.code, JSON.parse(bad.stdout).error.code]).toEqual([2, 'E_VALUE']);
  });

  test.each([
    ['https://git.example.org/ops/slipway.git', 'git+https://git.example.org/ops/slipway.git'],
    ['git@git.example.org:ops/slipway.git', 'git+ssh://git@git.example.org/ops/slipway.git'],
    ['https://robot:secret@git.example.org/ops/slipway.git', undefined],
    ['/srv/slipway', undefined],
  ])('a clone of %s: its commit, once the remote has it', async (url, address) => {
    const clone = makeRepository();
    for (const name of ['bin', 'dist', 'templates', 'schemas', 'package.json'])
      cpSync(name, path.join(clone, name), { recursive: true });
    commitAll(clone);
    git(clone, 'remote', 'add', 'origin', url);
    const bin = path.join(clone, 'bin/slipway.js');
    const args = [...ANSWERS, '--no-charts', '--ci', 'gitlab', '--yes', '--json'];
    const start = async (root: string): Promise<Run> =>
      paste(
        [`node ${bin} init ${root} ${args.join(' ')}`],
        root,
        testEnv(makeFolder()) as Record<string, string>,
      );
    expect((await start(makeFolder())).code).toBe(2);
    git(clone, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    const root = makeFolder();
    const { code } = await start(root);
    const commit = git(clone, 'rev-parse', 'HEAD').trim();
    const written = code === 0 ? readYaml(root, '.gitlab-ci.yml') : { variables: {} };
    expect([code, (written as { variables: { SLIPWAY?: string } }).variables.SLIPWAY]).toEqual(
      address === undefined ? [2, undefined] : [0, `${address}#${commit}`],
    );
  });
});

test('in Chinese: prose and configuration too', async () => {
  const root = makeFolder();
  const { stdout, code } = await run(root, ['init', ...ANSWERS, '--no-charts', '--lang', 'zh-CN']);
  expect([code, stdout.includes('下一步')]).toEqual([0, true]);
  expect(readFileSync(path.join(root, 'AGENTS.md'), 'utf8')).toContain('人与 AI 代理的规则');
  expect(readYaml(root, '.slipway/config.yaml')).toMatchObject({ language: 'zh-CN' });
});
