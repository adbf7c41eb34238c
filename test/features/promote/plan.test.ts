import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { claim, deployment, plainApp } from '../../support/preview-fixture.ts';
import {
  changedLines,
  commitAll,
  git,
  makeFolder,
  makeRepository,
  writeFiles,
} from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { endOf, slipwayIn, testEnv } from '../../support/slipway.ts';

const FROM_TO = ['--from', 'dev', '--to', 'production'];

const shop = (tag: string, replicas = 1): string =>
  deployment('shop', { image: `docker.io/acme/shop:${tag}`, replicas });

type Plan = {
  schemaVersion: number;
  from: string;
  only: string[];
  apps: Record<string, unknown>[];
  inputs: Record<string, unknown>;
  answers: Record<string, unknown>;
};

/** Two apps that dev has changed; of `shop` production has changed the same place. */
function changed(): string {
  const apps = (environment: string): Record<string, string> => ({
    ...plainApp(`${environment}/shop`, { 'd.yaml': shop('1.0.0') }),
    ...plainApp(`${environment}/wiki`, { 'd.yaml': shop('1.0.0') }),
    ...plainApp(`${environment}/idle`, { 'd.yaml': shop('1.0.0') }),
  });
  const root = makeRepository({ ...apps('dev'), ...apps('production') });
  writeFiles(root, {
    'dev/shop/d.yaml': shop('1.2.0'),
    'production/shop/d.yaml': shop('1.1.0'),
    'dev/wiki/d.yaml': shop('1.2.0'),
  });
  commitAll(root);
  return root;
}

async function planned(root: string, code = 3, ...args: string[]): Promise<{ file: string; plan: Plan }> {
  const file = path.join(makeFolder(), 'plan.json');
  const line = ['promote', '--all', ...FROM_TO, '--plan', file, ...args];
  const run = await slipwayIn(root, ...line, '--json', '--no-input');
  expect([run.code, run.code === code ? '' : run.stdout]).toEqual([code, '']);
  const document = readAs('promote-plan', run.stdout) as Plan & { next: string[] };
  expect(document.next).toEqual([`slipway promote --apply ${file} -C ${root} --yes`]);
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  expect(document).toMatchObject(plan);
  return { file, plan };
}

type Done = {
  code: number;
  document: { error?: { code: string; message: string }; apps?: { app: string }[] };
};

async function applied(root: string, file: string, ...args: string[]): Promise<Done> {
  const run = await slipwayIn(root, 'promote', ...args, '--apply', file, '--yes', '--no-input', '--json');
  return { code: run.code, document: JSON.parse(run.stdout) as Done['document'] };
}

test('a plan writes nothing but its file, holds what is decided later, and is carried out with the answers in it', async () => {
  const root = changed();
  const { file, plan } = await planned(root);
  expect(plan).toMatchObject({
    from: 'dev',
    to: 'production',
    only: ['charts', 'images', 'values', 'resources'],
    apps: [
      { app: 'production/shop', from: 'dev/shop', name: 'shop', status: 'diverged', decisions: [{}] },
      { app: 'production/wiki', changes: [{ path: 'production/wiki/d.yaml' }, {}] },
    ],
  });
  expect(Object.keys(plan.inputs)).toContain('dev/wiki/d.yaml');
  const [key = ''] = Object.keys(plan.answers);
  expect([key, plan.answers[key]]).toEqual([expect.stringMatching(/containers\[shop\]\.image#/), null]);
  expect(changedLines(root)).toEqual([]);
  writeFileSync(file, JSON.stringify({ ...plan, answers: { [key]: 'theirs' } }));
  expect((await applied(root, file)).code).toBe(0);
  for (const app of ['shop', 'wiki'])
    expect(readFileSync(path.join(root, `production/${app}/d.yaml`), 'utf8')).toBe(shop('1.2.0'));
  expect(await applied(root, file)).toMatchObject({ code: 6, document: { error: { code: 'E_CHANGED' } } });
});

test('answers that were given go into the plan; apps of it alone are carried out; what nobody answered stays', async () => {
  const root = changed();
  const { file, plan } = await planned(root);
  expect(await applied(root, file, 'wiki')).toMatchObject({
    code: 0,
    document: { apps: [{ app: 'production/wiki' }] },
  });
  const open = await applied(root, file, 'production/shop');
  expect([open.code, readFileSync(path.join(root, 'production/shop/d.yaml'), 'utf8')]).toEqual([
    3,
    shop('1.1.0'),
  ]);
  const [key = ''] = Object.keys(plan.answers);
  writeFileSync(path.join(root, '..', `${path.basename(root)}.yaml`), `${JSON.stringify(key)}: theirs\n`);
  const decided = await planned(root, 0, '--decisions', `../${path.basename(root)}.yaml`);
  expect(decided.plan.answers).toEqual({ [key]: 'theirs' });
  expect((await applied(root, decided.file)).code).toBe(0);
  expect(readFileSync(path.join(root, 'production/shop/d.yaml'), 'utf8')).toBe(shop('1.2.0'));
  expect(await applied(root, file, 'other')).toMatchObject({ code: 6 });
});

const first = (fields: object) => (plan: Plan) => void Object.assign(plan.apps[0] ?? {}, fields);

test.each<[what: string, change: (plan: Plan) => void, code: string]>([
  [
    'another digest of an input',
    ({ inputs }) => void (inputs['dev/shop/d.yaml'] = '0'.repeat(64)),
    'E_CHANGED',
  ],
  ['an input more', ({ inputs }) => void (inputs['dev/shop/more.yaml'] = '0'.repeat(64)), 'E_CHANGED'],
  ['an input less', ({ inputs }) => void delete inputs['dev/shop/d.yaml'], 'E_CHANGED'],
  ['a digest that is none', ({ inputs }) => void (inputs['dev/shop/d.yaml'] = 7), 'E_VALUE'],
  ['another outcome', first({ outcome: '0'.repeat(64) }), 'E_CHANGED'],
  ['no outcome', first({ outcome: 'none' }), 'E_VALUE'],
  ['another folder', first({ app: 'production/wiki2' }), 'E_CHANGED'],
  ['a folder outside', first({ from: '../dev/shop' }), 'E_CHANGED'],
  ['an app that is not here', first({ name: 'nowhere' }), 'E_VALUE'],
  ['a list for a name', first({ name: ['shop'] }), 'E_VALUE'],
  ['a text of a megabyte', first({ name: 'x'.repeat(1 << 20) }), 'E_VALUE'],
  ['one app twice', plan => void plan.apps.push({ ...plan.apps[0] }), 'E_VALUE'],
  ['a map of apps', plan => void Object.assign(plan, { apps: { ...plan.apps } }), 'E_VALUE'],
  ['other parts', plan => void Object.assign(plan, { only: ['images'] }), 'E_CHANGED'],
  ['parts that are none', plan => void Object.assign(plan, { only: ['all'] }), 'E_VALUE'],
  ['another version', plan => void Object.assign(plan, { schemaVersion: 2 }), 'E_VALUE'],
  ['an answer that is none', ({ answers }) => void (answers['a#00000000'] = 7), 'E_VALUE'],
])('a plan with %s is refused, and nothing is written', async (_, change, code) => {
  const root = changed();
  const { file, plan } = await planned(root);
  change(plan);
  writeFileSync(file, JSON.stringify(plan));
  const done = await applied(root, file);
  expect([done.document.error?.code, done.code]).toEqual([code, code === 'E_VALUE' ? 2 : 6]);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('a plan waits for what takes data with it, and is carried out once that is accepted in it', async () => {
  const list = { 'd.yaml': shop('1.0.0'), 'data.yaml': claim('data') };
  const root = makeRepository({ ...plainApp('dev/shop', list), ...plainApp('production/shop', list) });
  writeFiles(root, plainApp('dev/shop', { 'd.yaml': shop('1.0.0') }));
  git(root, 'rm', '--quiet', 'dev/shop/data.yaml');
  commitAll(root);
  const { file, plan } = await planned(root);
  const [key = ''] = Object.keys(plan.answers);
  expect([key, plan.answers[key]]).toEqual([expect.stringMatching(/^risk:data-removed:/), null]);
  expect((await applied(root, file)).code).toBe(3);
  writeFileSync(file, JSON.stringify({ ...plan, answers: { [key]: 'accept' } }));
  expect((await applied(root, file)).code).toBe(0);
  const again = makeFolder();
  git(root, 'checkout', '-q', '.');
  git(root, 'clean', '-qfd');
  const taken = path.join(again, 'plan.json');
  const line = ['promote', '--all', ...FROM_TO, '--plan', taken, '--accept', 'data-removed', '--no-input'];
  expect((await slipwayIn(root, ...line)).code).toBe(0);
  expect((await applied(root, taken)).code).toBe(0);
});

test.each(['NOTES.md', 'dev/wiki/kustomization.yaml', 'tracked.json'])(
  '--plan %s replaces nothing but a plan that git does not track',
  async name => {
    const root = changed();
    const old = await planned(root);
    writeFiles(root, { 'tracked.json': readFileSync(old.file, 'utf8') });
    commitAll(root);
    writeFiles(root, { 'NOTES.md': '# Mine\n' });
    const before = readFileSync(path.join(root, name), 'utf8');
    const run = await slipwayIn(root, 'promote', '--all', ...FROM_TO, '--plan', name, '--no-input');
    expect([run.code, run.stderr]).toEqual([6, expect.stringContaining('E_EXISTS')]);
    expect(readFileSync(path.join(root, name), 'utf8')).toBe(before);
    const again = await slipwayIn(root, 'promote', '--all', ...FROM_TO, '--plan', old.file, '--no-input');
    expect(again.code).toBe(3);
  },
);

test('a plan with a key of prototypes, and flags that say what a plan says', async () => {
  const root = changed();
  const { file } = await planned(root);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"name"', '"__proto__": {}, "name"'));
  expect((await applied(root, file)).document.error?.code).toBe('E_VALUE');
  for (const flags of [['--all'], ['--only', 'images'], FROM_TO, ['--status']])
    expect((await applied(root, file, ...flags)).document.error?.code).toBe('E_USAGE');
});

test('a file that is new since, and a keep list that is another, make a plan stale', async () => {
  const root = changed();
  const { file } = await planned(root);
  writeFiles(root, { '.slipway/config.yaml': 'promotion: {keep: ["**.image"]}\n' });
  expect((await applied(root, file)).document.error?.message).toContain('comes to something else');
  git(root, 'clean', '-qfd');
  writeFiles(root, { 'dev/wiki/new.yaml': shop('1.0.0') });
  expect((await applied(root, file)).document.error?.message).toContain('dev/wiki/new.yaml has changed');
});

const BIN = path.resolve(import.meta.dirname, '../../../bin/slipway.js');

test('8: of forty apps in one plan each is old or new when the run is killed half-way; the next plan does the rest', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `a${index}`);
  const all = (environment: string, tag: string): Record<string, string> =>
    Object.assign({}, ...names.map(name => plainApp(`${environment}/${name}`, { 'd.yaml': shop(tag) })));
  const root = makeRepository({ ...all('dev', '1.0.0'), ...all('production', '1.0.0') });
  writeFiles(root, all('dev', '1.1.0'));
  commitAll(root);
  git(root, 'config', 'user.name', 'ci');
  git(root, 'config', 'user.email', 'ci@example.test');
  const { file, plan } = await planned(root, 0);
  expect(plan.apps).toHaveLength(40);
  const line = ['promote', '--apply', file, '--commit', '--yes', '--no-input'];
  const child = spawn(process.execPath, [BIN, ...line], { cwd: root, env: testEnv(makeFolder()) });
  const ended = endOf(child);
  const commits = (): string[] => git(root, 'log', '--format=%s').trim().split('\n');
  while (commits().length < 8 && child.exitCode === null)
    await new Promise(resolve => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await ended;
  const text = (name: string): string => readFileSync(path.join(root, `production/${name}/d.yaml`), 'utf8');
  for (const name of names) expect([shop('1.0.0'), shop('1.1.0')]).toContain(text(name));
  const left = names.filter(name => text(name) === shop('1.0.0'));
  expect(left.length).toBeGreaterThan(0);
  expect((await applied(root, file, '--commit')).document.error?.code).toBe('E_CHANGED');
  const rest = await planned(root, 0);
  expect(new Set(rest.plan.apps.map(({ name }) => name))).toEqual(new Set(left));
  const again = await applied(root, rest.file, '--commit');
  expect([again.code, names.filter(name => text(name) !== shop('1.1.0'))]).toEqual([0, []]);
  expect(new Set(commits().slice(0, -2)).size).toBe(commits().length - 2);
}, 400_000);
