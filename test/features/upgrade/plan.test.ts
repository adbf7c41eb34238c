import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { serveHttp } from '../../support/http-server.ts';
import { makeFolder, readTree } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import { kustomization, oldValues, upgradeCharts, upgradeRepository } from '../../support/upgrade-fixture.ts';

let charts: TestRepository;
beforeAll(async () => {
  const young = new Date(Date.now() - 86_400_000).toISOString();
  const files = { 'values.yaml': oldValues('cargo') };
  charts = await serveCharts([
    ...upgradeCharts(['cargo', 'ferry']),
    { name: 'cargo', version: '0.9.0', files },
    { name: 'cargo', version: '1.2.0-rc.1', files },
    { name: 'cargo', version: '1.3.0', files, created: young },
  ]);
});
afterAll(() => charts.close());

function upgrade(root: string, args: string[]): Promise<Run> {
  return slipway(['upgrade', '-C', root, '--no-render', '--json', ...args], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
}

type Plan = { moves: Record<string, unknown>[]; inputs: Record<string, unknown> };

/** A plan that slipway made for `cargo`, with something changed in it by somebody else. */
async function forged(change: (plan: Plan) => void, text = (json: string): string => json) {
  const root = upgradeRepository(charts.url, ['cargo']);
  const file = path.join(makeFolder(), 'plan.json');
  await upgrade(root, ['--plan', file]);
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  change(plan);
  writeFileSync(file, text(JSON.stringify(plan)));
  return { root, file };
}

function move(fields: Record<string, unknown>): (plan: Plan) => void {
  return ({ moves: [first] }) => void Object.assign(first ?? {}, fields);
}

test('C12 a plan that names another repository is refused, and that one is asked nothing', async () => {
  const other = await serveCharts(upgradeCharts(['cargo']));
  onTestFinished(() => other.close());
  const { root, file } = await forged(move({ repo: other.url }));
  const before = readTree(root);
  const done = await upgrade(root, ['--apply', file, '--yes']);
  expect([done.code, JSON.parse(done.stdout).error.code]).toEqual([6, 'E_CHANGED']);
  expect(readTree(root)).toEqual(before);
  expect(other.received).toEqual([]);
});

test.each<[what: string, change: (plan: Plan) => void, code: string]>([
  ['a chart of another name', move({ name: 'ferry' }), 'E_CHANGED'],
  ['another version than the pinned one', move({ from: '0.1.0' }), 'E_CHANGED'],
  ['another place', move({ use: 'production/cargo/kustomization.yaml#0:helmCharts.7' }), 'E_CHANGED'],
  ['a version below the pinned one', move({ to: '0.9.0' }), 'E_CHANGED'],
  ['a version that is not published', move({ to: '9.9.9' }), 'E_CHANGED'],
  ['a pre-release', move({ to: '1.2.0-rc.1' }), 'E_CHANGED'],
  ['a version that is too young', move({ to: '1.3.0' }), 'E_CHANGED'],
  [
    'another digest of an input',
    ({ inputs }) => {
      inputs['production/cargo/kustomization.yaml'] = '0'.repeat(64);
    },
    'E_CHANGED',
  ],
  [
    'an input more',
    ({ inputs }) => {
      inputs['production/cargo/values/other.yaml'] = '0'.repeat(64);
    },
    'E_CHANGED',
  ],
  [
    'a digest that is none',
    ({ inputs }) => {
      inputs['production/cargo/kustomization.yaml'] = 7;
    },
    'E_VALUE',
  ],
  ['no place', move({ use: -1 }), 'E_VALUE'],
  ['a place of the form of before', move({ use: undefined, index: 0 }), 'E_VALUE'],
  ['a list for a name', move({ name: ['cargo'] }), 'E_VALUE'],
  ['a number for a version', move({ to: 1.2 }), 'E_VALUE'],
  ['a text of a megabyte', move({ repo: 'x'.repeat(1 << 20) }), 'E_VALUE'],
  ['one chart twice', plan => void plan.moves.push({ ...plan.moves[0] }), 'E_VALUE'],
  ['a map of moves', plan => void Object.assign(plan, { moves: { ...plan.moves } }), 'E_VALUE'],
])('C12 a plan with %s', async (_, change, code) => {
  const { root, file } = await forged(change);
  const before = readTree(root);
  const done = await upgrade(root, ['--apply', file, '--yes']);
  expect([JSON.parse(done.stdout).error.code, done.code]).toEqual([code, code === 'E_VALUE' ? 2 : 6]);
  expect(readTree(root)).toEqual(before);
});

/** What version 1 of the format said instead of the id of a use. */
function asVersionOne(index: number): (plan: Plan) => void {
  return plan => {
    Object.assign(plan, { schemaVersion: 1 });
    plan.moves = plan.moves.map(each => ({ ...each, use: undefined, index }));
  };
}

test('a plan of the format before is carried out', async () => {
  const { root, file } = await forged(asVersionOne(0));
  const done = await upgrade(root, ['--apply', file, '--yes']);
  expect([done.code, JSON.parse(done.stdout).apps[0].status]).toEqual([0, 'upgraded']);
});

test.each([
  ['another place', 7, 'E_CHANGED'],
  ['a negative place', -1, 'E_VALUE'],
])('a plan of the format before with %s', async (_, index, code) => {
  const { root, file } = await forged(asVersionOne(index));
  const done = await upgrade(root, ['--apply', file, '--yes']);
  expect(JSON.parse(done.stdout).error.code).toEqual(code);
});

test.each(['__proto__', 'constructor', 'prototype'])('C12 the key %s in a plan and in answers', async key => {
  const { root, file } = await forged(
    () => undefined,
    json => json.replace('"app"', `"${key}":{"polluted":true},"app"`),
  );
  const planned = await upgrade(root, ['--apply', file, '--yes']);
  expect([JSON.parse(planned.stdout).error.code, planned.code]).toEqual(['E_VALUE', 2]);
  writeFileSync(file, `{"${key}": "ours"}`);
  const answered = await upgrade(root, ['--decisions', file, '--yes']);
  expect([JSON.parse(answered.stdout).error.code, answered.code]).toEqual(['E_VALUE', 2]);
});

test('C12 a comment that pins holds against a plan as well', async () => {
  const name = 'production/cargo/kustomization.yaml';
  const held = kustomization('cargo', charts.url).replace('version: 1.0.0', 'version: 1.0.0 # pin: wait');
  const { root, file } = await forged(({ inputs }) => {
    inputs[name] = createHash('sha256').update(held).digest('hex');
  });
  writeFileSync(path.join(root, name), held);
  const done = await upgrade(root, ['--apply', file, '--yes']);
  expect(JSON.parse(done.stdout).error).toMatchObject({
    code: 'E_CHANGED',
    message: expect.stringContaining('a comment now holds it: pin: wait'),
  });
});

test('C12 what --to asked for is asked for again', async () => {
  const root = upgradeRepository(charts.url, ['cargo']);
  const file = path.join(makeFolder(), 'plan.json');
  await upgrade(root, ['--plan', file, '--to', '1.3.0']);
  expect((await upgrade(root, ['--apply', file, '--yes'])).code).toBe(6);
  const done = await upgrade(root, ['--apply', file, '--to', '1.3.0', '--yes']);
  expect(done.code).toBe(0);
});

test('a plan holds although one of its repositories does not answer', async () => {
  const dead = await serveHttp({ '/index.yaml': { status: 404 } });
  onTestFinished(() => dead.close());
  const own = await serveCharts(upgradeCharts(['ferry']));
  const root = upgradeRepository(charts.url, ['cargo'], {
    'production/ferry/kustomization.yaml': kustomization('ferry', own.url).replace(/\n *valuesFile:.*/, ''),
  });
  const file = path.join(makeFolder(), 'plan.json');
  await upgrade(root, ['--plan', file]);
  await own.close();
  const done = await upgrade(root, ['--apply', file, '--yes']);
  const { apps } = JSON.parse(done.stdout) as { apps: { app: string; status: string }[] };
  expect(apps).toMatchObject([
    { app: 'production/cargo', status: 'upgraded' },
    { app: 'production/ferry', status: 'failed' },
  ]);
});
