import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const inside = findTool('slipway-renderer');
const RENDERERS = [
  ...(canRender ? [['the tools', 'tools', ''] as const] : []),
  ...(inside === undefined ? [] : [['the renderer inside', 'inside', inside] as const]),
];

test.runIf(RENDERERS.length === 2)('the tools and slipway-renderer are here, so that both are tried', () => {
  expect(RENDERERS).toHaveLength(2);
});

const objects = (namespace: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data${namespace}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web${namespace}}\nspec:\n  replicas: {{ .Values.replicas }}\n  template: {spec: {containers: [{name: web, image: "docker.io/acme/web:{{ .Chart.AppVersion }}"}]}}\n`;

let charts: TestRepository;
beforeAll(async () => {
  const at = (version: string, namespace: string) => ({
    name: 'web',
    version,
    appVersion: version,
    files: { 'values.yaml': 'replicas: 1\n', 'templates/all.yaml': objects(namespace) },
  });
  charts = await serveCharts([at('1.0.0', ''), at('1.1.0', ', namespace: "{{ .Release.Namespace }}"')]);
});
afterAll(() => charts.close());

const entry = (): string =>
  `helmCharts:\n  - name: web\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: web\n    namespace: web\n    valuesFile: values/web-1.0.0.yaml\n`;

type Rendered = {
  changes: { added: unknown[]; removed: unknown[]; changed: { fields: { path: string; after: string }[] }[] };
};
type Report = {
  renderer: { kind: string; kubernetes: string };
  apps: { rendered?: Rendered; verification: { ok: boolean; detail: string }[] }[];
};

async function dryRun(files: Record<string, string>, SLIPWAY_RENDERER: string): Promise<Report> {
  const root = makeRepository({ 'production/web/values/web-1.0.0.yaml': 'replicas: 1\n', ...files });
  const env = testEnv(makeFolder(), { SLIPWAY_RENDERER }) as Record<string, string>;
  const { stdout } = await slipway(['upgrade', '--dry-run', '--json', '-C', root], { cwd: root, env });
  return JSON.parse(stdout) as Report;
}

describe.each(RENDERERS)('upgrade with %s compares what is deployed', (_, kind, renderer) => {
  test('a chart that begins to write its namespace removes nothing', async () => {
    const report = await dryRun({ 'production/web/kustomization.yaml': entry() }, renderer);
    expect([report.renderer.kind, report.renderer.kubernetes]).toEqual([kind, 'v1.36.0']);
    const [{ rendered } = { rendered: undefined }] = report.apps;
    expect([rendered?.changes.added, rendered?.changes.removed]).toEqual([[], []]);
    const fields = rendered?.changes.changed.flatMap(each => each.fields.map(({ path }) => path));
    expect(fields).toEqual(['spec.template.spec.containers[web].image']);
  });

  test('patches and images count, and what lies beside the app is built with it', async () => {
    const report = await dryRun(
      {
        'production/web/kustomization.yaml': `namespace: web\nresources: [../../common]\n${entry()}images:\n  - {name: docker.io/acme/web, newName: mirror.test/web}\npatches:\n  - path: ../../common/five.yaml\n    target: {kind: Deployment, name: web}\n`,
        'common/kustomization.yaml':
          'resources: [map.yaml]\nhelmCharts:\n  - {name: local, releaseName: local}\n',
        'common/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: common}\n',
        'common/five.yaml': '- {op: replace, path: /spec/replicas, value: 5}\n',
        'common/charts/local/Chart.yaml': 'apiVersion: v2\nname: local\nversion: 0.1.0\n',
        'common/charts/local/values.yaml': '{}\n',
        'common/charts/local/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: local}\n',
      },
      renderer,
    );
    const [app] = report.apps;
    expect(app?.verification).toEqual([expect.objectContaining({ ok: true, detail: '' })]);
    expect(app?.rendered?.changes).toMatchObject({ added: [], removed: [] });
    const images = app?.rendered?.changes.changed.flatMap(({ fields }) => fields.map(({ after }) => after));
    expect(images).toEqual(['"mirror.test/web:1.1.0"']);
  });
});
