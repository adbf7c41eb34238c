import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { chartRelease, helmRepository, listing } from '../../support/flux-fixture.ts';
import { git, makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

const TEMPLATE = `apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {ports: [{name: http, port: {{ .Values.port }}}]}
`;
const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: webs.acme.example}
spec: {group: acme.example, scope: Namespaced, names: {kind: Web, plural: webs}, versions: []}
`;

let server: TestRepository;
beforeAll(async () => {
  server = await serveCharts([
    {
      name: 'web',
      version: '1.0.0',
      files: { 'values.yaml': 'port: 80\n', 'templates/all.yaml': TEMPLATE, 'crds/web.yaml': DEFINITION },
    },
  ]);
});
afterAll(() => server.close());

function flux(values: string): Record<string, string> {
  return {
    'clusters/one.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: web, namespace: flux-system}
spec:
  path: ./apps/web
  targetNamespace: shop
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {PORT: "8080"}}
`,
    'apps/web/kustomization.yaml': listing(['release.yaml', 'source.yaml']),
    'apps/web/release.yaml': chartRelease('web', '1.0.0', `  upgrade: {crds: Skip}\n${values}`),
    'apps/web/source.yaml': helmRepository(server.url),
  };
}

type Finding = { code: string; severity: string; file: string; line: number; message: string };
type Report = { findings: Finding[]; summary: { charts: number; rendered: number } };

const env = () => testEnv(makeFolder()) as Record<string, string>;

async function check(
  root: string,
  variables: Record<string, string>,
  ...args: string[]
): Promise<Report & { code: number }> {
  const { stdout, code } = await slipway(['check', ...args, '--json', '-C', root], { env: variables });
  return { ...(JSON.parse(stdout) as Report), code };
}

const shown = ({ code, severity, file, message }: Finding) => [code, severity, file, message];

describe.runIf(canRender)('check --render', () => {
  test('holds what a HelmRelease renders to its rules, and says where it comes from', async () => {
    const root = makeRepository(flux('  values: {port: 99999}\n'));
    const { findings, summary } = await check(root, env(), '--render');
    expect(findings.map(shown)).toEqual([
      ['object-refused', 'error', 'apps/web/release.yaml', expect.stringContaining('99999')],
    ]);
    expect(summary).toMatchObject({ charts: 1, rendered: 1 });
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('what only the cluster knows is a note; variables are filled in', async () => {
    const root = makeRepository(
      flux('  valuesFrom: [{kind: Secret, name: keys}]\n  values: {port: "${PORT}"}\n'),
    );
    const { findings, code } = await check(root, env(), '--render');
    expect(findings.map(shown)).toEqual([
      [
        'render-failed',
        'note',
        'apps/web/release.yaml',
        'HelmRelease web was rendered without some of its values: values from Secret keys are not known here',
      ],
    ]);
    expect(code).toBe(0);
  });

  test('definitions that stay behind are noted where nobody decided so', async () => {
    const files = flux('');
    files['apps/web/release.yaml'] =
      files['apps/web/release.yaml']?.replace('  upgrade: {crds: Skip}\n', '') ?? '';
    const { findings } = await check(makeRepository(files), env(), '--render');
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['release-crds-skipped', 'note'],
    ]);
  });

  test('an Application is rendered from the folder that it stands in', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  destination: {namespace: shop}
  source:
    repoURL: ${server.url}
    chart: web
    targetRevision: 1.0.0
    helm: {parameters: [{name: port, value: "70000"}]}
`;
    const root = makeRepository({
      'argo/root.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec:
  destination: {namespace: argocd}
  source: {repoURL: https://git.example.org/team/fleet.git, path: apps, targetRevision: HEAD}
`,
      'apps/web.yaml': application,
    });
    const { findings } = await check(root, env(), '--render');
    expect(findings.map(shown)).toEqual([
      ['object-refused', 'error', 'apps/web.yaml', expect.stringContaining('70000')],
    ]);
  });
});

test('what was seen of deliveries is kept, and seen anew once something changes', async () => {
  const root = makeRepository(flux('  values: {host: "${HOST}"}\n'));
  const variables = env();
  const first = await check(root, variables);
  expect(first.findings.map(shown)).toEqual([
    [
      'release-substitution',
      'warning',
      'apps/web/release.yaml',
      'web has HOST in its values, which Flux fills in and nothing gives',
    ],
  ]);
  expect((await check(root, variables)).findings).toEqual(first.findings);
  const file = path.join(root, 'clusters/one.yaml');
  writeFileSync(file, flux('')['clusters/one.yaml']?.replace('{PORT:', '{HOST: a.example, PORT:') ?? '');
  expect((await check(root, variables)).findings).toEqual([]);
});

test('a path asks for its app only', async () => {
  const files = flux('  values: {host: "${HOST}"}\n');
  const root = makeRepository({
    ...files,
    'apps/other/kustomization.yaml': listing([], 'configMapGenerator: [{name: a}]\n'),
  });
  expect((await check(root, env(), 'apps/other')).findings).toEqual([]);
  expect((await check(root, env(), 'apps/web')).findings).toHaveLength(1);
});
