import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { recordsAt, stringOf, valueAt } from '../../../src/data/fields.ts';
import {
  archiveOf,
  deployment,
  serveCharts,
  service,
  type TestRepository,
} from '../../support/chart-repository.ts';
import {
  chartRelease,
  fluxFiles,
  type FluxServers,
  listing,
  serveFluxCharts,
} from '../../support/flux-fixture.ts';
import { openFluxJudge } from '../../support/crd-schemas.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import {
  changedLines,
  commitAll,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
} from '../../support/repository.ts';
import { slipwayIn } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const NAMES = ['ledger', 'journal'] as const;
const VALUES = 'replicas: 1\ntag: "1.27"\nnote: "${NOT_OURS}"\n';

function chartFiles(name: string, version: string): Record<string, string> {
  return {
    'values.yaml': `${VALUES}newer: ${version !== '2.1.0'}\n`,
    'templates/all.yaml': `${deployment(name, 'nginx:{{ .Values.tag }}')}---
${service(name, { http: 80 })}---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { note: {{ .Values.note | quote }} }
`,
  };
}

const flux = openFluxJudge();
let servers: FluxServers;
let http: TestRepository;
beforeAll(async () => {
  const charts = NAMES.flatMap(name =>
    ['2.1.0', '2.2.0'].map(version => ({
      name,
      version,
      files: chartFiles(name, version),
    })),
  );
  servers = await serveFluxCharts();
  http = await serveCharts(charts);
  for (const chart of charts)
    await servers.registry.pushChart({
      repository: `charts/${chart.name}`,
      version: chart.version,
      archive: archiveOf(chart),
      created: '2025-03-01T00:00:00Z',
    });
});
afterAll(async () => {
  await http.close();
  await servers.close();
});

const textsOf = (root: string): string[] =>
  Object.entries(readTree(root))
    .filter(([file]) => file.endsWith('.yaml'))
    .map(([, text]) => text.replace(/^\d+ /, ''));

/** Apps that keep a whole copy in a ConfigMap whose name has a hash, as the reference of values to a release wants it. */
function home(name: string): Record<string, string> {
  const folder = `apps/web/${name}`;
  return {
    [`${folder}/ks.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  path: ./${folder}/app
  prune: true
  wait: true
  targetNamespace: ${name}
  sourceRef: { kind: GitRepository, name: flux-system }
`,
    [`${folder}/app/kustomization.yaml`]: listing(
      ['namespace.yaml', 'source.yaml', 'helmrelease.yaml'],
      `configMapGenerator:
  - name: ${name}-values
    files: [values.yaml=values/${name}-2.1.0.yaml]
    options: { annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
configurations: [kustomizeconfig.yaml]
`,
    ),
    [`${folder}/app/kustomizeconfig.yaml`]: `nameReference:
  - kind: ConfigMap
    version: v1
    fieldSpecs: [{ path: spec/valuesFrom/name, kind: HelmRelease }]
`,
    [`${folder}/app/namespace.yaml`]: `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }
`,
    [`${folder}/app/source.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: ${name} }
spec:
  interval: 1h
  url: oci://${servers.registry.host}/charts/${name}
  layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy }
  ref: { tag: 2.1.0 }
`,
    [`${folder}/app/helmrelease.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name} }
spec:
  interval: 1h
  releaseName: ${name}
  chartRef: { kind: OCIRepository, name: ${name} }
  install: { crds: CreateReplace }
  upgrade: { crds: CreateReplace }
  valuesFrom: [{ kind: ConfigMap, name: ${name}-values }]
`,
    [`${folder}/app/values/${name}-2.1.0.yaml`]: VALUES,
  };
}

type Built = { kind: string; name: string; body: Record<string, unknown> };

/** The objects that helm makes of the chart, in an order of their own. */
function templated(values: string): string[] {
  const root = makeFolder();
  writeFiles(root, { ...chartFolder('ledger'), 'values.yaml': values });
  const place = ['shop', path.join(root, 'charts/ledger'), '--namespace', 'shop'];
  return built('helm', ['template', ...place, '-f', path.join(root, 'values.yaml')]);
}

/** The same through kustomize's helmCharts, as a repository without Flux has it. */
function kustomized(values: string): string[] {
  const root = makeFolder();
  writeFiles(root, {
    ...chartFolder('ledger'),
    'kustomization.yaml':
      'helmCharts:\n  - name: ledger\n    releaseName: shop\n    namespace: shop\n    valuesFile: values.yaml\n',
    'values.yaml': values,
  });
  return built('kustomize', ['build', '--enable-helm', '--helm-command', findTool('helm') ?? '', root]);
}

function chartFolder(name: string): Record<string, string> {
  const files = Object.entries(chartFiles(name, '2.1.0'));
  return Object.fromEntries([
    [`charts/${name}/Chart.yaml`, `apiVersion: v2\nname: ${name}\nversion: 2.1.0\n`],
    ...files.map(([file, text]) => [`charts/${name}/${file}`, text]),
  ]) as Record<string, string>;
}

/** What a program prints, as objects; cut off from the servers here, which this process would have to answer for. */
function built(program: string, args: string[]): string[] {
  const env = { PATH: process.env['PATH'], HOME: makeFolder() };
  const { stdout, stderr, status } = spawnSync(findTool(program) ?? '', args, { encoding: 'utf8', env });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return sorted(parseAllDocuments(stdout).map(document => document.toJS() as unknown));
}

function sorted(objects: readonly unknown[]): string[] {
  return objects.map(each => JSON.stringify(each, byKey)).toSorted((a, b) => (a < b ? -1 : 1));
}

function byKey(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe.runIf(flux.can && canRender)('by the schemas of Flux', () => {
  test('a field that nobody knows is refused', () => {
    const wrong = chartRelease('web', '1.0.0').replace(
      '      version',
      '      valuesFile: [a.yaml]\n      version',
    );
    expect(flux.judge([wrong]).wrong).toEqual([expect.stringContaining("'valuesFile' not allowed")]);
  });

  test('what an upgrade leaves is valid', async () => {
    const root = makeRepository(fluxFiles(servers));
    expect((await slipwayIn(root, 'upgrade', '--yes', '--no-render')).code).toBe(0);
    expect(changedLines(root).length).toBeGreaterThan(0);
    expect(flux.judge(textsOf(root))).toEqual({ valid: 14, wrong: [] });
  });

  test('a new app is valid, builds, renders as its chart does, and still builds after an upgrade', async () => {
    const root = makeRepository({ ...home('ledger'), ...home('journal') });
    const args = [
      '--chart',
      `oci://${servers.registry.host}/charts/ledger`,
      '--env',
      'apps/web',
      '--version',
      '2.1.0',
    ];
    const made = await slipwayIn(root, 'new-app', 'shop', ...args, '--route', 'none', '--yes', '--json');
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('"changes"')]);
    expect(flux.judge(textsOf(root)).wrong).toEqual([]);
    const { config, release } = valuesIn(renderOffline(root, 'apps/web/shop/app'));
    expect(release).toBe(config.name);
    expect(config.name).toMatch(/^shop-values-[a-z0-9]{10}$/);
    expect(templated(config.values)).toEqual(kustomized(config.values));
    commitAll(root);
    const { code } = await slipwayIn(root, 'upgrade', 'apps/web/shop/app', '--yes', '--no-render');
    expect([code, changedLines(root)]).toEqual([
      0,
      expect.arrayContaining([expect.stringMatching(/^\+.*values\/ledger-2\.2\.0\.yaml/)]),
    ]);
    const after = valuesIn(renderOffline(root, 'apps/web/shop/app'));
    expect(after.release).toBe(after.config.name);
    expect(after.config.values).toContain('newer: true');
    expect(flux.judge(textsOf(root)).wrong).toEqual([]);
  });

  test.each(['registry', 'http'])('one whose chart comes over %s, onto an empty list', async kind => {
    const root = makeRepository({
      'flux/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1h
  path: ./apps
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`,
      'apps/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
    });
    const chart =
      kind === 'http' ? ['ledger', '--repo', http.url] : [`oci://${servers.registry.host}/charts/ledger`];
    const args = ['--chart', ...chart, '--delivery', 'flux', '--env', 'apps', '--version', '2.1.0'];
    const made = await slipwayIn(root, 'new-app', 'shop', ...args, '--route', 'none', '--yes', '--json');
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('"changes"')]);
    expect(flux.judge(textsOf(root))).toEqual({ valid: 3, wrong: [] });
    expect(renderOffline(root, 'apps').map(each => each.kind)).toContain('HelmRelease');
  });
});

function valuesIn(objects: readonly Built[]): { config: { name: string; values: string }; release: string } {
  const config = objects.find(({ kind }) => kind === 'ConfigMap');
  const release = objects.find(({ kind }) => kind === 'HelmRelease');
  const values = stringOf(valueAt(config?.body, ['data', 'values.yaml'])) ?? '';
  const [from] = recordsAt(release?.body, ['spec', 'valuesFrom']);
  return { config: { name: config?.name ?? '', values }, release: stringOf(from?.['name']) ?? '' };
}
