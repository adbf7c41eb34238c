import { describe, expect, test } from 'vitest';
import { judgeRisks } from '../../../src/render/risks/judge.ts';
import type { Manifest } from '../../../src/repository/manifest.ts';
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

/**
 * One step of one object. `risks` are those that are true of it, as `level id`; `server` is what a kube-apiserver 1.36 answered
 * to this very change under server-side apply, where it is about refusal.
 */
type Step = [title: string, before: Manifest[], after: Manifest[], risks: string[], server?: Verdict];

type Verdict = 200 | 403 | 404 | 422 | 500;

const STAYS: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'stays',
  namespace: undefined,
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stays' } },
};

function judged(
  before: readonly Manifest[],
  after: readonly Manifest[],
  used: readonly string[] = [],
): string[] {
  const surroundings = {
    serverSide: true,
    isUsed: (version: string) => used.includes(version),
    namespace: 'web',
    routesElsewhere: () => [],
    kubernetes: { version: 'v1.36.0', isKnown: true },
  };
  // One object of an app, which has others: with the last one the app itself would go.
  return judgeRisks([...before, STAYS], [...after, STAYS], surroundings).map(
    ({ id, level }) => `${level} ${id}`,
  );
}

const IMMUTABLE = ['fatal immutable-field'];
const REFUSED = ['fatal refused'];
const deployment = (spec = {}, metadata = {}): Manifest => workload('Deployment', spec, metadata);
const withLabels = (labels: Record<string, string>) => ({
  selector: { matchLabels: labels },
  template: template({ labels }),
});
const container = (fields: Record<string, unknown>) => ({ template: template({ container: fields }) });
const pod = (fields: Record<string, unknown>) => ({ template: template({ pod: fields }) });
const ofJob = (fields = {}) => template({ pod: { restartPolicy: 'Never' }, ...fields });
const job = (spec = {}, metadata = {}): Manifest =>
  object('batch/v1', 'Job', {
    metadata,
    spec: { template: ofJob(), ...spec },
  });
const cron = (spec = {}): Manifest =>
  object('batch/v1', 'CronJob', {
    spec: { schedule: '1 0 * * *', jobTemplate: { spec: { template: ofJob() } }, ...spec },
  });
const storageClass = (fields = {}): Manifest =>
  object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'p.example', ...fields });
const priority = (fields = {}): Manifest =>
  object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1, ...fields });
const secret = (fields = {}): Manifest => object('v1', 'Secret', { data: { a: 'eA==' }, ...fields });
const config = (fields = {}): Manifest => object('v1', 'ConfigMap', { data: { a: 'x' }, ...fields });
const budget = (spec = {}): Manifest => object('policy/v1', 'PodDisruptionBudget', { spec });
const scaler = (spec = {}): Manifest => object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec });
const ingress = (hosts: string[], spec = {}): Manifest =>
  object('networking.k8s.io/v1', 'Ingress', { spec: { rules: hosts.map(host => ({ host })), ...spec } });
const route = (hostnames: string[], gateway = 'web'): Manifest =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { hostnames, parentRefs: [{ name: gateway }] },
  });
const policy = (spec = {}): Manifest => object('networking.k8s.io/v1', 'NetworkPolicy', { spec });
const volume = (spec = {}): Manifest =>
  object('v1', 'PersistentVolume', {
    spec: { capacity: { storage: '1Gi' }, nfs: { server: 'a', path: '/' }, ...spec },
  });
const admission = (resource: string): Manifest =>
  object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {
    spec: { matchConstraints: { resourceRules: [{ resources: [resource] }] } },
  });
const webhook = (failurePolicy?: string): Manifest =>
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    webhooks: [{ name: 'w.example', ...(failurePolicy ? { failurePolicy } : {}) }],
  });
const KEEP = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };
const FORCE = { annotations: { 'argocd.argoproj.io/sync-options': 'Force=true, Replace=true' } };
const hook = (event: string) => ({ annotations: { 'helm.sh/hook': event } });

const IN_PLACE: Step[] = [
  [
    'Deployment selector: another label',
    [deployment()],
    [deployment(withLabels({ app: 'two' }))],
    IMMUTABLE,
    422,
  ],
  [
    'Deployment selector: a label added',
    [deployment()],
    [deployment(withLabels({ app: 'one', part: 'web' }))],
    IMMUTABLE,
    422,
  ],
  [
    'Deployment with Force and Replace is made anew',
    [deployment()],
    [deployment(withLabels({ app: 'two' }), FORCE)],
    ['high immutable-field'],
  ],
  [
    'ReplicaSet selector',
    [workload('ReplicaSet')],
    [workload('ReplicaSet', withLabels({ app: 'two' }))],
    IMMUTABLE,
    422,
  ],
  [
    'DaemonSet selector',
    [workload('DaemonSet')],
    [workload('DaemonSet', withLabels({ app: 'two' }))],
    IMMUTABLE,
    422,
  ],
  ['StatefulSet selector', [database()], [database(withLabels({ app: 'two' }))], IMMUTABLE, 422],
  ['StatefulSet serviceName', [database()], [database({ serviceName: 'other' })], IMMUTABLE, 422],
  [
    'StatefulSet podManagementPolicy',
    [database()],
    [database({ podManagementPolicy: 'Parallel' })],
    IMMUTABLE,
    422,
  ],
  [
    'StatefulSet podManagementPolicy written out',
    [database()],
    [database({ podManagementPolicy: 'OrderedReady' })],
    [],
  ],
  ['StatefulSet claim: size grows', [database()], [database({}, size('2Gi'))], IMMUTABLE, 422],
  ['StatefulSet claim: the same size in other words', [database()], [database({}, size('1024Mi'))], []],
  [
    'StatefulSet claim: storageClassName',
    [database()],
    [database({}, { storageClassName: 'fast' })],
    IMMUTABLE,
    422,
  ],
  [
    'StatefulSet claim: accessModes',
    [database()],
    [database({}, { accessModes: ['ReadWriteMany'] })],
    IMMUTABLE,
    422,
  ],
  [
    'StatefulSet claim: a label',
    [database()],
    [database({}, { metadata: { labels: { chart: 'db-2' } } })],
    IMMUTABLE,
    422,
  ],
  ['StatefulSet claim renamed', [database()], [database({}, { metadata: { name: 'store' } })], IMMUTABLE],
  ['StatefulSet claim removed', [database()], [database({ volumeClaimTemplates: [] })], IMMUTABLE, 422],
  [
    'StatefulSet claim: volumeMode written out',
    [database()],
    [database({}, { volumeMode: 'Filesystem' })],
    [],
  ],
  [
    'StatefulSet replicas, image, minReadySeconds',
    [database()],
    [database({ replicas: 2, minReadySeconds: 5, ...container({ image: 'registry.example/one:2' }) })],
    [],
  ],
  [
    'Job image',
    [job()],
    [job({ template: ofJob({ container: { image: 'registry.example/one:2' } }) })],
    IMMUTABLE,
    422,
  ],
  ['Job template label', [job()], [job({ template: ofJob({ labels: { v: '2' } }) })], IMMUTABLE, 422],
  ['Job completions', [job()], [job({ completions: 2 })], IMMUTABLE, 422],
  ['Job completionMode', [job()], [job({ completionMode: 'Indexed' })], IMMUTABLE, 422],
  ['Job backoffLimit, parallelism', [job()], [job({ backoffLimit: 2, parallelism: 2 })], [], 200],
  [
    'Job that removes itself',
    [job({ ttlSecondsAfterFinished: 60 })],
    [job({ ttlSecondsAfterFinished: 60, completions: 2 })],
    ['high immutable-field'],
  ],
  [
    'Job that is a hook',
    [job({}, hook('post-upgrade'))],
    [job({ completions: 2 }, hook('post-upgrade'))],
    [],
  ],
  [
    'CronJob schedule and template',
    [cron()],
    [cron({ schedule: '2 0 * * *', timeZone: 'Europe/Berlin' })],
    [],
    200,
  ],
  ['Service ClusterIP to headless', [service()], [service({ clusterIP: 'None' })], IMMUTABLE, 422],
  ['Service headless to ClusterIP', [service({ clusterIP: 'None' })], [service()], [], 200],
  [
    'Service clusterIP a to b',
    [service({ clusterIP: '10.96.7.7' })],
    [service({ clusterIP: '10.96.7.8' })],
    IMMUTABLE,
    422,
  ],
  [
    'Service loadBalancerClass set later',
    [service({ type: 'LoadBalancer' })],
    [service({ type: 'LoadBalancer', loadBalancerClass: 'a.b/c' })],
    IMMUTABLE,
    422,
  ],
  [
    'Service ipFamilies',
    [service({ ipFamilies: ['IPv4'] })],
    [service({ ipFamilies: ['IPv6'] })],
    IMMUTABLE,
    422,
  ],
  [
    'Service selector, ports',
    [service()],
    [service({ selector: { app: 'two' }, ports: [{ name: 'web', port: 8080 }] })],
    [],
    200,
  ],
  ['PVC shrinks', [claim()], [claim(size('5Gi'))], ['fatal volume-changed'], 422],
  ['PVC grows', [claim()], [claim(size('20Gi'))], ['low volume-changed'], 200],
  ['PVC storageClassName', [claim()], [claim({ storageClassName: 'fast' })], IMMUTABLE, 422],
  ['PVC accessModes', [claim()], [claim({ accessModes: ['ReadWriteMany'] })], IMMUTABLE, 422],
  ['PVC volumeMode', [claim()], [claim({ volumeMode: 'Block' })], IMMUTABLE, 422],
  ['PVC selector', [claim()], [claim({ selector: { matchLabels: { a: 'b' } } })], IMMUTABLE, 422],
  [
    'PVC dataSource',
    [claim()],
    [claim({ dataSource: { kind: 'VolumeSnapshot', name: 's' } })],
    IMMUTABLE,
    422,
  ],
  ['PVC volumeName set later', [claim()], [claim({ volumeName: 'pv1' })], [], 200],
  ['PVC volumeName removed', [claim({ volumeName: 'pv1' })], [claim()], IMMUTABLE, 422],
  ['PVC label, annotation', [claim()], [claim({}, { labels: { a: 'b' } })], [], 200],
  ['PV source', [volume()], [volume({ nfs: { server: 'b', path: '/' } })], IMMUTABLE, 422],
  [
    'PV capacity, reclaim policy',
    [volume()],
    [volume({ capacity: { storage: '2Gi' }, persistentVolumeReclaimPolicy: 'Retain' })],
    [],
    200,
  ],
  [
    'StorageClass parameters',
    [storageClass({ parameters: { a: '1' } })],
    [storageClass({ parameters: { a: '2' } })],
    IMMUTABLE,
    422,
  ],
  [
    'StorageClass provisioner',
    [storageClass()],
    [storageClass({ provisioner: 'q.example' })],
    IMMUTABLE,
    422,
  ],
  [
    'StorageClass reclaimPolicy',
    [storageClass()],
    [storageClass({ reclaimPolicy: 'Retain' })],
    IMMUTABLE,
    422,
  ],
  [
    'StorageClass volumeBindingMode',
    [storageClass()],
    [storageClass({ volumeBindingMode: 'WaitForFirstConsumer' })],
    IMMUTABLE,
    422,
  ],
  [
    'StorageClass allowVolumeExpansion',
    [storageClass()],
    [storageClass({ allowVolumeExpansion: true })],
    [],
    200,
  ],
  ['roleRef', [binding('a')], [binding('b')], IMMUTABLE, 422],
  [
    'IngressClass controller',
    [object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'a.b/c' } })],
    [object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'a.b/d' } })],
    IMMUTABLE,
    422,
  ],
  [
    'ConfigMap immutable: data',
    [config({ immutable: true })],
    [config({ immutable: true, data: { a: 'y' } })],
    IMMUTABLE,
    422,
  ],
  ['ConfigMap immutable: unset', [config({ immutable: true })], [config()], IMMUTABLE, 422],
  ['ConfigMap data', [config()], [config({ data: { a: 'y' } })], []],
  [
    'Secret type',
    [secret({ data: { username: 'eA==' } })],
    [secret({ type: 'kubernetes.io/basic-auth', data: { username: 'eA==' } })],
    IMMUTABLE,
    422,
  ],
  ['Secret type written out', [secret()], [secret({ type: 'Opaque' })], []],
  ['PriorityClass value', [priority()], [priority({ value: 2 })], IMMUTABLE, 422],
  ['PriorityClass preemptionPolicy', [priority()], [priority({ preemptionPolicy: 'Never' })], IMMUTABLE, 422],
  ['PriorityClass description', [priority()], [priority({ description: 'x' })], [], 200],
  [
    'RuntimeClass handler',
    [object('node.k8s.io/v1', 'RuntimeClass', { handler: 'a' })],
    [object('node.k8s.io/v1', 'RuntimeClass', { handler: 'b' })],
    IMMUTABLE,
    422,
  ],
  [
    'CSIDriver attachRequired',
    [object('storage.k8s.io/v1', 'CSIDriver', { spec: {} })],
    [object('storage.k8s.io/v1', 'CSIDriver', { spec: { attachRequired: false } })],
    IMMUTABLE,
    422,
  ],
  [
    'EndpointSlice addressType',
    [object('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4' })],
    [object('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'FQDN' })],
    IMMUTABLE,
    422,
  ],
  [
    'CRD scope',
    [crd([{ name: 'v1', storage: true }])],
    [crd([{ name: 'v1', storage: true }], { scope: 'Cluster' })],
    IMMUTABLE,
    422,
  ],
  [
    'a Service of another group',
    [object('serving.knative.dev/v1', 'Service', { spec: { clusterIP: 'a' } })],
    [object('serving.knative.dev/v1', 'Service', { spec: { clusterIP: 'b' } })],
    [],
  ],
];

const REFUSALS: Step[] = [
  [
    'pods without the label that the selector needs',
    [deployment()],
    [deployment({ template: template({ labels: { other: '1' } }) })],
    REFUSED,
    422,
  ],
  [
    'strategy to Recreate beside the server’s own parameters',
    [deployment()],
    [deployment({ strategy: { type: 'Recreate' } })],
    ['fatal refused', 'high unavailable'],
    422,
  ],
  [
    'strategy to Recreate where parameters were written',
    [deployment({ strategy: { rollingUpdate: { maxSurge: 1 } } })],
    [deployment({ strategy: { type: 'Recreate' } })],
    ['high unavailable'],
    200,
  ],
  ['strategy from Recreate', [deployment({ strategy: { type: 'Recreate' } })], [deployment()], [], 200],
  [
    'StatefulSet to OnDelete',
    [database()],
    [database({ updateStrategy: { type: 'OnDelete' } })],
    REFUSED,
    422,
  ],
  [
    'DaemonSet to OnDelete',
    [workload('DaemonSet')],
    [workload('DaemonSet', { updateStrategy: { type: 'OnDelete' } })],
    [],
    200,
  ],
  [
    'a variable twice',
    [deployment()],
    [
      deployment(
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        }),
      ),
    ],
    REFUSED,
    500,
  ],
  [
    'a variable twice before too',
    [deployment(container({ env: [{ name: 'A', value: '1' }, { name: 'A' }] }))],
    [deployment(container({ env: [{ name: 'A', value: '1' }, { name: 'A' }], tty: true }))],
    [],
  ],
  [
    'a container port twice',
    [deployment()],
    [deployment(container({ ports: [{ containerPort: 80 }, { containerPort: 80, name: 'b' }] }))],
    REFUSED,
    500,
  ],
  [
    'a container port for TCP and UDP',
    [deployment()],
    [deployment(container({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }))],
    [],
    200,
  ],
  [
    'a port name of 16 characters',
    [deployment()],
    [deployment(container({ ports: [{ containerPort: 80, name: 'metrics-and-more' }] }))],
    REFUSED,
    422,
  ],
  [
    'a Service with two ports, one unnamed',
    [service()],
    [service({ ports: [{ port: 80 }, { name: 'b', port: 81 }] })],
    REFUSED,
    422,
  ],
  [
    'a Service port twice',
    [service()],
    [
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      }),
    ],
    REFUSED,
    500,
  ],
  [
    'a Service port for TCP and UDP',
    [service()],
    [
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80, protocol: 'UDP' },
        ],
      }),
    ],
    [],
    200,
  ],
  [
    'more replicas at least than at most',
    [scaler({ minReplicas: 1, maxReplicas: 3 })],
    [scaler({ minReplicas: 4, maxReplicas: 3 })],
    REFUSED,
    422,
  ],
  ['a time zone in the schedule', [cron()], [cron({ schedule: 'CRON_TZ=UTC 1 0 * * *' })], REFUSED, 422],
  [
    'a mount of a volume that is not there',
    [deployment()],
    [deployment(container({ volumeMounts: [{ name: 'gone', mountPath: '/x' }] }))],
    REFUSED,
    422,
  ],
  [
    'a mount of a claim of the StatefulSet',
    [database()],
    [database(container({ volumeMounts: [{ name: 'data', mountPath: '/x' }] }))],
    [],
  ],
  [
    'two storage versions',
    [crd([{ name: 'v1', storage: true }])],
    [
      crd([
        { name: 'v1', storage: true },
        { name: 'v2', storage: true },
      ]),
    ],
    REFUSED,
    422,
  ],
  [
    'conversion by a webhook that is not named',
    [crd([{ name: 'v1', storage: true }])],
    [crd([{ name: 'v1', storage: true }], { conversion: { strategy: 'Webhook' } })],
    REFUSED,
    422,
  ],
];

const DATA: Step[] = [
  ['a claim goes', [claim()], [], ['fatal data-removed']],
  ['a claim that is not pruned', [claim({}, KEEP)], [], ['low data-removed']],
  ['a claim is renamed', [claim()], [claim({}, { name: 'two' })], ['fatal data-removed']],
  ['a claim begins to name the app’s namespace', [claim()], [claim({}, { namespace: 'shop' })], []],
  ['a StatefulSet goes', [database()], [], ['fatal data-removed']],
  ['a Deployment goes', [deployment()], [], []],
  ['a Namespace goes', [object('v1', 'Namespace')], [], ['fatal data-removed']],
  ['a CRD goes', [crd([{ name: 'v1', storage: true }])], [], ['fatal data-removed']],
  ['a CRD comes', [], [crd([{ name: 'v1', storage: true }])], []],
  [
    'claims go with their pods',
    [database()],
    [database({ persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } })],
    ['high volume-changed'],
  ],
  [
    'claims are retained in so many words',
    [database()],
    [database({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } })],
    [],
  ],
  [
    'the stored version goes',
    [crd([{ name: 'v1', storage: true }])],
    [crd([{ name: 'v2', storage: true }])],
    ['fatal crd-changed'],
    422,
  ],
  [
    'a version is no longer served',
    [crd([{ name: 'v1' }, { name: 'v2', storage: true }])],
    [
      crd([
        { name: 'v1', served: false },
        { name: 'v2', storage: true },
      ]),
    ],
    ['high crd-changed'],
  ],
  [
    'the storage version moves',
    [crd([{ name: 'v1', storage: true }, { name: 'v2' }])],
    [crd([{ name: 'v1' }, { name: 'v2', storage: true }])],
    ['high crd-changed'],
  ],
  [
    'the storage version moves, and the old one is no longer served',
    [crd([{ name: 'v1', storage: true }, { name: 'v2' }])],
    [
      crd([
        { name: 'v1', served: false },
        { name: 'v2', storage: true },
      ]),
    ],
    ['high crd-changed', 'high crd-changed'],
  ],
  [
    'a version is added',
    [crd([{ name: 'v1', storage: true }])],
    [crd([{ name: 'v1', storage: true }, { name: 'v2' }])],
    [],
  ],
];

const fields = (properties: Record<string, unknown>, more = {}) =>
  crd([
    { name: 'v1', storage: true, schema: { properties: { spec: { type: 'object', properties, ...more } } } },
  ]);
const SCHEMAS: Step[] = [
  ['a field goes', [fields({ a: { type: 'string' } })], [fields({})], ['high crd-changed']],
  ['a field comes', [fields({})], [fields({ a: { type: 'string' } })], []],
  [
    'a field becomes required',
    [fields({ a: { type: 'string' } })],
    [fields({ a: { type: 'string' } }, { required: ['a'] })],
    ['high crd-changed'],
  ],
  [
    'a field is no longer required',
    [fields({ a: { type: 'string' } }, { required: ['a'] })],
    [fields({ a: { type: 'string' } })],
    [],
  ],
  [
    'a field changes its type',
    [fields({ a: { type: 'string' } })],
    [fields({ a: { type: 'integer' } })],
    ['high crd-changed'],
  ],
  [
    'a description changes',
    [fields({ a: { type: 'string' } })],
    [fields({ a: { type: 'string', description: 'x' } })],
    [],
  ],
  [
    'a field goes where any may stand',
    [fields({ a: { type: 'string' } })],
    [fields({}, { 'x-kubernetes-preserve-unknown-fields': true })],
    [],
  ],
];

const READER = role(['core', 'pods', 'get list']);
const sa = (name: string) => ({ kind: 'ServiceAccount', namespace: 'shop', name });
const ACCESS: Step[] = [
  ['everything', [READER], [role(['*', '*', '*'])], ['fatal access-widened']],
  ['secrets', [READER], [role(['core', 'pods secrets', 'get list'])], ['high access-widened']],
  ['all verbs of one resource', [READER], [role(['core', 'pods', '*'])], ['high access-widened']],
  [
    'the right to give rights',
    [READER],
    [role(['core', 'pods', 'get list'], ['rbac.authorization.k8s.io', 'clusterroles', 'bind'])],
    ['high access-widened'],
  ],
  [
    'programs in pods',
    [READER],
    [role(['core', 'pods', 'get list'], ['core', 'pods/exec', 'create'])],
    ['high access-widened'],
  ],
  ['a harmless verb more', [READER], [role(['core', 'pods', 'get list watch'])], ['low access-widened']],
  ['less', [role(['core', 'pods secrets', 'get list'])], [READER], []],
  [
    'the same rules in another cut and order',
    [role(['core apps', 'pods', 'get list'])],
    [role(['apps', 'pods', 'list get'], ['core', 'pods', 'get'], ['core', 'pods', 'list'])],
    [],
  ],
  [
    'under a wildcard that stood there',
    [role(['core', '*', '*'])],
    [role(['core', '*', '*'], ['core', 'secrets', 'get'])],
    [],
  ],
  ['a new role that reads pods', [], [READER], []],
  ['a new role that allows everything', [], [role(['*', '*', '*'])], ['fatal access-widened']],
  [
    'one more account',
    [binding('reader', sa('a'))],
    [binding('reader', sa('a'), sa('b'))],
    ['high access-widened'],
  ],
  [
    'accounts in another order',
    [binding('reader', sa('a'), sa('b'))],
    [binding('reader', sa('b'), sa('a'))],
    [],
  ],
  [
    'everybody',
    [binding('reader', sa('a'))],
    [binding('reader', sa('a'), { kind: 'Group', name: 'system:authenticated' })],
    ['fatal access-widened'],
  ],
  ['a new administrator', [], [binding('cluster-admin', sa('a'))], ['fatal access-widened']],
  ['a new binding to a role of the chart', [], [binding('reader', sa('a'))], []],
  ['Service to LoadBalancer', [service()], [service({ type: 'LoadBalancer' })], ['high service-exposed']],
  ['Service to NodePort', [service()], [service({ type: 'NodePort' })], ['high service-exposed']],
  ['LoadBalancer to ClusterIP', [service({ type: 'LoadBalancer' })], [service()], []],
  ['a new LoadBalancer', [], [service({ type: 'LoadBalancer' })], ['high service-exposed']],
  [
    'source ranges go',
    [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] })],
    [service({ type: 'LoadBalancer' })],
    ['high service-exposed'],
  ],
  ['external addresses', [service()], [service({ externalIPs: ['192.0.2.1'] })], ['high service-exposed']],
  ['hostNetwork', [deployment()], [deployment(pod({ hostNetwork: true }))], ['high host-access']],
  ['hostPID', [deployment()], [deployment(pod({ hostPID: true }))], ['high host-access']],
  [
    'a folder of the host',
    [deployment()],
    [deployment(pod({ volumes: [{ name: 'r', hostPath: { path: '/run' } }] }))],
    ['high host-access'],
  ],
  [
    'privileged',
    [deployment()],
    [deployment(container({ securityContext: { privileged: true } }))],
    ['high host-access'],
  ],
  [
    'a capability',
    [deployment()],
    [deployment(container({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }))],
    ['high host-access'],
  ],
  [
    'a capability dropped',
    [deployment()],
    [deployment(container({ securityContext: { capabilities: { drop: ['ALL'] } } }))],
    [],
  ],
  [
    'in a CronJob too',
    [cron()],
    [
      cron({
        jobTemplate: { spec: { template: ofJob({ pod: { hostIPC: true, restartPolicy: 'Never' } }) } },
      }),
    ],
    ['high host-access'],
  ],
  [
    'a new DaemonSet that is privileged',
    [],
    [workload('DaemonSet', container({ securityContext: { privileged: true } }))],
    ['high host-access'],
  ],
  ['a network policy goes', [policy({ ingress: [] })], [], ['high policy-removed']],
  [
    'a network policy lets everything in',
    [policy({ ingress: [{ from: [{ podSelector: {} }] }] })],
    [policy({ ingress: [{}] })],
    ['high policy-removed'],
  ],
  [
    'a network policy gets another port',
    [policy({ ingress: [{ ports: [{ port: 80 }] }] })],
    [policy({ ingress: [{ ports: [{ port: 81 }] }] })],
    [],
  ],
];

const OTHER: Step[] = [
  ['no replicas', [deployment({ replicas: 2 })], [deployment({ replicas: 0 })], ['high unavailable']],
  ['fewer replicas', [deployment({ replicas: 2 })], [deployment({ replicas: 1 })], []],
  [
    'a budget that blocks',
    [budget({ maxUnavailable: 1 })],
    [budget({ maxUnavailable: 0 })],
    ['high unavailable'],
  ],
  ['a budget for all pods', [], [budget({ minAvailable: '100%' })], ['high unavailable']],
  ['a budget of one', [budget({ minAvailable: 1 })], [budget({ maxUnavailable: 1 })], [], 200],
  [
    'a probe goes',
    [deployment(container({ livenessProbe: { tcpSocket: {} } }))],
    [deployment()],
    ['low probe-removed'],
  ],
  [
    'a probe changes',
    [deployment(container({ livenessProbe: { tcpSocket: {} } }))],
    [deployment(container({ livenessProbe: { httpGet: {} } }))],
    [],
    200,
  ],
  ['a policy that judges CRDs comes', [], [admission('customresourcedefinitions')], ['high crd-changed']],
  [
    'a policy that judges CRDs is another',
    [admission('customresourcedefinitions')],
    [admission('*')],
    ['high crd-changed'],
  ],
  ['a policy that judges pods comes', [], [admission('pods')], []],
  ['a policy stays', [admission('*')], [admission('*')], []],
  ['a webhook fails closed', [webhook('Ignore')], [webhook('Fail')], ['high webhook-blocks']],
  ['a webhook fails closed by default', [webhook('Ignore')], [webhook()], ['high webhook-blocks']],
  ['a webhook fails open', [webhook('Fail')], [webhook('Ignore')], []],
  ['an Ingress goes', [ingress(['a.example'])], [], ['high route-lost']],
  ['a host goes', [ingress(['a.example', 'b.example'])], [ingress(['a.example'])], ['high route-lost']],
  [
    'hosts in another order',
    [ingress(['a.example', 'b.example'])],
    [ingress(['b.example', 'a.example'])],
    [],
  ],
  [
    'another ingress class',
    [ingress(['a.example'], { ingressClassName: 'nginx' })],
    [ingress(['a.example'], { ingressClassName: 'traefik' })],
    ['high route-lost'],
  ],
  ['a route goes', [route(['a.example'])], [], ['high route-lost']],
  [
    'a route of another gateway',
    [route(['a.example'])],
    [route(['a.example'], 'inner')],
    ['high route-lost'],
  ],
  ['a route gets a host', [route(['a.example'])], [route(['a.example', 'b.example'])], []],
  [
    'another registry',
    [deployment()],
    [deployment(container({ image: 'mirror.example/one:1' }))],
    ['high image-moved'],
  ],
  [
    'another repository',
    [deployment()],
    [deployment(container({ image: 'registry.example/legacy/one:1' }))],
    ['high image-moved'],
  ],
  ['another tag', [deployment()], [deployment(container({ image: 'registry.example/one:2' }))], []],
  [
    'a tag that moves',
    [deployment()],
    [deployment(container({ image: 'registry.example/one:latest' }))],
    ['low image-mutable'],
  ],
  [
    'no tag',
    [deployment()],
    [deployment(container({ image: 'registry.example/one' }))],
    ['low image-mutable'],
  ],
  [
    'latest with a digest',
    [deployment()],
    [deployment(container({ image: `registry.example/one:latest@sha256:${'a'.repeat(64)}` }))],
    [],
  ],
  ['a new hook', [], [job({}, hook('pre-upgrade'))], ['low hook-runs']],
  [
    'a hook runs something else',
    [job(container({ args: ['a'] }), hook('pre-upgrade'))],
    [job(container({ args: ['b'] }), hook('pre-upgrade'))],
    ['low hook-runs'],
  ],
  ['a new test', [], [object('v1', 'Pod', { metadata: hook('test'), ...template() })], []],
  [
    'labels and checksums',
    [deployment()],
    [
      deployment(
        {
          template: {
            ...template(),
            metadata: { labels: { app: 'one' }, annotations: { 'checksum/config': 'x' } },
          },
        },
        { labels: { 'helm.sh/chart': 'one-2' } },
      ),
    ],
    [],
  ],
  [
    'variables in another order',
    [deployment(container({ env: [{ name: 'A' }, { name: 'B' }] }))],
    [deployment(container({ env: [{ name: 'B' }, { name: 'A' }] }))],
    [],
  ],
  [
    'a resource limit',
    [deployment()],
    [deployment(container({ resources: { limits: { memory: '1Gi' } } }))],
    [],
  ],
];

describe.each([
  ['fields that cannot change in place', IN_PLACE],
  ['what the API server refuses', REFUSALS],
  ['data that goes', DATA],
  ['schemas of custom resources', SCHEMAS],
  ['access', ACCESS],
  ['availability, routes, images and hooks', OTHER],
])('%s', (_, steps) => {
  test.each(steps)('%s', (_title, before, after, risks, server) => {
    const found = judged(before, after);
    expect(found.toSorted()).toEqual([...risks].toSorted());
    const isRefused = found.some(risk => /immutable|refused|fatal/.test(risk));
    expect(server === undefined || isRefused === (server !== 200)).toBe(true);
  });
});

describe('a route whose backend the new version no longer serves', () => {
  const ports = (...list: Record<string, unknown>[]): Manifest => service({ ports: list });
  const { name } = service();
  const http = (ref: Record<string, unknown>): Manifest =>
    object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
      spec: { rules: [{ backendRefs: [{ name, ...ref }] }] },
    });
  const path = (port: Record<string, unknown>): Manifest =>
    object('networking.k8s.io/v1', 'Ingress', {
      spec: { rules: [{ http: { paths: [{ path: '/', backend: { service: { name, port } } }] } }] },
    });
  const traefik = object('traefik.io/v1alpha1', 'IngressRoute', {
    spec: { routes: [{ services: [{ name, port: 80 }] }] },
  });
  const [old, fresh] = [ports({ name: 'http', port: 80 }), ports({ name: 'web', port: 8080 })];
  const LOST = ['high route-lost'];

  test.each<[title: string, route: Manifest, after: Manifest[], risks: string[]]>([
    ['the port of an HTTPRoute', http({ port: 80 }), [fresh], LOST],
    ['the Service', http({ port: 80 }), [], LOST],
    ['the number of an Ingress', path({ number: 80 }), [fresh], LOST],
    ['the name of an Ingress', path({ name: 'http' }), [fresh], LOST],
    ['the port of an IngressRoute', traefik, [fresh], LOST],
    ['a port that stays under another name', http({ port: 80 }), [ports({ name: 'web', port: 80 })], []],
    ['a port that was never there', http({ port: 90 }), [fresh], []],
    ['a Service of another namespace', http({ port: 80, namespace: 'other' }), [fresh], []],
  ])('%s', (_, leading, after, risks) => {
    expect(judged([old, leading], [...after, leading])).toEqual(risks);
  });

  test('a route of another app, by its namespace', () => {
    const beside = (namespace: string) => ({
      serverSide: true,
      isUsed: () => false,
      namespace: 'web',
      routesElsewhere: () => [{ ...http({ port: 80, namespace }), namespace: 'gateway' }],
      kubernetes: { version: 'v1.36.0', isKnown: true },
    });
    expect(judgeRisks([old], [fresh], beside('web')).map(({ id }) => id)).toEqual(['route-lost']);
    expect(judgeRisks([old], [fresh], beside('gateway'))).toEqual([]);
  });
});
