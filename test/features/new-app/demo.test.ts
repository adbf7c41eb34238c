import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { git, makeFolder, writeFiles } from '../../support/repository.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

type Document = { changes?: unknown[]; next: string[]; command: string };

let home: string;
let folder: string;
beforeEach(() => {
  home = makeFolder();
  folder = path.join(makeFolder(), 'fleet');
});

function run(args: string[], cwd = home): Promise<Run> {
  return slipway(args, { cwd, env: testEnv(home) as Record<string, string> });
}

async function shop(...more: string[]): Promise<Document> {
  const args = ['new-app', 'shop', '--chart', 'ledger', '--yes', '--json', ...more];
  const { code, stdout, stderr } = await run(args);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(stdout) as Document;
}

test('inside a demo its charts are there without --demo, and nobody else is asked', async () => {
  await shop(`--demo=${folder}`);
  const outdated = await run(['outdated', '--json'], folder);
  expect(JSON.parse(outdated.stdout)).toMatchObject({ summary: { outdated: 1, unreachable: 0 } });
  expect((await run(['upgrade', 'wiki', '--yes'], folder)).stdout).toContain('1 upgraded');
  const more = await run(['new-app', 'kiosk', '--chart', 'kiosk', '--yes'], folder);
  expect([more.code, more.stderr]).toEqual([
    0,
    expect.stringContaining('slipway made this folder as a demo'),
  ]);
  const other = ['new-app', 'x', '--chart', 'x', '--repo', 'https://charts.example.test', '--yes'];
  expect((await run(other, folder)).stderr).toContain('use no network');
  const typo = await run(['new-app', 'x', '--chart', 'ledgr', '--yes'], folder);
  expect(typo.stderr).toContain('Did you mean ledger?');
  const doctor = await run(['doctor', '--json'], folder);
  expect(doctor.stdout).not.toContain('no such host');
});

test('a folder that is no demo is none because it looks like one; a clone that says it is one reaches nobody', async () => {
  const own = demoRepository();
  const refused = await run(['new-app', 'shop', '--chart', 'ledger', `--demo=${own}`, '--yes']);
  expect([refused.code, refused.stderr]).toEqual([6, expect.stringContaining('is not a demo')]);
  expect(existsSync(path.join(own, 'production/shop'))).toBe(false);
  writeFiles(own, { '.slipway/demo': 'https://elsewhere.example.test\n' });
  expect((await run(['outdated'], own)).stderr).toContain('slipway made this folder as a demo');
  rmSync(path.join(own, '.slipway/demo'));
  mkdirSync(path.join(own, '.slipway/demo'));
  expect((await run(['outdated'], own)).stderr).not.toContain('a demo');
});

test('the second time nothing has changed, and is said not to have', async () => {
  const first = await shop(`--demo=${folder}`);
  expect(first.next.at(-1)).toContain('.slipway/lock/production/shop.yaml');
  const second = await run(['new-app', 'shop', '--chart', 'ledger', '--yes', `--demo=${folder}`]);
  expect(second.stdout).toContain('unchanged production/shop');
  expect(second.stdout).not.toMatch(/made|git add/);
  const { changes, next } = await shop(`--demo=${folder}`);
  expect([changes, next.join()]).toEqual([[], expect.not.stringContaining('git')]);
});

test('the lines of git that the demo prints run on a machine without an identity', async () => {
  const { next } = await shop(`--demo=${folder}`);
  const env = { ...(testEnv(home) as Record<string, string>), EMAIL: '' };
  writeFileSync(path.join(home, '.gitconfig'), '[user]\n\tuseConfigOnly = true\n');
  const script = next.filter(line => !line.includes('build')).join('\n');
  const done = spawnSync('sh', ['-e', '-c', script], { cwd: home, env, encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(git(folder, 'log', '-1', '--format=%s')).toContain('feat(shop): add shop');
});

test('the folder of --demo without its sign of equality is told how to write it', async () => {
  const { code, stderr } = await run(['new-app', 'shop', '--chart', 'ledger', '--demo', 'fleet', '--yes']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('write --demo=fleet')]);
});

test('what the answers change in the defaults of a chart is shown before it is written', async () => {
  const args = ['new-app', 'kiosk', '--chart', 'kiosk', '--yes', `--demo=${folder}`];
  const dry = await run([...args, '--dry-run']);
  expect(dry.stderr).toMatch(/the chart's defaults → .*values\/kiosk-0\.5\.0\.yaml/);
  expect(dry.stderr).toMatch(/^-parentRefs|^-  parentRefs: \[\]$/m);
  expect(dry.stdout).toContain('defaults of kiosk 0.5.0, changed by the answers');
  const plain = await run(['new-app', 'shop', '--chart', 'ledger', '--yes', `--demo=${folder}`]);
  expect(plain.stdout).toMatch(/defaults of ledger 2\.1\.0$/m);
});

test('flags that would be dropped are refused, and so is a name that could not be a Service', async () => {
  const image = ['--image', 'docker.io/library/nginx:1.29', '--port', '80'];
  const refusals = [
    [['new-app', 'x', '--chart', 'ledger', '--port', '80'], '--port does not go with --chart'],
    [['new-app', 'x', '--repo', 'http://charts.slipway.example'], '--chart'],
    [['new-app', '123', ...image], 'app-123, for example'],
    [['add', 'route', 'wiki', '--chart', 'x'], '--chart does not go with add route'],
    [
      ['init', 'new', '--gitops', 'flux', '--on-removal', 'keep'],
      '--on-removal does not go with --gitops flux',
    ],
    [['init', 'new', '--no-charts', '--charts-from', 'https://x.example'], '--charts-from'],
  ] as const;
  for (const [args, expected] of refusals) {
    const where = args[0] === 'init' ? [] : [`--demo=${folder}`];
    const { code, stderr } = await run([...args, ...where, '--yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  }
});

test('hosts for which the repository shows no way in are told, not dropped', async () => {
  const bare = makeFolder();
  writeFiles(bare, {
    'production/a/kustomization.yaml': 'namespace: a\nresources: [s.yaml]\n',
    'production/a/s.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\n',
  });
  const args = [
    'new-app',
    'b',
    '--image',
    'docker.io/library/nginx:1.29',
    '--port',
    '80',
    '--host',
    'b.example.org',
  ];
  const { code, stderr } = await run([...args, '--yes'], bare);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/--host is for a route, and this is --route none/),
  ]);
});
