import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRenderer } from '../../renderer/support.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { chartRelease, helmRepository, listing } from '../../support/flux-fixture.ts';
import { proofCharts, proofRepository } from '../../support/proof-fixture.ts';
import { commitAll, makeFolder, makeRepository, readTree } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/minimize.schema.json'), 'utf8')) as object,
);

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(proofCharts());
});
afterAll(() => charts.close());

type Answer = {
  written: boolean;
  apps: { charts: { lines: object; dropped: string[] }[]; render?: { status: string } }[];
};

async function run(root: string, words: readonly string[], variables: Record<string, string> = {}) {
  const env = testEnv(makeFolder(), variables) as Record<string, string>;
  return slipway(['-C', root, ...words], { env });
}

async function answerOf(root: string, words: readonly string[]): Promise<Answer> {
  const done = await run(root, [...words, '--json']);
  const answer = JSON.parse(done.stdout) as Answer;
  expect([done.code, isAnswer(answer), isAnswer.errors, done.stderr]).toEqual([0, true, null, '']);
  return answer;
}

const VALUES = 'production/shop/values/shop-1.0.0.yaml';

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

describe.runIf(hasRenderer)('minimize', () => {
  test('leaves what differs from the defaults; adopt gives the file back byte for byte', async () => {
    const root = proofRepository(charts.url);
    const copy = read(root, VALUES);
    const answer = await answerOf(root, ['minimize', 'shop', '--yes']);
    expect(answer).toMatchObject({
      written: true,
      apps: [{ charts: [{ lines: { before: 15, after: 14 }, dropped: [] }], render: { status: 'same' } }],
    });
    expect(read(root, VALUES)).toBe(`replicas: 3
text:
  greeting: hi
  tone: warm
cache:
  size: 20
debug:
  level: trace
first: 7
second: 7
ingress:
  enabled: true
  host: shop.example.com
gone: 1
`);
    expect((await answerOf(root, ['minimize', 'shop', '--yes'])).written).toBe(false);
    commitAll(root);
    expect((await run(root, ['adopt', 'shop', '--yes'])).code).toBe(0);
    expect(read(root, VALUES)).toBe(copy);
  });

  test('--prove takes out what changes nothing that is rendered, and a map with the last of its keys', async () => {
    const root = proofRepository(charts.url);
    const answer = await answerOf(root, ['minimize', 'shop', '--prove', '--yes']);
    expect(answer.apps[0]).toMatchObject({
      charts: [{ dropped: ['debug.level', 'first', 'gone'] }],
      render: { status: 'same' },
    });
    expect(read(root, VALUES)).toBe(`replicas: 3
text:
  greeting: hi
  tone: warm
cache:
  size: 20
second: 7
ingress:
  enabled: true
  host: shop.example.com
`);
  });

  test('--prove needs something that renders', async () => {
    const bare = {
      SLIPWAY_RENDERER: '',
      SLIPWAY_HELM: '/nowhere/helm',
      SLIPWAY_KUSTOMIZE: '/nowhere/kustomize',
    };
    const root = proofRepository(charts.url);
    const before = readTree(root);
    const refused = await run(root, ['minimize', 'shop', '--prove', '--yes', '--json'], bare);
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([4, { error: { code: 'E_TOOL' } }]);
    expect(readTree(root)).toEqual(before);
  });

  test('values in a manifest of Flux are cut down in their place; a copy of the defaults leaves an empty map', async () => {
    const flux = 'clusters/one/shop';
    const defaults = String(proofCharts()[0]?.files['values.yaml']);
    const inline = `  values:\n${defaults.replace('size: 10', 'size: 20 # GiB').replaceAll(/^(?=.)/gm, '    ')}`;
    const root = makeRepository({
      [`${flux}/kustomization.yaml`]: listing(['source.yaml', 'release.yaml']),
      [`${flux}/source.yaml`]: helmRepository(charts.url),
      [`${flux}/release.yaml`]: chartRelease('shop', '1.0.0', inline),
      'production/plain/kustomization.yaml': `namespace: plain\nhelmCharts:\n  - name: shop\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: plain\n    namespace: plain\n    valuesFile: values.yaml\n`,
      'production/plain/values.yaml': defaults,
    });
    const answer = await answerOf(root, ['minimize', flux, '--yes']);
    expect(answer.apps[0]?.render?.status).toBe('same');
    expect(read(root, `${flux}/release.yaml`)).toBe(
      chartRelease('shop', '1.0.0', '  values:\n    cache:\n      size: 20 # GiB\n'),
    );
    await answerOf(root, ['minimize', 'production/plain', '--yes']);
    expect(read(root, 'production/plain/values.yaml')).toBe(
      '# What differs from the defaults of shop 1.0.0.\n{}\n',
    );
  });
});
