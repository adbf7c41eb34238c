import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../src/render/refused/faults.ts';
import { dotted } from '../../../src/render/refused/fault.ts';
import { isSchedule } from '../../../src/render/refused/schedules.ts';
import type { Manifest } from '../../../src/repository/manifest.ts';
import {
  binding,
  claim,
  crd,
  database,
  object,
  service,
  size,
  template,
  workload,
} from '../../support/objects.ts';

type Fields = Record<string, unknown>;
const LONG = 'a'.repeat(64);
const GATEWAY = 'gateway.networking.k8s.io/v1';

const container = (fields: Fields): Manifest =>
  workload('Deployment', { template: template({ container: fields }) });
const pod = (fields: Fields): Manifest => workload('Deployment', { template: template({ pod: fields }) });
const ports = (...list: Fields[]): Manifest => service({ ports: list });
const named = (kind: string, name: string, apiVersion = 'v1'): Manifest =>
  object(apiVersion, kind, { metadata: { name } });
const labelled = (labels: Fields): Manifest => object('v1', 'ConfigMap', { metadata: { labels } });
const cron = (spec: Fields = {}): Manifest =>
  object('batch/v1', 'CronJob', {
    spec: {
      schedule: '5 4 * * *',
      jobTemplate: { spec: { template: template({ pod: { restartPolicy: 'Never' } }) } },
      ...spec,
    },
  });
const rule = (fields: Fields): Manifest =>
  object(GATEWAY, 'HTTPRoute', { spec: { parentRefs: [{ name: 'g' }], rules: [fields] } });
const redirect = { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } };
const rewrite = {
  type: 'URLRewrite',
  urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
};
const parents = (...parentRefs: Fields[]): Manifest => object(GATEWAY, 'HTTPRoute', { spec: { parentRefs } });
const gateway = (...listeners: Fields[]): Manifest =>
  object(GATEWAY, 'Gateway', { spec: { gatewayClassName: 'c', listeners } });
const listener = (name: string, fields: Fields = {}): Fields => ({
  name,
  port: 80,
  protocol: 'HTTP',
  ...fields,
});
const ingress = (spec: Fields, annotations: Fields = {}): Manifest =>
  object('networking.k8s.io/v1', 'Ingress', { metadata: { annotations }, spec });
const path = (text: string): Fields => ({
  rules: [{ http: { paths: [{ path: text, pathType: 'Prefix' }] } }],
});
const scaled = (spec: Fields): Manifest => object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec });
const hosts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `h${index}.example.org`);
const policy = (port: Fields): Manifest =>
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, ingress: [{ ports: [port] }] },
  });
const certificate = (commonName: string): Manifest =>
  object('cert-manager.io/v1', 'Certificate', { spec: { commonName, secretName: 's' } });

/** What a kube-apiserver 1.36 answered to objects with this one fault, by where it named it; cert-manager's webhook to the last. */
const REFUSED: [title: string, manifest: Manifest, at: string][] = [
  ['a Service with a long name', named('Service', LONG), 'metadata.name'],
  ['a Service with a dot', named('Service', 'a.b'), 'metadata.name'],
  ['a name in capitals', named('ConfigMap', 'Web'), 'metadata.name'],
  ['a name with an underscore', named('Deployment', 'a_b', 'apps/v1'), 'metadata.name'],
  [
    'a CronJob with more than 52 characters',
    object('batch/v1', 'CronJob', { metadata: { name: 'a'.repeat(53) } }),
    'metadata.name',
  ],
  ['a long label', labelled({ v: LONG }), 'metadata.labels.v'],
  ['a label with a blank', labelled({ v: 'a b' }), 'metadata.labels.v'],
  ['a label key with a blank', labelled({ 'a b': 'c' }), 'metadata.labels.a b'],
  ['ports without names', ports({ port: 80 }, { port: 81 }), 'spec.ports[0]'],
  ['a port name in capitals', ports({ name: 'Http_1', port: 80 }), 'spec.ports[0].name'],
  ['port 0', ports({ name: 'a', port: 0 }), 'spec.ports[0].port'],
  ['a port twice', ports({ name: 'a', port: 80 }, { name: 'b', port: 80 }), 'spec.ports[1]'],
  [
    'a selector that matches nothing',
    workload('Deployment', { selector: { matchLabels: { app: 'other' } } }),
    'spec.template.metadata.labels',
  ],
  [
    'a variable twice',
    container({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
    'spec.template.spec.containers[0].env[1]',
  ],
  [
    'a container port twice',
    container({
      ports: [
        { name: 'a', containerPort: 80 },
        { name: 'b', containerPort: 80 },
      ],
    }),
    'spec.template.spec.containers[0].ports[1]',
  ],
  [
    'a long port name',
    container({ ports: [{ name: 'metrics-and-more', containerPort: 80 }] }),
    'spec.template.spec.containers[0].ports[0].name',
  ],
  [
    'a container port that is none',
    container({ ports: [{ containerPort: 70_000 }] }),
    'spec.template.spec.containers[0].ports[0].containerPort',
  ],
  [
    'a mount without its volume',
    container({ volumeMounts: [{ name: 'd', mountPath: '/d' }] }),
    'spec.template.spec.containers[0].volumeMounts[0].name',
  ],
  [
    'a volume of two types',
    pod({ volumes: [{ name: 'd', emptyDir: {}, hostPath: { path: '/d' } }] }),
    'spec.template.spec.volumes[0]',
  ],
  [
    'a liveness probe that has to succeed twice',
    container({ livenessProbe: { successThreshold: 2, tcpSocket: { port: 1 } } }),
    'spec.template.spec.containers[0].livenessProbe.successThreshold',
  ],
  [
    'a probe of two kinds',
    container({ readinessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } }),
    'spec.template.spec.containers[0].readinessProbe',
  ],
  [
    'an amount in gi',
    container({ resources: { requests: { memory: '1.5gi' } } }),
    'spec.template.spec.containers[0].resources.requests.memory',
  ],
  [
    'a request above its limit',
    container({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
    'spec.template.spec.containers[0].resources.requests.cpu',
  ],
  ['a Deployment that does not restart', pod({ restartPolicy: 'Never' }), 'spec.template.spec.restartPolicy'],
  [
    'a Job that says nothing of restarts',
    object('batch/v1', 'Job', { spec: { template: template() } }),
    'spec.template.spec.restartPolicy',
  ],
  [
    'Recreate with rolling parameters',
    workload('Deployment', { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }),
    'spec.strategy',
  ],
  ['no image', container({ image: undefined }), 'spec.template.spec.containers[0].image'],
  [
    'a Secret with an odd name',
    container({ envFrom: [{ secretRef: { name: 'Bad_Name' } }] }),
    'spec.template.spec.containers[0].envFrom[0].secretRef.name',
  ],
  ['fewer than no replicas', workload('Deployment', { replicas: -1 }), 'spec.replicas'],
  [
    'ReadWriteOncePod beside others',
    claim({ accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] }),
    'spec.accessModes',
  ],
  ['a claim without a size', claim({ resources: {} }), 'spec.resources.requests.storage'],
  ['a claim of nothing', claim(size('0')), 'spec.resources.requests.storage'],
  ['a claim in GB', claim(size('1GB')), 'spec.resources.requests.storage'],
  [
    'a claim template in GB',
    database({}, size('1GB')),
    'spec.volumeClaimTemplates[0].spec.resources.requests.storage',
  ],
  ['a storage class with an odd name', claim({ storageClassName: 'Std_A' }), 'spec.storageClassName'],
  ['minute 61', cron({ schedule: '61 * * * *' }), 'spec.schedule'],
  ['at least more than at most', scaled({ minReplicas: 5, maxReplicas: 3 }), 'spec.maxReplicas'],
  [
    'both limits of a budget',
    object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: 1, maxUnavailable: 1 } }),
    'spec',
  ],
  ['a key with a blank', object('v1', 'ConfigMap', { data: { 'a b': 'c' } }), 'data.a b'],
  [
    'a ServiceAccount of no namespace',
    binding('r', { kind: 'ServiceAccount', name: 'a' }),
    'subjects[0].namespace',
  ],
  ['an Ingress to nowhere', ingress({ ingressClassName: 'a' }), 'spec.rules'],
  ['a path that is not absolute', ingress(path('a')), 'spec.rules[0].http.paths[0].path'],
  [
    'two classes',
    ingress({ ...path('/'), ingressClassName: 'a' }, { 'kubernetes.io/ingress.class': 'b' }),
    'spec.ingressClassName',
  ],
  [
    'a range of ports that ends before it begins',
    policy({ port: 100, endPort: 90 }),
    'spec.ingress[0].ports[0].endPort',
  ],
  [
    'a definition that stores two versions',
    crd([
      { name: 'v1', storage: true },
      { name: 'v2', storage: true },
    ]),
    'spec.versions',
  ],
  ['17 hosts', object(GATEWAY, 'HTTPRoute', { spec: { hostnames: hosts(17) } }), 'spec.hostnames'],
  [
    'a match that is not absolute',
    rule({ matches: [{ path: { value: 'a' } }] }),
    'spec.rules[0].matches[0].path.value',
  ],
  [
    'a redirect with a backend',
    rule({ filters: [redirect], backendRefs: [{ name: 'a', port: 80 }] }),
    'spec.rules[0].filters[0]',
  ],
  [
    'a prefix replaced without a prefix',
    rule({
      matches: [{ path: { type: 'Exact', value: '/a' } }],
      filters: [rewrite],
    }),
    'spec.rules[0].filters[0]',
  ],
  [
    'one try longer than all of them',
    rule({ timeouts: { request: '10s', backendRequest: '1m' } }),
    'spec.rules[0].timeouts.backendRequest',
  ],
  ['one Gateway twice', parents({ name: 'g' }, { name: 'g' }), 'spec.parentRefs[1]'],
  [
    'one Gateway twice, its group written once',
    parents({ name: 'g' }, { name: 'g', group: 'gateway.networking.k8s.io' }),
    'spec.parentRefs[1]',
  ],
  [
    'a section of a Gateway by name, another by port',
    parents({ name: 'g', sectionName: 'a' }, { name: 'g', port: 80 }),
    'spec.parentRefs[1]',
  ],
  [
    'an empty method',
    object(GATEWAY, 'GRPCRoute', { spec: { rules: [{ matches: [{ method: { type: 'Exact' } }] }] } }),
    'spec.rules[0].matches[0].method',
  ],
  ['a listener twice', gateway(listener('a'), listener('a', { port: 81 })), 'spec.listeners[1]'],
  ['two listeners in one place', gateway(listener('a'), listener('b')), 'spec.listeners[1]'],
  [
    '65 listeners',
    gateway(...hosts(65).map((hostname, index) => listener(`l${index}`, { hostname }))),
    'spec.listeners',
  ],
  [
    'no certificate',
    gateway(listener('a', { protocol: 'HTTPS', tls: { mode: 'Terminate' } })),
    'spec.listeners[0].tls.certificateRefs',
  ],
  [
    'HTTPS that passes through',
    gateway(listener('a', { protocol: 'HTTPS', tls: { mode: 'Passthrough' } })),
    'spec.listeners[0].tls.mode',
  ],
  ['TLS without TLS', gateway(listener('a', { tls: {} })), 'spec.listeners[0].tls'],
  ['a common name of more than 64 characters', certificate('a'.repeat(65)), 'spec.commonName'],
];

/** What the same server took. */
const TAKEN: [title: string, manifest: Manifest][] = [
  ['a Service that begins with a digit', named('Service', '9router')],
  ['a Deployment with a dot', named('Deployment', 'a.b', 'apps/v1')],
  ['a role with a colon', named('Role', 'system:node', 'rbac.authorization.k8s.io/v1')],
  ['labels that are empty, or with a prefix', labelled({ a: '', 'app.kubernetes.io/name': 'a_b.c' })],
  [
    'one port of both protocols',
    container({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] }),
  ],
  [
    'a claim of a StatefulSet, mounted',
    database({ template: template({ container: { volumeMounts: [{ name: 'data', mountPath: '/d' }] } }) }),
  ],
  [
    'amounts',
    container({
      resources: { requests: { cpu: '100m', memory: '.5Gi' }, limits: { cpu: 1, memory: '1e9' } },
    }),
  ],
  [
    'a readiness probe that has to succeed twice',
    container({ readinessProbe: { successThreshold: 2, tcpSocket: { port: 1 } } }),
  ],
  ['no storage class at all', claim({ storageClassName: '' })],
  ['two sections of one Gateway', parents({ name: 'g', sectionName: 'a' }, { name: 'g', sectionName: 'b' })],
  ['16 hosts', object(GATEWAY, 'HTTPRoute', { spec: { hostnames: hosts(16) } })],
  ['a prefix replaced where no match is written', rule({ filters: [rewrite] })],
  ['a redirect alone', rule({ filters: [redirect] })],
  ['HTTPS that says nothing of TLS', gateway(listener('a', { protocol: 'HTTPS' }))],
  ['TLS that passes through', gateway(listener('a', { protocol: 'TLS', tls: { mode: 'Passthrough' } }))],
  ['two hosts of one port', gateway(listener('a', { hostname: 'a.b' }), listener('b', { hostname: 'b.b' }))],
  [
    'a class in both places, the same',
    ingress({ ...path('/'), ingressClassName: 'a' }, { 'kubernetes.io/ingress.class': 'a' }),
  ],
  ['a common name of 64 characters', certificate('a'.repeat(64))],
  ['a CronJob', cron()],
  [
    'values of other types than they should have',
    object('apps/v1', 'Deployment', {
      spec: { replicas: '2', template: { spec: { containers: 'none' } }, selector: [] },
    }),
  ],
];

describe('what an API server refuses in an object by itself', () => {
  test.each(REFUSED)('%s', (_, manifest, at) => {
    expect(faultsOf(manifest).map(fault => dotted(fault.path))).toEqual([at]);
  });

  test.each(TAKEN)('it takes %s', (_, manifest) => {
    expect(faultsOf(manifest).map(({ fact }) => fact.en)).toEqual([]);
  });

  test('only entries twice are for server-side apply alone', () => {
    const isDouble = REFUSED.filter(([, manifest]) => faultsOf(manifest).some(fault => fault.isDouble));
    expect(isDouble.map(([title]) => title)).toEqual(['a variable twice', 'a container port twice']);
  });

  test('many entries are looked at in one pass', () => {
    const env = Array.from({ length: 200_000 }, (_, index) => ({ name: `A${index % 199_999}` }));
    expect(faultsOf(container({ env })).map(({ fact }) => fact.en)).toEqual([
      'the same entry stands twice in c env: A0 (server-side apply refuses that)',
    ]);
  });

  test.each([
    ['*/5 * * * *', true],
    ['0 9-17 * * MON-FRI', true],
    ['0 0 1,15 jan *', true],
    ['@daily', true],
    ['@every 1h30m', true],
    ['0 0 * *', false],
    ['0 24 * * *', false],
    ['0 0 0 * *', false],
    ['0 0 * 13 *', false],
    ['*/0 * * * *', false],
    ['5-1 * * * *', false],
    ['@sometimes', false],
  ])('schedule %s', (text, isRight) => {
    expect(isSchedule(text)).toBe(isRight);
  });
});
