import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { proofCharts, proofRepository } from '../../support/proof-fixture.ts';
import { makeFolder } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const isUpgrade = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/upgrade.schema.json'), 'utf8')) as object,
);

type Custom = { path: string; effect: string; after?: string; lostEffect: boolean };
type Answer = {
  apps: {
    charts: {
      customisations: Custom[];
      decisions: { id: string; path: string; kind: string; to?: string }[];
      evidence: Record<'before' | 'after', { renders: number; masked: { kind: string }[]; reason?: string }>;
    }[];
  }[];
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(proofCharts());
});
afterAll(() => charts.close());

function upgrade(root: string, ...words: string[]): Promise<Run> {
  const env = testEnv(makeFolder()) as Record<string, string>;
  return slipway(['upgrade', '-C', root, '--prove', ...words], { cwd: root, env });
}

async function chartOf(root: string, ...words: string[]) {
  const run = await upgrade(root, '--dry-run', '--json', ...words);
  const answer = JSON.parse(run.stdout) as Answer;
  expect([isUpgrade(answer), isUpgrade.errors]).toEqual([true, null]);
  const [chart] = answer.apps[0]?.charts ?? [];
  if (!chart) throw new Error(run.stdout);
  return chart;
}

const LOST = ['cache.size', 'ingress.enabled', 'ingress.host'];

describe.runIf(canRender)('upgrade --prove', () => {
  test('what loses its effect comes first, though its default is still there; the rest stays what it is', async () => {
    const root = proofRepository(charts.url);
    const { customisations, decisions, evidence } = await chartOf(root);
    expect(customisations.slice(0, 3).map(({ path: own, lostEffect }) => [own, lostEffect])).toEqual(
      LOST.map(own => [own, true]),
    );
    const others = customisations.slice(3).map(({ path: own, effect, after }) => `${own} ${effect} ${after}`);
    expect(others.toSorted()).toEqual([
      'debug.level none effective',
      'first none none',
      'gone dead dead',
      'replicas effective effective',
      'second effective effective',
      'text.greeting effective effective',
      'text.tone effective effective',
    ]);
    expect(decisions).toMatchObject([{ path: 'ingress', kind: 'moved', to: 'routing' }]);
    expect(evidence.after.masked).toMatchObject([{ kind: 'Secret' }]);
  });

  test('what a person moves keeps its effect', async () => {
    const root = proofRepository(charts.url);
    const [decision] = (await chartOf(root)).decisions;
    const more = { 'answers.yaml': `"${decision?.id}": merged\n` };
    const { customisations } = await chartOf(
      proofRepository(charts.url, more),
      '--decisions',
      'answers.yaml',
    );
    expect(customisations.filter(({ lostEffect }) => lostEffect).map(({ path: own }) => own)).toEqual([
      'cache.size',
    ]);
  });

  test('the report begins with it, in both languages; the terminal has a line', async () => {
    const root = proofRepository(charts.url);
    const run = await upgrade(root, '--dry-run', '--report', 'r.md', '--report', 'r.zh-CN.md');
    expect(run.stdout + run.stderr).toContain(`lost effect: ${LOST.join(', ')}`);
    const [english, chinese] = ['r.md', 'r.zh-CN.md'].map(name =>
      readFileSync(path.join(root, name), 'utf8'),
    );
    expect(english).toMatch(/^# .*\n\n⚠️ 3 customisations will have no effect any more/);
    expect(english).toContain('- production/shop shop: `cache.size`\n');
    expect(english).toContain('changes nothing that is rendered, neither before nor after (2): ');
    expect(english).toContain('changes what is rendered from now on (1): `debug.level`');
    expect(english).toContain('so not compared: Secret shop data.password');
    expect(chinese).toMatch(/^# .*\n\n⚠️ 3 项定制将失去效果/);
  });

  test('--no-render excludes it', async () => {
    const run = await upgrade(proofRepository(charts.url), '--no-render');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('exclude each other')]);
  });
});
