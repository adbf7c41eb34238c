import type { Manifest } from '../../src/repository/manifest.ts';
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
} from '../support/objects.ts';

/**
 * What is to be done about a change: nothing; delete the object and let it be made anew; move the data; move the objects of a
 * definition; sync once with Replace=true; mend the object. `state`: what the cluster holds decides, as no repository tells.
 */
export type Deed = 'nothing' | 'recreate' | 'move-data' | 'migrate' | 'replace' | 'mend' | 'state';

/** One change of one object, and what the API server answers to it: under server-side apply, and where it replaces. */
export type Change = {
  title: string;
  before: Manifest;
  after: Manifest;
  deed: Deed;
  /** Whether the API server takes it: by server-side apply, by replacement. */
  taken: readonly [apply: boolean, replace: boolean];
  /** The claim is bound to a volume before the change. */
  isBound?: true;
};

type Fields = Record<string, unknown>;

/** The answers that go with what is to be done, but for where they are given. */
const ANSWERS: Readonly<Record<Deed, Change['taken']>> = {
  nothing: [true, true],
  recreate: [false, false],
  'move-data': [false, false],
  migrate: [false, false],
  replace: [false, true],
  mend: [false, false],
  state: [false, false],
};

/** The changes of the kind with the immutable fields of 1.36, each as strangers' charts make it. */
export const CHANGES: readonly Change[] = [];

function row(deed: Deed, title: string, before: Manifest, after: Manifest, more: Partial<Change> = {}): void {
  (CHANGES as Change[]).push({ title, before, after, deed, taken: ANSWERS[deed], ...more });
}

/** Several changes of one object, by title. */
function rows(
  deed: Deed,
  make: (fields?: Fields) => Manifest,
  changes: Record<string, [before: Fields, after: Fields]>,
): void {
  for (const [title, [before, after]] of Object.entries(changes)) row(deed, title, make(before), make(after));
}

const labelled = (labels: Fields): Fields => ({
  selector: { matchLabels: labels },
  template: template({ labels }),
});
const inContainer = (fields: Fields): Fields => ({ template: template({ container: fields }) });
const inPod = (fields: Fields): Fields => ({ template: template({ pod: fields }) });
const kind =
  (apiVersion: string, name: string, base: Fields = {}) =>
  (fields: Fields = {}): Manifest =>
    object(apiVersion, name, { ...base, ...fields });
const specOf =
  (apiVersion: string, name: string, base: Fields = {}) =>
  (spec: Fields = {}): Manifest =>
    object(apiVersion, name, { spec: { ...base, ...spec } });

// Workloads
const deployment = (spec: Fields = {}): Manifest => workload('Deployment', spec);
rows('recreate', deployment, {
  'Deployment selector: another value': [{}, labelled({ app: 'two' })],
  'Deployment selector: a label added': [{}, labelled({ app: 'one', part: 'web' })],
});
rows('mend', deployment, {
  'Deployment template without the selector’s label': [
    {},
    { template: template({ labels: { app: 'two' } }) },
  ],
  'Deployment port name of 16 characters': [
    {},
    inContainer({ ports: [{ name: 'a-name-of-a-port', containerPort: 80 }] }),
  ],
  'Deployment mountPath twice': [
    {},
    {
      template: template({
        container: {
          volumeMounts: [
            { name: 'a', mountPath: '/d' },
            { name: 'b', mountPath: '/d' },
          ],
        },
        pod: {
          volumes: [
            { name: 'a', emptyDir: {} },
            { name: 'b', emptyDir: {} },
          ],
        },
      }),
    },
  ],
});
const RECREATE = { strategy: { type: 'Recreate' } };
rows('replace', deployment, {
  'Deployment strategy RollingUpdate to Recreate': [{}, RECREATE],
  'Deployment strategy to Recreate, parameters null': [
    {},
    { strategy: { type: 'Recreate', rollingUpdate: null } },
  ],
  'Deployment variable twice': [
    {},
    inContainer({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
  ],
  'Deployment port twice': [
    {},
    inContainer({
      ports: [
        { name: 'a', containerPort: 80 },
        { name: 'b', containerPort: 80 },
      ],
    }),
  ],
});
const ROLLING = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } };
const env = (variable: Fields): Fields => inContainer({ env: [{ name: 'A', ...variable }] });
rows('nothing', deployment, {
  'Deployment template label added': [{}, { template: template({ labels: { app: 'one', v: '2' } }) }],
  'Deployment strategy with parameters to Recreate': [ROLLING, RECREATE],
  'Deployment strategy Recreate to RollingUpdate': [RECREATE, { strategy: { type: 'RollingUpdate' } }],
  'Deployment replicas, image': [{}, { replicas: 3, ...inContainer({ image: 'registry.example/one:2' }) }],
  'Deployment volume of another type': [
    inPod({ volumes: [{ name: 'd', emptyDir: {} }] }),
    inPod({ volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'p' } }] }),
  ],
  'Deployment variable from a Secret': [
    env({ value: '1' }),
    env({ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }),
  ],
  'Deployment probe by another handler': [
    inContainer({ livenessProbe: { httpGet: { path: '/', port: 80 } } }),
    inContainer({ livenessProbe: { tcpSocket: { port: 80 } } }),
  ],
  'Deployment port by TCP and UDP': [
    {},
    inContainer({
      ports: [
        { name: 'a', containerPort: 53 },
        { name: 'b', containerPort: 53, protocol: 'UDP' },
      ],
    }),
  ],
  'Deployment container renamed': [{}, inContainer({ name: 'd' })],
});
for (const name of ['ReplicaSet', 'DaemonSet'])
  row('recreate', `${name} selector`, workload(name), workload(name, labelled({ app: 'two' })));
const ON_DELETE = { updateStrategy: { type: 'OnDelete' } };
row(
  'nothing',
  'DaemonSet updateStrategy to OnDelete',
  workload('DaemonSet'),
  workload('DaemonSet', ON_DELETE),
);
const claims = (spec: Fields): Manifest => database({}, spec);
rows('recreate', database, {
  'StatefulSet selector': [{}, labelled({ app: 'two' })],
  'StatefulSet serviceName': [{}, { serviceName: 'other' }],
  'StatefulSet podManagementPolicy': [{}, { podManagementPolicy: 'Parallel' }],
  'StatefulSet claims removed': [{}, { volumeClaimTemplates: undefined }],
});
rows('recreate', claims as (fields?: Fields) => Manifest, {
  'StatefulSet claim grows': [{}, size('2Gi')],
  'StatefulSet claim: storageClassName': [{}, { storageClassName: 'fast' }],
  'StatefulSet claim: accessModes': [{}, { accessModes: ['ReadWriteMany'] }],
  'StatefulSet claim: a label': [{}, { metadata: { labels: { chart: 'db-2' } } }],
  'StatefulSet claim renamed': [{}, { metadata: { name: 'store' } }],
});
const OTHERS = {
  replicas: 2,
  minReadySeconds: 5,
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
  ordinals: { start: 1 },
  revisionHistoryLimit: 3,
  ...inContainer({ image: 'registry.example/one:2' }),
};
row('nothing', 'StatefulSet replicas, image and others', database(), database(OTHERS));
row('replace', 'StatefulSet updateStrategy to OnDelete', database(), database(ON_DELETE));
const typed = database();
for (const each of (typed.body['spec'] as { volumeClaimTemplates: Fields[] }).volumeClaimTemplates)
  Object.assign(each, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
row('nothing', 'StatefulSet claim: apiVersion and kind written out', database(), typed);

// Jobs: what replaces one always sends a selector that the server had made.
const ofJob = (fields: Fields = {}): Fields => template({ pod: { restartPolicy: 'Never' }, ...fields });
const job = specOf('batch/v1', 'Job', { template: ofJob() });
rows('recreate', job, {
  'Job image': [{}, { template: ofJob({ container: { image: 'registry.example/one:2' } }) }],
  'Job template label': [{}, { template: ofJob({ labels: { v: '2' } }) }],
  'Job completions': [{ completions: 1 }, { completions: 2 }],
  'Job completionMode': [{ completions: 1 }, { completions: 1, completionMode: 'Indexed' }],
});
const NOT_REPLACED = { taken: [true, false] } as const;
row('nothing', 'Job backoffLimit', job({ backoffLimit: 1 }), job({ backoffLimit: 2 }), NOT_REPLACED);
const FREE_OF_JOB = { parallelism: 2, ttlSecondsAfterFinished: 5, activeDeadlineSeconds: 9, suspend: true };
row('nothing', 'Job parallelism, ttl, deadline, suspend', job(), job(FREE_OF_JOB), NOT_REPLACED);
const cron = specOf('batch/v1', 'CronJob', {
  schedule: '1 0 * * *',
  jobTemplate: { spec: { template: ofJob() } },
});
rows('nothing', cron, {
  'CronJob schedule, zone, template': [
    {},
    {
      schedule: '2 0 * * *',
      timeZone: 'Etc/UTC',
      jobTemplate: { spec: { template: ofJob({ labels: { v: '2' } }) } },
    },
  ],
});
rows('mend', cron, { 'CronJob zone in the schedule': [{}, { schedule: 'CRON_TZ=UTC 1 0 * * *' }] });
const pod = (container: Fields): Manifest =>
  object('v1', 'Pod', { spec: (template({ container }) as { spec: Fields }).spec });
row('nothing', 'Pod image', pod({}), pod({ image: 'registry.example/one:2' }));
row('recreate', 'Pod variable', pod({}), pod({ env: [{ name: 'A', value: '1' }] }));

// Services
const LB = { type: 'LoadBalancer' };
rows('recreate', service, {
  'Service to headless': [{}, { clusterIP: 'None' }],
  'Service clusterIP': [{ clusterIP: '10.96.7.7' }, { clusterIP: '10.96.7.8' }],
  'Service loadBalancerClass set later': [LB, { ...LB, loadBalancerClass: 'a.b/c' }],
  'Service loadBalancerClass': [
    { ...LB, loadBalancerClass: 'a.b/c' },
    { ...LB, loadBalancerClass: 'a.b/d' },
  ],
  'Service ipFamilies': [{ ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv6'] }],
});
const EXTERNAL = { type: 'ExternalName', externalName: 'a.example', selector: undefined, ports: undefined };
const nodePort = (port: number): Fields => ({
  type: 'NodePort',
  ports: [{ name: 'http', port: 80, nodePort: port }],
});
const ports = (...list: Fields[]): Fields => ({ ports: list });
rows('nothing', service, {
  'Service headless to ClusterIP': [{ clusterIP: 'None' }, {}],
  'Service to NodePort': [{}, { type: 'NodePort' }],
  'Service to LoadBalancer': [{}, LB],
  'Service LoadBalancer to ClusterIP': [LB, { type: 'ClusterIP' }],
  'Service LoadBalancer with Local to ClusterIP': [
    { ...LB, externalTrafficPolicy: 'Local' },
    { type: 'ClusterIP' },
  ],
  'Service nodePort': [nodePort(30_081), nodePort(30_082)],
  'Service to ExternalName': [{}, EXTERNAL],
  'Service ExternalName to ClusterIP': [EXTERNAL, {}],
  'Service selector, port, targetPort': [
    {},
    { selector: { app: 'two' }, ...ports({ name: 'web', port: 81, targetPort: 'h' }) },
  ],
  'Service port renamed': [{}, ports({ name: 'web', port: 80 })],
  'Service port by TCP and UDP': [
    {},
    ports({ name: 'a', port: 53 }, { name: 'b', port: 53, protocol: 'UDP' }),
  ],
});
rows('mend', service, {
  'Service second port, none named': [ports({ port: 80 }), ports({ port: 80 }, { port: 81 })],
  'Service port twice': [
    {},
    ports({ name: 'a', port: 80, targetPort: 1 }, { name: 'b', port: 80, targetPort: 2 }),
  ],
});

// Volumes
const bound = { isBound: true } as const;
const expandable = (storage: string): Manifest => claim({ storageClassName: 'expandable', ...size(storage) });
row('move-data', 'PVC shrinks', expandable('10Gi'), expandable('5Gi'), bound);
row('state', 'PVC grows, bound, of a class that expands', expandable('10Gi'), expandable('20Gi'), {
  ...bound,
  taken: [true, true],
});
row('state', 'PVC grows, bound, of a class that does not', claim(), claim(size('20Gi')), bound);
row('state', 'PVC grows, not bound', expandable('10Gi'), expandable('20Gi'));
rows('move-data', claim, {
  'PVC storageClassName': [{}, { storageClassName: 'fast' }],
  'PVC accessModes': [{}, { accessModes: ['ReadWriteMany'] }],
  'PVC volumeName removed': [{ volumeName: 'pv1' }, {}],
  'PVC volumeMode': [{}, { volumeMode: 'Block' }],
  'PVC selector': [{}, { selector: { matchLabels: { a: 'b' } } }],
  'PVC dataSource': [{}, { dataSource: { kind: 'PersistentVolumeClaim', name: 'other' } }],
});
row('nothing', 'PVC volumeName set later', claim(), claim({ volumeName: 'pv1' }));
row('nothing', 'PVC label, annotation', claim(), claim({}, { labels: { a: 'b' }, annotations: { c: 'd' } }));
row('nothing', 'PVC volumeAttributesClassName', claim(), claim({ volumeAttributesClassName: 'gold' }), bound);
const volume = specOf('v1', 'PersistentVolume', {
  capacity: { storage: '10Gi' },
  accessModes: ['ReadWriteOnce'],
  persistentVolumeReclaimPolicy: 'Retain',
  nfs: { server: 'a', path: '/a' },
});
rows('move-data', volume, { 'PV source': [{}, { nfs: { server: 'b', path: '/a' } }] });
const terms = [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }];
rows('nothing', volume, {
  'PV reclaim policy, capacity, accessModes': [
    {},
    {
      persistentVolumeReclaimPolicy: 'Delete',
      capacity: { storage: '20Gi' },
      accessModes: ['ReadWriteMany'],
    },
  ],
  'PV nodeAffinity set later': [{}, { nodeAffinity: { required: { nodeSelectorTerms: terms } } }],
});
const storage = kind('storage.k8s.io/v1', 'StorageClass', {
  provisioner: 'p.example',
  parameters: { a: '1' },
});
rows('recreate', storage, {
  'StorageClass parameters': [{}, { parameters: { a: '2' } }],
  'StorageClass provisioner': [{}, { provisioner: 'q.example' }],
  'StorageClass reclaimPolicy': [{}, { reclaimPolicy: 'Retain' }],
  'StorageClass volumeBindingMode': [{}, { volumeBindingMode: 'WaitForFirstConsumer' }],
});
rows('nothing', storage, {
  'StorageClass allowVolumeExpansion, mountOptions': [
    {},
    { allowVolumeExpansion: true, mountOptions: ['ro'] },
  ],
});
const driver = specOf('storage.k8s.io/v1', 'CSIDriver');
rows('recreate', driver, {
  'CSIDriver attachRequired': [{ attachRequired: true }, { attachRequired: false }],
});
rows('nothing', driver, {
  'CSIDriver fsGroupPolicy, podInfoOnMount': [
    { fsGroupPolicy: 'File' },
    { fsGroupPolicy: 'None', podInfoOnMount: true },
  ],
});

// Rights, traffic, scaling
const GROUP = 'rbac.authorization.k8s.io';
const roleBinding = (roleKind: string, name: string, ...subjects: Fields[]): Manifest =>
  object(`${GROUP}/v1`, 'RoleBinding', { roleRef: { apiGroup: GROUP, kind: roleKind, name }, subjects });
row('recreate', 'RoleBinding roleRef.name', roleBinding('Role', 'a'), roleBinding('Role', 'b'));
row('recreate', 'RoleBinding roleRef.kind', roleBinding('Role', 'a'), roleBinding('ClusterRole', 'a'));
row('recreate', 'ClusterRoleBinding roleRef.name', binding('a'), binding('b'));
const subject = { kind: 'ServiceAccount', name: 'y', namespace: 'default' };
row('nothing', 'RoleBinding subjects', roleBinding('Role', 'a'), roleBinding('Role', 'a', subject));
const budget = specOf('policy/v1', 'PodDisruptionBudget', { selector: { matchLabels: { app: 'one' } } });
rows('nothing', budget, {
  'PDB minAvailable to maxUnavailable': [{ minAvailable: 1 }, { maxUnavailable: 1 }],
  'PDB selector': [{ minAvailable: 1 }, { minAvailable: 1, selector: { matchLabels: { app: 'two' } } }],
});
const to = (host: string, pathType: string): Fields => {
  const backend = { service: { name: 'one', port: { number: 80 } } };
  return { rules: [{ host, http: { paths: [{ path: '/', pathType, backend }] } }] };
};
const ingress = specOf('networking.k8s.io/v1', 'Ingress', {
  ingressClassName: 'a',
  ...to('a.example', 'Prefix'),
});
rows('nothing', ingress, {
  'Ingress ingressClassName': [{}, { ingressClassName: 'b' }],
  'Ingress pathType, host': [{}, to('b.example', 'ImplementationSpecific')],
});
row(
  'nothing',
  'Ingress class by annotation too',
  ingress(),
  object('networking.k8s.io/v1', 'Ingress', {
    metadata: { annotations: { 'kubernetes.io/ingress.class': 'b' } },
    spec: ingress().body['spec'],
  }),
);
const ofClass = specOf('networking.k8s.io/v1', 'IngressClass', { controller: 'a.b/c' });
rows('recreate', ofClass, { 'IngressClass controller': [{}, { controller: 'a.b/d' }] });
const scaler = specOf('autoscaling/v2', 'HorizontalPodAutoscaler', {
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'one' },
  minReplicas: 1,
  maxReplicas: 3,
});
rows('nothing', scaler, {
  'HPA target, range': [
    {},
    {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'two' },
      minReplicas: 2,
      maxReplicas: 9,
    },
  ],
});
rows('mend', scaler, { 'HPA minReplicas above maxReplicas': [{}, { minReplicas: 9 }] });
rows('nothing', specOf('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {} }), {
  'NetworkPolicy podSelector': [{}, { podSelector: { matchLabels: { a: 'b' } } }],
});

// Configuration and the rest
const config = kind('v1', 'ConfigMap', { data: { a: '1' } });
const secret = kind('v1', 'Secret', { stringData: { a: '1' } });
rows('recreate', config, {
  'ConfigMap immutable: data': [{ immutable: true }, { immutable: true, data: { a: '2' } }],
  'ConfigMap immutable: unset': [{ immutable: true }, {}],
});
rows('recreate', secret, {
  'Secret type': [{}, { type: 'kubernetes.io/basic-auth', stringData: { username: 'a', password: 'b' } }],
  'Secret immutable: data': [{ immutable: true }, { immutable: true, stringData: { a: '2' } }],
});
const priority = kind('scheduling.k8s.io/v1', 'PriorityClass', { value: 10 });
rows('recreate', priority, {
  'PriorityClass value': [{}, { value: 11 }],
  'PriorityClass preemptionPolicy': [{}, { preemptionPolicy: 'Never' }],
});
rows('nothing', priority, { 'PriorityClass description': [{}, { description: 'x' }] });
rows('recreate', kind('node.k8s.io/v1', 'RuntimeClass'), {
  'RuntimeClass handler': [{ handler: 'a' }, { handler: 'b' }],
});
rows('recreate', kind('discovery.k8s.io/v1', 'EndpointSlice'), {
  'EndpointSlice addressType': [
    { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }] },
    { addressType: 'FQDN', endpoints: [{ addresses: ['a.example'] }] },
  ],
});

// Definitions and custom resources
const v1 = { name: 'v1', storage: true };
const definition = (versions: Parameters<typeof crd>[0] = [v1], spec: Fields = {}): Manifest =>
  crd(versions, spec);
row('recreate', 'CRD scope', definition(), definition([v1], { scope: 'Cluster' }));
row('recreate', 'CRD names.kind', definition(), definition([v1], { names: { kind: 'Two', plural: 'ones' } }));
row('migrate', 'CRD stored version removed', definition(), definition([{ name: 'v2', storage: true }]));
row(
  'nothing',
  'CRD version no longer served',
  definition(),
  definition([
    { name: 'v1', served: false },
    { name: 'v2', storage: true },
  ]),
);
row('mend', 'CRD two storage versions', definition(), definition([v1, { name: 'v2', storage: true }]));
row(
  'mend',
  'CRD without a schema',
  definition(),
  definition([v1], { versions: [{ name: 'v1', served: true, storage: true }] }),
);
row(
  'mend',
  'CRD webhook without a client',
  definition(),
  definition([v1], { conversion: { strategy: 'Webhook' } }),
);
const GATEWAY = 'gateway.networking.k8s.io/v1';
rows('recreate', specOf(GATEWAY, 'GatewayClass'), {
  'GatewayClass controllerName': [{ controllerName: 'a.b/c' }, { controllerName: 'a.b/d' }],
});
const listeners = [{ name: 'http', protocol: 'HTTP', port: 80 }];
rows('nothing', specOf(GATEWAY, 'Gateway', { gatewayClassName: 'a', listeners }), {
  'Gateway class, listener renamed': [
    {},
    { gatewayClassName: 'b', listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }] },
  ],
});
const certificate = specOf('cert-manager.io/v1', 'Certificate', { dnsNames: ['a.example'] });
rows('nothing', certificate, {
  'Certificate secretName, issuerRef': [
    { secretName: 'a', issuerRef: { name: 'i' } },
    { secretName: 'b', issuerRef: { name: 'j' } },
  ],
});
const webhooks = (sideEffects: string): Fields => ({
  webhooks: [
    {
      name: 'a.b.c',
      sideEffects,
      admissionReviewVersions: ['v1'],
      clientConfig: { url: 'https://a.example' },
    },
  ],
});
rows('mend', kind('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'), {
  'webhook sideEffects': [webhooks('None'), webhooks('Unknown')],
});
