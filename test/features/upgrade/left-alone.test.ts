import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';
import {
  kustomization,
  oldValues,
  ourValues,
  upgradeCharts,
  upgradeRepository,
} from '../../support/upgrade-fixture.ts';

const files = { 'values.yaml': oldValues('x') };

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts([
    ...upgradeCharts(['cargo']),
    { name: 'cargo', version: '2.0.0', files },
    { name: 'gone', version: '1.0.0', deprecated: true, files },
    { name: 'gone', version: '0.9.0', deprecated: true, files },
    { name: 'step', version: '1.0.0', files },
    { name: 'step', version: '1.0.1', files },
    { name: 'step', version: '1.4.0', files },
  ]);
});
afterAll(() => charts.close());

function repository(...names: string[]): string {
  const more = names.flatMap(name => [
    [`production/${name}/kustomization.yaml`, kustomization(name, charts.url)],
    [`production/${name}/values/${name}-1.0.0.yaml`, ourValues(name)],
  ]);
  return upgradeRepository(charts.url, ['cargo'], Object.fromEntries(more) as Record<string, string>);
}

async function run(root: string, command: string, ...args: string[]) {
  const env = testEnv(makeFolder()) as Record<string, string>;
  return slipway([command, '-C', root, ...args], { env });
}

type Left = { name: string; status: string; newer?: string; reason?: string }[];

async function leftAlone(root: string, ...args: string[]): Promise<Left> {
  const done = await run(root, 'upgrade', '--no-render', '--dry-run', '--json', ...args);
  return (JSON.parse(done.stdout) as { leftAlone: Left }).leftAlone;
}

test('a chart that its publisher has given up is no good news: in words, JSON and report, as outdated says', async () => {
  const root = repository('gone');
  const report = path.join(makeFolder(), 'report.md');
  const args = ['--no-render', '--yes', '--report', report];
  const { stdout, stderr } = await run(root, 'upgrade', 'gone', ...args);
  expect(stdout.trim()).toBe('1 deprecated upstream');
  expect(stderr).toContain('deprecated upstream: look for its successor');
  expect(readFileSync(report, 'utf8')).toContain('gone `1.0.0`, deprecated upstream');
  expect(await leftAlone(root, 'gone')).toMatchObject([{ name: 'gone', status: 'deprecated' }]);
  const outdated = await run(root, 'outdated', 'gone');
  expect(outdated.stdout).toContain('deprecated upstream');
});

test('outdated and upgrade offer the same version, and both name the one that is beyond it', async () => {
  const root = repository();
  const outdated = await run(root, 'outdated', '--json');
  const [item] = (JSON.parse(outdated.stdout) as { items: { to: string; candidates: object[] }[] }).items;
  expect(item).toMatchObject({ to: '1.1.0', candidates: [{ version: '2.0.0', marks: ['major'] }, {}] });
  expect(await leftAlone(root)).toMatchObject([{ name: 'cargo', status: 'beyond-level', newer: '2.0.0' }]);
  const told = await run(root, 'upgrade', '--no-render', '--dry-run');
  expect(told.stderr).toContain('1.0.0 → 1.1.0');
  expect(told.stderr).toContain('a major step away (2.0.0): --major');
  expect(await leftAlone(root, '--major')).toEqual([]);
});

test('what is beyond --patch is no major step', async () => {
  const { stderr } = await run(repository('step'), 'upgrade', 'step', '--patch', '--no-render', '--dry-run');
  expect(stderr).toContain('1.0.0 → 1.0.1');
  expect(stderr).toContain('a minor step away (1.4.0): --minor');
});

test('a repository that answers and lacks the chart is not unreachable', async () => {
  const root = repository('ferry');
  const [left] = await leftAlone(root, 'ferry');
  expect(left).toMatchObject({ name: 'ferry', status: 'unknown', reason: expect.stringContaining('ferry') });
  const { stdout } = await run(root, 'upgrade', 'ferry', '--no-render', '--yes');
  expect(stdout.trim()).toBe('1 unknown');
});

test('what upgrade does not move is counted and named, so that it is not called up to date', async () => {
  const root = repository();
  writeFiles(root, {
    'production/base/kustomization.yaml': `namespace: base
resources:
  - https://git.corp.test/org/base.git//deploy?ref=v1.0.0
components:
  - github.com/org/part?ref=main
generators:
  - chart.yaml
`,
    'production/base/chart.yaml':
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: c}\nname: inflated\nrepo: https://x.test\nversion: 1.0.0\n',
  });
  const report = path.join(makeFolder(), 'report.md');
  const done = await run(root, 'upgrade', 'base', '--no-render', '--yes', '--report', report);
  expect(done.stdout).toContain('2 not moved by upgrade (slipway outdated shows them)');
  // The chart of a generator is read, and nobody answers for it.
  expect(done.stdout).toContain('1 unreachable');
  expect(readFileSync(report, 'utf8')).toContain(
    'org/base//deploy `v1.0.0`, not moved by upgrade: a remote base',
  );
  const statuses = (await leftAlone(root, 'base')).map(({ name, status }) => [name, status]);
  expect(statuses).toEqual([
    ['inflated', 'unreachable'],
    ['org/base//deploy', 'not-moved'],
    ['org/part', 'not-moved'],
  ]);
  const outdated = await run(root, 'outdated', 'base');
  for (const words of ['not on git.corp.test', 'main is a branch', '2 unknown', 'inflated 1.0.0 unreachable'])
    expect(outdated.stdout.replaceAll(/\s+/g, ' ')).toContain(words);
  const checked = await run(root, 'check', 'base', '--json');
  expect(checked.stdout).toContain('remote-ref');
});
