import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestRepository } from '../../support/chart-repository.ts';
import { runFaultyBinary } from '../../support/command-runs.ts';
import {
  argoApp,
  CONVERTED,
  fluxApp,
  INLINE_VALUES,
  kustomizeApp,
  serveConverted,
  TEAM_VALUES,
} from '../../support/convert-fixture.ts';
import { openFluxJudge } from '../../support/crd-schemas.ts';
import {
  commitAll,
  git,
  makeFolder,
  makeRepository,
  readTree,
  writeFiles,
} from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const fluxJudge = openFluxJudge();

let charts: TestRepository;
beforeAll(async () => {
  charts = await serveConverted();
});
afterAll(() => charts.close());

type Case = {
  root: string;
  env: Record<string, string>;
  run(...args: string[]): Promise<Run>;
  read(file: string): string;
};

function open(files: Record<string, string>, more: Record<string, string> = {}): Case {
  const root = makeRepository(files);
  git(root, 'remote', 'add', 'origin', 'https://git.example.org/team/fleet.git');
  const env = testEnv(makeFolder(), more) as Record<string, string>;
  return {
    root,
    env,
    run: (...args) => slipway(args, { cwd: root, env }),
    read: file => readFileSync(path.join(root, file), 'utf8'),
  };
}

type Converted = {
  written: boolean;
  home: string;
  changes: { path: string; action: string }[];
  render: {
    status: string;
    objects?: number;
    masked?: { kind: string; name: string; fields: string[] }[];
    differences?: { kind: string; name: string; side: string }[];
  };
  decisions: { id: string; why: string; answer?: string }[];
  dangers: { id: string; level: string; fact: string; remedy: string }[];
};

async function convert(it: Case, ...args: string[]): Promise<{ code: number; document: Converted }> {
  const { code, stdout, stderr } = await it.run('convert', ...args, '--yes', '--json');
  expect([stdout.includes('"error"') ? stdout : '', stderr.includes('internal')]).toEqual(['', false]);
  return { code, document: readAs('convert', stdout) as Converted };
}

/** Converts whatever it costs, and commits. */
async function hand(it: Case, app: string, to: string): Promise<Converted> {
  const { code, document } = await convert(it, app, '--to', to, '--accept', '*');
  expect([code, document.written, document.render.status]).toEqual([0, true, 'same']);
  commitAll(it.root);
  return document;
}

const ids = ({ decisions }: Converted): string[] => decisions.map(({ id }) => id);

describe('there and back renders the same each time', () => {
  test.each(CONVERTED)('%s: kustomize, Flux, kustomize', async name => {
    const it = open(kustomizeApp(name, charts.url));
    const before = readTree(it.root);
    await hand(it, name, 'flux');
    expect(it.read(`production/${name}/values/${name}.yaml`)).toBe(TEAM_VALUES);
    await hand(it, name, 'kustomize');
    const after = readTree(it.root);
    expect(Object.keys(after).filter(file => !(file in before))).toEqual([`production/${name}/.gitignore`]);
    expect(Object.keys(before).filter(file => !(file in after))).toEqual([]);
    expect(it.read(`production/${name}/kustomization.yaml`)).toContain('# kept by hand');
  });

  test.each(['plain', 'defined', 'looking', 'wide'])('%s: Flux, Argo CD, Flux', async name => {
    const it = open(fluxApp(name, charts.url));
    await hand(it, name, 'argo');
    const application = it.read(`production/${name}.yaml`);
    for (const line of INLINE_VALUES.split('\n')) expect(application).toContain(line.trim());
    expect(existsSync(path.join(it.root, `production/${name}/helmrelease.yaml`))).toBe(false);
    await hand(it, `production/${name}`, 'flux');
    const release = it.read(`production/${name}/helmrelease.yaml`);
    for (const line of INLINE_VALUES.split('\n')) expect(release).toContain(line.trim());
    expect(existsSync(path.join(it.root, `production/${name}.yaml`))).toBe(false);
    expect(it.read(`production/${name}/kustomization.yaml`)).toContain('- own.yaml');
  });

  test.each(['plain', 'nested'])('%s: Argo CD, kustomize, Argo CD', async name => {
    const it = open(argoApp(name, charts.url));
    git(it.root, 'remote', 'remove', 'origin');
    const { home } = await hand(it, name, 'kustomize');
    expect(home).toBe(`production/${name}`);
    expect(it.read(`production/${name}/values/${name}.yaml`)).toBe(INLINE_VALUES);
    await hand(it, name, 'argo');
    const indented = INLINE_VALUES.replaceAll(/^(?=.)/gm, '        ');
    expect(it.read(`production/${name}.yaml`)).toContain(`values: |\n${indented}`);
  });

  test('a pin stays beside its version', async () => {
    const files = kustomizeApp('plain', charts.url);
    const file = 'production/plain/kustomization.yaml';
    const it = open({
      ...files,
      [file]: (files[file] ?? '').replace('version: 1.0.0', 'version: 1.0.0 # pinned: the old disks'),
    });
    await hand(it, 'plain', 'argo');
    expect(it.read('production/plain.yaml')).toContain('targetRevision: 1.0.0 # pinned: the old disks');
    await hand(it, 'production/plain', 'flux');
    expect(it.read('production/plain/helmrelease.yaml')).toContain('version: 1.0.0 # pinned: the old disks');
  });

  test('whoever lists the app lists what it is now', async () => {
    const list = 'production/kustomization.yaml';
    const it = open({ ...kustomizeApp('plain', charts.url), [list]: 'resources:\n  - plain\n' });
    await hand(it, 'production/plain', 'argo');
    expect(it.read(list)).toBe('resources:\n  - plain.yaml\n');
    await hand(it, 'production/plain.yaml', 'flux');
    expect(it.read(list)).toBe('resources:\n  - plain\n');
  });
});

/** Nothing to render with. */
const BARE = { PATH: '/usr/bin:/bin', SLIPWAY_RENDERER: 'tools' };

/** A sibling as many keep it for Flux: a Kustomization for each app above its folder. */
function sibling(url: string): Record<string, string> {
  const home = 'production/anchor';
  const files = Object.entries(fluxApp('anchor', url)).map(([file, text]) => [
    file.replace(home, `${home}/app`),
    text.replace('namespace: anchor\n', ''),
  ]);
  return {
    ...Object.fromEntries(files),
    [`${home}/ks.yaml`]: builder('  targetNamespace: anchor\n')
      .replace('name: apps', 'name: anchor')
      .replace('production/plain', `${home}/app`),
    'production/kustomization.yaml': 'resources:\n  - anchor/ks.yaml\n  - plain\n',
  };
}

test('an app goes to where its siblings have theirs, with all of its files and its lock, and is listed as they are', async () => {
  const lock = '.slipway/lock/production/plain.yaml';
  const it = open({
    ...kustomizeApp('plain', charts.url),
    ...sibling(charts.url),
    [lock]: 'schemaVersion: 1\n',
  });
  await hand(it, 'production/plain', 'flux');
  expect(Object.keys(readTree(path.join(it.root, 'production/plain'))).toSorted()).toEqual([
    'app/helmrelease.yaml',
    'app/helmrepository.yaml',
    'app/kustomization.yaml',
    'app/kustomizeconfig.yaml',
    'app/resources/namespace.yaml',
    'app/resources/own.yaml',
    'app/values/plain.yaml',
    'ks.yaml',
  ]);
  expect(existsSync(path.join(it.root, lock))).toBe(false);
  expect(it.read('.slipway/lock/production/plain/app.yaml')).toBe('schemaVersion: 1\n');
  expect(it.read('production/plain/ks.yaml')).toContain('path: ./production/plain/app');
  expect(it.read('production/kustomization.yaml')).toBe(
    'resources:\n  - anchor/ks.yaml\n  - plain/ks.yaml\n',
  );
});

test('a source that stands apart is taken by whoever comes, and stays when one goes', async () => {
  const { [`production/anchor/helmrepository.yaml`]: source = '', ...anchor } = fluxApp('anchor', charts.url);
  const list = 'production/anchor/kustomization.yaml';
  const shared = 'sources/anchor.yaml';
  const it = open({
    ...kustomizeApp('plain', `${charts.url}/`),
    ...changed(anchor, list, text => text.replace('  - helmrepository.yaml\n', '')),
    [shared]: source,
  });
  const { changes } = await hand(it, 'production/plain', 'flux');
  expect(changes.map(({ path: file }) => path.basename(file))).not.toContain('helmrepository.yaml');
  expect(it.read(RELEASE)).toContain('name: anchor');
  await hand(it, 'production/plain', 'argo');
  expect(it.read(shared)).toBe(source);
});

test('a kustomization without a namespace names the one that its app landed in', async () => {
  const it = open({
    ...changed(fluxApp('plain', charts.url), KUSTOMIZATION, text => text.replace('namespace: plain\n', '')),
    'clusters/one/apps.yaml': builder('  targetNamespace: media\n'),
  });
  await hand(it, 'production/plain', 'kustomize');
  expect(it.read(KUSTOMIZATION)).toMatch(/kind: Kustomization\nnamespace: media\n[^]* {4}namespace: media\n/);
});

describe('what is the same, and what is not', () => {
  test.each([
    ['looking', 'looked'],
    ['random', 'dice'],
  ])('%s: what differs at each rendering is masked, and named', async (name, map) => {
    const it = open(kustomizeApp(name, charts.url));
    const { render } = await hand(it, name, 'flux');
    expect(render.masked?.map(masked => `${masked.kind}/${masked.name}`)).toEqual([`ConfigMap/${map}`]);
  });

  test('a version of Kubernetes that Flux cannot be told makes a difference: nothing is written', async () => {
    const it = open(kustomizeApp('wide', charts.url, '    kubeVersion: "2.0"\n'));
    const before = readTree(it.root);
    const { code, document } = await convert(it, 'wide', '--to', 'flux', '--accept', '*');
    expect([code, document.written, document.render.status]).toEqual([3, false, 'differs']);
    expect(document.render.differences).toMatchObject([{ kind: 'ConfigMap', name: 'kube', side: 'both' }]);
    expect(readTree(it.root)).toEqual(before);
    const shown = await it.run('convert', 'wide', '--to', 'flux', '--accept', '*', '--yes');
    expect(shown.stdout).toContain('kube: "2"');
  });

  test('without anything to render with, values and versions are compared, and it says so', async () => {
    const it = open(kustomizeApp('plain', charts.url), BARE);
    const { code, document } = await convert(it, 'plain', '--to', 'flux');
    expect([code, document.written, document.render.status]).toEqual([0, true, 'not-rendered']);
  });

  test('a file that siblings keep in a folder of its own is listed there', async () => {
    const home = 'production/anchor';
    const { [`${home}/kustomization.yaml`]: list = '', ...files } = fluxApp('anchor', charts.url);
    const moved = Object.entries(files).map(([file, text]) => [
      file.replace(home, `${home}/resources`),
      text,
    ]);
    const it = open(
      {
        ...kustomizeApp('plain', charts.url),
        ...Object.fromEntries(moved),
        [`${home}/kustomization.yaml`]: list.replaceAll('  - ', '  - resources/'),
      },
      BARE,
    );
    const { code } = await convert(it, 'production/plain', '--to', 'flux');
    expect(code).toBe(0);
    const written = it.read(KUSTOMIZATION);
    for (const name of ['namespace', 'own', 'helmrelease', 'helmrepository'])
      expect(written).toContain(`- resources/${name}.yaml\n`);
  });

  test.each([
    ['words of YAML 1.1', 'extra: {on: "off", h: yes}\n', ['"true": "off"', 'h: true']],
    ['a merge key', 'base: &b {x: 1}\nextra: {<<: *b}\n', ['extra:\n      x: 1']],
    ['comments alone', '# nothing yet\n', []],
  ])('%s: a HelmRelease says what they mean to Helm', async (_, values, lines) => {
    const files = argoApp('plain', charts.url);
    const it = open(
      changed(files, APPLICATION, text => withValues(text, values)),
      BARE,
    );
    const { code } = await convert(it, 'production/plain', '--to', 'flux', '--accept', '*');
    expect(code).toBe(0);
    for (const line of lines) expect(it.read(RELEASE)).toContain(line);
  });

  test('values with a key twice are said to be so, wherever they stand', async () => {
    const argo = open(
      changed(argoApp('plain', charts.url), APPLICATION, text => withValues(text, 'a: 1\na: 2\n')),
    );
    const said = await argo.run('convert', 'production/plain', '--to', 'flux', '--yes');
    expect([said.code, said.stderr]).toEqual([3, expect.stringContaining('a key may be there twice')]);
    const flux = open(
      changed(fluxApp('plain', charts.url), RELEASE, text =>
        text.replace('  values:\n', '  values:\n    image: x\n'),
      ),
    );
    expect((await flux.run('convert', 'production/plain', '--to', 'argo', '--yes')).stderr).toContain(
      'error[E_YAML_SHAPE] production/plain/helmrelease.yaml:',
    );
  });

  test('what a chart hooks into is a decision, tests are left to whoever runs them', async () => {
    const it = open(kustomizeApp('hooked', charts.url));
    const before = readTree(it.root);
    const asked = await convert(it, 'hooked', '--to', 'flux');
    expect([asked.code, ids(asked.document)]).toEqual([3, ['hook:Job/migrate']]);
    expect(readTree(it.root)).toEqual(before);
    writeFiles(it.root, { 'answers.yaml': 'hook:Job/migrate: accept\n' });
    expect((await convert(it, 'hooked', '--to', 'flux', '--decisions', 'answers.yaml')).code).toBe(0);
    const tested = open(kustomizeApp('tested', charts.url));
    await hand(tested, 'tested', 'flux');
    expect(tested.read('production/tested/helmrelease.yaml')).toMatch(/test:\n {4}enable: true/);
  });
});

/** An Application with other values. */
const withValues = (text: string, values: string): string =>
  text.replace(/values: \|\n(?: {8}.*\n)+/, `values: |\n${values.replaceAll(/^(?=.)/gm, '        ')}`);

/** The files of an app with one of them changed. */
const changed = (files: Record<string, string>, file: string, edit: (text: string) => string) => ({
  ...files,
  [file]: edit(files[file] ?? ''),
});

const RELEASE = 'production/plain/helmrelease.yaml';
const APPLICATION = 'production/plain.yaml';
const KUSTOMIZATION = 'production/plain/kustomization.yaml';

describe('what the other cannot say is refused by name, with what to do first', () => {
  const spec = (more: string) => (text: string) => text.replace('spec:\n', `spec:\n${more}`);
  test.each<[string, string, (text: string) => string, string]>([
    ['dependsOn', RELEASE, spec('  dependsOn: [{name: db}]\n'), 'Remove dependsOn'],
    ['postRenderers', RELEASE, spec('  postRenderers: [{kustomize: {images: []}}]\n'), "chart's values"],
    ['commonMetadata', RELEASE, spec('  commonMetadata: {labels: {a: b}}\n'), "chart's values"],
    ['kubeConfig', RELEASE, spec('  kubeConfig: {secretRef: {name: other}}\n'), 'repository of that cluster'],
    [
      'valuesFiles',
      RELEASE,
      text => text.replace('      version', '      valuesFiles: [a.yaml]\n      version'),
      'Copy what',
    ],
    [
      'Secret keys',
      RELEASE,
      spec('  valuesFrom: [{kind: Secret, name: keys}]\n'),
      'into a file of this repository',
    ],
    [
      '1.x is not an exact version',
      RELEASE,
      text => text.replace('version: 1.0.0', 'version: 1.x'),
      'slipway upgrade --pin',
    ],
    [
      'helm.parameters',
      APPLICATION,
      text => text.replace('    helm:\n', '    helm:\n      parameters: [{name: image, value: x}]\n'),
      'as values first',
    ],
    [
      'fileParameters',
      APPLICATION,
      text => text.replace('    helm:\n', '    helm:\n      fileParameters: [{name: image, path: x}]\n'),
      'as values first',
    ],
    [
      'plugin',
      APPLICATION,
      text => text.replace('    helm:\n', '    plugin: {name: x}\n    helm:\n'),
      'Take the tool out',
    ],
    [
      'spec.destination',
      APPLICATION,
      text => text.replace('https://kubernetes.default.svc', 'https://10.0.0.1'),
      'repository of that cluster',
    ],
    [
      'patches',
      KUSTOMIZATION,
      text =>
        `${text}patches:\n  - patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]'\n    target: {kind: Deployment}\n`,
      "chart's values",
    ],
    ['namePrefix', KUSTOMIZATION, text => `${text}namePrefix: a-\n`, "chart's values"],
    ['nameTemplate', KUSTOMIZATION, text => `${text}    nameTemplate: x\n`, 'releaseName'],
    [
      'several charts',
      KUSTOMIZATION,
      text => `${text}  - name: wide\n    repo: x\n    version: 1.0.0\n`,
      'an app of its own',
    ],
  ])('%s', async (name, file, edit, next) => {
    const all: Record<string, () => Record<string, string>> = {
      [RELEASE]: () => fluxApp('plain', charts.url),
      [APPLICATION]: () => argoApp('plain', charts.url),
      [KUSTOMIZATION]: () => kustomizeApp('plain', charts.url),
    };
    const it = open(changed(all[file]?.() ?? {}, file, edit));
    const to = file === KUSTOMIZATION ? 'flux' : 'kustomize';
    const { code, stdout } = await it.run('convert', 'plain', '--to', to, '--accept', '*', '--yes', '--json');
    const { error } = readAs('error', stdout) as { error: { code: string; message: string; hint: string } };
    expect([code, error.code]).toEqual([3, 'E_CONVERT']);
    expect(error.message).toContain(name);
    expect(error.hint).toContain(next);
    expect(git(it.root, 'status', '--porcelain')).toBe('');
  });

  test('a variable of Flux', async () => {
    const it = open({
      ...changed(fluxApp('plain', charts.url), RELEASE, text => text.replace('app:2', 'app:${TAG}')),
      'clusters/one/apps.yaml': builder('  postBuild: {substitute: {TAG: "2"}}\n'),
    });
    const { stderr } = await it.run('convert', 'plain', '--to', 'argo', '--accept', '*', '--yes');
    expect(stderr).toContain('Flux fills variables in');
  });

  test('what is lost otherwise is a decision for each field', async () => {
    const flux = open(
      changed(
        fluxApp('plain', charts.url),
        RELEASE,
        spec('  timeout: 5m\n  driftDetection: {mode: enabled}\n'),
      ),
    );
    const lost = await convert(flux, 'plain', '--to', 'argo', '--dry-run');
    expect([lost.code, ids(lost.document)]).toEqual([
      3,
      ['timeout', 'driftDetection', 'interval']
        .map(key => `lost:HelmRelease/plain:spec.${key}`)
        .concat('lost:HelmRepository/plain:spec.interval'),
    ]);
    const argo = open(
      changed(argoApp('plain', charts.url), APPLICATION, text =>
        text
          .replace('  name: plain\n', '  name: plain\n  annotations: {argocd.argoproj.io/sync-wave: "2"}\n')
          .concat('  ignoreDifferences: [{kind: Secret, jsonPointers: [/data]}]\n'),
      ),
    );
    const { document } = await convert(argo, 'plain', '--to', 'flux', '--dry-run');
    expect(ids(document)).toEqual(
      [
        'metadata.annotations',
        'spec.syncPolicy.automated',
        'spec.syncPolicy.syncOptions.ServerSideApply=true',
        'spec.ignoreDifferences',
      ].map(key => `lost:Application/plain:${key}`),
    );
    const kustomize = open(
      kustomizeApp('plain', charts.url, '    apiVersions: [acme.example/v1]\n    debug: true\n'),
    );
    expect(ids((await convert(kustomize, 'plain', '--to', 'flux', '--dry-run')).document)).toEqual([
      'lost:helmCharts plain:apiVersions',
      'lost:helmCharts plain:debug',
    ]);
  });
});

function builder(more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 1h
  path: ./production/plain
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
${more}`;
}

const SET = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  generators: [{git: {repoURL: 'https://git.example.org/team/fleet.git', revision: HEAD, directories: [{path: production/*}]}}]
  template:
    metadata: {name: '{{path.basename}}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.org/team/fleet.git', targetRevision: HEAD, path: '{{path}}'}
      destination: {server: https://kubernetes.default.svc, namespace: '{{path.basename}}'}
      syncPolicy: {automated: {prune: true}}
`;

describe('what the cluster would delete is said before anything is written', () => {
  const fatal = ({ dangers }: Converted) => dangers.filter(({ level }) => level === 'fatal');

  test('Flux prunes the release, which uninstalls it; suspended, it does not', async () => {
    const files = { ...fluxApp('plain', charts.url), 'clusters/one/apps.yaml': builder() };
    const it = open(files);
    const { code, document } = await convert(it, 'plain', '--to', 'argo', '--accept', 'lost:*');
    expect([code, fatal(document).map(({ id }) => id)]).toEqual([
      3,
      ['cluster:uninstalls:HelmRelease/plain'],
    ]);
    expect(document.dangers[0]?.remedy).toContain('spec.suspend: true');
    expect(git(it.root, 'status', '--porcelain')).toBe('');
    const suspended = open(
      changed(files, RELEASE, text => text.replace('spec:\n', 'spec:\n  suspend: true\n')),
    );
    expect(ids((await convert(suspended, 'plain', '--to', 'argo', '--dry-run')).document)).not.toContain(
      'cluster:uninstalls:HelmRelease/plain',
    );
  });

  test('Flux builds what it cannot render', async () => {
    const it = open({ ...fluxApp('plain', charts.url), 'clusters/one/apps.yaml': builder() });
    const { document } = await convert(it, 'plain', '--to', 'kustomize', '--dry-run');
    expect(ids(document)).toContain('cluster:not-inflated:Kustomization/apps');
  });

  test('Argo CD prunes what its folder no longer renders, and would deploy it twice', async () => {
    const it = open({ ...kustomizeApp('plain', charts.url), 'clusters/set.yaml': SET });
    const flux = await convert(it, 'production/plain', '--to', 'flux', '--dry-run');
    expect(fatal(flux.document)).toMatchObject([
      {
        id: 'cluster:prunes:ApplicationSet/apps',
        remedy: expect.stringContaining('preserveResourcesOnDeletion'),
      },
    ]);
    const argo = await convert(it, 'production/plain', '--to', 'argo', '--dry-run');
    expect(ids(argo.document)).toContain('cluster:twice:ApplicationSet/apps');
  });

  test('two Applications of one name, and a values file that another app takes', async () => {
    const files = kustomizeApp('plain', `${charts.url}/`);
    const shared = 'production/plain/values/plain.yaml';
    const other = changed(argoApp('plain', charts.url), APPLICATION, text => text);
    const it = open({
      [KUSTOMIZATION]: (files[KUSTOMIZATION] ?? '').replace(/resources:\n(?: .*\n)+/, ''),
      [shared]: files[shared] ?? '',
      'dev/plain.yaml': other[APPLICATION] ?? '',
      'dev/wide/kustomization.yaml': `helmCharts:\n  - {name: wide, repo: '${charts.url}', version: 1.0.0, valuesFile: ../../${shared}}\n`,
    });
    git(it.root, 'remote', 'remove', 'origin');
    const { code, document } = await convert(it, 'production/plain', '--to', 'argo');
    expect([code, ids(document)]).toEqual([3, ['cluster:name-taken:Application/plain']]);
    await hand(it, 'production/plain', 'argo');
    expect(it.read(shared)).toBe(TEAM_VALUES);
    expect(it.read(APPLICATION)).toContain('# The team of the library looks after this.');
    expect(existsSync(path.join(it.root, KUSTOMIZATION))).toBe(false);
  });

  test('an Application with the finalizer takes everything along', async () => {
    const finalizers = '  finalizers: [resources-finalizer.argocd.argoproj.io]\n';
    const it = open(
      changed(argoApp('plain', charts.url), APPLICATION, text =>
        text.replace('  name: plain\n', `  name: plain\n${finalizers}`),
      ),
    );
    const { document } = await convert(it, 'plain', '--to', 'kustomize', '--dry-run');
    expect(fatal(document)).toMatchObject([{ id: 'cluster:cascades:Application/plain' }]);
    const undone = open(argoApp('plain', charts.url));
    const orphaned = await convert(undone, 'plain', '--to', 'kustomize', '--dry-run');
    expect(orphaned.document.dangers).toMatchObject([
      { id: 'cluster:orphans:Application/plain', level: 'high' },
    ]);
  });
});

describe('files', () => {
  test.runIf(fluxJudge.can)('what is emitted is valid by the schemas of Flux', async () => {
    const texts: string[] = [];
    for (const name of ['plain', 'tested', 'wide']) {
      const it = open(kustomizeApp(name, charts.url, name === 'wide' ? '    skipHooks: true\n' : ''));
      await hand(it, name, 'flux');
      texts.push(
        it.read(`production/${name}/helmrelease.yaml`),
        it.read(`production/${name}/helmrepository.yaml`),
      );
    }
    expect(fluxJudge.judge(texts)).toEqual({ valid: 6, wrong: [] });
  });

  test('undo brings every byte back', async () => {
    const it = open(kustomizeApp('plain', charts.url));
    const before = readTree(it.root);
    await convert(it, 'plain', '--to', 'argo', '--accept', '*');
    expect(readTree(it.root)).not.toEqual(before);
    expect((await it.run('undo', '--yes')).code).toBe(0);
    expect(readTree(it.root)).toEqual(before);
  });

  test('killed anywhere, the old or the new stands', async () => {
    const model = open(kustomizeApp('plain', charts.url));
    const old = readTree(model.root);
    const whole = open(kustomizeApp('plain', charts.url));
    await convert(whole, 'plain', '--to', 'flux', '--accept', '*');
    const fresh = readTree(whole.root);
    const log = path.join(makeFolder(), 'calls');
    const calls = ['rename', 'unlink'];
    const args = ['convert', 'plain', '--to', 'flux', '--accept', '*', '--yes', '--json'];
    const ends = new Set<string>();
    for (const at of [2, 4, 5, 6, 7, 9]) {
      const root = makeFolder();
      cpSync(model.root, root, { recursive: true });
      await runFaultyBinary(args, { root, env: model.env, fault: { kind: 'kill-before', at, calls }, log });
      // The next run repairs what the killed one left.
      await slipway(['undo', 'nothing'], { cwd: root, env: model.env });
      const tree = readTree(root);
      const isSame = (other: typeof tree): boolean => JSON.stringify(tree) === JSON.stringify(other);
      ends.add(isSame(old) ? 'old' : isSame(fresh) ? 'new' : 'torn');
    }
    expect([...ends].toSorted()).toEqual(['new', 'old']);
  });

  test('a dry run writes nothing, and what is missing is named', async () => {
    const it = open(kustomizeApp('plain', charts.url));
    const before = readTree(it.root);
    const { code, document } = await convert(it, 'plain', '--to', 'argo', '--dry-run');
    expect([
      code,
      document.written,
      document.changes.map(({ path: file, action }) => `${action} ${file}`),
    ]).toEqual([0, false, ['update production/plain/kustomization.yaml', 'create production/plain.yaml']]);
    expect(readTree(it.root)).toEqual(before);
    const missing = readAs('error', (await it.run('convert', 'plain', '--json')).stdout);
    expect(missing).toMatchObject({
      error: {
        code: 'E_MISSING',
        message: '--to is missing',
        missing: [{ flag: 'to', choices: ['kustomize', 'flux', 'argo'] }],
      },
    });
    expect((await it.run('convert', 'plain', '--to', 'kustomize')).stderr).toContain('by kustomize already');
    expect((await it.run('convert', 'plain', '--to', 'argo')).code).toBe(2);
  });
});
