import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const isUpgrade = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/upgrade.schema.json'), 'utf8')) as object,
);

const values = (tag: string, size: number): string => `image:\n  tag: "${tag}"\nsize: ${size}\n`;
const NAMES = ['web', 'cache'];

let charts: TestRepository;
beforeAll(async () => {
  const template = { 'templates/a.yaml': '# {{ .Values.image.tag }} {{ .Values.size }}\n' };
  charts = await serveCharts(
    NAMES.flatMap(name => [
      { name, version: '1.0.0', files: { 'values.yaml': values('1', 1), ...template } },
      { name, version: '1.1.0', files: { 'values.yaml': values('3', 3), ...template } },
    ]),
  );
});
afterAll(() => charts.close());

/** An app with both charts, whose decisions have the same ids. */
function repository(configuration: string, answers: string): string {
  const entry = (name: string): string =>
    `  - name: ${name}\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: ${name}\n    namespace: shop\n    valuesFile: values/${name}-1.0.0.yaml\n`;
  return makeRepository({
    '.slipway/config.yaml': configuration,
    'answers.yaml': answers,
    'production/shop/kustomization.yaml': `namespace: shop\nhelmCharts:\n${NAMES.map(entry).join('')}`,
    ...Object.fromEntries(
      NAMES.map(name => [`production/shop/values/${name}-1.0.0.yaml`, values('2', 2)] as const),
    ),
  });
}

test('standing answers and patterns decide, are named, and two charts of one app are answered apart', async () => {
  const root = repository(
    "answers:\n  '**.image.tag': theirs\n  'kind: dead': theirs\n",
    "'production/shop: cache: size': theirs\n'web: size': ours\n'**.nothing': ours\n",
  );
  const env = testEnv(makeFolder()) as Record<string, string>;
  const words = ['--yes', '--no-render', '--json', '--decisions', 'answers.yaml', '--report', 'r.md'];
  const run = await slipway(['upgrade', '-C', root, ...words], { cwd: root, env });
  expect(run.code).toBe(0);
  const answer = JSON.parse(run.stdout) as {
    apps: { charts: { name: string; answered: { path: string; key: string; source: string }[] }[] }[];
    unusedAnswers: string[];
  };
  expect([isUpgrade(answer), isUpgrade.errors]).toEqual([true, null]);
  const file = (name: string): string =>
    readFileSync(path.join(root, `production/shop/values/${name}-1.1.0.yaml`), 'utf8');
  expect([file('web'), file('cache')]).toEqual([values('3', 2), values('3', 3)]);
  const [web] = answer.apps[0]?.charts ?? [];
  expect(web?.answered.map(({ path: at, key, source }) => [at, key, source])).toEqual([
    ['image.tag', '**.image.tag', 'configuration'],
    ['size', 'web: size', 'decisions'],
  ]);
  // What matches nothing is said; what stands in the configuration waits for its day.
  expect(answer.unusedAnswers).toEqual(['**.nothing']);
  const report = readFileSync(path.join(root, 'r.md'), 'utf8');
  expect(report).toContain('- answered by `**.image.tag` in `.slipway/config.yaml`: `image.tag` (theirs)\n');
  expect(report).toContain(
    '- answered by `production/shop: cache: size` in the file of answers: `size` (theirs)\n',
  );
});

test('a pattern of the configuration that there cannot be is refused', async () => {
  const root = repository("answers:\n  'kind: ded': ours\n", '{}\n');
  const run = await slipway(['upgrade', '-C', root, '--yes', '--no-render'], {
    cwd: root,
    env: testEnv(makeFolder()) as Record<string, string>,
  });
  expect([run.code, run.stderr]).toEqual([
    2,
    expect.stringContaining('.slipway/config.yaml: there is no kind of decision ded'),
  ]);
});
