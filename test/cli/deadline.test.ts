import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { type FixtureServer, serveHttp } from '../support/http-server.ts';
import { canRender } from '../support/kustomize.ts';
import { makeFolder, readLeftovers, readTree, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { kustomization, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

const BIN = path.resolve('bin/slipway.js');

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon', 'cargo', 'derrick']));
});
afterAll(() => charts.close());

function run(args: string[], more: Record<string, string> = {}): Promise<Run> {
  return slipway(args, { env: testEnv(makeFolder(), more) as Record<string, string> });
}

/** A server that takes requests and never answers. */
async function stalled(): Promise<FixtureServer> {
  const server = await serveHttp({ '*': () => undefined });
  onTestFinished(() => server.close());
  return server;
}

async function withStalled(server?: FixtureServer): Promise<string> {
  const { url } = server ?? (await stalled());
  return upgradeRepository(charts.url, ['anchor', 'beacon'], {
    'production/late/kustomization.yaml': kustomization('late', url).replace(/\n *valuesFile:.*/, ''),
  });
}

test('C18 outdated: a stalled index ends with the deadline, the others are done', async () => {
  const root = await withStalled();
  const done = await run(['outdated', '-C', root, '--json', '--deadline', '4s']);
  expect(done.code).toBe(4);
  const { items } = JSON.parse(done.stdout) as { items: { name: string; status: string; reason?: string }[] };
  expect(items.map(({ name, status }) => [name, status])).toEqual([
    ['anchor', 'outdated'],
    ['beacon', 'outdated'],
    ['late', 'unreachable'],
  ]);
  expect(items[2]?.reason).toContain('not done within 4s');
});

test('C18 upgrade: what can be done is done and said, the rest is named, nothing is left half written', async () => {
  const root = await withStalled();
  const done = await run(['upgrade', '-C', root, '--json', '--yes', '--no-render', '--deadline', '6s']);
  expect(done.code).toBe(4);
  const answer = JSON.parse(done.stdout) as { apps: { app: string; status: string }[]; leftAlone: unknown[] };
  expect(JSON.stringify(answer)).toContain('production/late');
  expect(JSON.stringify(answer)).toContain('not done within 6s');
  expect(answer.apps.map(({ app }) => app)).toEqual(['production/anchor', 'production/beacon']);
  expect(readLeftovers(root)).toEqual([]);
});

test('C18 in CI there is a deadline by itself, and one that is none is refused', async () => {
  const root = upgradeRepository(charts.url, ['anchor']);
  expect((await run(['outdated', '-C', root], { CI: 'true' })).code).toBe(0);
  for (const bad of ['0s', '5', '-1s', '25h', 'soon', '1e3s'])
    expect([bad, (await run(['outdated', '-C', root, `--deadline=${bad}`])).code]).toEqual([bad, 2]);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'C18 %s ends a run that waits for a pipe without a writer',
  async signal => {
    const root = upgradeRepository(charts.url, ['anchor']);
    const pipe = path.join(makeFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const args = [BIN, 'upgrade', '-C', root, '--decisions', pipe, '--no-render'];
    const child = spawn(process.execPath, args, { env: testEnv(makeFolder()) });
    const ended = new Promise(resolve => child.on('close', (code, by) => resolve(code ?? by)));
    await new Promise(resolve => setTimeout(resolve, 3000));
    child.kill(signal);
    expect(await ended).toBe('SIGTERM');
  },
);

test('C18 a main thread that never comes back is killed, with a word', async () => {
  const root = await withStalled();
  const busy = `--import=${path.resolve('test/support/preload-busy.mjs')}`;
  const args = [busy, BIN, 'outdated', '-C', root, '--deadline', '8s'];
  const child = spawn(process.execPath, args, { env: testEnv(makeFolder()) });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise(resolve => child.on('close', (code, by) => resolve(code ?? by)));
  let said = '';
  child.stderr.on('data', bytes => (said += String(bytes)));
  expect(await ended).toBe('SIGKILL');
  expect(said).toContain('error[E_DEADLINE]');
});

test('C18 SIGTERM ends a long parse of an index', async () => {
  const lines = Array.from({ length: 450_000 }, (_, index) => `? k${index}\n: v\n`).join('');
  const server = await serveHttp({ '/index.yaml': { body: `entries:\n  cargo: []\nother: &a\n${lines}` } });
  onTestFinished(() => server.close());
  const root = upgradeRepository(server.url, ['cargo']);
  const child = spawn(process.execPath, [BIN, 'outdated', '-C', root], { env: testEnv(makeFolder()) });
  const ended = new Promise(resolve => child.on('close', resolve));
  while (server.received.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
  await new Promise(resolve => setTimeout(resolve, 300));
  child.kill('SIGTERM');
  expect([0, 130]).toContain(await ended);
});

test('U05 --jobs changes nothing in the results', async () => {
  const names = ['anchor', 'beacon', 'cargo', 'derrick'];
  const root = upgradeRepository(charts.url, names);
  const lines = [
    ['upgrade', '-C', root, '--dry-run', '--json'],
    ['diff', '-C', root, '--json'],
    ['check', '-C', root, '--json'],
  ];
  for (const line of lines) {
    const one = await run([...line, '--jobs', '1']);
    const eight = await run([...line, '--jobs', '8']);
    const plain = (text: string): string => text.replace(/ --jobs [18]/g, '');
    expect([plain(eight.stdout), eight.code]).toEqual([plain(one.stdout), one.code]);
  }
  expect((await run(['diff', '-C', root, '--jobs', '0'])).code).toBe(2);
  expect((await run(['diff', '-C', root], { SLIPWAY_JOBS: 'many' })).code).toBe(2);
});

const ALL = ['--yes', '--no-render', '--json', '--all-or-nothing'];

test.runIf(canRender)('U05 --jobs changes nothing in what check --render finds', async () => {
  const names = ['anchor', 'beacon', 'cargo', 'derrick'];
  const root = upgradeRepository(charts.url, names, {
    'production/beacon/extra.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: other}\n',
    'production/cargo/kustomization.yaml': 'namespace: cargo\nresources: [missing.yaml]\n',
  });
  const env = { SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json' };
  const line = ['check', '--render', '-C', root, '--json'];
  // Each run has a home, and so a cache, of its own.
  const one = await run([...line, '--jobs', '1'], env);
  const eight = await run([...line, '--jobs', '8'], env);
  const { rendered } = (JSON.parse(one.stdout) as { summary: { rendered: number } }).summary;
  const again = eight.stdout.replace('--jobs 8', '--jobs 1');
  expect([again, eight.code, rendered]).toEqual([one.stdout, one.code, 3]);
});

test('U02 --all-or-nothing writes all, or none if one fails, cannot be asked or needs a decision', async () => {
  const values = 'production/beacon/values/beacon-1.0.0.yaml';
  const root = upgradeRepository(charts.url, ['anchor', 'beacon'], { [values]: 'a: [' });
  const before = readTree(root);
  const failed = await run(['upgrade', '-C', root, ...ALL]);
  expect(failed.code).not.toBe(0);
  expect(readTree(root)).toEqual(before);
  expect(failed.stdout).toContain('E_ALL_OR_NOTHING');

  const gone = await serveHttp();
  onTestFinished(() => gone.close());
  const late = await withStalled(gone);
  const tree = readTree(late);
  const out = await run(['upgrade', '-C', late, ...ALL]);
  expect([out.code, readTree(late)]).toEqual([6, tree]);

  const good = upgradeRepository(charts.url, ['anchor', 'beacon']);
  const done = await run(['upgrade', '-C', good, ...ALL]);
  expect(done.code).toBe(0);
  const { apps } = JSON.parse(done.stdout) as { apps: { status: string }[] };
  expect(apps.map(({ status }) => status)).toEqual(['upgraded', 'upgraded']);
});

test('U02 --all-or-nothing: uncommitted work in one app keeps all of them as they are', async () => {
  const root = upgradeRepository(charts.url, ['anchor', 'beacon']);
  const file = 'production/beacon/kustomization.yaml';
  writeFiles(root, { [file]: `${kustomization('beacon', charts.url)}# mine\n` });
  const before = readTree(root);
  const done = await run(['upgrade', '-C', root, ...ALL]);
  expect([done.code, readTree(root)]).toEqual([6, before]);
  expect(done.stdout).toContain('E_DIRTY');
});
