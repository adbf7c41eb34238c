import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseManifests } from '../../src/repository/manifest.ts';
import { readDocuments } from '../../src/yaml/read.ts';
import { archiveOf, serveCharts, type TestChart, type TestRepository } from '../support/chart-repository.ts';
import { bodiesOf, builtOf, renderUnit } from '../support/delivered.ts';
import { chartRelease, helmRepository, listing } from '../support/flux-fixture.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';
import { findTool } from '../support/tools.js';

const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

/** Templates that show every value that they get, and where they were rendered for. */
const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-seen
  labels: {app: web}
data:
  namespace: {{ .Release.Namespace | quote }}
  values: {{ omit .Values "global" | toJson | quote }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "acme/web:{{ .Values.tag }}"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: probe, annotations: {helm.sh/hook: test}}
spec: {containers: [{name: probe, image: busybox}]}
`;
const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: webs.acme.example}
spec: {group: acme.example, scope: Namespaced, names: {kind: Web, plural: webs}, versions: []}
`;
const VALUES = 'replicas: 1\ntag: "1"\nlist: [a, b]\ndeep: {one: 1, two: {x: z}}\ngone: here\n';

const CHARTS: TestChart[] = ['1.0.0', '1.1.0', '2.0.0'].map(version => ({
  name: 'web',
  version,
  files: {
    'values.yaml': VALUES,
    'values-big.yaml': 'replicas: 9\nbig: true\n',
    'templates/all.yaml': TEMPLATE,
    'crds/web.yaml': DEFINITION,
  },
}));

let server: TestRepository;
beforeAll(async () => {
  server = await serveCharts(CHARTS);
});
afterAll(() => server.close());

const NAMESPACE = 'namespace: shop\n';

/** A folder that Flux builds. */
function ks(folder: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${path.posix.basename(folder)}, namespace: flux-system}
spec:
  path: ./${folder}
  sourceRef: {kind: GitRepository, name: flux-system}
${more}`;
}

function app(spec: string, more: Record<string, string> = {}, listed: string[] = [], end = NAMESPACE) {
  return {
    'apps/web/kustomization.yaml': listing(['release.yaml', 'source.yaml', ...listed], end),
    'apps/web/release.yaml': chartRelease('web', '1.0.0', spec),
    'apps/web/source.yaml': helmRepository(server.url),
    ...more,
  };
}

const UNIT = { kind: 'folder', path: 'apps/web' } as const;

async function inflated(files: Record<string, string>) {
  const { inflated: found, open } = builtOf(await renderUnit(files, UNIT));
  return { ...found, open, manifests: found.manifests.map(({ manifest }) => manifest) };
}

/** The values that the chart saw. */
async function seen(files: Record<string, string>): Promise<Record<string, unknown>> {
  const { manifests, outcomes } = await inflated(files);
  const shown = manifests.find(({ kind, name }) => kind === 'ConfigMap' && name.endsWith('-seen'));
  if (!shown) throw new Error(JSON.stringify(outcomes));
  return JSON.parse((shown.body['data'] as { values: string }).values) as Record<string, unknown>;
}

/** What helm itself makes of the chart. */
function helm(values: string, ...args: string[]): unknown[] {
  const folder = makeFolder();
  writeFiles(folder, { 'values.yaml': values });
  const [chart] = CHARTS;
  const archive = path.join(folder, 'web.tgz');
  writeFiles(folder, {});
  spawnSync('tee', [archive], { input: archiveOf(chart as TestChart) });
  const tool = findTool('helm') ?? '';
  const line = ['template', 'web', archive, '--namespace', 'shop', '-f', path.join(folder, 'values.yaml')];
  const { stdout, stderr, status } = spawnSync(tool, [...line, '--include-crds', '--skip-tests', ...args]);
  if (status !== 0) throw new Error(stderr.toString());
  return bodiesOf(parseManifests(readDocuments(stdout.toString(), 'helm')));
}

describe.runIf(canRender)('a HelmRelease', () => {
  test('renders as helm template does, its tests left out, its objects in its namespace', async () => {
    const { manifests, outcomes } = await inflated(app('  values: {replicas: 3, deep: {two: {x: null}}}\n'));
    expect(outcomes).toEqual([{ by: { kind: 'HelmRelease', name: 'web' }, status: 'rendered', open: [] }]);
    expect(bodiesOf(manifests)).toEqual(helm('replicas: 3\ndeep: {two: {x: null}}\n'));
    expect(manifests.map(({ kind, namespace }) => `${kind} ${namespace}`).toSorted()).toEqual([
      'ConfigMap shop',
      'CustomResourceDefinition undefined',
      'Deployment shop',
    ]);
  });

  test('values come from ConfigMaps in their order, then from values; a targetPath is set where it stands', async () => {
    const spec = `  valuesFrom:
    - {kind: ConfigMap, name: made}
    - {kind: ConfigMap, name: written, valuesKey: more}
    - {kind: ConfigMap, name: written, valuesKey: word, targetPath: "list[1]"}
    - {kind: ConfigMap, name: nobody, optional: true}
  values: {deep: {one: 3}}
`;
    const generator = 'configMapGenerator:\n- name: made\n  files: [values.yaml=files/big.yaml]\n';
    const more = {
      'apps/web/files/big.yaml': 'replicas: 5\ntag: made\nlist: [c, d]\n',
      'apps/web/written.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: written}\ndata: {more: "tag: written", word: "42"}\n',
    };
    const names = 'generatorOptions: {disableNameSuffixHash: true}\n';
    const values = await seen(app(spec, more, ['written.yaml'], NAMESPACE + generator + names));
    expect(values).toMatchObject({
      replicas: 5,
      tag: 'written',
      list: ['c', 42],
      deep: { one: 3, two: { x: 'z' } },
    });
  });

  test('what only the cluster knows is said, and what needs it is no failure', async () => {
    const { outcomes } = await inflated(
      app('  valuesFrom:\n    - {kind: Secret, name: keys}\n    - {kind: ConfigMap, name: nobody}\n'),
    );
    expect(outcomes).toMatchObject([
      {
        status: 'rendered',
        open: [
          { en: 'values from Secret keys are not known here' },
          { en: 'nothing in this repository makes ConfigMap nobody' },
        ],
      },
    ]);
  });

  test('post renderers patch objects and rename images; common metadata is put on', async () => {
    const { manifests } = await inflated(
      app(`  commonMetadata: {labels: {team: crew}}
  postRenderers:
    - kustomize:
        patches:
          - target: {kind: Deployment}
            patch: '[{"op": "replace", "path": "/spec/replicas", "value": 7}]'
        images:
          - {name: acme/web, newName: mirror.example/web, newTag: "9"}
`),
    );
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    expect(deployment?.body).toMatchObject({
      metadata: { labels: { team: 'crew' } },
      spec: { replicas: 7, template: { spec: { containers: [{ image: 'mirror.example/web:9' }] } } },
    });
  });

  test('names, namespaces, files of the chart and definitions follow what the release says', async () => {
    const spec = '  targetNamespace: far\n  install: {crds: Skip}\n  test: {enable: true}\n';
    const files = app(spec);
    files['apps/web/release.yaml'] = files['apps/web/release.yaml'].replace(
      '      sourceRef:',
      '      valuesFiles: [values.yaml, values-big.yaml]\n      sourceRef:',
    );
    const { manifests } = await inflated(files);
    expect(manifests.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'ConfigMap far-web-seen',
      'Deployment far-web',
      'Pod probe',
    ]);
    expect(await seen(files)).toMatchObject({ replicas: 9, big: true, tag: '1' });
    const data = manifests.find(({ kind }) => kind === 'ConfigMap')?.body['data'];
    expect(data).toMatchObject({ namespace: 'far' });
  });

  test('a range comes to the newest that fits; a chart of this repository is rendered from its folder', async () => {
    const ranged = app('');
    ranged['apps/web/release.yaml'] = chartRelease('web', '"1.x"');
    const range = await inflated(ranged);
    expect([range.isSettled, range.outcomes[0]?.status]).toEqual([false, 'rendered']);
    const files = app('', {
      'own/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'own/web/values.yaml': VALUES,
      'own/web/templates/all.yaml': TEMPLATE,
    });
    files['apps/web/release.yaml'] = chartRelease('./own/web', '')
      .replaceAll('name: ./own/web', 'name: web')
      .replace('kind: HelmRepository', 'kind: GitRepository');
    expect(await seen(files)).toMatchObject({ replicas: 1 });
  });

  test('a chart that cannot be had is left, one that breaks fails', async () => {
    const missing = app('');
    missing['apps/web/release.yaml'] = chartRelease('web', '7.0.0');
    expect((await inflated(missing)).outcomes).toMatchObject([{ status: 'left' }]);
    const broken = app('  values: {replicas: {no: number}, tag: null, deep: 1}\n');
    broken['apps/web/source.yaml'] = helmRepository(server.url);
    const own = {
      ...broken,
      'own/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'own/web/templates/all.yaml': '{{ fail "no way" }}',
      'apps/web/release.yaml': chartRelease('./own/web', '')
        .replaceAll('name: ./own/web', 'name: web')
        .replace('kind: HelmRepository', 'kind: GitRepository'),
    };
    expect((await inflated(own)).outcomes).toMatchObject([
      { status: 'failed', reason: { en: expect.stringContaining('no way') as string } },
    ]);
  });
});

describe.runIf(canRender)('what Flux lays around', () => {
  const SUBSTITUTED = '  values: {tag: "${TAG}", replicas: "${COUNT}", deep: {two: {x: "${NOBODY}"}}}\n';

  test('variables are filled in from the Kustomization and ConfigMaps; an unknown one stays, and is named', async () => {
    const files = app(SUBSTITUTED, {
      'clusters/one/web.yaml': ks(
        'apps/web',
        '  postBuild:\n    substitute: {TAG: v7}\n    substituteFrom:\n      - {kind: ConfigMap, name: settings}\n',
      ),
      'clusters/one/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {COUNT: "4", TAG: old}\n',
    });
    expect(await seen(files)).toMatchObject({ tag: 'v7', replicas: 4, deep: { two: { x: '${NOBODY}' } } });
    expect((await inflated(files)).open).toEqual([
      { kind: 'HelmRelease', name: 'web', variable: 'NOBODY', path: ['spec', 'values', 'deep', 'two', 'x'] },
    ]);
  });

  test('nothing is filled in where no Kustomization does, nor where the object says no', async () => {
    const values = await seen(app('  values: {tag: "${TAG}"}\n'));
    expect(values).toMatchObject({ tag: '${TAG}' });
    const files = app('  values: {tag: "${TAG}"}\n', {
      'clusters/one/web.yaml': ks('apps/web', '  postBuild: {substitute: {TAG: v7}}\n'),
    });
    files['apps/web/release.yaml'] = files['apps/web/release.yaml'].replace(
      'metadata:\n',
      'metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}\n',
    );
    expect(await seen(files)).toMatchObject({ tag: '${TAG}' });
  });

  test('patches from above reach releases below, through Kustomizations in between', async () => {
    const patch = `  patches:
    - target: {kind: Kustomization}
      patch: |
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: _}
        spec:
          targetNamespace: given
          patches:
            - target: {kind: HelmRelease}
              patch: |
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: _}
                spec: {values: {replicas: 6}, upgrade: {crds: CreateReplace}}
`;
    const { manifests, definitions } = await inflated({
      ...app(''),
      'clusters/one/apps.yaml': ks('kubernetes/apps', patch),
      'kubernetes/apps/web.yaml': ks('apps/web'),
    });
    expect(manifests.find(({ kind }) => kind === 'Deployment')).toMatchObject({
      namespace: 'given',
      body: { spec: { replicas: 6 } },
    });
    expect(definitions).toMatchObject([
      { onUpgrade: 'CreateReplace', isDefault: false, names: ['webs.acme.example'] },
    ]);
  });

  test('a folder without a kustomization is built from what stands in it', async () => {
    const { 'apps/web/kustomization.yaml': _, ...files } = app('');
    const { manifests } = await inflated({ ...files, 'clusters/one/web.yaml': ks('apps/web') });
    expect(manifests.map(({ kind }) => kind).toSorted()).toEqual([
      'ConfigMap',
      'CustomResourceDefinition',
      'Deployment',
    ]);
  });
});
