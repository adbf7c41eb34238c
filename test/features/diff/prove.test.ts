import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { hasRenderer } from '../../renderer/support.ts';
import { proofCharts, proofRepository } from '../../support/proof-fixture.ts';
import { chartRelease, helmRepository } from '../../support/flux-fixture.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const isDiff = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/diff.schema.json'), 'utf8')) as object,
);

type Evidence = { renders: number; masked: { kind: string; fields: string[] }[]; reason?: string };
type Answer = {
  charts: { customisations: { path: string; effect?: string }[]; evidence: Evidence }[];
  summary: { withoutEffect: number };
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(proofCharts());
});
afterAll(() => charts.close());

function diff(words: readonly string[], variables: Record<string, string> = {}): Promise<Run> {
  const env = testEnv(makeFolder(), variables) as Record<string, string>;
  return slipway(['diff', '-C', proofRepository(charts.url), ...words], { env });
}

async function answerOf(words: readonly string[], variables?: Record<string, string>): Promise<Answer> {
  const run = await diff(['--json', ...words], variables);
  const answer = JSON.parse(run.stdout) as Answer;
  expect([run.code, isDiff(answer), isDiff.errors]).toEqual([0, true, null]);
  return answer;
}

const EFFECTS = {
  replicas: 'effective',
  'text.greeting': 'effective',
  'text.tone': 'effective',
  'cache.size': 'effective',
  'debug.level': 'none',
  first: 'none',
  second: 'effective',
  'ingress.enabled': 'effective',
  'ingress.host': 'effective',
  gone: 'dead',
};

describe.runIf(hasRenderer)('diff --prove', () => {
  test('says of each customisation what it does; what is random is masked and named, without its value', async () => {
    const [chart] = (await answerOf(['--prove'])).charts;
    const effects = chart?.customisations.map(({ path: own, effect }) => [own, effect]) ?? [];
    expect(Object.fromEntries(effects)).toEqual(EFFECTS);
    expect(chart?.evidence.masked).toEqual([
      { kind: 'Secret', name: 'shop', fields: ['data.password'], whole: false },
    ]);
    // Ten leaves, three rounds of the whole.
    expect(chart?.evidence.renders).toBeLessThanOrEqual(2 * 10 + 4);
  });

  test('the table names those without effect, and what was not compared', async () => {
    const { stdout } = await diff(['--prove']);
    expect(stdout).toMatch(/debug\.level +info → trace\n +changes nothing that is rendered\n/);
    expect(stdout).toMatch(/gone +∅ → 1\n +dead: /);
    expect(stdout).not.toMatch(/replicas .*\n +changes nothing/);
    expect(stdout).toContain('differs at every rendering, so not compared: Secret shop data.password');
    expect(stdout).toContain('10 customisations, 1 dead, 2 without effect');
  });

  test('values of a Flux release; where a Secret of the cluster adds some, nobody knows', async () => {
    const values = '  values:\n    replicas: 3\n    debug: { level: trace }\n';
    const secret = '  valuesFrom: [{ kind: Secret, name: more }]\n';
    const root = makeRepository({
      'a/source.yaml': helmRepository(charts.url),
      'a/shop.yaml': chartRelease('shop', '1.0.0', values),
      'b/source.yaml': helmRepository(charts.url),
      'b/shop.yaml': chartRelease('shop', '1.0.0', values + secret),
    });
    const env = testEnv(makeFolder()) as Record<string, string>;
    const run = await slipway(['diff', '-C', root, '--prove', '--json'], { env });
    const answer = JSON.parse(run.stdout) as Answer;
    expect(answer.charts.map(({ customisations }) => customisations.map(({ effect }) => effect))).toEqual([
      ['effective', 'none'],
      ['unknown', 'unknown'],
    ]);
    expect(answer.charts[1]?.evidence.reason).toContain('cannot be seen here');
  });

  test('a budget that is spent leaves the rest unknown, and is said', async () => {
    const answer = await answerOf(['--prove', '--budget', '4']);
    const [chart] = answer.charts;
    expect(chart?.evidence).toMatchObject({
      renders: 4,
      reason: 'not everything was tried: 4 renderings are spent',
    });
    expect(chart?.customisations.filter(({ effect }) => effect === 'unknown').length).toBeGreaterThan(4);
  });
});

test('without anything that renders, what is seen without it stands, and that is said', async () => {
  const nothing = { SLIPWAY_RENDERER: '', SLIPWAY_HELM: '/nowhere', SLIPWAY_KUSTOMIZE: '/nowhere' };
  const [chart] = (await answerOf(['--prove'], nothing)).charts;
  expect(new Set(chart?.customisations.map(({ effect }) => effect))).toEqual(new Set(['unknown']));
  expect(chart?.evidence).toMatchObject({ renders: 0, reason: expect.stringContaining('helm') });
});

test.each([
  [['--budget', '5'], '--budget has a meaning with --prove only'],
  [['--prove', '--budget', '0'], '--budget 0 is no number'],
  [['--prove', '--budget', '1e3'], '--budget 1e3 is no number'],
])('%j is refused', async (words, message) => {
  const run = await diff(words);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(message)]);
});
