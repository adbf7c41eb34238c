import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { C01, C02, C03, C04, C05, C06 } from '../support/attacks.ts';
import { type Attack, FOREIGN, hostileClone, type Surroundings } from '../support/hostile-clone.ts';
import { customers, hostileRegistry, hostileRepository } from '../support/hostile-servers.ts';
import { forbiddenIn, HOSTILE } from '../support/hostile.ts';
import { type FixtureServer, serveHttp } from '../support/http-server.ts';
import { canRender } from '../support/kustomize.ts';
import { type Measured, measured, MOST } from '../support/measured.ts';
import { commitAll, git, makeFolder, writeFiles } from '../support/repository.ts';
import { testEnv } from '../support/slipway.ts';

/** Nobody names it: charts refer to it, and a registry sends logins there. */
let stranger: FixtureServer;
/** Files of the clone name it, in places where slipway fetches nothing, and as a repository. */
let named: FixtureServer;
let repository: FixtureServer;
let registry: FixtureServer;
let around: Surroundings;
let outside: string[];

const PASSWORD = 'password-of-the-registry-4711';

/** Apps whose files are not what they should be. */
const ODD: Attack[] = [
  ['address', 'helmCharts: [{name: a, repo: "https://[::1", version: 1.0.0}]\n'],
  ['word', 'helmCharts: [{name: a, repo: grafana, version: 1.0.0}]\n'],
  ['text', `resources: [${JSON.stringify(printable(HOSTILE))}]\n`],
  ['broken', 'resources: ['],
  ['alias', `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`],
  ['deep', `a: ${'['.repeat(100_000)}`],
].map(([id = '', text = '']) => ({ id: `odd-${id}`, files: { 'kustomization.yaml': text }, says: '' }));

function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

beforeAll(async () => {
  stranger = await serveHttp({ '*': { body: '{}' } });
  named = await serveHttp({ '*': { body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fetched}\n' } });
  repository = await hostileRepository(stranger.url);
  registry = await hostileRegistry(stranger.url);
  around = openClone();
  outside = outsideOf(around);
});
afterAll(() => Promise.all([stranger, named, repository, registry].map(server => server.close())));

function openClone(): Surroundings {
  const attacks = [...C01, ...C02, ...C03, ...C04, ...C05, ...C06, ...ODD];
  const own = hostileClone([...attacks, ...customers(repository.url, registry.host)], named.url);
  const { clone } = own;
  const auth = Buffer.from(`me:${PASSWORD}`).toString('base64');
  writeFiles(path.join(clone, '..'), {
    'home/.docker/config.json': JSON.stringify({ auths: { [registry.host]: { auth } } }),
  });
  writeFiles(clone, {
    '.gitattributes': '* filter=evil diff=evil\n',
    '.slipway/run/journal': '\n{"format":2,"id":"0123456789abcdef","steps":[]}\n\ncommit\n',
    'production/odd-huge/kustomization.yaml': '',
    'base.yaml': 'a: 1\n',
    'bomb.yaml': `a: &a [x, x]\n${Array.from({ length: 40 }, (_, at) => `k${at}: &k${at} [*${at === 0 ? 'a' : `k${at - 1}`}, *${at === 0 ? 'a' : `k${at - 1}`}]\n`).join('')}`,
  });
  truncateSync(path.join(clone, 'production/odd-huge/kustomization.yaml'), 11 << 20);
  commitAll(clone);
  const pipes = path.join(clone, 'production/odd-pipe');
  mkdirSync(pipes);
  execFileSync('mkfifo', [path.join(pipes, 'kustomization.yaml')]);
  const program = path.join(clone, 'evil.sh');
  for (const name of ['core.fsmonitor', 'core.sshCommand', 'diff.external', 'filter.evil.clean'])
    git(clone, 'config', name, program);
  return own;
}

/** What is beside the clone. */
function outsideOf({ state }: Surroundings): string[] {
  return state().filter(name => !name.startsWith('clone/'));
}

function run(line: string[], { clone, env }: Surroundings = around): Promise<Measured> {
  const args = line.map(word => word.replace('REPO', repository.url).replace('CLONE', clone));
  const more = {
    SLIPWAY_KUBECONFORM_SCHEMAS: '/nonexistent/{{.ResourceKind}}.json',
    XDG_STATE_HOME: makeFolder(),
    ...(testEnv(makeFolder()) as Record<string, string>),
  };
  return measured([...args, '--json', '--no-input', '--deadline', '2m', '-C', clone], env(more));
}

function expectHarmless({ stdout, stderr, peakMib }: Measured, { clone }: Surroundings): void {
  const shown = stdout + stderr;
  expect(outsideOf(around)).toEqual(outside);
  expect(existsSync(path.join(clone, '../ran'))).toBe(false);
  expect(stranger.received).toEqual([]);
  expect(named.received.map(({ path: asked }) => asked).filter(asked => asked !== '/index.yaml')).toEqual([]);
  for (const secret of [FOREIGN, PASSWORD]) expect(shown).not.toContain(secret);
  expect(forbiddenIn(shown)).toEqual([]);
  expect(shown).not.toMatch(/E_BUG|RangeError|heap out of memory/);
  expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  expect(peakMib).toBeLessThan(MOST.peakMib);
}

const OFFLINE = ['--offline'];
const CHOSEN = (name: string) => ['--chart', name, '--repo', `REPO/${name}`, '--yes'];

/** Each line, and how it ends. */
const READING: [string[], number][] = [
  [['check'], 1],
  [['check', '--render'], 1],
  [['check', '--render', ...OFFLINE], 1],
  [['check', '--fix', '--dry-run'], 1],
  [['check', '--staged'], 1],
  [['check', '--outdated'], 5],
  [['outdated'], 5],
  [['outdated', ...OFFLINE], 4],
  [['diff'], 5],
  [['upgrade', '--dry-run'], 5],
  [['upgrade', '--dry-run', '--all-or-nothing'], 5],
  [['doctor', ...OFFLINE], 1],
  [['new-app', 'fresh', ...CHOSEN('good'), '--route', 'none', '--dry-run'], 0],
  [['new-app', 'fresh', ...CHOSEN('hooks'), '--route', 'none', '--dry-run'], 5],
  [['new-app', 'fresh', ...CHOSEN('text'), '--route', 'none', '--dry-run'], 0],
  [['new-app', 'fresh', ...CHOSEN('nul'), '--route', 'none', '--dry-run'], 5],
  [['add', 'chart', 'buys-good', ...CHOSEN('schema'), '--dry-run'], 0],
  [['add', 'chart', 'buys-good', ...CHOSEN('above'), '--dry-run'], 5],
  [['add', 'secret', 'buys-good', '--secret', 'api:token', '--dry-run'], 0],
  [['add', 'secret', 'c05-envs', '--secret', 'api:token', '--dry-run'], 0],
  [['seal', '--check'], 0],
  [['move', 'buys-good', '--to', 'disabled', '--dry-run'], 0],
  [['rename', 'buys-good', 'better', '--dry-run'], 0],
  [
    [
      'init',
      '--repo-url',
      'https://git.example.org/a/b.git',
      '--domains',
      'a.example.org',
      '--no-charts',
      '--dry-run',
    ],
    0,
  ],
  [
    ['merge-values', '--base', 'CLONE/base.yaml', '--ours', 'CLONE/base.yaml', '--theirs', 'CLONE/bomb.yaml'],
    0,
  ],
];

describe.runIf(canRender)('C01 to C20 a hostile clone, a hostile repository and a hostile registry', () => {
  test.each(READING.map(([line, code]) => [line.join(' '), line, code] as const))(
    '%s',
    async (_, line, code) => {
      const before = around.state();
      const done = await run(line);
      expectHarmless(done, around);
      expect(around.state()).toEqual(before);
      expect([done.code, done.stdout.slice(0, 600) + done.stderr.slice(-300)]).toEqual([
        code,
        expect.anything(),
      ]);
    },
    130_000,
  );

  test('upgrade and check --fix: what can be done is done, and nothing beyond the apps', async () => {
    const own = openClone();
    const before = outsideOf(own);
    const upgraded = await run(['upgrade', '--yes'], own);
    expectHarmless(upgraded, own);
    const { apps } = JSON.parse(upgraded.stdout) as { apps: { app: string; status: string }[] };
    const statusOf = (app: string): string | undefined =>
      apps.find(each => each.app === `production/${app}`)?.status;
    expect(
      ['good', 'hooks', 'short', 'above', 'link', 'bomb', 'endless', 'other'].map(
        name => `${name} ${statusOf(`buys-${name}`)}`,
      ),
    ).toEqual([
      'good upgraded',
      'hooks failed',
      'short failed',
      'above failed',
      'link failed',
      'bomb failed',
      'endless failed',
      'other failed',
    ]);
    expectHarmless(await run(['check', '--fix', '--yes', '--force'], own), own);
    expect(outsideOf(own)).toEqual(before);
    const good = path.join(own.clone, 'production/buys-good/kustomization.yaml');
    expect(readFileSync(good, 'utf8')).toContain('version: 1.1.0');
  }, 200_000);
});
