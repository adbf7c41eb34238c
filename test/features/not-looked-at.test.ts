import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { serveHttp } from '../support/http-server.ts';
import { makeFolder, makeRepository, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { kustomization, oldValues, upgradeCharts, upgradeRepository } from '../support/upgrade-fixture.ts';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['anchor', 'beacon']));
});
afterAll(() => charts.close());

const schema = (command: string): ValidateFunction =>
  new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(path.resolve(`schemas/${command}.schema.json`), 'utf8')) as object,
  );
const SCHEMAS: Record<string, ValidateFunction> = Object.fromEntries(
  ['outdated', 'upgrade', 'diff', 'check', 'doctor'].map(command => [command, schema(command)]),
);

function run(root: string, ...args: string[]): Promise<Run> {
  const [command = '', ...rest] = args;
  return slipway([command, '-C', root, ...rest], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
}

async function json(root: string, ...args: string[]): Promise<Record<string, unknown> & { code: number }> {
  const { stdout, code } = await run(root, ...args, '--json');
  const answer = JSON.parse(stdout) as Record<string, unknown>;
  const isValid = SCHEMAS[args[0] ?? ''];
  expect([isValid?.(answer), isValid?.errors]).toEqual([true, null]);
  return { ...answer, code: code ?? -1 };
}

async function error(root: string, ...args: string[]): Promise<Record<string, unknown> & { code: number }> {
  const { stdout, code } = await run(root, ...args, '--json');
  return { ...(JSON.parse(stdout) as object), code: code ?? -1 };
}

const release = (name: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}}
spec:
  chart:
    spec: {chart: ${name}, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}
`;

/** Three HelmReleases, two of them in one file, and a folder of each as Flux has it. */
function fluxRepository(): string {
  return makeRepository({
    'apps/home/kustomization.yaml': 'resources: [plex.yaml]\n',
    'apps/home/plex.yaml': `${release('plex')}---\n${release('sonarr')}`,
    'apps/web/release.yaml': release('web'),
  });
}

const COMMANDS = [['outdated'], ['diff'], ['upgrade', '--yes']];

describe.each(COMMANDS)('%s', (...command) => {
  test('of a repository of HelmReleases: none is read, and that is what is said', async () => {
    const root = fluxRepository();
    const { stdout, stderr, code } = await run(root, ...command);
    expect(stdout).toContain(
      '0 of 3 charts read: 3 HelmReleases (first: apps/home/plex.yaml:1) are not understood',
    );
    expect(stdout + stderr).not.toMatch(/up to date|nothing in particular|0 customisations|no app here/i);
    expect(code).toBe(1);
    const answer = await json(root, ...command);
    expect(answer['unread']).toEqual([{ kind: 'HelmRelease', count: 3, first: 'apps/home/plex.yaml:1' }]);
    expect(answer.code).toBe(1);
    const chinese = await run(root, ...command, '--lang', 'zh');
    expect(chinese.stdout).toMatch(/共 3 个 chart，读懂 0 个；无法识别：3 个 HelmRelease（首个：/);
  });

  test('of a repository with both kinds: what was read counts, the rest is named', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/more/release.yaml': release('web'),
      'bootstrap/Makefile': 'all:\n\thelm upgrade --install cilium cilium/cilium\n',
      'disabled/old/release.yaml': release('old'),
    });
    const { stdout, code } = await run(root, ...command);
    expect(stdout).toMatch(
      /1 of 3 charts read: 1 HelmRelease .*1 helm command of a script \(first: bootstrap\/Makefile:2\) are not understood/,
    );
    expect(code).toBe(0);
    const named = await json(root, ...command, 'production/anchor');
    expect(named['unread']).toEqual([
      { kind: 'HelmRelease', count: 1, first: 'production/anchor/more/release.yaml:1' },
    ]);
  });

  test('an entry without a version is looked at, and an app that cannot be read is not passed over', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/loose/kustomization.yaml': 'helmCharts:\n- {name: beacon, repo: https://charts.test}\n',
      'production/lfs/kustomization.yaml': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 3\n`,
    });
    const answer = await json(root, ...command);
    expect(answer['unread']).toEqual([
      { kind: 'unreadable', count: 1, first: 'production/lfs/kustomization.yaml:1' },
    ]);
    // It customises nothing, so that diff has nothing to say of it.
    expect(JSON.stringify(answer).includes('production/loose')).toBe(command[0] !== 'diff');
  });

  test('what a base gives an app that others chose is looked at; what nobody deploys is not', async () => {
    const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: apps}\nspec:\n  generators: [{git: {directories: [{path: production/*}]}}]\n  template: {spec: {source: {path: "{{path}}"}}}\n`;
    const root = upgradeRepository(charts.url, ['anchor'], {
      'apps.yaml': set,
      'production/based/kustomization.yaml': 'resources: [../../bases/web]\n',
      'bases/web/kustomization.yaml': kustomization('web', charts.url),
      'sandbox/other/kustomization.yaml': kustomization('other', charts.url),
    });
    const answer = await json(root, ...command);
    expect(answer['unread']).toEqual([]);
    const named = ['bases/web', 'sandbox/other'].filter(app => JSON.stringify(answer).includes(app));
    expect(named).toEqual(['bases/web']);
  });

  test('where all was read there is nothing to say', async () => {
    const root = upgradeRepository(charts.url, ['anchor', 'beacon']);
    const answer = await json(root, ...command);
    expect([answer['unread'], answer.code]).toEqual([[], 0]);
  });

  test('offline, without a cache: exit 4', async () => {
    const root = upgradeRepository(charts.url, ['anchor']);
    expect((await run(root, ...command, '--offline')).code).toBe(4);
  });
});

describe('outdated --exit-code', () => {
  test('is not 0 where something is not read, not asked or not known', async () => {
    const current = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/kustomization.yaml': kustomization('anchor', charts.url).replace('1.0.0', '1.1.0'),
    });
    expect((await run(current, 'outdated', '--exit-code')).code).toBe(0);
    const mixed = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/kustomization.yaml': kustomization('anchor', charts.url).replace('1.0.0', '1.1.0'),
      'production/web/release.yaml': release('web'),
    });
    expect((await run(mixed, 'outdated')).code).toBe(0);
    expect((await run(mixed, 'outdated', '--exit-code')).code).toBe(1);
    expect((await run(current, 'outdated', '--exit-code', '--offline')).code).toBe(4);
  });

  test('of upgrade: 1 where something would move, stays behind or is not read', async () => {
    const behind = upgradeRepository(charts.url, ['anchor']);
    expect((await run(behind, 'upgrade', '--dry-run', '--no-render')).code).toBe(0);
    expect((await run(behind, 'upgrade', '--dry-run', '--no-render', '--exit-code')).code).toBe(1);
    expect(
      (await run(behind, 'upgrade', '--plan', path.join(makeFolder(), 'plan.json'), '--exit-code')).code,
    ).toBe(1);
    expect((await run(behind, 'upgrade', '--patch', '--dry-run', '--exit-code')).code).toBe(1);
    const current = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/kustomization.yaml': kustomization('anchor', charts.url).replace('1.0.0', '1.1.0'),
    });
    expect((await run(current, 'upgrade', '--dry-run', '--exit-code')).code).toBe(0);
    writeFiles(current, { 'production/web/release.yaml': release('web') });
    expect((await run(current, 'upgrade', '--dry-run', '--exit-code')).code).toBe(1);
  });

  test('of diff: 1 where something differs or is not compared', async () => {
    const root = upgradeRepository(charts.url, ['anchor']);
    const file = 'production/anchor/values/anchor-1.0.0.yaml';
    expect((await run(root, 'diff')).code).toBe(0);
    expect((await run(root, 'diff', '--exit-code')).code).toBe(1);
    writeFiles(root, { [file]: oldValues('anchor') });
    expect((await run(root, 'diff', '--exit-code')).code).toBe(0);
    writeFiles(root, { 'production/web/release.yaml': release('web') });
    expect((await run(root, 'diff', '--exit-code')).code).toBe(1);
  });

  test('of check: 1 where something is not read', async () => {
    const root = upgradeRepository(charts.url, ['anchor']);
    expect((await run(root, 'check', '--fail-on', 'error', '--exit-code')).code).toBe(0);
    writeFiles(root, { 'production/web/release.yaml': release('web') });
    expect((await run(root, 'check', '--fail-on', 'error')).code).toBe(0);
    expect((await run(root, 'check', '--fail-on', 'error', '--exit-code')).code).toBe(1);
  });

  test('a repository that answers without the chart ends as in upgrade and diff, and is not called unreachable', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/kustomization.yaml': kustomization('nowhere', charts.url),
      'production/anchor/values/nowhere-1.0.0.yaml': '{}\n',
    });
    const outdated = await json(root, 'outdated');
    expect(outdated['items']).toMatchObject([{ status: 'unknown' }]);
    const upgrade = await json(root, 'upgrade', '--yes');
    expect(upgrade['leftAlone']).toMatchObject([{ status: 'unknown' }]);
    const diff = await json(root, 'diff');
    expect([outdated.code, upgrade.code, diff.code]).toEqual([2, 2, 2]);
    expect((await run(root, 'upgrade', '--yes')).stdout).toContain('1 unknown');
  });
});

describe('upgrade', () => {
  test('without any chart: nothing was looked at; with all current: up to date', async () => {
    const empty = makeRepository({
      'production/more/kustomization.yaml': 'namespace: more\nresources: []\n',
    });
    expect((await run(empty, 'upgrade', '--yes')).stdout).toMatch(/^nothing was looked at: /);
    const report = path.join(makeFolder(), 'report.md');
    await run(empty, 'upgrade', '--yes', '--report', report);
    expect(readFileSync(report, 'utf8')).toMatch(/nothing was looked at/i);
    expect(readFileSync(report, 'utf8')).not.toMatch(/up to date/i);
    const current = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/kustomization.yaml': kustomization('anchor', charts.url).replace('1.0.0', '1.1.0'),
    });
    expect((await run(current, 'upgrade', '--yes')).stdout).toBe('everything is up to date\n');
  });

  test('the report names what was not read', async () => {
    const report = path.join(makeFolder(), 'report.md');
    await run(fluxRepository(), 'upgrade', '--yes', '--report', report);
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('Nothing was upgraded.');
    expect(text).toMatch(/0 of 3 charts read: 3 HelmReleases/);
    expect(text).not.toMatch(/up to date/i);
  });

  test('a plan without a move ends as the run would; one with moves carries on', async () => {
    const plan = path.join(makeFolder(), 'plan.json');
    const flux = await run(fluxRepository(), 'upgrade', '--plan', plan, '--matrix');
    expect([flux.stdout, flux.code]).toEqual(['{"include":[]}\n', 1]);
    expect(flux.stderr).toMatch(/0 of 3 charts read/);
    const root = upgradeRepository(charts.url, ['anchor']);
    expect((await run(root, 'upgrade', '--plan', plan, '--offline')).code).toBe(4);
    expect((await run(root, 'upgrade', '--plan', plan)).code).toBe(0);
  });

  test('the report holds overrides and inline values against the new chart, and says why nothing was rendered', async () => {
    const report = path.join(makeFolder(), 'report.md');
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/values/anchor-1.0.0.yaml': 'image: {tag: "9"}\n',
      'production/beacon/kustomization.yaml': kustomization('beacon', charts.url)
        .replace(/ {4}valuesFile.*\n/, '')
        .replace('    includeCRDs', '    valuesInline: {service: {port: 81}}\n    includeCRDs'),
    });
    await run(root, 'upgrade', '--dry-run', '--no-render', '--report', report);
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('holds overrides, not a full copy of the defaults.\n\n- kept (1): `image.tag`');
    expect(text).toContain('- kept (1): `service.port`');
    expect(text).not.toContain('Nothing in particular');
    expect(text).not.toContain('default values are unchanged');
    expect(text).not.toContain('helm and kustomize are not available');
    const [anchor = ''] = text.split('## production/beacon');
    expect(anchor).toMatch(/and you override it \(1\):\n\n- `image\.tag`/);
  });
});

describe('diff', () => {
  test('values that are written inline are compared as a file of them is', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/beacon/kustomization.yaml': kustomization('beacon', charts.url)
        .replace(/ {4}valuesFile.*\n/, '')
        .replace('    includeCRDs', '    valuesInline: {service: {port: 81}}\n    includeCRDs'),
    });
    const answer = await json(root, 'diff', 'beacon');
    expect(answer['notCompared']).toEqual([]);
    const compared = answer['charts'] as { customisations: { path: string }[] }[];
    const paths = compared.flatMap(chart => chart.customisations.map(each => each.path));
    expect(paths).toEqual(['service.port']);
  });

  test.each([
    [
      'a pointer of Git LFS',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 3\n`,
    ],
    ['a list', '- a\n'],
    ['a text', 'text\n'],
  ])('%s in the place of a values file is no copy of the defaults', async (_, content) => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/values/anchor-1.0.0.yaml': content,
    });
    const diff = await json(root, 'diff');
    expect(diff['charts']).toMatchObject([{ status: 'failed', error: { code: 'E_YAML_SHAPE' } }]);
    expect(diff.code).toBe(2);
    expect((await run(root, 'diff')).stdout).not.toContain('0 customisations');
    const upgrade = await json(root, 'upgrade', '--yes', '--no-render');
    expect(upgrade['apps']).toMatchObject([{ status: 'failed', error: { code: 'E_YAML_SHAPE' } }]);
    expect(upgrade.code).toBe(2);
    const merged = await run(root, 'check');
    expect(merged.code).toBe(1);
  });
});

describe('check', () => {
  test('of a repository of HelmReleases, in every format', async () => {
    const root = makeRepository({
      'apps/home/plex.yaml': `${release('plex')}---\n${release('web')}---\n${release('x')}`,
    });
    const text = await run(root, 'check');
    expect(text.stdout).toContain('0 of 3 charts read: 3 HelmReleases');
    const answer = await json(root, 'check');
    expect(answer['unread']).toEqual([{ kind: 'HelmRelease', count: 3, first: 'apps/home/plex.yaml:1' }]);
    expect([text.code, answer.code]).toEqual([1, 1]);
    const github = await run(root, 'check', '--format', 'github');
    expect(github.stdout).toContain(
      '::notice file=apps/home/plex.yaml,line=1,title=not read::3 HelmReleases are not understood',
    );
    const junit = await run(root, 'check', '--format', 'junit');
    expect(junit.stdout).toMatch(/<testsuites tests="\d" failures="0" skipped="2">/);
    expect(junit.stdout).toContain('<skipped message="3 HelmReleases are not understood');
    const sarif = JSON.parse((await run(root, 'check', '--format', 'sarif')).stdout) as {
      runs: { invocations: { toolExecutionNotifications: { message: { text: string } }[] }[] }[];
    };
    expect(sarif.runs[0]?.invocations[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: expect.stringContaining('3 HelmReleases') as string } },
      { level: 'warning', message: { text: 'nothing was looked at: there are no apps here' } },
    ]);
  });

  test('without an app nothing passes', async () => {
    const root = makeRepository({ 'README.md': '# none\n' });
    expect((await run(root, 'check')).stdout).toContain('nothing was looked at');
    const junit = await run(root, 'check', '--format', 'junit');
    expect(junit.stdout).not.toMatch(/name="check"\/>/);
    expect(junit.stdout).toContain('skipped="1"');
    expect((await run(root, 'check', '--format', 'github')).stdout).toContain('nothing was looked at');
    expect((await run(root, 'check', '--format', 'sarif')).stdout).toContain('nothing was looked at');
  });

  test('of both kinds, of one app, a second time from what is remembered', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/anchor/more/release.yaml': release('web'),
      'bootstrap/install.sh': 'helm upgrade --install cilium cilium/cilium\n',
    });
    const env = testEnv(makeFolder()) as Record<string, string>;
    for (const _ of [1, 2]) {
      const { stdout } = await slipway(['check', '-C', root, '--json'], { env });
      const { unread, summary } = JSON.parse(stdout) as { unread: unknown; summary: { charts: number } };
      expect([summary.charts, unread]).toEqual([
        1,
        [
          { kind: 'HelmRelease', count: 1, first: 'production/anchor/more/release.yaml:1' },
          { kind: 'script', count: 1, first: 'bootstrap/install.sh:1' },
        ],
      ]);
    }
    const one = await json(root, 'check', path.join(root, 'production/anchor'));
    expect(one['unread']).toMatchObject([{ kind: 'HelmRelease' }]);
  });

  test('--render that renders nothing does not advise --render; --outdated without an answer ends with 4', async () => {
    const root = upgradeRepository(charts.url, ['anchor']);
    const rendered = await run(root, 'check', '--render', '--offline');
    expect(rendered.stdout).toContain('1 of 1 app was not rendered');
    expect(rendered.stdout).not.toContain('--render does that');
    const asked = await run(root, 'check', '--outdated', '--offline');
    expect(asked.stdout).toContain('newer versions of 1 chart is not known');
    expect(asked.code).toBe(4);
  });
});

describe('new-app', () => {
  const NEW_APP = ['new-app', 'shop', '--chart', 'nothing', '--env', 'production', '--dry-run'];
  const codeOf = (answer: Record<string, unknown>): unknown => (answer['error'] as { code: string }).code;

  test('a repository that does not answer is not one without the chart', async () => {
    const dead = await serveHttp();
    await dead.close();
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/gone/kustomization.yaml': kustomization('gone', dead.url),
    });
    const answer = await error(root, ...NEW_APP);
    expect(codeOf(answer)).toBe('E_NET_CONNECT');
    expect(JSON.stringify(answer)).toContain('no repository that answered has a chart named nothing');
    expect(answer.code).toBe(4);
  });

  test('where all answered there is no such chart; registries are named, since they list none', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], {
      'production/gone/kustomization.yaml': kustomization('gone', 'oci://registry.test/charts'),
    });
    const answer = await error(root, ...NEW_APP);
    expect(codeOf(answer)).toBe('E_NO_CHART');
    expect(JSON.stringify(answer)).toContain('these were not searched: oci://registry.test/charts');
    expect(answer.code).toBe(2);
    const meant = await error(root, ...NEW_APP.map(word => (word === 'nothing' ? 'anchr' : word)));
    expect(meant['error']).toMatchObject({ code: 'E_NO_CHART', hint: 'Did you mean anchor?' });
  });
});

describe('doctor', () => {
  test('names what no command reads, and does not say that all is well', async () => {
    const root = fluxRepository();
    const text = await run(root, 'doctor');
    expect(text.stdout).toContain('0 of 3 charts read: 3 HelmReleases');
    expect(text.stdout).not.toContain('all is well');
    expect((await json(root, 'doctor'))['unread']).toEqual([
      { kind: 'HelmRelease', count: 3, first: 'apps/home/plex.yaml:1' },
    ]);
  });

  test('offline not everything was looked at', async () => {
    const root = upgradeRepository(charts.url, ['anchor']);
    expect((await run(root, 'doctor', '--offline')).stdout).not.toContain('all is well');
    expect((await run(root, 'doctor', '--offline')).stdout).toMatch(/not everything was looked at|problem/);
  });
});

describe('seal --check', () => {
  const sealed =
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: a, namespace: a}\nspec: {encryptedData: {}}\n';

  test('of nothing is not all well-formed; files of no app are named', async () => {
    const root = upgradeRepository(charts.url, ['anchor'], { 'flux/secret.yaml': sealed });
    const text = await run(root, 'seal', '--check');
    expect(text.stdout).not.toContain('well-formed');
    expect(text.stdout).toContain('nothing was checked');
    expect(text.stdout).toContain(
      '1 file with SealedSecrets that belong to no app (first: flux/secret.yaml)',
    );
    const { stdout } = await run(root, 'seal', '--check', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { checked: 0, notChecked: 1, keySizeCompared: false },
    });
    const named = await run(root, 'seal', '--check', path.join(root, 'flux/secret.yaml'));
    expect(named.stdout).toContain('the size of the key was not compared');
  });
});

test('move: where nothing says what is deployed, nobody claims that nothing is deleted', async () => {
  const root = upgradeRepository(charts.url, ['anchor'], {
    'disabled/web/kustomization.yaml': 'namespace: web\nresources: []\n',
  });
  const { stdout, stderr } = await run(root, 'move', 'disabled/web', '--to', 'production', '--dry-run');
  expect(stdout + stderr).not.toContain('nothing is deleted');
  expect(stdout + stderr).toContain('Nothing here says what deploys disabled/*');
});
