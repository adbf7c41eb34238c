import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestChart, type TestRepository } from '../../support/chart-repository.ts';
import { chartRelease, helmRepository, listing } from '../../support/flux-fixture.ts';
import { git, makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

const definition = (name: string, more = ''): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${name}.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {kind: ${name}, plural: ${name}s}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object${more}}}}]
`;
const template = (selector: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: ${selector}}}
  template:
    metadata: {labels: {app: ${selector}}}
    spec: {containers: [{name: web, image: "acme/web:{{ .Chart.AppVersion }}"}]}
`;

const CHARTS: TestChart[] = [
  ['1.0.0', template('web'), { 'crds/old.yaml': definition('old'), 'crds/gone.yaml': definition('gone') }],
  [
    '1.1.0',
    template('web-new'),
    { 'crds/old.yaml': definition('old', ', x-a: true'), 'crds/new.yaml': definition('new') },
  ],
  ['1.2.0', '{{ fail "no way" }}', {}],
].map(([version, text, crds]) => ({
  name: 'web',
  version: version as string,
  appVersion: version as string,
  files: {
    'values.yaml': 'replicas: 1\n',
    'templates/all.yaml': text as string,
    ...(crds as Record<string, string>),
  },
}));

let server: TestRepository;
beforeAll(async () => {
  server = await serveCharts(CHARTS);
});
afterAll(() => server.close());

type Rendered = {
  changes: { added: Named[]; removed: Named[]; changed: (Named & { fields: { path: string }[] })[] };
  crds: unknown[];
};
type Named = { kind: string; name: string };
type App = {
  app: string;
  status: string;
  rendered?: Rendered;
  risks: { id: string; level: string }[];
  verification: { command: string; ok: boolean; detail: string }[];
  error?: { code: string; message: string };
};

async function upgrade(files: Record<string, string>, to: string): Promise<App> {
  const root = makeRepository(files);
  const env = testEnv(makeFolder()) as Record<string, string>;
  const { stdout, stderr } = await slipway(
    ['upgrade', '--yes', '--dry-run', '--to', to, '--json', '-C', root],
    { env },
  );
  expect(git(root, 'status', '--porcelain')).toBe('');
  const [app] = (JSON.parse(stdout) as { apps: App[] }).apps;
  if (!app) throw new Error(stderr);
  return app;
}

function flux(more = ''): Record<string, string> {
  return {
    'apps/web/kustomization.yaml': listing(['release.yaml', 'source.yaml'], 'namespace: shop\n'),
    'apps/web/release.yaml': chartRelease('web', '1.0.0', more),
    'apps/web/source.yaml': helmRepository(server.url),
  };
}

const nameOf = ({ kind, name }: Named): string => `${kind} ${name}`;

describe.runIf(canRender)('what reaches the cluster', () => {
  test('of a HelmRelease: its objects are compared and judged; definitions that Flux skips stay', async () => {
    const { rendered, risks, verification } = await upgrade(flux(), '1.1.0');
    expect(verification).toMatchObject([{ command: 'kustomize build apps/web', ok: true }]);
    expect(risks).toContainEqual(expect.objectContaining({ id: 'immutable-field', level: 'fatal' }));
    expect(rendered?.changes.changed.map(nameOf)).toEqual(['HelmRelease web', 'Deployment web']);
    expect([rendered?.changes.added, rendered?.changes.removed, rendered?.crds]).toEqual([[], [], []]);
  });

  test.each([
    ['Create', ['CustomResourceDefinition new.acme.example'], []],
    [
      'CreateReplace',
      ['CustomResourceDefinition new.acme.example'],
      ['CustomResourceDefinition old.acme.example'],
    ],
  ])('of a HelmRelease with upgrade.crds: %s: none goes', async (policy, added, changed) => {
    const { rendered } = await upgrade(flux(`  upgrade: {crds: ${policy}}\n`), '1.1.0');
    expect(rendered?.changes.added.map(nameOf)).toEqual(added);
    expect(rendered?.changes.removed).toEqual([]);
    expect(rendered?.changes.changed.map(nameOf).filter(each => each.startsWith('Custom'))).toEqual(changed);
  });

  test('a version that does not render any more is not written', async () => {
    const app = await upgrade(flux(), '1.2.0');
    expect([app.status, app.error?.code]).toEqual(['failed', 'E_RENDER']);
    expect(app.error?.message).toContain('no way');
  });

  test('a chart that cannot be had before is not compared, and no failure', async () => {
    const files = flux('  valuesFrom: [{kind: Secret, name: keys}]\n');
    const { rendered, verification } = await upgrade(files, '1.1.0');
    expect(rendered).toBeDefined();
    expect(verification[0]?.detail).toContain('values from Secret keys are not known here');
  });

  test('of an overlay of Flux: what is built is the folder that it deploys, with its variables', async () => {
    const { rendered } = await upgrade(
      {
        ...flux('  values: {replicas: "${COUNT}"}\n'),
        'clusters/one.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: flux-system}
spec:
  path: ./overlays/web
  targetNamespace: far
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {COUNT: "4"}}
`,
        'overlays/web/kustomization.yaml': listing(['../../apps/web']),
      },
      '1.1.0',
    );
    const deployment = rendered?.changes.changed.find(({ kind }) => kind === 'Deployment');
    expect(deployment).toMatchObject({ namespace: 'far' });
  });

  test('of an Application, definitions included, which Argo CD replaces and prunes', async () => {
    const { rendered, risks } = await upgrade(
      {
        'apps/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  destination: {namespace: shop}
  source:
    repoURL: ${server.url}
    chart: web
    targetRevision: 1.0.0
    helm: {valuesObject: {replicas: 2}}
`,
      },
      '1.1.0',
    );
    expect(risks.map(({ id }) => id)).toContain('immutable-field');
    expect(rendered?.changes.removed.map(nameOf)).toEqual(['CustomResourceDefinition gone.acme.example']);
    expect(rendered?.changes.added.map(nameOf)).toEqual(['CustomResourceDefinition new.acme.example']);
  });

  test('of a chart that depends on it', async () => {
    const { rendered, risks } = await upgrade(
      {
        'apps/web/Chart.yaml': `apiVersion: v2
name: umbrella
version: 0.1.0
dependencies:
  - {name: web, version: 1.0.0, repository: ${server.url}}
`,
        'apps/web/values.yaml': 'web: {replicas: 2}\n',
      },
      '1.1.0',
    );
    expect(risks.map(({ id }) => id)).toContain('immutable-field');
    expect(rendered?.changes.changed.map(nameOf)).toContain('Deployment web');
  });
});

test('without anything that renders nothing is compared, and that is said', async () => {
  const root = makeRepository(flux());
  const env = {
    ...(testEnv(makeFolder()) as Record<string, string>),
    PATH: '/usr/bin:/bin',
    SLIPWAY_RENDERER: '',
  };
  const { stderr, stdout } = await slipway(['upgrade', '--yes', '--dry-run', '--to', '1.1.0', '-C', root], {
    env,
  });
  expect(stderr + stdout).toContain('not rendered');
});
