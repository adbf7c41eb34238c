import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../../src/repository/manifest.ts';
import { printYaml } from '../../../src/yaml/print.ts';
import { serveCharts, type TestRepository } from '../../support/chart-repository.ts';
import {
  binding,
  claim,
  crd,
  database,
  object,
  role,
  service,
  size,
  template,
  workload,
} from '../../support/objects.ts';
import { branchedRepository, change, plainApp } from '../../support/preview-fixture.ts';
import { proofCharts } from '../../support/proof-fixture.ts';
import { makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

type Seen = { app: string; pile: string; cautions: { id: string; level: string; fact: string }[] };

async function seenIn(root: string, ...args: string[]): Promise<Seen[]> {
  const env = testEnv(makeFolder()) as Record<string, string>;
  const run = await slipway(['preview', '-C', root, '--json', ...args], { cwd: root, env });
  return (readAs('preview', run.stdout) as { apps: Seen[] }).apps;
}

const pod = (fields: Record<string, unknown>): Manifest =>
  workload('Deployment', { template: template({ pod: fields }) });
const withImage = (image: string): Manifest =>
  workload('Deployment', { template: template({ container: { image } }) });
const ingress = (host: string): Manifest =>
  object('networking.k8s.io/v1', 'Ingress', {
    spec: {
      rules: [
        {
          host,
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'one', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });
const webhook = (failurePolicy: string): Manifest =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [
      {
        name: 'a.example.org',
        failurePolicy,
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        clientConfig: { service: { name: 'one', namespace: 'one' } },
      },
    ],
  });
const job = (image: string): Manifest =>
  object('batch/v1', 'Job', {
    spec: { template: template({ pod: { restartPolicy: 'Never' }, container: { image } }) },
  });
const budget = (spec: object): Manifest => object('policy/v1', 'PodDisruptionBudget', { spec });
const v1 = { name: 'v1', served: true, storage: true };
const v1beta1 = { name: 'v1beta1', served: true, storage: false };
const mounted = pod({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'one' } }] });
const release = (fields: object): Manifest =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
    spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'x' }, ...fields },
  });

/** What the specification calls a caution, a change that shows it, and what preview says of it. */
const CAUTIONS: readonly [
  name: string,
  before: Manifest[],
  after: Manifest[],
  said: string,
  fact?: RegExp,
][] = [
  ['removed-statefulset', [database()], [], 'fatal data-removed'],
  ['removed-pvc', [claim()], [], 'fatal data-removed'],
  ['removed-namespace', [object('v1', 'Namespace')], [], 'fatal data-removed'],
  ['removed-crd', [crd([v1])], [], 'fatal data-removed'],
  ['removed-crd-version', [crd([v1, v1beta1])], [crd([v1])], 'high crd-changed'],
  [
    'removed-networkpolicy',
    [object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {} } })],
    [],
    'high policy-removed',
  ],
  [
    'immutable-selector',
    [workload('Deployment')],
    [
      workload('Deployment', {
        selector: { matchLabels: { app: 'two' } },
        template: template({ labels: { app: 'two' } }),
      }),
    ],
    'fatal immutable-field',
  ],
  ['immutable-claim-templates', [database()], [database({}, size('2Gi'))], 'fatal immutable-field'],
  ['immutable-storage-class', [claim()], [claim({ storageClassName: 'fast' })], 'fatal immutable-field'],
  [
    'immutable-role-ref',
    [binding('a', { kind: 'Group', name: 'g' })],
    [binding('b', { kind: 'Group', name: 'g' })],
    'fatal immutable-field',
  ],
  [
    'immutable-cluster-ip',
    [service({ clusterIP: '10.0.0.1' })],
    [service({ clusterIP: '10.0.0.2' })],
    'fatal immutable-field',
  ],
  ['immutable-job', [job('a.example/one:1')], [job('a.example/one:2')], 'fatal immutable-field'],
  ['pvc-shrinks', [claim()], [claim(size('1Gi'))], 'fatal volume-changed'],
  [
    'privileged',
    [workload('Deployment')],
    [
      workload('Deployment', {
        template: template({ container: { securityContext: { privileged: true } } }),
      }),
    ],
    'high host-access',
    /privileged/,
  ],
  [
    'host-path',
    [workload('Deployment')],
    [pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] })],
    'high host-access',
    /hostPath/,
  ],
  ['host-network', [workload('Deployment')], [pod({ hostNetwork: true })], 'high host-access', /hostNetwork/],
  ['host-pid', [workload('Deployment')], [pod({ hostPID: true })], 'high host-access', /hostPID/],
  [
    'rbac-widened',
    [role(['core', 'pods', 'get'])],
    [role(['core', 'secrets', 'get'])],
    'high access-widened',
  ],
  [
    'replicas-zero',
    [workload('Deployment', { replicas: 2 })],
    [workload('Deployment', { replicas: 0 })],
    'high unavailable',
    /replicas 2/,
  ],
  [
    'pdb-blocks',
    [budget({ maxUnavailable: 1 })],
    [budget({ maxUnavailable: 0 })],
    'high unavailable',
    /drained/,
  ],
  ['service-type', [service()], [service({ type: 'NodePort' })], 'high service-exposed'],
  [
    'route-host-lost',
    [ingress('a.example.org')],
    [ingress('b.example.org')],
    'high route-lost',
    /a\.example\.org/,
  ],
  [
    'image-registry-moved',
    [withImage('a.example/one:1')],
    [withImage('b.example/one:1')],
    'high image-moved',
  ],
  ['tag-mutable', [withImage('a.example/one:1')], [withImage('a.example/one:latest')], 'low image-mutable'],
  ['tag-mutable-of-what-is-new', [], [withImage('a.example/one:latest')], 'low image-mutable'],
  ['image-major', [withImage('a.example/one:1.9.0')], [withImage('a.example/one:2.0.0')], 'low image-major'],
  ['webhook-fail-closed', [webhook('Ignore')], [webhook('Fail')], 'high webhook-blocks'],
  [
    'selector-without-pods',
    [service(), workload('Deployment')],
    [service({ selector: { app: 'two' } }), workload('Deployment')],
    'high unavailable',
    /selects no pod/,
  ],
  [
    'policy-without-pods',
    [
      object('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: { matchLabels: { app: 'one' } } },
      }),
      workload('DaemonSet'),
    ],
    [
      object('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: { podSelector: { matchLabels: { app: 'two' } } },
      }),
      workload('DaemonSet'),
    ],
    'high policy-removed',
    /selects no pod/,
  ],
  ['claim-still-mounted', [claim(), mounted], [mounted], 'high unavailable', /still mounts the claim one/],
  [
    'host-taken',
    [],
    [ingress('taken.example.org')],
    'high route-taken',
    /taken\.example\.org is served by Ingress \S+ already/,
  ],
  [
    'suspended-release',
    [release({ suspend: true })],
    [release({ suspend: true, interval: '2h' })],
    'high suspended-parent',
    /HelmRelease one is suspended/,
  ],
  [
    'suspended-application',
    [
      object('argoproj.io/v1alpha1', 'Application', {
        metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
        spec: { project: 'a' },
      }),
    ],
    [
      object('argoproj.io/v1alpha1', 'Application', {
        metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
        spec: { project: 'b' },
      }),
    ],
    'high suspended-parent',
    /Application one/,
  ],
];

function filesOf(name: string, manifests: readonly Manifest[]): Record<string, string> {
  const resources = manifests.map(({ body }, index) => [`${index}.yaml`, printYaml(body)] as const);
  const kept = JSON.stringify(object('v1', 'ConfigMap', { metadata: { name: 'kept' } }).body);
  return plainApp(`production/${name}`, { 'kept.yaml': kept, ...Object.fromEntries(resources) });
}

describe('each caution of the specification', () => {
  let apps: Seen[];
  let root: string;
  beforeAll(async () => {
    const elsewhere = filesOf('elsewhere', [ingress('taken.example.org')]);
    const side = (which: 1 | 2): Record<string, string> =>
      Object.assign({}, elsewhere, ...CAUTIONS.map(row => filesOf(row[0], row[which]))) as Record<
        string,
        string
      >;
    root = branchedRepository(side(1));
    change(root, side(2));
    apps = await seenIn(root);
  });

  test.each(CAUTIONS)('%s', (name, _, __, said, fact = /./) => {
    const app = apps.find(each => each.app === `production/${name}`);
    const found = (app?.cautions ?? []).filter(each => fact.test(each.fact));
    expect(found.map(({ id, level }) => `${level} ${id}`)).toContain(said);
    const piles = said.startsWith('low ') ? ['change', 'routine'] : ['decision', 'caution'];
    expect(piles).toContain(app?.pile);
  });

  test('in Chinese none of them is in English, and Latin words keep their distance', async () => {
    const folder = makeFolder();
    const files = ['page.html', 'comment.md'].map(name => path.join(folder, name));
    const args = ['--lang', 'zh', '--html', files[0] ?? '', '--markdown', files[1] ?? ''];
    const env = testEnv(folder) as Record<string, string>;
    const { stdout } = await slipway(['preview', '-C', root, ...args], { cwd: root, env });
    const own =
      /<style>[^]*?<\/style>|<script>[^]*?<\/script>|<pre[^]*?<\/pre>|```[^]*?```|<code>[^]*?<\/code>|`[^`]*`|<meta[^>]*>/g;
    for (const text of [stdout, ...files.map(file => readFileSync(file, 'utf8'))]) {
      const words = text
        .replaceAll(own, '·')
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\b(?:kubectl|slipway) [a-z ]+/g, '·');
      expect(words.match(/\b[a-z]{3,} [a-z]{3,} [a-z]{3,}\b/g) ?? []).toEqual([]);
      expect(words.match(/.{0,8}(?:[\u4e00-\u9fff][A-Za-z]|[A-Za-z][\u4e00-\u9fff]).{0,8}/g) ?? []).toEqual(
        [],
      );
    }
  });

  test('the gravest of an app stands first, and a selector that never had a pod is none', () => {
    const levels = apps.map(({ cautions }) =>
      cautions.map(({ level }) => ['fatal', 'high', 'low'].indexOf(level)),
    );
    expect(levels.every(own => own.every((level, index) => level >= (own[index - 1] ?? 0)))).toBe(true);
    const exposed = apps.find(({ app }) => app === 'production/service-type');
    expect(exposed?.cautions.map(({ id }) => id)).toEqual(['service-exposed']);
  });
});

describe('what the delivery makes of it', () => {
  const ks = (fields: string, name = 'web'): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1h, path: ./apps/${name}, sourceRef: {kind: GitRepository, name: flux-system}, ${fields}}\n`;
  const config = (colour: string): string =>
    JSON.stringify(object('v1', 'ConfigMap', { data: { colour } }).body);
  const app = (colour: string): Record<string, string> => plainApp('apps/web', { 'a.yaml': config(colour) });
  const ids = (apps: readonly Seen[]): string[][] =>
    apps.map(({ cautions }) => cautions.map(({ id, fact }) => `${id}: ${fact}`));

  test('suspended-parent: nothing arrives while the Kustomization, or the one above it, is suspended', async () => {
    const root = branchedRepository({
      ...app('blue'),
      'clusters/main/web.yaml': ks('prune: true, suspend: true'),
    });
    change(root, app('green'));
    expect(ids(await seenIn(root))).toEqual([
      ['suspended-parent: Kustomization web is suspended: nothing of this arrives before it is resumed'],
    ]);
  });

  test.each([
    [
      'prune: false',
      [
        'prune-or-orphan: 1 object stays in the cluster, and nobody looks after them: Kustomization web does not prune',
      ],
    ],
    ['prune: true', []],
  ])('prune-or-orphan: an object that goes, under %s', async (prune, said) => {
    const both = { 'a.yaml': config('blue'), 'b.yaml': JSON.stringify(service().body) };
    const root = branchedRepository({ ...plainApp('apps/web', both), 'clusters/main/web.yaml': ks(prune) });
    change(root, app('blue'));
    expect(ids(await seenIn(root)).flat()).toEqual(said);
  });

  test.each([
    ['', 'ApplicationSet apps deletes what goes with the app: 1 object'],
    ['syncPolicy: {preserveResourcesOnDeletion: true}, ', '1 object stays in the cluster'],
  ])('prune-or-orphan: an app that goes from an ApplicationSet with {%s}', async (policy, said) => {
    const set = `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: apps}\nspec: {${policy}generators: [{git: {directories: [{path: production/*}]}}], template: {spec: {project: a}}}\n`;
    const files = plainApp('production/web', { 'a.yaml': config('blue') });
    const root = branchedRepository({ ...files, 'bootstrap/apps.yaml': set });
    change(root, Object.fromEntries(Object.keys(files).map(file => [file, undefined])));
    expect(ids(await seenIn(root)).flat()).toEqual([expect.stringContaining(`prune-or-orphan: ${said}`)]);
  });

  test('large-change: more than twenty apps', async () => {
    const many = (colour: string): Record<string, string> =>
      Object.assign(
        {},
        ...Array.from({ length: 21 }, (_, index) =>
          plainApp(`production/a${index}`, { 'a.yaml': config(colour) }),
        ),
      ) as Record<string, string>;
    const root = branchedRepository(many('blue'));
    change(root, many('green'));
    const env = testEnv(makeFolder()) as Record<string, string>;
    const run = await slipway(['preview', '-C', root, '--json'], { cwd: root, env });
    expect((JSON.parse(run.stdout) as Seen).cautions.map(({ id }) => id)).toEqual(['large-change']);
  });
});

describe('charts', () => {
  let charts: TestRepository;
  beforeAll(async () => {
    charts = await serveCharts([
      ...proofCharts(),
      { name: 'major', version: '1.0.0', files: {} },
      { name: 'major', version: '2.0.0', files: {} },
    ]);
  });
  afterAll(() => charts.close());

  const VALUES = 'cache: {size: 20}\nreplicas: 2\n';
  const app = (chart: string, version: string, values = '{}\n'): Record<string, string> => ({
    [`production/${chart}/kustomization.yaml`]: `namespace: ${chart}\nhelmCharts:\n  - {name: ${chart}, releaseName: ${chart}, version: ${version}, repo: ${charts.url}, valuesFile: values.yaml}\n`,
    [`production/${chart}/values.yaml`]: values,
  });

  test.each([
    ['1.0.0', '2.0.0', 'low chart-major'],
    ['2.0.0', '1.0.0', 'high chart-downgrade'],
  ])('chart %s → %s: %s', async (from, to, said) => {
    const root = branchedRepository(app('major', from));
    change(root, app('major', to));
    const [seen] = await seenIn(root);
    expect(seen?.cautions.map(({ id, level }) => `${level} ${id}`)).toEqual([said]);
  });

  test('lost-effect: with --prove, a value that does nothing any more', async () => {
    const root = branchedRepository(app('shop', '1.0.0', VALUES));
    change(root, app('shop', '1.1.0', VALUES));
    expect((await seenIn(root))[0]?.cautions.map(({ id }) => id)).not.toContain('lost-effect');
    const [seen] = await seenIn(root, '--prove');
    const lost = seen?.cautions.find(({ id }) => id === 'lost-effect');
    expect([seen?.pile, lost?.fact]).toEqual(['caution', expect.stringMatching(/shop[^]*cache\.size/)]);
  });
});
