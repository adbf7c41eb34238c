import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkFiles, type Files, GOOD } from '../../support/check-case.ts';

const URL = 'https://git.example.org/team/cluster.git';
const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };

/** A set in a file, as YAML takes JSON; `spec` may say more. */
function setOf(
  generators: unknown[],
  { name = '{{path.basename}}', metadata = {}, spec = {}, to = {} } = {},
): string {
  const destination = { server: 'https://kubernetes.default.svc', namespace: '{{path.basename}}', ...to };
  const source = { repoURL: URL, targetRevision: 'HEAD', path: '{{path}}' };
  const template = { metadata: { name }, spec: { project: 'default', source, destination } };
  return stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'apps', namespace: 'argocd', ...metadata },
    spec: { generators, template, ...spec },
  });
}

const FOLDERS = [{ git: { repoURL: URL, revision: 'HEAD', directories: [{ path: 'production/*' }] } }];
const BUT_NOTES = [
  {
    git: {
      repoURL: URL,
      revision: 'HEAD',
      directories: [{ path: 'production/*' }, { path: 'production/notes', exclude: true }],
    },
  },
];

function withFiles(files: Record<string, string>, from: Files = GOOD): Map<string, string> {
  return new Map([...from, ...Object.entries(files)]);
}

async function found(files: Files, code: string, committed: Files = GOOD) {
  const { findings } = await checkFiles(files, { ...NOTHING, committed });
  return findings.filter(each => each.code === code).map(({ message }) => message.en);
}

const before = withFiles({ 'sets/apps.yaml': setOf(FOLDERS) });
const deleted = (file: string, files = before) =>
  found(withFiles({ 'sets/apps.yaml': file }, files), 'applicationset-deletes', before);

test('S10.3 renaming a folder names the volumes that go, and both names', async () => {
  const renamed = new Map(
    [...before].map(([file, text]) => [file.replace('production/notes/', 'production/journal/'), text]),
  );
  expect(await found(renamed, 'applicationset-deletes', before)).toEqual([
    expect.stringMatching(/no longer makes notes:.*PersistentVolumeClaim notes-data/),
  ]);
});

test('a change of names says what becomes what, and what goes with it', async () => {
  expect(await deleted(setOf(FOLDERS, { name: '{{path.basename}}-x' }))).toEqual([
    expect.stringMatching(/notes → notes-x.*PersistentVolumeClaim notes-data.*whatever .* made/),
  ]);
});

test('what keeps what was deployed is no finding, and says so only where it really keeps it', async () => {
  const keeping = (spec: object) => withFiles({ 'sets/apps.yaml': setOf(FOLDERS, { spec }) });
  const preserved = keeping({ syncPolicy: { preserveResourcesOnDeletion: true } });
  const after = withFiles({ 'sets/apps.yaml': setOf(BUT_NOTES) });
  expect(await found(after, 'applicationset-deletes', preserved)).toEqual([]);
  // The policy of the set forbids its controller to delete, but does not stop what Kubernetes deletes with an owner.
  const policy = { syncPolicy: { applicationsSync: 'create-update' } };
  const onlyFewer = withFiles({ 'sets/apps.yaml': setOf(BUT_NOTES, { spec: policy }) });
  expect(await found(onlyFewer, 'applicationset-deletes', keeping(policy))).toEqual([]);
  const gone = await found(GOOD, 'applicationset-deletes', keeping(policy));
  expect(gone).toEqual([expect.stringMatching(/^without ApplicationSet apps its Applications go/)]);
});

test('app-removed says that Argo CD deletes only where it does', async () => {
  const removedFrom = async (committed: Files, files: Record<string, string>) => {
    const after = [...committed].filter(([file]) => !file.startsWith('production/notes/'));
    const { findings } = await checkFiles(withFiles(files, new Map(after)), { ...NOTHING, committed });
    return findings
      .filter(({ code }) => code === 'app-removed')
      .map(({ severity, message }) => `${severity}: ${message.en}`);
  };
  const keeps = [expect.stringMatching(/^note: the folder is gone: Argo CD deletes nothing for that/)];
  const deletes = [
    expect.stringMatching(/^warning: .*will delete the app.*PersistentVolumeClaim notes-data/),
  ];
  for (const [syncPolicy, expected] of [
    [{}, deletes],
    [{ preserveResourcesOnDeletion: true }, keeps],
    [{ applicationsSync: 'create-update' }, keeps],
  ] as const)
    expect(
      await removedFrom(withFiles({ 'sets/apps.yaml': setOf(FOLDERS, { spec: { syncPolicy } }) }), {}),
    ).toEqual(expected);
  const written = (finalizers: string[]): string =>
    stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'notes', namespace: 'argocd', finalizers },
      spec: {
        project: 'default',
        source: { repoURL: URL, targetRevision: 'HEAD', path: 'production/notes/' },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'notes' },
      },
    });
  const nothing = '# none\n';
  const plain = withFiles({ 'sets/notes.yaml': written([]) });
  expect(await removedFrom(plain, { 'sets/notes.yaml': nothing })).toEqual(keeps);
  const owner = withFiles({ 'sets/notes.yaml': written(['resources-finalizer.argocd.argoproj.io']) });
  expect(await removedFrom(owner, { 'sets/notes.yaml': nothing })).toEqual(deletes);
});

test('a set that moves to another file, that grows, or of which something cannot be told, deletes nothing', async () => {
  const moved = withFiles({ 'elsewhere/apps.yaml': setOf(FOLDERS) });
  expect(await found(moved, 'applicationset-deletes', before)).toEqual([]);
  const more = withFiles({ 'production/more/kustomization.yaml': 'namespace: more\n' }, before);
  expect(await found(more, 'applicationset-deletes', before)).toEqual([]);
  expect(await deleted(setOf([{ pullRequest: { github: { owner: 'a', repo: 'b' } } }]))).toEqual([]);
  expect(await deleted('half: [written')).toEqual([]);
});

test('another set that makes the same names does not save what the one that goes owned', async () => {
  const messages = await deleted(setOf(FOLDERS, { metadata: { name: 'all' } }));
  expect(messages).toEqual([expect.stringMatching(/^without ApplicationSet apps .*PersistentVolumeClaim/)]);
});

test('before the first commit, and without a set, nothing is deleted', async () => {
  expect(await found(before, 'applicationset-deletes', GOOD)).toEqual([]);
});

const STEPS = {
  type: 'RollingSync',
  rollingSync: { steps: [{ matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['x'] }] }] },
};

test('an Application without the label is in a step of NotIn; AllAtOnce has no steps', async () => {
  const rolling = (spec: object) =>
    found(withFiles({ 'sets/apps.yaml': setOf(FOLDERS, { spec }) }), 'applicationset-rolling-autosync');
  expect(await rolling({ strategy: STEPS })).toEqual([]);
  expect(await rolling({ strategy: { ...STEPS, type: 'AllAtOnce' } })).toEqual([]);
  expect(await rolling({ strategy: { type: 'RollingSync', rollingSync: { steps: [] } } })).toEqual([]);
});

const HUB = 'name: prod\ncontrolledBy: hub\n';

test('a destination is unknown only where clusters are declared, and none of them may be it', async () => {
  const to = (destination: object, files: Record<string, string> = {}) =>
    found(
      withFiles({
        'sets/apps.yaml': setOf(FOLDERS, { to: { server: undefined, ...destination } }),
        ...files,
      }),
      'cluster-unknown',
    );
  expect(await to({ name: 'staging' })).toEqual([]);
  expect(await to({ name: 'prod' }, { 'clusters/prod.yaml': HUB })).toEqual([]);
  expect(await to({ name: 'in-cluster' }, { 'clusters/prod.yaml': HUB })).toEqual([]);
  // Its address is said nowhere.
  expect(await to({ server: 'https://10.0.0.9' }, { 'clusters/prod.yaml': HUB })).toEqual([]);
  const self = { 'clusters/prod.yaml': HUB, 'clusters/edge.yaml': 'name: edge\ncontrolledBy: self\n' };
  expect(await to({ name: 'edge' }, self)).toEqual([]);
  const sealed =
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: c, namespace: argocd }\nspec:\n  encryptedData: { name: AgB }\n  template:\n    metadata:\n      labels:\n        argocd.argoproj.io/secret-type: cluster\n';
  expect(await to({ name: 'other' }, { 'clusters/prod.yaml': HUB, 'argo/c.yaml': sealed })).toEqual([]);
  // One line for a set, not one for each of its Applications.
  expect(await to({ name: 'prd' }, { 'clusters/prod.yaml': HUB })).toHaveLength(1);
});

test('a reach of two clusters, a set with steps and one that nobody syncs by itself are no blast', async () => {
  const automated = { automated: {} };
  const blast = (names: string[], spec: object, syncPolicy: object | undefined) => {
    const elements = names.map(name => ({ cluster: name, path: 'x', 'path.basename': 'x' }));
    const set = parse(
      setOf([{ list: { elements } }], {
        name: 'x-{{cluster}}',
        spec,
        to: { server: undefined, name: '{{cluster}}' },
      }),
    );
    set.spec.template.spec.syncPolicy = syncPolicy;
    return found(withFiles({ 'sets/apps.yaml': stringify(set) }), 'blast-radius');
  };
  expect(await blast(['a', 'b', 'c'], {}, automated)).toHaveLength(1);
  expect(await blast(['a', 'b'], {}, automated)).toEqual([]);
  expect(await blast(['a', 'b', 'c'], { strategy: STEPS }, automated)).toEqual([]);
  expect(await blast(['a', 'b', 'c'], {}, undefined)).toEqual([]);
});

test("Argo CD's own cluster, an agent's, and a Secret that is limited hold no admin", async () => {
  const secret = (name: string, server: string, more: object) =>
    stringify({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace: 'argocd' },
      spec: {
        target: {
          template: {
            metadata: { labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
            data: { name, server, ...more },
          },
        },
      },
    });
  const holds = (name: string, server: string, more = {}) =>
    found(
      withFiles({ 'sets/apps.yaml': setOf(FOLDERS), 'argo/c.yaml': secret(name, server, more) }),
      'hub-holds-admin',
    );
  expect(await holds('prod', 'https://10.0.0.1')).toHaveLength(1);
  expect(await holds('in-cluster', 'https://kubernetes.default.svc')).toEqual([]);
  expect(await holds('edge', 'https://proxy:9090?agentName=edge')).toEqual([]);
  expect(await holds('prod', 'https://10.0.0.1', { namespaces: 'shop' })).toEqual([]);
});

const application = (name: string, path: string, { namespace = name, source = {} } = {}) =>
  stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: URL, targetRevision: 'HEAD', path, ...source },
      destination: { server: 'https://kubernetes.default.svc', namespace },
    },
  });

const LIST = 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources:\n';

test('a root misses nothing that it lists, reads, that another one deploys, that is commented out or retired', async () => {
  const misses = (files: Record<string, string>) =>
    found(
      withFiles({
        'roots/root.yaml': application('root', 'children', { namespace: 'argocd' }),
        'children/web.yaml': application('web-x', 'production/web'),
        ...files,
      }),
      'root-misses-child',
    );
  const notes = application('notes-x', 'production/notes');
  expect(await misses({ 'children/notes.yaml': notes })).toEqual([]);
  const listing = (more: string) => ({ 'children/kustomization.yaml': `${LIST}  - web.yaml\n${more}` });
  expect(await misses({ ...listing('  - notes.yaml\n'), 'children/notes.yaml': notes })).toEqual([]);
  expect(await misses({ ...listing('  # - notes.yaml\n'), 'children/notes.yaml': notes })).toEqual([]);
  expect(await misses({ ...listing(''), 'children/notes.yaml': notes })).toHaveLength(1);
  expect(await misses({ 'children/disabled/notes.yaml': notes })).toEqual([]);
  const deep = { 'children/team/notes.yaml': notes };
  expect(await misses(deep)).toHaveLength(1);
  const team = { 'roots/team.yaml': application('team', 'children/team', { namespace: 'argocd' }) };
  expect(await misses({ ...deep, ...team })).toEqual([]);
  const recursive = { source: { directory: { recurse: true } }, namespace: 'argocd' };
  expect(await misses({ ...deep, 'roots/root.yaml': application('root', 'children', recursive) })).toEqual(
    [],
  );
  expect(await misses({ ...deep, ...listing('  - team/notes.yaml\n') })).toEqual([]);
});

test('an Application whose kustomization renames, or that tells a tool something, fights nobody; nor on another cluster', async () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\n';
  const fights = (files: Record<string, string>) =>
    found(
      withFiles({
        'apps/a.yaml': application('a', 'extra/a', { namespace: 'team' }),
        'apps/b.yaml': application('b', 'extra/b', { namespace: 'team' }),
        'extra/a/kustomization.yaml': `${LIST}  - map.yaml\n`,
        'extra/a/map.yaml': map,
        'extra/b/kustomization.yaml': `${LIST}  - map.yaml\n`,
        'extra/b/map.yaml': map,
        ...files,
      }),
      'application-fight',
    );
  expect(await fights({})).toEqual([
    'b and a (apps/a.yaml) both make ConfigMap shared: each sync takes it from the other',
  ]);
  expect(await fights({ 'extra/b/kustomization.yaml': `namePrefix: b-\n${LIST}  - map.yaml\n` })).toEqual([]);
  expect(await fights({ 'extra/b/kustomization.yaml': `namespace: other\n${LIST}  - map.yaml\n` })).toEqual(
    [],
  );
  const told = { namespace: 'team', source: { kustomize: { nameSuffix: '-b' } } };
  expect(await fights({ 'apps/b.yaml': application('b', 'extra/b', told) })).toEqual([]);
  const elsewhere = application('b', 'extra/b', { namespace: 'team' }).replace(
    'https://kubernetes.default.svc',
    'https://b',
  );
  expect(await fights({ 'apps/b.yaml': elsewhere })).toEqual([]);
  expect(await fights({ 'extra/b/map.yaml': 'half: [' })).toEqual([]);
  // Both bases lead to one file.
  const base = { 'extra/base/kustomization.yaml': `${LIST}  - map.yaml\n`, 'extra/base/map.yaml': map };
  const over = `${LIST}  - ../base\n`;
  expect(
    await fights({ ...base, 'extra/a/kustomization.yaml': over, 'extra/b/kustomization.yaml': over }),
  ).toHaveLength(1);
});

test('two charts by one release name are found, unless the repository builds some apps so; one chart twice always', async () => {
  const app = (name: string, charts: string[]): Record<string, string> => ({
    [`production/${name}/kustomization.yaml`]: stringify({
      namespace: name,
      helmCharts: charts.map(chart => ({
        name: chart,
        repo: 'https://charts.example.test',
        version: '1.0.0',
        releaseName: name,
        namespace: name,
        includeCRDs: true,
      })),
    }),
  });
  const names = (...files: Record<string, string>[]) =>
    found(withFiles(Object.assign({}, ...files) as Record<string, string>), 'chart-release-name');
  expect(await names(app('one', ['a', 'b']))).toHaveLength(1);
  expect(await names(app('one', ['a', 'b']), app('two', ['c', 'd']))).toEqual([]);
  expect(await names(app('one', ['a', 'b']), app('two', ['c', 'd']), app('three', ['e', 'e']))).toHaveLength(
    1,
  );
});

test('patches of Applications, and what a kustomization around them renames, take no name', async () => {
  const taken = (files: Record<string, string>) => found(withFiles(files), 'application-name-taken');
  const [one, two] = [application('web-x', 'elsewhere/a'), application('web-x', 'elsewhere/b')];
  expect(await taken({ 'envs/dev/web.yaml': one, 'envs/prod/web.yaml': two })).toHaveLength(1);
  const suffix = { 'envs/prod/kustomization.yaml': `nameSuffix: -prod\n${LIST}  - web.yaml\n` };
  expect(await taken({ 'envs/dev/web.yaml': one, 'envs/prod/web.yaml': two, ...suffix })).toEqual([]);
  const patch = two.slice(0, two.indexOf('  destination:'));
  expect(await taken({ 'envs/dev/web.yaml': one, 'envs/prod/patch.yaml': patch })).toEqual([]);
});

test('a root is found however its folder is written, and takes along what it sees', async () => {
  const deleting = (path: string, source = {}) =>
    application('root', path, { namespace: 'argocd', source }).replace(
      'metadata:',
      'metadata:\n  finalizers: [resources-finalizer.argocd.argoproj.io]',
    );
  const rootFound = (root: string, code: string, files: Record<string, string> = {}) =>
    found(
      withFiles({
        'roots/root.yaml': root,
        'children/web.yaml': application('web-x', 'production/web'),
        ...files,
      }),
      code,
    );
  for (const path of ['children', 'children/', './children', './children/.'])
    expect(await rootFound(deleting(path), 'root-cascades')).toEqual([
      expect.stringContaining('deletes 1 Application '),
    ]);
  const deep = { 'children/team/notes.yaml': application('notes-x', 'production/notes') };
  expect(await rootFound(deleting('children'), 'root-cascades', deep)).toEqual([
    expect.stringContaining('deletes 1 Application '),
  ]);
  expect(
    await rootFound(deleting('children', { directory: { recurse: true } }), 'root-cascades', deep),
  ).toEqual([expect.stringContaining('deletes 2 Applications ')]);
  // One that stands in its own folder sees itself alone.
  for (const file of ['roots/root.yaml', 'children/root.yaml']) {
    const none = withFiles({ ...deep, [file]: deleting('children') });
    expect(await found(none, 'root-cascades')).toEqual([]);
    expect(await found(none, 'root-misses-child')).toHaveLength(1);
  }
  const unlisted = { 'children/kustomization.yaml': 'kind: Kustomization\nresources: []\n' };
  expect(await rootFound(deleting('children'), 'root-misses-child', unlisted)).toHaveLength(1);
  expect(await rootFound(deleting('children'), 'root-cascades', unlisted)).toEqual([]);
});

test('S10.4 two sets that make one name are an error, with both places', async () => {
  const files = {
    'sets/one.yaml': setOf(FOLDERS),
    'sets/two.yaml': setOf(FOLDERS, { metadata: { name: 'two' } }),
  };
  const { findings } = await checkFiles(withFiles(files), NOTHING);
  const taken = findings.filter(({ code }) => code === 'application-name-taken');
  expect(taken).toHaveLength(4);
  expect(taken[0]).toMatchObject({ severity: 'error', file: 'sets/two.yaml' });
  expect(taken[0]?.message.en).toContain('sets/one.yaml');
});

test('S10.5 of a set with an unknown function nothing is guessed, and all else is judged', async () => {
  const spec = { goTemplate: true };
  const unknown = setOf(FOLDERS, {
    name: '{{ htpasswd .path.basename "x" }}',
    metadata: { name: 'odd' },
    spec,
  });
  const files = withFiles({
    'sets/odd.yaml': unknown,
    'sets/apps.yaml': setOf(FOLDERS, { to: { server: undefined, name: 'staging' } }),
    'clusters/prod.yaml': HUB,
  });
  const { findings } = await checkFiles(files, {
    ...NOTHING,
    committed: withFiles({ 'sets/odd.yaml': unknown }, before),
  });
  expect(findings.map(({ code, file }) => `${code} ${file}`)).toEqual(['cluster-unknown sets/apps.yaml']);
});

/** The platform on every cluster that a file declares. */
const PLATFORM = (prefix: object) =>
  stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'platform', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          matrix: {
            generators: [
              { git: { repoURL: URL, revision: 'HEAD', directories: [{ path: 'platform/*' }] } },
              { git: { repoURL: URL, revision: 'HEAD', files: [{ path: 'clusters/*.yaml' }], ...prefix } },
            ],
          },
        },
      ],
      template: {
        metadata: { name: '{{.path.basename}}-{{.name}}' },
        spec: {
          project: 'default',
          source: { repoURL: URL, targetRevision: 'HEAD', path: '{{.path.path}}' },
          destination: { name: '{{.name}}', namespace: '{{.path.basename}}' },
        },
      },
    },
  });

const fleet = (names: string[], prefix: object = { pathParamPrefix: 'cluster' }) =>
  withFiles({
    'sets/platform.yaml': PLATFORM(prefix),
    'platform/ingress/kustomization.yaml': 'namespace: ingress\n',
    'platform/metrics/kustomization.yaml': 'namespace: metrics\n',
    ...Object.fromEntries(names.map(name => [`clusters/${name}.yaml`, `name: ${name}\ncontrolledBy: hub\n`])),
  });

test('S11 a cluster that goes takes every Application on it along; one more deletes nothing', async () => {
  const three = fleet(['eu', 'us', 'ap']);
  expect(await found(fleet(['eu', 'us']), 'applicationset-deletes', three)).toEqual([
    expect.stringContaining('no longer makes ingress-ap, metrics-ap:'),
  ]);
  expect(await found(three, 'applicationset-deletes', fleet(['eu', 'us']))).toEqual([]);
  const { findings } = await checkFiles(three, NOTHING);
  expect(findings.filter(({ code }) => /^(?:application|cluster)/.test(code))).toEqual([]);
});

// Which of both wins in each syntax is recorded of Argo CD's own code: matrix-path-clash, matrix-path-prefix.
test('S11 two git generators both give .path: without a prefix Argo CD refuses the set, and deletes nothing', async () => {
  const clashing = fleet(['eu', 'us'], {});
  const { findings } = await checkFiles(clashing, { ...NOTHING, committed: fleet(['eu', 'us']) });
  expect(findings.filter(({ code }) => code.startsWith('application'))).toEqual([]);
});

test('a file that Argo CD refuses a set for is an error, whatever is wrong with it', async () => {
  const errors = async (junk: string) => {
    const files = new Map([...fleet(['eu', 'us']), ['clusters/junk.yaml', junk]]);
    const whole = files.get('sets/platform.yaml')?.replace('{{.name}}', '{{.name}}-{{.controlledBy}}') ?? '';
    const { findings } = await checkFiles(new Map([...files, ['sets/platform.yaml', whole]]), NOTHING);
    return findings.filter(({ severity }) => severity === 'error').map(({ code, file }) => `${code} ${file}`);
  };
  const refused = ['applicationset-empty sets/platform.yaml'];
  for (const junk of ['- a\n- b\n', 'name: a\n', '']) expect(await errors(junk)).toEqual(refused);
  const bomb = Array.from(
    { length: 12 },
    (_, i) => `a${i}: &a${i} [${i > 0 ? `*a${i - 1},`.repeat(9) : '1'}]\n`,
  );
  for (const junk of ['a: [\n', bomb.join('')])
    expect(await errors(junk)).toEqual(['cluster-invalid clusters/junk.yaml']);
});

test('a folder that is called like a cluster somewhere else is not of that cluster', async () => {
  const files = {
    'clusters/web/apps/one.yaml': application('web-x', 'elsewhere/a'),
    'teams/web/one.yaml': application('other', 'elsewhere/a', { namespace: 'web-x' }),
    'teams/web/two.yaml': application('twice', 'elsewhere/b'),
    'teams/two.yaml': application('twice', 'elsewhere/c'),
    'sets/one.yaml': application('remote', 'elsewhere/d', { namespace: 'other' }).replace(
      'server: https://kubernetes.default.svc',
      'name: web',
    ),
    'teams/web/three.yaml': application('three', 'elsewhere/e', { namespace: 'other' }),
  };
  expect(await found(withFiles(files), 'application-name-taken')).toHaveLength(1);
  expect(await found(withFiles(files), 'cluster-two-masters')).toEqual([]);
});

test('S11 two clusters with one name are refused, with both places', async () => {
  const twice = { 'clusters/eu.yaml': HUB, 'clusters/prod.yaml': HUB, 'sets/apps.yaml': setOf(FOLDERS) };
  expect(await found(withFiles(twice), 'cluster-invalid')).toEqual([
    'clusters/prod.yaml: the name prod is taken by clusters/eu.yaml',
  ]);
});
