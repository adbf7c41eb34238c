import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { omitUndefined } from '../../../src/data/fields.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const isDiff = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/diff.schema.json'), 'utf8')) as object,
);

const MORE = 'more: {a: 1, b: 2, c: 3, d: 4}\n';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    {
      name: 'web',
      version: '1.0.0',
      files: { 'values.yaml': `replicas: 1\nlevel: info\nnode: {}\n${MORE}`, 'templates/c.yaml': '' },
    },
  ]);
});
afterAll(() => charts.close());

type Answer = { charts: { valuesFile: string; customisations: Record<string, unknown>[] }[] };

function repository(files: Record<string, string>, entry: string): string {
  const chart = `{name: web, repo: "${charts.url}", version: 1.0.0, releaseName: web, ${entry}}`;
  return makeRepository({ 'production/web/kustomization.yaml': `helmCharts: [${chart}]\n`, ...files });
}

function diff(root: string, ...args: string[]): Promise<Run> {
  return slipway(['diff', '-C', root, ...args], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
}

async function customisations(root: string): Promise<Record<string, unknown>[][]> {
  const answer = JSON.parse((await diff(root, '--json')).stdout) as Answer;
  expect([isDiff(answer), isDiff.errors]).toEqual([true, null]);
  return answer.charts.map(chart =>
    chart.customisations.map(each => omitUndefined({ ...each, comments: undefined })),
  );
}

const LAYERS = 'valuesFile: base.yaml, additionalValuesFiles: [empty.yaml, prod.yaml]';

test('a value is redundant only if no lower place says otherwise; the words name it', async () => {
  const files = {
    'production/web/base.yaml': 'replicas: 2\n',
    'production/web/empty.yaml': '# nothing yet\n',
    'production/web/prod.yaml': 'replicas: 1\nlevel: info\nnode: {disk: ssd}\n',
  };
  const root = repository(files, LAYERS);
  const [, , upper] = await customisations(root);
  expect(upper).toEqual([
    { path: 'replicas', base: 1, ours: 1, over: { place: 'production/web/base.yaml', value: 2 } },
    { path: 'level', base: 'info', ours: 'info', mark: 'redundant' },
    { path: 'node.disk', ours: 'ssd', mark: 'dead' },
  ]);
  const shown = await diff(root);
  expect(shown.stdout).toContain('needed: without it, 2 of production/web/base.yaml applies');
  const minimal = await diff(root, '--format', 'yaml');
  expect(minimal.stdout).toContain(files['production/web/prod.yaml']);
});

test('a full copy over a lower place: what it says again is shown', async () => {
  const files = {
    'production/web/base.yaml': 'replicas: 2\nnode: {disk: ssd}\n',
    'production/web/empty.yaml': '',
    'production/web/prod.yaml': `replicas: 1\nlevel: info\nnode: {}\n${MORE}`,
  };
  const [, , upper] = await customisations(repository(files, LAYERS));
  expect(upper?.map(({ path: at, mark, over }) => [at, mark, (over as { value: unknown }).value])).toEqual([
    ['replicas', undefined, 2],
    ['node', undefined, { disk: 'ssd' }],
  ]);
});
