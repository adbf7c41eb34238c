import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFile, deleteFile, joinAll, updateFile } from '../../src/change-set.ts';
import { compareRender, type RenderVerdict, type SteadyChange } from '../../src/render/same-render.ts';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { openRendering } from '../support/delivered.ts';
import { chartRelease, helmRepository, listing } from '../support/flux-fixture.ts';
import { proofCharts } from '../support/proof-fixture.ts';
import { findTool } from '../support/tools.js';

/** A function that runs a program of the repository. */
const EXECUTED = `apiVersion: v1
kind: Run
metadata:
  name: run
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ./run.sh}
`;

const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;

/** Two objects of which one has another name each time, one the time of day in a text, and what the cluster would know. */
const RESTLESS = `apiVersion: batch/v1
kind: Job
metadata: { name: "init-{{ randAlphaNum 6 | lower }}" }
spec: { template: { spec: { containers: [{ name: init, image: "acme/init:{{ .Values.tag }}" }] } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: restless }
data:
  all: |
    tag: {{ .Values.tag }}
    id: {{ uuidv4 }}
---
apiVersion: v1
kind: Secret
metadata: { name: kept }
data:
  {{- $known := lookup "v1" "Secret" .Release.Namespace "kept" }}
  password: {{ if $known }}{{ $known.data.password }}{{ else }}{{ randAlphaNum 20 | b64enc }}{{ end }}
`;

let server: TestRepository;
beforeAll(async () => {
  const restless = { 'values.yaml': 'tag: "1"\n', 'templates/all.yaml': RESTLESS };
  server = await serveCharts([...proofCharts(), { name: 'restless', version: '1.0.0', files: restless }]);
});
afterAll(() => server.close());

const APP = 'production/shop';
const VALUES = `${APP}/values.yaml`;
const FOLDER = { kind: 'folder' as const, path: APP };

function kustomization(chart: string): string {
  return `namespace: shop\nhelmCharts:\n  - name: ${chart}\n    repo: ${server.url}\n    version: 1.0.0\n    releaseName: shop\n    namespace: shop\n    valuesFile: values.yaml\n`;
}

async function compared(
  files: Record<string, string>,
  change: Omit<SteadyChange, 'app' | 'before' | 'after'>,
): Promise<RenderVerdict> {
  const context = await openRendering(files);
  return compareRender(context, { ...change, before: [FOLDER], after: [FOLDER], app: APP });
}

function rewritten(before: string, content: string) {
  return updateFile({ path: VALUES, before, content, why: '' });
}

describe.runIf(canRender)('the same render before and after', () => {
  test('what says the same renders the same: a random password is masked, and named', async () => {
    const files = { [`${APP}/kustomization.yaml`]: kustomization('shop'), [VALUES]: 'replicas: 3\n' };
    const verdict = await compared(files, {
      changes: rewritten('replicas: 3\n', 'replicas: 3 # as agreed\n'),
    });
    expect(verdict).toMatchObject({
      status: 'same',
      objects: 2,
      masked: [{ kind: 'Secret', name: 'shop', fields: ['data.password'], isWhole: false }],
    });
  });

  test('an object that differs is named, field by field; a secret that is random is not', async () => {
    const files = { [`${APP}/kustomization.yaml`]: kustomization('shop'), [VALUES]: 'replicas: 3\n' };
    const more = 'replicas: 4\ningress: { enabled: true }\n';
    const verdict = await compared(files, { changes: rewritten('replicas: 3\n', more) });
    expect(verdict).toMatchObject({
      status: 'differs',
      differences: [
        { kind: 'Ingress', name: 'shop', side: 'after', fields: [] },
        {
          kind: 'ConfigMap',
          name: 'shop',
          side: 'both',
          fields: [{ path: 'data.replicas', before: '"3"', after: '"4"' }],
        },
      ],
    });
    expect(verdict.status === 'differs' && verdict.shown.map(({ object }) => object.kind).toSorted()).toEqual(
      ['ConfigMap', 'Ingress'],
    );
  });

  test('names that change each time, a line in a text, what `lookup` would find: masked, and a change beside them is seen', async () => {
    const files = { [`${APP}/kustomization.yaml`]: kustomization('restless'), [VALUES]: 'tag: "2"\n' };
    const same = await compared(files, { changes: rewritten('tag: "2"\n', '# two\ntag: "2"\n') });
    expect(same).toMatchObject({ status: 'same', objects: 3 });
    expect(same.status === 'same' && same.masked.map(({ kind, isWhole }) => [kind, isWhole])).toEqual([
      ['Job', true],
      ['ConfigMap', false],
      ['Secret', false],
    ]);
    const other = await compared(files, { changes: rewritten('tag: "2"\n', 'tag: "3"\n') });
    expect(other).toMatchObject({
      status: 'differs',
      differences: [{ kind: 'ConfigMap', name: 'restless' }],
    });
  });

  test('what delivers the chart, and the values that it takes from the build, stand apart', async () => {
    const release = chartRelease('shop', '1.0.0', '  values: {replicas: 3}\n');
    const files = {
      'clusters/one/shop/kustomization.yaml': listing(['source.yaml', 'release.yaml']),
      'clusters/one/shop/source.yaml': helmRepository(server.url),
      'clusters/one/shop/release.yaml': release,
    };
    const unit = { kind: 'folder' as const, path: 'clusters/one/shop' };
    const path = 'clusters/one/shop/release.yaml';
    const content = release.replace('replicas: 3', 'replicas: 3, first: 0');
    const context = await openRendering(files);
    const change = { before: [unit], after: [unit], app: unit.path };
    const same = await compareRender(context, {
      ...change,
      changes: updateFile({ path, before: release, content, why: '' }),
    });
    expect(same).toMatchObject({ status: 'same', objects: 2 });
    expect(same.status === 'same' && same.apart.map(({ kind }) => kind).toSorted()).toEqual([
      'HelmRelease',
      'HelmRepository',
    ]);
  });

  test('an app that another delivery takes over is the same set of objects, in the namespace that they land in', async () => {
    const own = `${APP}/kustomization.yaml`;
    const files = { [own]: kustomization('shop'), [VALUES]: 'replicas: 3\n' };
    const flux = 'clusters/one/shop';
    const release = chartRelease('shop', '1.0.0', '  values: {replicas: 3}\n').replace(
      'spec:',
      'spec:\n  targetNamespace: shop\n  releaseName: shop',
    );
    const changes = joinAll([
      deleteFile({ path: own, before: kustomization('shop'), why: '' }),
      createFile({
        path: `${flux}/kustomization.yaml`,
        content: listing(['source.yaml', 'release.yaml']),
        why: '',
      }),
      createFile({ path: `${flux}/source.yaml`, content: helmRepository(server.url), why: '' }),
      createFile({ path: `${flux}/release.yaml`, content: release, why: '' }),
    ]);
    const verdict = await compareRender(await openRendering(files), {
      changes,
      before: [FOLDER],
      after: [{ kind: 'folder', path: flux }],
      namespace: 'shop',
      app: APP,
    });
    expect(verdict).toMatchObject({ status: 'same', objects: 2 });
  });

  test('what does not render any more is an error, and so is what did not before', async () => {
    const files = { [`${APP}/kustomization.yaml`]: kustomization('shop'), [VALUES]: 'replicas: 3\n' };
    await expect(
      compared(files, { changes: rewritten('replicas: 3\n', '- a list\n') }),
    ).rejects.toMatchObject({
      code: 'E_RENDER',
    });
    const broken = { ...files, [VALUES]: '- a list\n' };
    await expect(
      compared(broken, { changes: rewritten('- a list\n', 'replicas: 3\n') }),
    ).rejects.toMatchObject({ code: 'E_RENDER', message: expect.stringContaining('as it is') as string });
    const executing = {
      ...files,
      [`${APP}/kustomization.yaml`]: `${kustomization('shop')}generators: [run.yaml]\n`,
      [`${APP}/run.yaml`]: EXECUTED,
    };
    await expect(
      compared(executing, { changes: rewritten('replicas: 3\n', 'replicas: 3 # three\n') }),
    ).rejects.toMatchObject({ code: 'E_RENDER' });
  });
});
