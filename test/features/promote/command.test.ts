import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { claim, deployment, plainApp } from '../../support/preview-fixture.ts';
import { changedLines, commitAll, git, makeRepository, writeFiles } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipwayIn, slipwayJson } from '../../support/slipway.ts';

type App = {
  app: string;
  status: string;
  behind: { kind: string; what: string; from?: string; to?: string }[];
  ahead: string[];
  kept: { what: string; why: string }[];
  held: object[];
  decisions: { id: string; path: string; file: string; ours: unknown; theirs: unknown }[];
  reseal: string[];
  deletes: string[];
  risks?: { key: string; level: string; accepted: boolean }[];
  evidence: string;
};

const FROM_TO = ['--from', 'dev', '--to', 'production'];

async function promote(root: string, code: number, ...args: string[]): Promise<App[]> {
  const run = await slipwayIn(root, 'promote', ...args, ...FROM_TO, '--json', '--yes', '--no-input');
  expect([run.code, run.code === code ? '' : run.stdout]).toEqual([code, '']);
  return (readAs('promote', run.stdout) as { apps: App[] }).apps;
}

async function status(root: string, app: string): Promise<App | undefined> {
  const { apps } = await slipwayJson<{ apps: App[] }>(root, 'promote', app, ...FROM_TO, '--status');
  return apps[0];
}

const TEMPLATE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: {{ .Values.replicaCount }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env: [{name: LEVEL, value: {{ .Values.level | quote }}}, {name: HOST, value: {{ .Values.ingress.host | quote }}}]
`;

function chart(folder: string, version: string): Record<string, string> {
  return {
    [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: web\nversion: ${version}\n`,
    [`${folder}/values.yaml`]: 'level: info\n',
    [`${folder}/templates/d.yaml`]: TEMPLATE,
  };
}

const values = (tag: string, level: string, host: string, replicas: number, more = ''): string =>
  `# The values of web ${tag}.\nreplicaCount: ${replicas}\nimage:\n  repository: docker.io/acme/web\n  tag: ${tag}\nlevel: ${level} # ours\ningress:\n  host: ${host}\n${more}`;

const kustomization = (namespace: string, version: string, comment = ''): string =>
  `namespace: ${namespace}\nhelmGlobals:\n  chartHome: ../../charts-${version}\nhelmCharts:\n- name: web\n  version: ${version}${comment}\n  releaseName: web\n  namespace: ${namespace}\n  valuesFile: values/web-${version}.yaml\n`;

function charted(): string {
  const root = makeRepository({
    ...chart('charts-1.2.0/web', '1.2.0'),
    'dev/web/kustomization.yaml': kustomization('web-dev', '1.2.0'),
    'dev/web/values/web-1.2.0.yaml': values('1.2.0', 'warn', 'web.dev.test', 1),
    'production/web/kustomization.yaml': kustomization('web', '1.2.0'),
    'production/web/values/web-1.2.0.yaml': values('1.2.0', 'warn', 'web.test', 3),
  });
  git(root, 'mv', 'dev/web/values/web-1.2.0.yaml', 'dev/web/values/web-1.3.0.yaml');
  writeFiles(root, {
    ...chart('charts-1.3.0/web', '1.3.0'),
    'dev/web/kustomization.yaml': kustomization('web-dev', '1.3.0'),
    'dev/web/values/web-1.3.0.yaml': values('1.3.0', 'debug', 'web.dev.test', 2, 'probes: true # new\n'),
  });
  commitAll(root);
  return root;
}

test('1 and 2: a chart goes along with its merged values, and what is the environment’s own stays; again is nothing', async () => {
  const root = charted();
  const before = await status(root, 'web');
  const version = before?.behind.find(({ what }) => what.endsWith('helmCharts[web].version'));
  expect([before?.status, version]).toMatchObject(['behind', { kind: 'chart', from: '1.2.0', to: '1.3.0' }]);
  const [app] = await promote(root, 0, 'web');
  expect(app?.kept.map(({ what }) => what)).toContain('production/web/values/web-1.2.0.yaml: replicaCount');
  expect(readFileSync(path.join(root, 'production/web/kustomization.yaml'), 'utf8')).toBe(
    kustomization('web', '1.3.0'),
  );
  expect(readFileSync(path.join(root, 'production/web/values/web-1.3.0.yaml'), 'utf8')).toBe(
    values('1.3.0', 'debug', 'web.test', 3, 'probes: true # new\n'),
  );
  const built = async (folder: string): Promise<string> => (await slipwayIn(root, 'build', folder)).stdout;
  const own = (text: string): string =>
    text.replace(/^.*(?:replicas|namespace):.*$/gm, '').replaceAll(/web\.(?:dev\.)?test/g, 'HOST');
  expect(own(await built('production/web'))).toBe(own(await built('dev/web')));
  commitAll(root);
  expect((await status(root, 'web'))?.status).toBe('in-step');
  await promote(root, 0, 'web');
  expect(git(root, 'status', '--porcelain')).toBe('');
});

function plain(dev: string, production: string, more: Record<string, string> = {}): string {
  return makeRepository({
    ...plainApp('dev/shop', { 'd.yaml': dev }),
    ...plainApp('production/shop', { 'd.yaml': production }),
    ...more,
  });
}

const shop = (tag: string, replicas = 1, env = ''): string =>
  deployment('shop', { image: `docker.io/acme/shop:${tag}`, replicas, env });

test('3: what both changed is a decision, exit 3, answered by a file', async () => {
  const root = plain(shop('1.0.0'), shop('1.0.0', 3));
  writeFiles(root, { 'dev/shop/d.yaml': shop('1.2.0'), 'production/shop/d.yaml': shop('1.1.0', 3) });
  commitAll(root);
  const [open] = await promote(root, 3, 'shop');
  expect(open).toMatchObject({ status: 'diverged', decisions: [{ ours: 'docker.io/acme/shop:1.1.0' }] });
  expect(changedLines(root)).toEqual([]);
  const shown = await slipwayIn(root, 'promote', 'shop', ...FROM_TO, '--yes', '--no-input');
  expect(shown.stdout).toContain(`${open?.decisions[0]?.id}`);
  expect(shown.stdout).toContain('ours, theirs or { value');
  expect(shown.stdout).not.toContain('merged');
  writeFiles(root, { 'answers.yaml': `${JSON.stringify(open?.decisions[0]?.id)}: theirs\n` });
  await promote(root, 0, 'shop', '--decisions', 'answers.yaml');
  expect(changedLines(root)).toEqual([
    '-          image: docker.io/acme/shop:1.1.0',
    '+          image: docker.io/acme/shop:1.2.0',
  ]);
});

const lock = (version: string): string =>
  `schemaVersion: 1\ncharts:\n  - {name: web, repo: "https://charts.example.org", version: ${version}, digest: "sha256:${version}"}\n`;

test('4: a chart that a comment holds in production is left with its lock, and reported', async () => {
  const root = charted();
  writeFiles(root, {
    '.slipway/lock/dev/web.yaml': lock('1.3.0'),
    '.slipway/lock/production/web.yaml': lock('1.2.0'),
    'production/web/kustomization.yaml': kustomization('web', '1.2.0', ' # pinned: the database'),
  });
  commitAll(root);
  const [app] = await promote(root, 0, 'web');
  expect(app?.held).toEqual([{ chart: 'web', why: 'pinned: the database' }]);
  expect(readFileSync(path.join(root, 'production/web/kustomization.yaml'), 'utf8')).toContain(
    'version: 1.2.0 # pinned',
  );
  expect(readFileSync(path.join(root, '.slipway/lock/production/web.yaml'), 'utf8')).toBe(lock('1.2.0'));
});

test('an app that is named twice is promoted once; --all beside a name is refused', async () => {
  const root = plain(shop('1.0.0'), shop('1.0.0', 3));
  writeFiles(root, { 'dev/shop/d.yaml': shop('1.1.0') });
  commitAll(root);
  const both = await slipwayIn(root, 'promote', 'shop', '--all', ...FROM_TO, '--yes', '--no-input');
  const typo = await slipwayIn(root, 'promote', 'shpo', ...FROM_TO, '--yes', '--no-input');
  expect(typo.stderr).toContain('Did you mean shop?');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--all')]);
  expect(changedLines(root)).toEqual([]);
  expect(await promote(root, 0, 'shop', './shop', 'shop/')).toHaveLength(1);
});

test('5: a hotfix in production is ahead, and kept; beside what is promoted too', async () => {
  const root = plain(shop('1.0.0'), shop('1.0.0', 3));
  writeFiles(root, { 'production/shop/d.yaml': shop('1.0.0', 3, '{name: FIX, value: "1"}') });
  commitAll(root);
  const ahead = await status(root, 'shop');
  expect([ahead?.status, ahead?.ahead.length]).toEqual(['ahead', 1]);
  writeFiles(root, { 'dev/shop/d.yaml': shop('1.1.0') });
  commitAll(root);
  expect((await status(root, 'shop'))?.status).toBe('diverged');
  await promote(root, 0, 'shop');
  expect(changedLines(root)).toEqual([
    '-          image: docker.io/acme/shop:1.0.0',
    '+          image: docker.io/acme/shop:1.1.0',
  ]);
  commitAll(root);
  expect((await status(root, 'shop'))?.status).toBe('ahead');
});

test('7: without a base every difference is a decision, and that is said', async () => {
  const root = plain(shop('1.2.0'), shop('1.0.0', 3));
  const [app] = await promote(root, 3, 'shop');
  expect(app?.evidence).toContain('no state is known in which both agreed');
  expect(app?.decisions.map(each => each.path)).toEqual(['spec.template.spec.containers[shop].image']);
});

test('without a base, what does not differ is in step; environments that are not there are named', async () => {
  const root = plain(shop('1.0.0'), shop('1.0.0', 3));
  expect(await status(root, 'shop')).toMatchObject({
    status: 'in-step',
    evidence: 'both environments agree',
  });
  const run = await slipwayIn(root, 'promote', '--all', '--from', 'staging', '--to', 'production');
  expect([run.code, run.stderr]).toEqual([
    2,
    expect.stringContaining('The environments are dev, production.'),
  ]);
});

test('what always differed is learned, with evidence, and so is what the configuration keeps', async () => {
  const env = (level: string): string => `{name: LEVEL, value: ${level}}`;
  const root = plain(shop('1.0.0', 1, env('debug')), shop('1.0.0', 3, env('info')), {
    '.slipway/config.yaml': 'promotion: {keep: ["metadata.labels.**"]}\n',
  });
  writeFiles(root, { 'dev/shop/d.yaml': shop('1.1.0', 1, env('trace')) });
  commitAll(root);
  const [app] = await promote(root, 0, 'shop');
  expect(app?.kept).toMatchObject([{ why: 'differs in each of 2 states of the history' }]);
  expect(changedLines(root)).toHaveLength(2);
});

const SEALED = (value: string): string =>
  `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: db}\nspec: {encryptedData: {password: ${value}}}\n`;

test('new and removed resources: sealed ones are listed and never copied, deletions are shown', async () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: old}\nspec: {ports: [{port: 80}]}\n';
  const root = makeRepository({
    ...plainApp('dev/shop', { 'd.yaml': shop('1.0.0'), 's.yaml': service }),
    ...plainApp('production/shop', { 'd.yaml': shop('1.0.0', 3), 's.yaml': service }),
  });
  writeFiles(root, {
    ...plainApp('dev/shop', {
      'd.yaml': shop('1.0.0'),
      'db.yaml': SEALED('AAAA'),
      'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\n',
    }),
  });
  git(root, 'rm', '--quiet', 'dev/shop/s.yaml');
  commitAll(root);
  const words = ['promote', 'shop', ...FROM_TO];
  const shown = await slipwayIn(root, ...words, '--yes', '--no-input');
  expect(shown.stdout).toContain('slipway seal --into production/shop/db.yaml --name db)');
  git(root, 'checkout', '--quiet', '.');
  git(root, 'clean', '-fdq');
  const [app] = await promote(root, 0, 'shop');
  expect([app?.reseal, app?.deletes]).toEqual([['production/shop/db.yaml'], ['Service old']]);
  expect(git(root, 'status', '--porcelain', '--untracked-files=all').split('\n').toSorted()).toEqual([
    '',
    ' D production/shop/s.yaml',
    ' M production/shop/kustomization.yaml',
    '?? .slipway/promotions/production/shop.yaml',
    '?? production/shop/map.yaml',
  ]);
  expect(changedLines(root)).toEqual(expect.arrayContaining(['+  - map.yaml', '-  - s.yaml']));
});

test('what takes data with it waits for --accept, or accept in a file; a claim that moves to another file stays', async () => {
  const list = { 'd.yaml': shop('1.0.0'), 'old.yaml': claim('data'), 'own.yaml': claim('own') };
  const root = makeRepository({ ...plainApp('dev/shop', list), ...plainApp('production/shop', list) });
  // One is no longer listed, and its file stays.
  writeFiles(root, plainApp('dev/shop', { 'd.yaml': shop('1.1.0'), 'new.yaml': claim('own') }));
  git(root, 'rm', '--quiet', 'dev/shop/own.yaml');
  commitAll(root);
  const [open] = await promote(root, 3, 'shop');
  expect(open?.risks).toMatchObject([{ level: 'fatal', accepted: false }]);
  const key = open?.risks?.[0]?.key ?? '';
  expect(key).toMatch(/^risk:data-removed:PersistentVolumeClaim\/data#/);
  const shown = await slipwayIn(root, 'promote', 'shop', ...FROM_TO, '--yes', '--no-input');
  expect([shown.code, shown.stdout]).toEqual([3, expect.stringContaining(`# ${key}: accept`)]);
  expect(changedLines(root)).toEqual([]);
  await promote(root, 0, 'shop', '--accept', 'data-removed', '--dry-run');
  writeFiles(root, { 'answers.yaml': `'production/shop: ${key}': accept\n` });
  await promote(root, 0, 'shop', '--decisions', 'answers.yaml');
  expect(changedLines(root)).toContain('-  - old.yaml');
});

test('--only takes a part; --status is a table', async () => {
  const root = plain(shop('1.0.0'), shop('1.0.0', 3));
  writeFiles(root, { 'dev/shop/d.yaml': shop('1.1.0', 1, '{name: NEW, value: "1"}') });
  commitAll(root);
  const table = await slipwayIn(root, 'promote', '--all', ...FROM_TO, '--status');
  expect(table.stdout).toMatch(
    /shop\s+behind\s+.*docker\.io\/acme\/shop:1\.0\.0 → docker\.io\/acme\/shop:1\.1\.0/,
  );
  await promote(root, 0, 'shop', '--only', 'images');
  expect(changedLines(root)).toHaveLength(2);
});
