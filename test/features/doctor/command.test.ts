import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../support/certificate.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { recoverIn } from '../../support/apply.ts';
import { runApply } from '../../support/apply-runs.ts';
import { makeFolder, makeRepository, readLeftovers, readTree, writeFiles } from '../../support/repository.ts';
import { diagnoseTools } from '../../../src/features/doctor/tool-diagnoses.ts';
import { copyDemo, type Run, slipway, testEnv } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

type Found = { topic: string; status: string; subject: string; message: string; hint?: string };
type Result = { root: string | null; healthy: boolean; diagnoses: Found[] };

const isDoctor = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync('schemas/doctor.schema.json', 'utf8')) as object,
);

/** Whether this machine lets a user make namespaces and mount in them. */
const canClose =
  spawnSync('unshare', ['--map-root-user', '--net', '--mount', 'setpriv', '--version']).status === 0;

let charts: TestRepository;
beforeAll(
  async () =>
    (charts = await serveCharts([{ name: 'shop', version: '1.0.0', files: { 'values.yaml': 'a: 1\n' } }])),
);
afterAll(() => charts.close());

test('says which slipway this is, how old its sources are, and after half a year to look for a newer one', async () => {
  const own = (await doctor(makeFolder())).diagnoses.find(({ subject }) => subject === 'slipway');
  expect(own?.message).toMatch(/^\d+\.\d+\.\d+, of sources \d+ days? old$/);
  const of = (ageDays: number | undefined) => {
    const absent = { status: 'absent', command: 'git' } as const;
    const found = { node: '22.0.0', git: absent, helm: absent, kustomize: absent, sandbox: 'none' } as const;
    const [first] = diagnoseTools({
      own: { version: '1.2.3', ageDays },
      ...found,
      engine: { kind: 'tools' },
    });
    return [first?.status, first?.message.en];
  };
  expect(of(undefined)).toEqual(['ok', '1.2.3']);
  expect(of(1)).toEqual(['ok', '1.2.3, of sources 1 day old']);
  expect(of(181)).toEqual(['note', '1.2.3, of sources 181 days old']);
});

/** A folder with programs that print what real ones would, and nothing else but node and git. */
function machineWith(programs: Record<string, string>): string {
  const bin = makeFolder();
  for (const [name, script] of Object.entries({ git: 'echo git version 2.50.1', ...programs })) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  symlinkSync('/bin/sh', path.join(bin, 'sh'));
  return bin;
}

const HELM_3 = 'echo v3.21.4+gabcdef0';
const HELM_4 = 'echo v4.2.1+g1234567';
const GOOD = { helm: HELM_3, kustomize: 'echo v5.8.1' };

type Machine = { bin?: string; home?: string; env?: Record<string, string> };

async function doctor(root: string, machine: Machine = {}, flags: string[] = []): Promise<Result> {
  const { code, stdout } = await run(root, machine, [...flags, '--json']);
  const result = JSON.parse(stdout) as Result;
  expect([isDoctor(result), isDoctor.errors]).toEqual([true, null]);
  expect(code).toBe(result.healthy ? 0 : 1);
  return result;
}

function run(root: string, { bin, home = makeFolder(), env = {} }: Machine, flags: string[]): Promise<Run> {
  const programs = { PATH: bin ?? machineWith(GOOD), ...env };
  return slipway(['doctor', '-C', root, ...flags], {
    cwd: home,
    env: testEnv(home, programs) as Record<string, string>,
  });
}

function about({ diagnoses }: Result, topic: string): string[] {
  return diagnoses
    .filter(diagnosis => diagnosis.topic === topic)
    .map(({ status, subject, message }) => `${status} ${subject}: ${message}`);
}

function problems({ diagnoses }: Result): string[] {
  return diagnoses.filter(({ status }) => status === 'problem').map(({ subject }) => subject);
}

/** One app with a chart of the test's repository. */
function shop(configuration = ''): string {
  return makeRepository({
    'production/shop/kustomization.yaml': `namespace: shop
helmCharts:
- name: shop
  repo: ${charts.url}
  version: 1.0.0
  releaseName: shop
  namespace: shop
`,
    '.slipway/config.yaml': configuration,
  });
}

describe('tools', () => {
  test.each<[string, Record<string, string>, string[], string[]]>([
    ['a good pair', GOOD, [], ['ok git: 2.50.1', 'ok helm: 3.21.4', 'ok kustomize: 5.8.1']],
    [
      'no helm',
      { kustomize: 'echo v5.8.1' },
      ['helm'],
      [
        'ok git: 2.50.1',
        'problem helm: not found: charts are not rendered, so services, images and secrets are guessed from values',
        'ok kustomize: 5.8.1',
      ],
    ],
    [
      'Helm 4 and an old kustomize',
      { helm: HELM_4, kustomize: 'echo v5.7.1' },
      ['kustomize + helm'],
      [
        'ok git: 2.50.1',
        'ok helm: 4.2.1',
        'ok kustomize: 5.7.1',
        'problem kustomize + helm: kustomize 5.7.1 cannot run Helm 4.2.1',
      ],
    ],
    [
      'Helm 4 and kubectl with an old kustomize inside',
      {
        helm: HELM_4,
        kubectl: 'echo Client Version: v1.34.2; echo Kustomize Version: v5.7.1',
      },
      ['kustomize + helm'],
      [
        'ok git: 2.50.1',
        'ok helm: 4.2.1',
        'ok kubectl kustomize: 5.7.1',
        'problem kustomize + helm: kustomize 5.7.1 cannot run Helm 4.2.1',
      ],
    ],
    [
      'Helm 4 and a new kustomize',
      { helm: HELM_4, kustomize: 'echo v5.8.1' },
      [],
      ['ok git: 2.50.1', 'ok helm: 4.2.1', 'ok kustomize: 5.8.1'],
    ],
    [
      'Helm 3 and an old kustomize',
      { helm: HELM_3, kustomize: 'echo v5.6.0' },
      [],
      [
        'ok git: 2.50.1',
        'ok helm: 3.21.4',
        'ok kustomize: 5.6.0',
        "note kustomize + helm: kustomize 5.6.0 puts what charts render into the app's namespace; since 5.8 it does not",
      ],
    ],
    [
      'a helm that does not run, no kustomize',
      { helm: 'echo "cannot execute: wrong architecture" >&2; exit 126' },
      ['helm', 'kustomize'],
      [
        'ok git: 2.50.1',
        'problem helm: does not run: cannot execute: wrong architecture',
        'problem kustomize: not found: no app can be built here, so upgrades and checks cannot see what comes out',
      ],
    ],
  ])('%s', async (_, programs, wrong, said) => {
    const result = await doctor(makeFolder(), { bin: machineWith(programs) });
    const tools = about(result, 'tools').slice(2);
    expect(tools.filter(line => !/sandbox|renderer/.test(line))).toEqual(said);
    expect(tools).toContain(rendererWith(said));
    expect(problems(result)).toEqual(wrong);
  });

  /** What is said of the renderer never says more than the lines of the tools. */
  function rendererWith(said: readonly string[]): string {
    if (!said.some(line => /^ok (?:kubectl )?kustomize:/.test(line)))
      return 'note renderer: none: no app can be built here';
    return said.some(line => line.startsWith('ok helm:'))
      ? 'ok renderer: kustomize and helm of this machine'
      : 'note renderer: kustomize of this machine, without helm: only apps without charts can be built here';
  }

  test('what keeps helm and kustomize in, or that nothing does', async () => {
    const without = await doctor(makeFolder(), { bin: machineWith(GOOD) });
    expect(about(without, 'tools').at(-1)).toContain('note sandbox: nothing but their own settings keeps');
    const known = [
      canClose ? 'ok sandbox: helm and kustomize run without a network, and write nowhere but' : 'sandbox',
    ];
    const here = await doctor(makeFolder(), { env: { PATH: process.env['PATH'] ?? '' } });
    expect(about(here, 'tools').at(-1)).toContain(known[0]);
  });
});

describe('credentials', () => {
  test('names only: no login leaves the machine’s files', async () => {
    const home = makeFolder();
    writeFiles(home, {
      '.config/helm/repositories.yaml': `apiVersion: ""
repositories:
- {name: team, url: "https://charts.example.org/team", username: robot-canary, password: hunter2-canary}
- {name: open, url: "https://charts.example.org/open", insecure_skip_tls_verify: true}
`,
      '.docker/config.json': JSON.stringify({
        auths: { 'ghcr.io': { auth: Buffer.from('robot-canary:hunter2-canary').toString('base64') } },
        credHelpers: { 'x.example.org': 'vault' },
      }),
    });
    const { stdout, stderr } = await run(makeFolder(), { home, env: { GITHUB_TOKEN: 'hunter2-canary' } }, [
      '--json',
    ]);
    const result = JSON.parse(stdout) as Result;
    expect(about(result, 'credentials')).toEqual([
      'ok Helm repository team: https://charts.example.org/team, with a login',
      'note Helm repository open: https://charts.example.org/open, no login; insecure_skip_tls_verify is not obeyed',
      'ok registry ghcr.io: with a login',
      'problem docker-credential-vault: is configured to keep logins of registries, and is not on PATH',
      'ok GITHUB_TOKEN: is set, for GitHub releases',
    ]);
    expect(stdout + stderr).not.toContain('canary');
  });

  test('a broken repositories.yaml is named, quotes nothing, and stops only what needs it', async () => {
    const home = makeFolder();
    const file = '.config/helm/repositories.yaml';
    writeFiles(home, { [file]: 'repositories:\n- {name: team, password: hunter2-canary\n  url: [\n' });
    const root = shop();
    const result = await doctor(root, { home });
    expect(problems(result)).toEqual([path.join(home, file), 'chart repositories']);
    expect(about(result, 'conventions').length).toBeGreaterThan(5);
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});

describe('chart repositories in use', () => {
  test('one that answers, one that is closed', async () => {
    const closed = await serveCharts([]);
    await closed.close();
    const root = shop();
    writeFiles(root, {
      'production/other/kustomization.yaml': `helmCharts: [{name: other, repo: ${closed.url}, version: 1.0.0}]\n`,
    });
    const result = await doctor(root);
    expect(about(result, 'charts').toSorted()).toEqual([
      `ok ${charts.url}: answers; 1 version of shop (used here: shop)`.replace(charts.url, shown(charts.url)),
      expect.stringMatching(/^problem http:\/\/127\.0\.0\.1:\d+\/: .*refused/) as string,
    ]);
  });

  test('--offline asks none', async () => {
    expect(about(await doctor(shop(), {}, ['--offline']), 'charts')).toEqual([
      `note ${shown(charts.url)}: not asked (--offline)`,
    ]);
  });

  function shown(url: string): string {
    return new URL(url).href;
  }
});

describe('the sealing certificate', () => {
  const CONFIGURED = 'sealing: {certificate: sealing.pem}\n';

  test('expired', async () => {
    const root = shop(CONFIGURED);
    const notAfter = new Date(Date.now() - 86_400_000);
    const { cert } = makeCertificate({ keyType: 'rsa', notBefore: new Date('2016-01-01'), notAfter });
    writeFiles(root, { 'sealing.pem': cert });
    const result = await doctor(root);
    expect(about(result, 'sealing')).toEqual([
      `problem sealing.pem: expired on ${notAfter.toISOString().slice(0, 10)}`,
    ]);
  });

  test('configured and not there', async () => {
    const result = await doctor(shop(CONFIGURED));
    expect(about(result, 'sealing')).toEqual(['problem sealing.pem: the file does not exist']);
  });

  test('not configured', async () => {
    const result = await doctor(shop());
    expect(about(result, 'sealing')).toEqual(['note sealing.certificate: not configured']);
    expect(result.healthy).toBe(true);
  });
});

describe('the repository', () => {
  test('a configuration that is wrong is named with its key', async () => {
    const result = await doctor(shop('domain: a.example\n'));
    expect(about(result, 'repository')).toEqual([
      'problem .slipway/config.yaml: .slipway/config.yaml: domain is not a setting of a repository',
    ]);
  });

  test('an app that cannot be read is named', async () => {
    const root = shop();
    writeFiles(root, { 'production/bad/kustomization.yaml': 'resources: [\n' });
    expect(problems(await doctor(root))).toEqual(['production/bad/kustomization.yaml']);
  });

  test('conventions come with their evidence', async () => {
    const root = makeFolder();
    copyDemo(root);
    const result = await doctor(root, {}, ['--offline']);
    expect(about(result, 'conventions')).toEqual(
      expect.arrayContaining([
        'ok environments: production (production/* in an ApplicationSet)',
        'ok gateway: gateway/campus, passthrough tls-passthrough (2 of 2 apps with routes)',
        'ok image prefix: mirror.campus.example/ (../../image-prefix.yaml) (2 of 4 apps)',
      ]),
    );
  });

  test('rules of taste are on or off, with the reason, in both languages', async () => {
    const app = (namespace: string): string => `namespace: ${namespace}\nresources: []\n`;
    const root = makeFolder();
    writeFiles(root, {
      '.slipway/config.yaml': 'rules: { chart-include-crds: note }\n',
      'apps/a/kustomization.yaml': app('tools'),
      'apps/b/kustomization.yaml': app('tools'),
    });
    expect(about(await doctor(root, {}, ['--offline']), 'conventions')).toEqual(
      expect.arrayContaining([
        'ok app-namespace: off, since this repository does otherwise (0 of 2 apps)',
        'ok chart-include-crds: on (configured)',
        'ok values-full-copy: off: none seen that could show it',
        'ok domains: none seen',
        'ok twin-app: off, since this repository does otherwise (no ApplicationSet makes Applications of folders)',
      ]),
    );
    const chinese = await run(root, { env: { LANG: 'zh_CN.UTF-8' } }, ['--offline']);
    expect(chinese.stdout.replaceAll(/\s/g, '')).toContain(
      'app-namespace:停用：本仓库的做法不同（2个应用中有0个）',
    );
  });

  test('a repository without apps: what nothing shows is none seen, and invents no evidence', async () => {
    const root = makeFolder();
    writeFiles(root, { '.slipway/config.yaml': '{}\n' });
    const seen = about(await doctor(root, {}, ['--offline']), 'conventions');
    expect(seen).toContain('ok environments: none seen');
    expect(seen).toContain('ok route-domains: off: none seen that could show it');
    expect(seen.filter(line => /\b0 of 0\b|\(\)|hosts of/.test(line))).toEqual([]);
  });

  test('apps that stand without a kustomization are counted as check counts them', async () => {
    const root = makeFolder();
    writeFiles(root, {
      'prod/web/kustomization.yaml': 'namespace: web\nresources: []\n',
      'components/labels/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: []\n',
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    });
    const [, count] = /: (\d+ apps)/.exec(about(await doctor(root), 'repository').join()) ?? [];
    expect(count).toBe('2 apps');
    const { summary } = JSON.parse((await slipway(['check', '-C', root, '--json'])).stdout) as {
      summary: { apps: number };
    };
    expect(`${summary.apps} apps`).toBe(count);
  });

  test('none here: the machine is looked at all the same', async () => {
    const result = await doctor(makeFolder());
    expect(result.root).toBeNull();
    expect(about(result, 'repository')).toEqual(['note GitOps repository: none here']);
  });
});

describe('leftovers', () => {
  const ID = '0123456789abcdef';

  /** What a run leaves that was killed before it changed anything. */
  function interrupt(root: string): string {
    const state = path.join(root, '.git/slipway', encodeURIComponent(''));
    mkdirSync(state, { recursive: true });
    const dead = {
      id: ID,
      pid: 2 ** 22 + 1,
      host: 'h',
      machine: '',
      boot: '',
      namespace: '',
      begun: '',
      started: '',
    };
    writeFileSync(path.join(state, 'lock'), `${JSON.stringify(dead)}\n`);
    return state;
  }

  test('a lock held on another machine is a problem, with the file to delete', async () => {
    const root = shop();
    const state = interrupt(root);
    const { diagnoses } = await doctor(root);
    const [lock] = diagnoses.filter(({ topic }) => topic === 'leftovers');
    expect([lock?.status, lock?.hint]).toEqual(['problem', `if that run is gone, delete ${state}/lock`]);
  });

  test('C10 a run that was killed is named, and left to the next command that writes', async () => {
    const changes = [
      { path: 'production/shop/new', content: 'new' },
      { path: 'production/shop/other', content: 'new' },
    ];
    const { calls } = await runApply({ root: shop(), changes }, { fault: {} });
    const root = shop();
    const before = readTree(root);
    const at = calls.indexOf('rename') - 3;
    await runApply({ root, changes }, { fault: { at, kind: 'kill-before' } });
    const left = readLeftovers(root);
    expect(left).not.toEqual([]);
    expect(problems(await doctor(root, {}, ['--dry-run']))).toContain('interrupted runs');
    expect(problems(await doctor(root))).toContain('interrupted runs');
    expect(readLeftovers(root)).toEqual(left);
    expect((await recoverIn(root)).map(({ kind }) => kind)).toContain('recovered');
    expect([readLeftovers(root), readTree(root)]).toEqual([[], before]);
    expect(about(await doctor(root), 'leftovers')).toEqual(['ok interrupted runs: left nothing']);
  });

  test('a temporary file that no run owns is a problem', async () => {
    const root = shop();
    writeFiles(root, { [`production/shop/.slipway-${ID}-0.new`]: 'half' });
    expect(problems(await doctor(root))).toEqual([`production/shop/.slipway-${ID}-0.new`]);
  });

  test('nothing', async () => {
    const root = shop();
    expect(about(await doctor(root), 'leftovers')).toEqual(['ok interrupted runs: left nothing']);
    expect(readdirSync(root).toSorted()).toEqual(['.git', '.slipway', 'production']);
  });
});

test('in Chinese', async () => {
  const { stdout, code } = await run(makeFolder(), { bin: machineWith({}) }, ['--lang', 'zh-CN']);
  expect(code).toBe(1);
  expect(stdout).toContain('✗ helm: 未找到');
  expect(stdout).toContain('问题：2');
});

describe.runIf(findTool('slipway-renderer') && findTool('helm') && findTool('kustomize'))('renderers', () => {
  const program = findTool('slipway-renderer') ?? '';
  const tools = {
    PATH: process.env['PATH'] ?? '',
    SLIPWAY_HELM: findTool('helm') ?? '',
    SLIPWAY_KUSTOMIZE: findTool('kustomize') ?? '',
  };
  const app = (): string =>
    makeRepository({
      'production/web/kustomization.yaml': 'namespace: web\nhelmCharts:\n  - {name: web, releaseName: web}\n',
      'production/web/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'production/web/charts/web/values.yaml': '{}\n',
      'production/web/charts/web/templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: seen}\ndata: {replicas: "1"}\n',
    });
  const compare = ['--compare-renderers', '--offline'];

  test('the renderer inside is named with its engines, and needs no tools', async () => {
    const result = await doctor(app(), { bin: machineWith({}), env: { SLIPWAY_RENDERER: program } });
    expect(about(result, 'tools')).toContainEqual(
      expect.stringMatching(/^ok renderer: inside slipway: Kustomize 5\.\d+\.\d+, Helm 3\.\d+\.\d+$/),
    );
    expect(problems(result)).toEqual([]);
  });

  test('a renderer that is named and not there is a problem', async () => {
    expect(problems(await doctor(app(), { env: { SLIPWAY_RENDERER: '/nowhere' } }))).toContain('renderer');
  });

  test('--compare-renderers: both give the same', async () => {
    const env = { ...tools, SLIPWAY_RENDERER: program };
    expect(about(await doctor(app(), { env }, compare), 'renderers')).toEqual([
      'ok production/web: the same with both',
    ]);
  });

  test('--compare-renderers names each object that differs, and what', async () => {
    const folder = makeFolder();
    const helm = path.join(folder, 'helm');
    writeFileSync(helm, `#!/bin/sh\n${tools.SLIPWAY_HELM} "$@" | sed 's/replicas: "1"/replicas: "2"/'\n`);
    chmodSync(helm, 0o755);
    const env = { ...tools, SLIPWAY_HELM: helm, SLIPWAY_RENDERER: program };
    expect(about(await doctor(app(), { env }, compare), 'renderers')).toEqual([
      'note production/web: ConfigMap seen: data.replicas "2" → "1"',
    ]);
  });

  test('--compare-renderers says that there is nothing to compare', async () => {
    const [line] = about(await doctor(app(), { env: { SLIPWAY_RENDERER: '' } }, compare), 'renderers');
    expect(line).toContain('nothing was compared');
  });
});
