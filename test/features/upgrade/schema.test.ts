import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, onTestFinished, test } from 'vitest';
import { serveCharts } from '../../support/chart-repository.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const isUpgrade = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/upgrade.schema.json'), 'utf8')) as object,
);

const DEFAULTS = 'replicas: 1\nservice:\n  port: 80\n  type: ClusterIP\n';
const LOOSE = { type: 'object' };
const STRICT = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    service: {
      properties: { port: { type: 'integer', maximum: 1024 }, type: {} },
      additionalProperties: false,
    },
  },
};

type Given = {
  before?: object;
  after?: object;
  defaults?: string;
  kustomization?: string;
  files?: Record<string, string>;
};

/** A repository of one app, and what `upgrade` says of it. */
async function upgraded({
  before = LOOSE,
  after = STRICT,
  defaults = DEFAULTS,
  kustomization = '',
  files = {},
}: Given) {
  const chart = (version: string, schema: object, values: string) => ({
    name: 'web',
    version,
    files: {
      'values.yaml': values,
      'values.schema.json': JSON.stringify(schema),
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {p: "{{ .Values.service }}"}\n',
    },
  });
  const charts = await serveCharts([chart('1.0.0', before, DEFAULTS), chart('1.1.0', after, defaults)]);
  onTestFinished(() => charts.close());
  const entry = `namespace: web\nhelmCharts:\n  - name: web\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: web\n    namespace: web\n`;
  const root = makeRepository({ 'production/web/kustomization.yaml': entry + kustomization, ...files });
  const run = (...words: string[]) =>
    slipway(['upgrade', '-C', root, '--no-render', ...words], {
      cwd: root,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
  return { root, run };
}

const FILE = '    valuesFile: values/web-1.0.0.yaml\n';
const own = (text: string): Record<string, string> => ({ 'production/web/values/web-1.0.0.yaml': text });

type App = {
  status: string;
  exit: number;
  error?: { code: string; message: string };
  charts: {
    schema?: { stops: boolean; refused: { path: string; at?: { line: number } }[]; notHeld: unknown[] };
    outcomes: unknown[];
  }[];
};

function appOf(stdout: string): App {
  const answer = JSON.parse(stdout) as { apps: App[] };
  expect([isUpgrade(answer), isUpgrade.errors]).toEqual([true, null]);
  const [app] = answer.apps;
  if (!app) throw new Error(stdout);
  return app;
}

test('what the new schema refuses stops the step: file, line, value and rule, in both languages', async () => {
  const { root, run } = await upgraded({
    kustomization: FILE,
    files: own('# ours\nreplicas: 1\nservice:\n  port: 8080\n  type: ClusterIP\n'),
  });
  const json = await run('--yes', '--json');
  const app = appOf(json.stdout);
  expect([json.code, app.status, app.error?.code]).toEqual([2, 'failed', 'E_VALUES_SCHEMA']);
  expect(app.error?.message).toBe(
    'the schema of web 1.1.0 refuses the values: production/web/values/web-1.0.0.yaml:4: service.port does not meet "maximum": 1024',
  );
  expect((await run('--yes', '--lang', 'zh-CN')).stderr).toContain(
    'web 1.1.0 的 schema 拒绝这些值：production/web/values/web-1.0.0.yaml:4：service.port 不满足 "maximum"：1024',
  );
  expect(readFileSync(path.join(root, 'production/web/kustomization.yaml'), 'utf8')).toContain('1.0.0');
});

test('all layers count: the place is in the one that says it last', async () => {
  const { run } = await upgraded({
    kustomization: `${FILE}    valuesInline:\n      service:\n        port: 9090\n    additionalValuesFiles: [more.yaml]\n`,
    files: { ...own('service: {port: 8080}\n'), 'production/web/more.yaml': 'replicas: "2"\n' },
  });
  const { error } = appOf((await run('--yes', '--json')).stdout);
  expect(error?.message).toBe(
    'the schema of web 1.1.0 refuses the values: production/web/more.yaml:1: replicas must be of type "integer"; production/web/kustomization.yaml:11: service.port does not meet "maximum": 1024',
  );
});

test('what a higher layer mends stops nothing', async () => {
  const { run } = await upgraded({
    kustomization: `${FILE}    valuesInline: {service: {port: 90}}\n`,
    files: own('service: {port: 8080}\n'),
  });
  const app = appOf((await run('--dry-run', '--json')).stdout);
  expect([app.status, app.charts[0]?.schema]).toEqual([
    'upgraded',
    { schemas: 1, stops: false, refused: [], notHeld: [] },
  ]);
});

test('what helm refuses already is told, and stops nothing', async () => {
  const { run } = await upgraded({
    before: STRICT,
    kustomization: FILE,
    files: own('service: {port: 8080}\n'),
  });
  const app = appOf((await run('--dry-run', '--json')).stdout);
  expect([app.status, app.charts[0]?.schema?.stops]).toEqual(['upgraded', false]);
  expect(app.charts[0]?.schema?.refused).toMatchObject([{ path: 'service.port', at: { line: 1 } }]);
  expect(app.charts[0]?.outcomes).toContainEqual({ path: 'service.port', outcome: 'schema-rejects' });
});

test('open decisions come first, with what helm would refuse beside them', async () => {
  const { run } = await upgraded({
    defaults: 'replicas: 1\nservice:\n  port: 81\n  type: ClusterIP\n',
    kustomization: FILE,
    files: own(DEFAULTS.replace('port: 80', 'port: 8080')),
  });
  const json = await run('--yes', '--json', '--report', 'r.md');
  const app = appOf(json.stdout);
  expect([json.code, app.status]).toEqual([3, 'needs-decision']);
  expect(app.charts[0]?.schema?.refused).toMatchObject([{ path: 'service.port', at: { line: 3 } }]);
});

test('a schema that leads elsewhere is used in part, and the report says so', async () => {
  const { root, run } = await upgraded({
    after: { properties: { replicas: { $ref: 'https://example.org/x.json' } } },
    kustomization: FILE,
    files: own('replicas: x\n'),
  });
  const said = await run('--yes', '--report', 'r.md');
  expect(said.code).toBe(0);
  const sentence = 'not held to the whole of values.schema.json: it refers to https://example.org/x.json';
  expect(said.stderr).toContain(sentence);
  expect(readFileSync(path.join(root, 'r.md'), 'utf8')).toContain('it refers to `https://example.org/x.json');
});
