import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import { makeFolder, writeFiles } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';
import {
  kustomization,
  NAMES,
  ourValues,
  upgradeCharts,
  upgradeRepository,
} from '../../support/upgrade-fixture.ts';

const isDiff = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/diff.schema.json'), 'utf8')) as object,
);

type Answer = {
  charts: {
    app: string;
    status: string;
    partial?: boolean;
    error?: { code: string };
    customisations: { path: string; base?: unknown; ours: unknown; comments: string[]; mark?: string }[];
  }[];
  summary: Record<string, number>;
};

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts());
});
afterAll(() => charts.close());

function diff(root: string, args: string[] = [], home = makeFolder()): Promise<Run> {
  return slipway(['diff', '-C', root, ...args], { env: testEnv(home) as Record<string, string> });
}

async function answerOf(root: string, args: string[] = []): Promise<Answer> {
  const run = await diff(root, ['--json', ...args]);
  const answer = JSON.parse(run.stdout) as Answer;
  expect([isDiff(answer), isDiff.errors]).toEqual([true, null]);
  return answer;
}

test('by app and chart: comments, path, default → ours; no colour with NO_COLOR', async () => {
  const root = upgradeRepository(charts.url, NAMES.slice(0, 2));
  const run = await diff(root);
  expect(run.stdout).toBe(`production/anchor
  anchor 1.0.0 · production/anchor/values/anchor-1.0.0.yaml
    # agreed with the storage team
    replicaCount             1 → 3
    resources.limits.memory  ∅ → 2Gi
      dead: neither a default nor a template knows it
    tolerations              [] → [{key: storage, operator: Exists}]

production/beacon
  beacon 1.0.0 · production/beacon/values/beacon-1.0.0.yaml
    # agreed with the storage team
    replicaCount             1 → 3
    resources.limits.memory  ∅ → 2Gi
      dead: neither a default nor a template knows it
    tolerations              [] → [{key: storage, operator: Exists}]

6 customisations, 2 dead
`);
  expect(run.code).toBe(0);
});

test('--json; an app by name; --lang', async () => {
  const root = upgradeRepository(charts.url, NAMES.slice(0, 2));
  const answer = await answerOf(root, ['beacon']);
  expect(answer.charts.map(({ app }) => app)).toEqual(['production/beacon']);
  expect(answer.charts[0]?.customisations).toEqual([
    { path: 'replicaCount', base: 1, ours: 3, comments: ['# agreed with the storage team'] },
    { path: 'resources.limits.memory', ours: '2Gi', comments: [], mark: 'dead' },
    { path: 'tolerations', base: [], ours: [{ key: 'storage', operator: 'Exists' }], comments: [] },
  ]);
  expect(answer.summary).toEqual({ charts: 1, customisations: 3, dead: 1, redundant: 0, failed: 0 });
  expect((await diff(root, ['--lang', 'zh-CN'])).stdout).toContain('6 项定制, 2 无效');
});

test('in a pipe long values are whole; what a chart names cannot move the cursor', async () => {
  const root = upgradeRepository(charts.url, ['anchor']);
  const list = (last: string): string =>
    Array.from({ length: 20 }, (_, n) => `  - an item of the list ${n}\n`).join('') + `  - ${last}\n`;
  const own = await serveCharts([
    { name: 'long', version: '1.0.0', files: { 'values.yaml': `l:\n${list('old')}e: a\n` } },
  ]);
  writeFiles(root, {
    'production/long/kustomization.yaml': kustomization('long', own.url),
    'production/long/values/long-1.0.0.yaml': `l:\n${list('new')}e: "\\e[2J"\n`,
  });
  const { stdout } = await diff(root, ['long']);
  await own.close();
  expect(stdout).toMatch(/^    l  \[an item of the list 0, .*, old\] → \[an item of the list 0, .*, new\]$/m);
  expect(stdout).not.toContain('\u001b');
});

test('a file of overrides; redundant ones', async () => {
  const root = upgradeRepository(charts.url, ['anchor'], {
    'production/anchor/values/anchor-1.0.0.yaml': 'replicaCount: 1\nimage:\n  tag: "9"\n',
  });
  const [chart] = (await answerOf(root)).charts;
  expect(chart?.partial).toBe(true);
  expect(chart?.customisations.map(({ path: at, mark }) => [at, mark])).toEqual([
    ['replicaCount', 'redundant'],
    ['image.tag', undefined],
  ]);
  const { stdout } = await diff(root);
  expect(stdout).toContain('overrides only, no full copy');
  expect(stdout).toContain('replicaCount  1 → 1\n      redundant: the same without it');
});

test('--format yaml: one file as it is, several as documents', async () => {
  const root = upgradeRepository(charts.url, NAMES.slice(0, 2));
  const minimal = `replicaCount: 3 # agreed with the storage team

resources:
  limits:
    memory: 2Gi

tolerations:
  - key: storage
    operator: Exists
`;
  const one = await diff(root, ['anchor', '--format', 'yaml']);
  expect([one.stdout.trimEnd(), one.code]).toEqual([minimal.trimEnd(), 0]);
  const both = await diff(root, ['--format', 'yaml']);
  expect(both.stdout.split(/^---\n/m).map(text => text.split('\n')[0])).toEqual([
    '',
    '# production/anchor: anchor 1.0.0',
    '# production/beacon: beacon 1.0.0',
  ]);
  for (const text of both.stdout.split(/^---\n/m).slice(1)) expect(load(text)).toEqual(load(minimal));
});

test.each([[['--format', 'xml']], [['--format', 'yaml', '--json']], [['nowhere']]])(
  '%j is refused',
  async args => {
    const root = upgradeRepository(charts.url, ['anchor']);
    const run = await diff(root, args);
    expect([run.code, run.stderr + run.stdout]).toEqual([2, expect.stringMatching(/E_USAGE|E_VALUE/)]);
  },
);

test('what cannot be had costs its own rows only, and the exit is of the gravest', async () => {
  const broken = await serveCharts([{ name: 'gone', version: '2.0.0', files: {} }]);
  const root = upgradeRepository(charts.url, ['anchor', 'cargo'], {
    'production/dead/kustomization.yaml': kustomization('dead', 'http://127.0.0.1:1'),
    'production/dead/values/dead-1.0.0.yaml': 'a: 1\n',
    'production/gone/kustomization.yaml': kustomization('gone', broken.url),
    'production/gone/values/gone-1.0.0.yaml': 'a: 1\n',
    'production/cargo/values/cargo-1.0.0.yaml': 'a: [\n',
    'production/plain/kustomization.yaml': 'namespace: plain\nresources: []\n',
  });
  const answer = await answerOf(root);
  await broken.close();
  expect(answer.charts.map(({ app, status, error }) => [app, error?.code ?? status])).toEqual([
    ['production/anchor', 'compared'],
    ['production/cargo', 'E_YAML_SYNTAX'],
    ['production/dead', 'E_NET_CONNECT'],
    ['production/gone', 'E_NO_VERSION'],
  ]);
  const table = await diff(root);
  expect(table.code).toBe(4);
  expect(table.stdout).toContain('error[E_NET_CONNECT]');
  expect(table.stdout).toContain('3 charts failed');
  const yaml = await diff(root, ['--format', 'yaml']);
  expect([yaml.code, load(yaml.stdout)]).toEqual([4, expect.objectContaining({ replicaCount: 3 })]);
  expect(yaml.stderr).toContain('production/cargo cargo: error[E_YAML_SYNTAX]');
});

test('a chart in the app’s own folder is compared with its defaults; --offline uses the cache', async () => {
  const root = upgradeRepository(charts.url, ['anchor'], {
    'production/own/kustomization.yaml':
      'namespace: own\nhelmCharts:\n  - name: mine\n    releaseName: own\n    valuesFile: values.yaml\n',
    'production/own/charts/mine/Chart.yaml': 'apiVersion: v2\nname: mine\nversion: 0.1.0\n',
    'production/own/charts/mine/values.yaml': 'a: 1\nb: 2\n',
    'production/own/values.yaml': 'a: 1\nb: 3\n',
  });
  const own = await answerOf(root, ['own']);
  expect(own.charts[0]?.customisations).toEqual([{ path: 'b', base: 2, ours: 3, comments: [] }]);
  const home = makeFolder();
  expect((await diff(root, ['anchor', '--offline'], home)).code).toBe(4);
  const online = await diff(root, ['anchor'], home);
  expect(await diff(root, ['anchor', '--offline'], home)).toEqual(online);
});

test('an untouched copy is said to be one', async () => {
  const root = upgradeRepository(charts.url, ['anchor'], {
    'production/anchor/values/anchor-1.0.0.yaml': ourValues('anchor')
      .replace('replicaCount: 3 # agreed with the storage team', 'replicaCount: 1')
      .replace('resources:\n  limits:\n    memory: 2Gi', 'resources: {}')
      .replace('tolerations:\n  - key: storage\n    operator: Exists', 'tolerations: []'),
  });
  const { stdout } = await diff(root);
  expect(stdout).toContain('anchor-1.0.0.yaml · the defaults\n');
  expect(stdout).toContain('0 customisations');
});

test('a value that is a secret by its name, or holds a login, is masked for people and programs; what leads to one is shown', async () => {
  const root = upgradeRepository(charts.url, NAMES.slice(0, 1));
  const file = path.join(root, 'production/anchor/values/anchor-1.0.0.yaml');
  const own = `${readFileSync(file, 'utf8')}
auth: { password: hunter2-of-ours, existingSecret: anchor-login }
url: postgres://app:hunter2-of-ours@db/app
env: [{ name: API_TOKEN, value: hunter2-of-ours }]
`;
  writeFiles(root, { 'production/anchor/values/anchor-1.0.0.yaml': own });
  for (const args of [[], ['--json'], ['--html', path.join(makeFolder(), 'page.html')]]) {
    const { stdout } = await diff(root, args);
    const page = args[1] === undefined ? '' : readFileSync(args[1], 'utf8');
    expect(stdout + page).not.toContain('hunter2');
    expect(stdout + page).toContain('•••');
    expect(stdout + page).toContain('anchor-login');
  }
  // The file is a file: what it holds is what somebody asked for.
  expect((await diff(root, ['--format', 'yaml'])).stdout).toContain('hunter2');
});
