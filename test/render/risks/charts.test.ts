import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRenderers, type Renderers } from '../../../src/render/renderers.ts';
import { judgeRisks } from '../../../src/render/risks/judge.ts';
import { RISK_IDS } from '../../../src/render/risks/risk.ts';
import { DEFAULT_KUBERNETES } from '../../../src/repository/conventions/kubernetes.ts';
import type { Manifest } from '../../../src/repository/manifest.ts';
import { openCacheFiles } from '../../../src/system/cache/cache-files.ts';
import { untranslated } from '../../../src/text/language.ts';
import { hasRenderer, PROGRAM } from '../../renderer/support.ts';
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
import { makeFolder } from '../../support/repository.ts';
import { testEnv } from '../../support/slipway.ts';

/**
 * Two versions of a small chart, and what the step from the first to the second is a risk of, and the step back. `server` is
 * the change that a kube-apiserver 1.36 was asked about, and what it answered to the step there, where that is about refusal.
 */
type Pair = {
  title: string;
  one: Manifest[];
  other: Manifest[];
  there: string[];
  back: string[];
  server?: string;
};

const deployment = (spec = {}, metadata = {}): Manifest => workload('Deployment', spec, metadata);
const container = (fields: Record<string, unknown>) => ({ template: template({ container: fields }) });
const pod = (fields: Record<string, unknown>) => ({ template: template({ pod: fields }) });
const selecting = (labels: Record<string, string>) => ({
  selector: { matchLabels: labels },
  template: template({ labels }),
});
const job = (image: string, metadata = {}): Manifest =>
  object('batch/v1', 'Job', {
    metadata,
    spec: { template: template({ container: { image }, pod: { restartPolicy: 'Never' } }) },
  });
const ingress = (...hosts: string[]): Manifest =>
  object('networking.k8s.io/v1', 'Ingress', { spec: { rules: hosts.map(host => ({ host })) } });
const route = (...hostnames: string[]): Manifest =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', { spec: { hostnames, parentRefs: [{ name: 'web' }] } });
const policy = (spec: Record<string, unknown>): Manifest =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec });
const budget = (version: string, spec: Record<string, unknown>): Manifest =>
  object(`policy/${version}`, 'PodDisruptionBudget', { spec });
const webhook = (failurePolicy: string): Manifest =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [{ name: 'w.example', failurePolicy }],
  });
const storage = (parameters: Record<string, string>): Manifest =>
  object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'p.example', parameters });
const secret = (type: string): Manifest => object('v1', 'Secret', { type, data: { username: 'eA==' } });
const schema = (properties: Record<string, unknown>): Manifest =>
  crd([{ name: 'v1', storage: true, schema: { properties: { spec: { type: 'object', properties } } } }]);
const webhookFor = (namespaceSelector: Record<string, unknown>): Manifest =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [{ name: 'w.example', failurePolicy: 'Fail', namespaceSelector }],
  });
const namespace = (labels: Record<string, string>): Manifest =>
  object('v1', 'Namespace', { metadata: { labels } });
const enforcing = (level: string) => namespace({ 'pod-security.kubernetes.io/enforce': level });
const cronJob = (spec: Record<string, unknown>): Manifest =>
  object('batch/v1', 'CronJob', {
    spec: { schedule: '1 0 * * *', jobTemplate: { spec: { template: template() } }, ...spec },
  });
const gateway = (...names: string[]): Manifest =>
  object('gateway.networking.k8s.io/v1', 'Gateway', {
    spec: { listeners: names.map((name, index) => ({ name, port: 80 + index, protocol: 'HTTP' })) },
  });
const secured = (securityContext: Record<string, unknown>) => container({ securityContext });
const hook = { annotations: { 'helm.sh/hook': 'pre-upgrade' } };
const sa = { kind: 'ServiceAccount', namespace: 'shop', name: 'a' };

const IMMUTABLE = ['fatal immutable-field'];
const both = (risks: string[]) => ({ there: risks, back: risks });

/** What is refused one way is mostly refused the other way too. */
const REFUSED: Pair[] = [
  {
    title: 'a Deployment selects by another label',
    one: [deployment()],
    other: [deployment(selecting({ app: 'two' }))],
    ...both(IMMUTABLE),
    server: 'Deployment selector.matchLabels value: 422',
  },
  {
    title: 'a Deployment selects by a label more',
    one: [deployment()],
    other: [deployment(selecting({ app: 'one', part: 'web' }))],
    ...both(IMMUTABLE),
    server: 'Deployment selector: a label added: 422',
  },
  {
    title: 'a DaemonSet selects by another label',
    one: [workload('DaemonSet')],
    other: [workload('DaemonSet', selecting({ app: 'two' }))],
    ...both(IMMUTABLE),
    server: 'DaemonSet selector: 422',
  },
  {
    title: 'a StatefulSet is served by another Service',
    one: [database()],
    other: [database({ serviceName: 'other' })],
    ...both(IMMUTABLE),
    server: 'StatefulSet serviceName: 422',
  },
  {
    title: 'a claim of a StatefulSet asks for more',
    one: [database()],
    other: [database({}, size('2Gi'))],
    ...both(IMMUTABLE),
    server: 'StatefulSet volumeClaimTemplates: size grows: 422',
  },
  {
    title: 'a claim of a StatefulSet gets the label of the chart',
    one: [database()],
    other: [database({}, { metadata: { labels: { chart: 'db-2' } } })],
    ...both(IMMUTABLE),
    server: 'StatefulSet volumeClaimTemplates: a label (chart version label): 422',
  },
  {
    title: 'a StatefulSet starts its pods at once',
    one: [database()],
    other: [database({ podManagementPolicy: 'Parallel' })],
    ...both(IMMUTABLE),
    server: 'StatefulSet podManagementPolicy: 422',
  },
  {
    title: 'a Job runs another image',
    one: [job('registry.example/one:1')],
    other: [job('registry.example/one:2')],
    ...both(IMMUTABLE),
    server: 'Job template image: 422',
  },
  {
    title: 'a Service becomes headless',
    one: [service()],
    other: [service({ clusterIP: 'None' })],
    there: IMMUTABLE,
    back: [],
    server: 'Service ClusterIP -> headless (clusterIP: None): 422',
  },
  {
    title: 'a binding gives another role',
    one: [binding('reader', sa)],
    other: [binding('writer', sa)],
    ...both(IMMUTABLE),
    server: 'ClusterRoleBinding roleRef.name: 422',
  },
  {
    title: 'a StorageClass has other parameters',
    one: [storage({ a: '1' })],
    other: [storage({ a: '2' })],
    ...both(IMMUTABLE),
    server: 'StorageClass parameters: 422',
  },
  {
    title: 'a Secret is of another type',
    one: [secret('Opaque')],
    other: [secret('kubernetes.io/basic-auth')],
    ...both(IMMUTABLE),
    server: 'Secret type: 422',
  },
  {
    title: 'a claim is of another class',
    one: [claim()],
    other: [claim({ storageClassName: 'fast' })],
    ...both(IMMUTABLE),
    server: 'PVC storageClassName: 422',
  },
  {
    title: 'a claim asks for less, and more again',
    one: [claim(size('10Gi'))],
    other: [claim(size('5Gi'))],
    there: ['fatal volume-changed'],
    back: ['low volume-changed'],
    server: 'PVC size shrinks (Bound, expandable class): 422',
  },
  {
    title: 'a port name is too long',
    one: [deployment(container({ ports: [{ containerPort: 80, name: 'metrics' }] }))],
    other: [deployment(container({ ports: [{ containerPort: 80, name: 'metrics-and-more' }] }))],
    there: ['fatal refused'],
    back: [],
    server: 'Deployment container port name > 15 characters: 422',
  },
  {
    title: 'a variable stands twice',
    one: [deployment(container({ env: [{ name: 'A', value: '1' }] }))],
    other: [
      deployment(
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        }),
      ),
    ],
    there: ['fatal refused'],
    back: [],
    server: 'Deployment env name twice: 500',
  },
  {
    title: 'two ports, none named',
    one: [service({ ports: [{ port: 80 }] })],
    other: [service({ ports: [{ port: 80 }, { port: 81 }] })],
    there: ['fatal refused'],
    back: [],
    server: 'Service second port, none named: 422',
  },
  {
    title: 'an API version that is no longer served',
    one: [budget('v1', { maxUnavailable: 1 })],
    other: [budget('v1beta1', { maxUnavailable: 1 })],
    there: ['fatal api-removed'],
    back: [],
    server: 'old-pdb, no matches for kind PodDisruptionBudget in version policy/v1beta1: 404',
  },
];

/** What widens, goes or stops one way is harmless the other way. */
const ONE_WAY: Pair[] = [
  { title: 'a claim', one: [claim()], other: [], there: ['fatal data-removed'], back: [] },
  { title: 'a StatefulSet', one: [database()], other: [], there: ['fatal data-removed'], back: [] },
  {
    title: 'a custom resource definition',
    one: [schema({})],
    other: [],
    there: ['fatal data-removed'],
    back: [],
  },
  {
    title: 'a field of a custom resource',
    one: [schema({ a: { type: 'string' } })],
    other: [schema({})],
    there: ['high crd-changed'],
    back: [],
  },
  {
    title: 'everything allowed',
    one: [role(['core', 'pods', 'get'])],
    other: [role(['*', '*', '*'])],
    there: ['fatal access-widened'],
    back: [],
  },
  {
    title: 'secrets allowed',
    one: [role(['core', 'pods', 'get'])],
    other: [role(['core', 'pods secrets', 'get'])],
    there: ['high access-widened'],
    back: [],
  },
  {
    title: 'a load balancer',
    one: [service()],
    other: [service({ type: 'LoadBalancer' })],
    there: ['high service-exposed'],
    back: [],
  },
  {
    title: 'a node port',
    one: [service()],
    other: [service({ type: 'NodePort' })],
    there: ['high service-exposed'],
    back: [],
  },
  {
    title: 'a privileged container',
    one: [deployment()],
    other: [deployment(container({ securityContext: { privileged: true } }))],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'the host network',
    one: [deployment()],
    other: [deployment(pod({ hostNetwork: true }))],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'a network policy',
    one: [policy({ podSelector: {}, ingress: [] })],
    other: [],
    there: ['high policy-removed'],
    back: [],
  },
  {
    title: 'no replicas',
    one: [deployment({ replicas: 1 })],
    other: [deployment({ replicas: 0 })],
    there: ['high unavailable'],
    back: [],
  },
  {
    title: 'a budget that lets no pod go',
    one: [budget('v1', { maxUnavailable: 1 })],
    other: [budget('v1', { maxUnavailable: 0 })],
    there: ['high unavailable'],
    back: [],
  },
  {
    title: 'a webhook that fails closed',
    one: [webhook('Ignore')],
    other: [webhook('Fail')],
    there: ['high webhook-blocks'],
    back: [],
  },
  {
    title: 'a host name that another app serves',
    one: [],
    other: [route('taken.example')],
    there: ['high route-taken'],
    back: ['high route-lost'],
  },
  { title: 'an Ingress', one: [ingress('a.example')], other: [], there: ['high route-lost'], back: [] },
  {
    title: 'a host of a route',
    one: [route('a.example', 'b.example')],
    other: [route('a.example')],
    there: ['high route-lost'],
    back: [],
  },
  {
    title: 'a probe',
    one: [deployment(container({ livenessProbe: { tcpSocket: { port: 80 } } }))],
    other: [deployment()],
    there: ['low probe-removed'],
    back: [],
  },
  {
    title: 'a tag that moves',
    one: [deployment(container({ image: 'registry.example/one:1' }))],
    other: [deployment(container({ image: 'registry.example/one:latest' }))],
    there: ['low image-mutable'],
    back: [],
  },
  {
    title: 'another registry, there and back',
    one: [deployment()],
    other: [deployment(container({ image: 'mirror.example/one:1' }))],
    ...both(['high image-moved']),
  },
  {
    title: 'a hook',
    one: [],
    other: [job('registry.example/one:1', hook)],
    there: ['low hook-runs'],
    back: [],
  },
];

/** What every version of a chart changes, and what is only written otherwise. */
const FALSE_ALARMS: Pair[] = [
  {
    title: 'labels of the chart',
    one: [deployment({}, { labels: { 'helm.sh/chart': 'one-1' } })],
    other: [deployment({}, { labels: { 'helm.sh/chart': 'one-2' } })],
  },
  {
    title: 'a checksum',
    one: [deployment()],
    other: [
      deployment({
        template: {
          ...template(),
          metadata: { labels: { app: 'one' }, annotations: { 'checksum/config': 'x' } },
        },
      }),
    ],
  },
  {
    title: 'variables in another order',
    one: [deployment(container({ env: [{ name: 'A' }, { name: 'B' }] }))],
    other: [deployment(container({ env: [{ name: 'B' }, { name: 'A' }] }))],
  },
  {
    title: 'another tag',
    one: [deployment()],
    other: [deployment(container({ image: 'registry.example/one:2' }))],
    server: 'Deployment replicas, image: 200',
  },
  {
    title: 'rules in another cut',
    one: [role(['core apps', 'pods', 'get list'])],
    other: [role(['apps', 'pods', 'list get'], ['core', 'pods', 'get list'])],
  },
  {
    title: 'hosts in another order',
    one: [ingress('a.example', 'b.example')],
    other: [ingress('b.example', 'a.example')],
  },
  { title: 'the same size in other words', one: [claim(size('1Gi'))], other: [claim(size('1024Mi'))] },
  {
    title: 'a label of a claim',
    one: [claim()],
    other: [claim({}, { labels: { chart: 'x' } })],
    server: 'PVC label, annotation: 200',
  },
  {
    title: 'a limit',
    one: [deployment()],
    other: [deployment(container({ resources: { limits: { memory: '1Gi' } } }))],
  },
  {
    title: 'the port of a Service',
    one: [service()],
    other: [service({ ports: [{ name: 'http', port: 8080 }] })],
    server: 'Service selector, port number, port name, targetPort: 200',
  },
].map(pair => ({ ...pair, there: [], back: [] }));

const HOST: Pair[] = [
  {
    title: 'a container takes a port of the node',
    fields: container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
  },
  { title: 'a pod shares its processes', fields: pod({ shareProcessNamespace: true }) },
  { title: 'a container sees all of proc', fields: secured({ procMount: 'Unmasked' }) },
  {
    title: 'a container calls whatever it likes',
    fields: secured({ seccompProfile: { type: 'Unconfined' } }),
  },
  {
    title: 'a pod calls whatever it likes',
    fields: pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
  },
  { title: 'a container runs as root', fields: secured({ runAsUser: 0 }) },
].map(({ title, fields }) => ({
  title,
  one: [deployment()],
  other: [deployment(fields)],
  there: ['high host-access'],
  back: [],
}));

const LOOSENED: Pair[] = [
  {
    title: 'a pod gets the token of its account again',
    one: [deployment(pod({ automountServiceAccountToken: false }))],
    other: [deployment()],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'a container may gain privileges again',
    one: [deployment(secured({ allowPrivilegeEscalation: false }))],
    other: [deployment(secured({ allowPrivilegeEscalation: true }))],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'a namespace admits every pod',
    one: [enforcing('restricted')],
    other: [enforcing('privileged')],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'a namespace loses its standard',
    one: [enforcing('baseline')],
    other: [namespace({})],
    there: ['high host-access'],
    back: [],
  },
  {
    title: 'a CronJob is suspended',
    one: [cronJob({})],
    other: [cronJob({ suspend: true })],
    there: ['high unavailable'],
    back: [],
    server: 'CronJob schedule, template, timeZone: 200',
  },
  {
    title: 'a webhook is asked about every namespace',
    one: [webhookFor({ matchLabels: { checked: 'yes' } })],
    other: [webhookFor({})],
    there: ['high webhook-blocks'],
    back: [],
  },
  {
    title: 'a Gateway loses a listener',
    one: [gateway('http', 'admin')],
    other: [gateway('http')],
    there: ['high route-lost'],
    back: [],
  },
  {
    title: 'a CronJob runs at another time, and lets runs overlap',
    one: [cronJob({ concurrencyPolicy: 'Forbid' })],
    other: [cronJob({ schedule: '2 0 * * *' })],
    ...both([]),
    server: 'CronJob schedule, template, timeZone: 200',
  },
  {
    title: 'a namespace gets another label',
    one: [enforcing('baseline')],
    other: [namespace({ 'pod-security.kubernetes.io/enforce': 'baseline', team: 'a' })],
    ...both([]),
  },
  {
    title: 'a container names its profile',
    one: [deployment()],
    other: [deployment(secured({ seccompProfile: { type: 'RuntimeDefault' } }))],
    ...both([]),
  },
];

const PAIRS: Pair[] = [...REFUSED, ...ONE_WAY, ...HOST, ...LOOSENED, ...FALSE_ALARMS];

let renderers: Renderers;
beforeAll(async () => {
  renderers = await createRenderers({
    settings: {},
    cluster: {
      value: { kubeVersion: DEFAULT_KUBERNETES, apiVersions: [] },
      evidence: untranslated('default'),
    },
    env: testEnv(makeFolder(), { SLIPWAY_RENDERER: PROGRAM }),
    signal: new AbortController().signal,
    jobs: 1,
    cache: await openCacheFiles({ folder: makeFolder(), warn: () => undefined, now: () => Date.now() }),
  });
});
afterAll(() => renderers.close());

/** What a chart renders whose templates are these objects. */
async function rendered(objects: readonly Manifest[]): Promise<Manifest[]> {
  const files = new Map(
    [
      ['Chart.yaml', 'apiVersion: v2\nname: one\nversion: 1.0.0\n'] as const,
      ['values.yaml', ''] as const,
      ...objects.map(({ body }, index) => [`templates/${index}.yaml`, JSON.stringify(body)] as const),
    ].map(([name, text]) => [name, Buffer.from(text)]),
  );
  const { manifests } = await renderers.template({
    release: 'one',
    namespace: 'web',
    chart: { files },
    values: Buffer.from(''),
  });
  return manifests;
}

async function risksOf(before: readonly Manifest[], after: readonly Manifest[]): Promise<string[]> {
  const surroundings = {
    serverSide: true,
    isUsed: () => false,
    namespace: 'web',
    routesElsewhere: () => [route('taken.example')],
    kubernetes: { version: DEFAULT_KUBERNETES, isKnown: true },
  };
  const risks = judgeRisks(await rendered(before), await rendered(after), surroundings);
  return risks.map(({ id, level }) => `${level} ${id}`);
}

describe.runIf(hasRenderer)('upgrades of small charts', () => {
  test.each(PAIRS)('$title', async ({ one, other, there, back, server = '' }) => {
    expect(await risksOf(one, other)).toEqual(there);
    expect(await risksOf(other, one)).toEqual(back);
    // What the API server refuses is fatal here, and what it takes is not.
    const isFatal = there.some(risk => risk.startsWith('fatal'));
    expect(server === '' || isFatal === !server.endsWith(': 200')).toBe(true);
  });
});

test('the table is large enough, and holds every class', () => {
  expect(PAIRS.length * 2).toBeGreaterThanOrEqual(60);
  const named = PAIRS.flatMap(({ there, back }) => [...there, ...back]).map(risk => risk.split(' ')[1] ?? '');
  expect(RISK_IDS.filter(id => !named.includes(id))).toEqual([]);
  expect(REFUSED.filter(({ server }) => server === undefined)).toEqual([]);
});
