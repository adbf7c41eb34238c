import { expect, test } from 'vitest';
import { canRender } from '../../support/kustomize.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const FILES = {
  'production/web/kustomization.yaml':
    'namespace: web\nhelmCharts:\n  - name: web\n    releaseName: web\n    namespace: web\n    includeCRDs: true\n    valuesFile: values/web.yaml\n',
  'production/web/values/web.yaml': '# ours\nservice:\n  port: http\n',
  'production/web/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'production/web/charts/web/values.yaml': 'service:\n  port: 80\n',
  'production/web/charts/web/values.schema.json': JSON.stringify({
    properties: { service: { properties: { port: { type: 'integer' } } } },
  }),
  'production/web/charts/web/templates/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {port: "{{ .Values.service.port }}"}\n',
};

type Finding = { code: string; file: string; line: number; message: string };

async function findings(files: Record<string, string>, ...words: string[]): Promise<Finding[]> {
  const root = makeRepository(files);
  const env = testEnv(makeFolder()) as Record<string, string>;
  const { stdout } = await slipway(['check', '-C', root, '--json', ...words], { cwd: root, env });
  const all = (JSON.parse(stdout) as { findings: Finding[] }).findings;
  return all.filter(({ code }) => ['values-schema', 'render-failed'].includes(code));
}

const SAID = {
  code: 'values-schema',
  file: 'production/web/values/web.yaml',
  line: 3,
  message: 'service.port must be of type "integer"',
};

test('a value that the schema refuses is found without helm, at its place', async () => {
  expect(await findings(FILES)).toMatchObject([SAID]);
});

test('a value that the schema takes is none', async () => {
  expect(await findings({ ...FILES, 'production/web/values/web.yaml': 'service: {port: 81}\n' })).toEqual([]);
});

test.runIf(canRender)('what helm refuses by a schema is said once, at its place', async () => {
  expect(await findings(FILES, '--render', '--offline')).toMatchObject([SAID]);
});
