import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCharts, type TestRepository } from '../support/chart-repository.ts';
import { commitAll, makeFolder, makeRepository, readTree, writeFiles } from '../support/repository.ts';
import { type Run, slipway, testEnv } from '../support/slipway.ts';
import { kustomization, ourValues, upgradeCharts } from '../support/upgrade-fixture.ts';

/** One app of a repository is odd in some way; the other is not, and whatever is asked of the repository is done for it. */
const GOOD = 'production/beacon';
const BAD = 'production/bad';

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveCharts(upgradeCharts(['beacon', 'cargo']));
});
afterAll(() => charts.close());

const entry = (more: string): string => `- {name: cargo, repo: ${charts.url}, version: 1.0.0, ${more}}\n`;
const list = (...entries: string[]): string => `namespace: bad\nhelmCharts:\n${entries.map(entry).join('')}`;

type Kind = [name: string, files: () => Record<string, string>];

const KINDS: Kind[] = [
  [
    'one chart twice, with values of its own each',
    () => ({
      'kustomization.yaml': list(
        'releaseName: a, valuesFile: values/a-1.0.0.yaml',
        'releaseName: b, valuesFile: values/b-1.0.0.yaml',
      ),
      'values/a-1.0.0.yaml': ourValues('cargo'),
      'values/b-1.0.0.yaml': ourValues('cargo'),
    }),
  ],
  [
    'one chart twice, with one values file',
    () => ({
      'kustomization.yaml': list(
        'releaseName: a, valuesFile: v.yaml',
        'releaseName: b, valuesFile: ./v.yaml',
      ),
      'v.yaml': ourValues('cargo'),
    }),
  ],
  [
    'a base and an overlay',
    () => ({
      'kustomization.yaml': 'namespace: bad\nresources: [overlays/live/, ./base/]\n',
      'base/kustomization.yaml': list('releaseName: a, valuesFile: ../v.yaml'),
      'overlays/live/kustomization.yaml': 'resources: [./../../base]\n',
      'v.yaml': ourValues('cargo'),
    }),
  ],
  [
    'paths that lead elsewhere',
    () => ({
      'kustomization.yaml': `${list(
        'releaseName: a, valuesFile: ../../../out.yaml',
        'releaseName: b, valuesFile: /etc/hostname',
        'releaseName: d, valuesFile: ./x/../v.yaml',
        'releaseName: e, valuesFile: "https://127.0.0.1:1/v.yaml"',
        'releaseName: f, valuesFile: values',
        'releaseName: g, valuesFile: ""',
      )}resources: [../../.., ., ../bad, /etc, ""]\n`,
      'v.yaml': 'a: 1\n',
      'values/x.yaml': 'a: 1\n',
    }),
  ],
  [
    'addresses that are none',
    () => ({
      'kustomization.yaml':
        'helmCharts:\n- {name: x, repo: not a url, version: 1.0.0}\n- {name: x, repo: "ftp://127.0.0.1:1/y", version: 1.0.0}\n- {name: ../x, repo: "http://127.0.0.1:1", version: 1.0.0}\n- {name: x, repo: "oci://", version: 1.0.0}\n',
    }),
  ],
  [
    'values of other types than fields have',
    () => ({
      'kustomization.yaml':
        'namespace: [1]\nhelmCharts: [null, 1, text, {name: 1, repo: 2, version: 3.0, valuesFile: 4, releaseName: [x]}, {name: web}]\nresources: text\nimages: [1, null, {name: 3, newTag: [1]}]\npatches: [null, 1, {path: 3}]\nconfigMapGenerator: [1, {files: 3}, {files: [1, null]}]\nhelmGlobals: 3\n',
    }),
  ],
  [
    'objects of no shape',
    () => ({
      'kustomization.yaml': 'resources: [s.yaml]\n',
      's.yaml': [
        'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: [1]}\nspec: {encryptedData: [1], template: 3}\n',
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: x}\nspec: {parentRefs: [1, null, {name: 3}], hostnames: [1, {a: b}], rules: [null, {backendRefs: [null, 3], matches: [3]}]}\n',
        'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {listeners: [null, 1, {allowedRoutes: {namespaces: {from: 3, selector: {matchExpressions: [null]}}, kinds: [null, 1]}}]}\n',
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: y}\nspec: {generators: [null, {git: {directories: [null, 1, {path: 3}]}}]}\n',
      ].join('---\n'),
    }),
  ],
  ['no YAML', () => ({ 'kustomization.yaml': 'helmCharts: [\n  {name' })],
  [
    'values that cannot be read',
    () => ({
      'kustomization.yaml': list('releaseName: a, valuesFile: v.yaml', 'releaseName: b, valuesFile: w.yaml'),
      'v.yaml': 'a: [\n',
      'w.yaml': '- a\n',
    }),
  ],
  [
    'a lock entry of another shape',
    () => ({
      'kustomization.yaml': list('releaseName: a, valuesFile: v.yaml'),
      'v.yaml': ourValues('cargo'),
      '../../.slipway/lock/production/bad.yaml': 'charts: {x: [1]}\n',
    }),
  ],
];

type Case = { root: string; run(line: string): Promise<Run> };

function open(files: Record<string, string>): Case {
  const bad = Object.entries(files).map(([file, text]) => [path.posix.join(BAD, file), text] as const);
  const root = makeRepository({
    '.slipway/config.yaml': 'environments: [production]\nartifactHub: false\nminimumAge: 0\n',
    [`${GOOD}/kustomization.yaml`]: kustomization('beacon', charts.url),
    [`${GOOD}/values/beacon-1.0.0.yaml`]: ourValues('beacon'),
    [`${GOOD}/resources/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: beacon}\n',
    ...Object.fromEntries(bad),
  });
  return at(root);
}

function at(root: string): Case {
  const env = testEnv(makeFolder()) as Record<string, string>;
  return { root, run: line => slipway(line.split(' '), { cwd: root, env }) };
}

const READING = ['check', 'outdated', 'diff', 'doctor', 'move beacon --to disabled --yes --dry-run'];

/** The kustomization of the good app once it is upgraded. */
async function upgradedGood({ root, run }: Case): Promise<string> {
  await Promise.all(READING.map(line => expectNoBug(run, line)));
  await expectNoBug(run, 'upgrade --yes --no-render');
  return readFileSync(path.join(root, GOOD, 'kustomization.yaml'), 'utf8');
}

async function expectNoBug(run: Case['run'], line: string): Promise<void> {
  const { code, stdout, stderr } = await run(line);
  const told = `${stdout}${stderr}`;
  expect([line, code === 70, /E_BUG|bug of slipway/.exec(told)?.[0]]).toEqual([line, false, undefined]);
  if (!['check', 'doctor'].includes(line)) expect([line, told.includes('beacon')]).toEqual([line, true]);
}

describe('nothing inside one app stops another', () => {
  test.each(KINDS)('%s', async (_, files) => {
    expect(await upgradedGood(open(files()))).toContain('version: 1.1.0');
  });

  test('a link for a kustomization', async () => {
    const it = open({ 'x.yaml': 'a: 1\n' });
    symlinkSync('/etc/hostname', path.join(it.root, BAD, 'kustomization.yaml'));
    commitAll(it.root);
    expect(await upgradedGood(it)).toContain('version: 1.1.0');
  });
});

describe('one chart twice', () => {
  test('both entries move: one unpacked folder, two values files', async () => {
    const it = open(KINDS[0]?.[1]() ?? {});
    expect((await it.run('upgrade bad --yes --no-render')).code).toBe(0);
    const files = Object.keys(readTree(path.join(it.root, BAD)));
    expect(files.filter(file => file.startsWith('values/'))).toEqual([
      'values/a-1.1.0.yaml',
      'values/b-1.1.0.yaml',
    ]);
    expect(files).toContain('charts/cargo-1.1.0/cargo/Chart.yaml');
    const text = readFileSync(path.join(it.root, BAD, 'kustomization.yaml'), 'utf8');
    expect(text.match(/version: "?1\.1\.0/g)).toHaveLength(2);
    const lock = readFileSync(path.join(it.root, '.slipway/lock/production/bad.yaml'), 'utf8');
    expect(lock.match(/name: cargo/g)).toHaveLength(1);
  });

  test('a values file that an entry which stays still names is kept', async () => {
    const held = `namespace: bad\nhelmCharts:\n- name: cargo\n  repo: ${charts.url}\n  version: 1.0.0\n  releaseName: a\n  valuesFile: values/cargo-1.0.0.yaml\n- name: cargo\n  repo: ${charts.url}\n  version: 1.0.0 # pinned until May\n  releaseName: b\n  valuesFile: values/cargo-1.0.0.yaml\n`;
    const it = open({ 'kustomization.yaml': held, 'values/cargo-1.0.0.yaml': ourValues('cargo') });
    expect((await it.run('upgrade bad --yes --no-render')).code).toBe(0);
    const files = Object.keys(readTree(path.join(it.root, BAD, 'values')));
    expect(files).toEqual(['cargo-1.0.0.yaml', 'cargo-1.1.0.yaml']);
  });
});

describe('an app inside another app’s folder', () => {
  const nested = (): Case => {
    const inner = kustomization('cargo', charts.url);
    const root = makeRepository({
      '.slipway/config.yaml':
        'environments: [production, production/beacon]\nartifactHub: false\nminimumAge: 0\n',
      [`${GOOD}/kustomization.yaml`]: kustomization('beacon', charts.url),
      [`${GOOD}/values/beacon-1.0.0.yaml`]: ourValues('beacon'),
      [`${GOOD}/resources/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: beacon}\n',
      [`${GOOD}/cargo/kustomization.yaml`]: inner,
      [`${GOOD}/cargo/values/cargo-1.0.0.yaml`]: ourValues('cargo'),
      [`${GOOD}/cargo/resources/namespace.yaml`]:
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: cargo}\n',
      // A folder at the root that bears the name of an app is not that app.
      'cargo/kustomization.yaml': 'namespace: other\n',
    });
    return at(root);
  };
  const INNER = `${GOOD}/cargo`;
  const rows = (run: Run, key: string): string[] => {
    const items = (JSON.parse(run.stdout) as Record<string, { app: string }[]>)[key] ?? [];
    return [...new Set(items.map(({ app }) => app))];
  };

  test.each([
    [GOOD, GOOD],
    [`./${GOOD}/`, GOOD],
    [`${GOOD}/values/beacon-1.0.0.yaml`, GOOD],
    [INNER, INNER],
    [`${INNER}/`, INNER],
    [`${INNER}/values/cargo-1.0.0.yaml`, INNER],
    ['beacon', GOOD],
    ['cargo', INNER],
  ])('%s is %s, wherever an app is named', async (word, app) => {
    const it = nested();
    const [compared, newer, upgraded, checked, added] = await Promise.all(
      [
        `diff ${word}`,
        `outdated ${word}`,
        `upgrade ${word} --yes --dry-run --no-render`,
        `check ${word}`,
        `add storage ${word} --storage x:1Gi --yes --dry-run`,
      ].map(line => it.run(`${line} --json`)),
    );
    if (!compared || !newer || !upgraded || !checked || !added) throw new Error('five runs');
    expect(rows(compared, 'charts')).toEqual([app]);
    expect(rows(newer, 'items')).toEqual([app]);
    expect(rows(upgraded, 'apps')).toEqual([app]);
    expect((JSON.parse(checked.stdout) as { summary: { apps: number } }).summary.apps).toBe(1);
    const { environment, app: name } = JSON.parse(added.stdout) as { environment: string; app: string };
    expect(`${environment}/${name}`).toBe(app);
  });

  test('move and rename take the one that is named', async () => {
    const it = nested();
    const moved = await it.run(`move ${INNER} --to production --yes --dry-run --json`);
    expect(JSON.parse(moved.stdout)).toMatchObject({ from: INNER, to: 'production/cargo' });
    const renamed = await it.run('rename cargo crate --yes --dry-run --json');
    expect(JSON.parse(renamed.stdout)).toMatchObject({ from: INNER, to: `${GOOD}/crate` });
  });

  test('a plan of both is applied to the outer one alone', async () => {
    const it = nested();
    expect((await it.run('upgrade --plan plan.json')).code).toBe(0);
    const applied = await it.run(`upgrade --apply plan.json --app ${GOOD} --yes --no-render --json`);
    expect([applied.code, rows(applied, 'apps')]).toEqual([0, [GOOD]]);
  });
});

describe('a folder that holds only what git ignores', () => {
  const leftovers = (): Case => {
    const it = open({
      'kustomization.yaml': list('releaseName: a, valuesFile: v.yaml'),
      'v.yaml': 'a: 1\n',
      '.gitignore': 'charts/*\n',
    });
    writeFiles(it.root, {
      '.gitignore': '*.local\n',
      'disabled/old/kustomization.yaml': 'namespace: old\n',
    });
    commitAll(it.root);
    return it;
  };

  test.each([
    [
      'pulled charts, which the app’s own .gitignore names',
      { 'disabled/bad/charts/cargo-0.9.0/cargo/Chart.yaml': 'name: cargo\n' },
    ],
    ['what the root’s .gitignore names', { 'disabled/bad/notes.local': 'x\n' }],
    ['nothing', {}],
  ])('%s is no reason not to move an app there', async (_, files: Record<string, string>) => {
    const it = leftovers();
    writeFiles(it.root, files);
    const run = await it.run('move bad --to disabled --yes --offline --json');
    expect([run.code, run.stdout]).toEqual([0, expect.any(String)]);
    const after = readTree(path.join(it.root, 'disabled/bad'));
    expect(Object.keys(after)).toContain('kustomization.yaml');
    for (const [file, text] of Object.entries(files)) expect(readTree(it.root)[file]).toBe(`644 ${text}`);
  });

  test('anything else is', async () => {
    const it = leftovers();
    writeFiles(it.root, { 'disabled/bad/notes.txt': 'x\n' });
    const run = await it.run('move bad --to disabled --yes --offline --json');
    expect((JSON.parse(run.stdout) as { error: { code: string } }).error.code).toBe('E_APP_EXISTS');
  });

  test('a chart that stands under charts/ is not said to be created', async () => {
    const it = leftovers();
    const home = 'production/fresh/charts/cargo-1.1.0/cargo/Chart.yaml';
    writeFiles(it.root, { [home]: 'apiVersion: v2\nname: cargo\nversion: 1.1.0\n' });
    const run = await it.run(`new-app fresh --chart cargo --repo ${charts.url} --route none --yes --json`);
    const { changes } = JSON.parse(run.stdout) as { changes: { path: string }[] };
    expect(changes.map(({ path: file }) => file).filter(file => file.includes('charts/'))).toEqual([]);
    expect(readTree(it.root)[home]).toContain('version: 1.1.0');
  });
});
