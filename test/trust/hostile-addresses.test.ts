import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { type Run, slipwayIn } from '../support/slipway.ts';
import { kustomization, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
});
afterAll(() => charts.close());

const BAD = {
  'no host': 'https://',
  'no scheme': 'grafana',
  'a space': 'http://a b',
  'half an IPv6 address': 'https://[::1',
  'a login': 'https://bot:hunter2@charts.example.test',
  'another scheme': 'file:///etc',
  'a bad registry': 'oci://a b/charts',
  '4 000 characters': `https://${'a'.repeat(4000)}`,
  'control characters': String.raw`https://a\u0007.example.test`,
};

/** Apps whose repositories are no addresses, beside one that is as it should be. */
function hostileRepository(): string {
  const apps = Object.values(BAD).map((repo, index) => [
    `production/bad-${index}/kustomization.yaml`,
    kustomization(`bad-${index}`, `"${repo}"`).replace(/\n *valuesFile:.*/, ''),
  ]);
  return upgradeRepository(charts.url, ['anchor'], Object.fromEntries(apps) as Record<string, string>);
}

function expectNoBug({ stdout, stderr, code }: Run): void {
  expect(`${stdout}${stderr}`).not.toMatch(/E_BUG|hunter2/);
  expect(code).not.toBe(70);
}

test('C11 outdated: a repo that is no address costs its own row', async () => {
  const done = await slipwayIn(hostileRepository(), 'outdated', '--json');
  expectNoBug(done);
  const { items } = JSON.parse(done.stdout) as { items: { name: string; status: string }[] };
  const statuses = Object.fromEntries(items.map(({ name, status }) => [name, status]));
  expect(statuses['anchor']).toBe('outdated');
  for (const index of Object.keys(Object.values(BAD)))
    expect([index, statuses[`bad-${index}`]]).toEqual([index, 'unreachable']);
});

test('C11 upgrade and diff: the other apps are done, with --to as well', async () => {
  const root = hostileRepository();
  for (const more of [[], ['--to', '1.x']]) {
    const done = await slipwayIn(root, 'upgrade', '--dry-run', '--no-render', '--json', ...more);
    expectNoBug(done);
    const { apps } = JSON.parse(done.stdout) as { apps: { app: string; status: string }[] };
    expect(apps).toMatchObject([{ app: 'production/anchor', status: 'upgraded' }]);
  }
  const diff = await slipwayIn(root, 'diff');
  expectNoBug(diff);
  expect(diff.stdout).toContain('replicaCount');
});

test('C11 check finds each by file and line, and --outdated goes on to the others', async () => {
  const done = await slipwayIn(hostileRepository(), 'check', '--outdated', '--json');
  expectNoBug(done);
  const { findings } = JSON.parse(done.stdout) as {
    findings: { code: string; file: string; line: number }[];
  };
  const found = findings.filter(({ code }) => code === 'chart-repo-url');
  expect(found.map(({ file, line }) => [file, line])).toEqual(
    Object.keys(Object.values(BAD)).map(index => [`production/bad-${index}/kustomization.yaml`, 8]),
  );
  expect(findings.some(({ code, file }) => code === 'chart-outdated' && file.includes('anchor'))).toBe(true);
});

test.each(Object.entries(BAD))('C11 new-app and add: --repo with %s is refused', async (_, repo) => {
  const root = upgradeRepository(charts.url, ['anchor']);
  const given = JSON.parse(`"${repo}"`) as string;
  const made = await slipwayIn(
    root,
    'new-app',
    'shop',
    '--chart',
    'beacon',
    '--repo',
    given,
    '--json',
    '--yes',
  );
  expectNoBug(made);
  expect(JSON.parse(made.stdout)).toMatchObject({ error: { exit: 2 } });
  const added = await slipwayIn(
    root,
    'add',
    'chart',
    'anchor',
    '--chart',
    'beacon',
    '--repo',
    given,
    '--json',
    '--yes',
  );
  expectNoBug(added);
  expect(JSON.parse(added.stdout)).toMatchObject({ error: { exit: 2 } });
});

test('C11 the tools that look at everything survive as well', async () => {
  const root = hostileRepository();
  const seen = await slipwayIn(root, 'doctor', '--json');
  expectNoBug(seen);
  expect(seen.stdout).toContain('no address');
  const made = await slipwayIn(
    root,
    'new-app',
    'shop',
    '--chart',
    'beacon',
    '--repo',
    charts.url,
    '--json',
    '--yes',
  );
  expectNoBug(made);
  rmSync(path.join(root, 'production/shop'), { recursive: true, force: true });
  expectNoBug(
    await slipwayIn(
      root,
      'add',
      'route',
      'anchor',
      '--host',
      'docs',
      '--service',
      'anchor:80',
      '--json',
      '--yes',
    ),
  );
});

test('C11 a release address with a broken escape is no release', async () => {
  const url = 'https://github.com/o/r/releases/download/%zz/install.yaml';
  const root = upgradeRepository(charts.url, ['anchor'], {
    'production/more/kustomization.yaml': `namespace: more\nresources:\n- ${url}\n`,
  });
  const done = await slipwayIn(root, 'outdated', '--json');
  expectNoBug(done);
  expect(JSON.parse(done.stdout)).toMatchObject({ summary: { outdated: 1 } });
});
