import {
  app,
  container,
  cron,
  type Fields,
  LONG,
  object,
  pod,
  service,
  template,
  workload,
} from './one-fault-apps.ts';

/** The names of these apps. */
export const SIBLINGS: string[] = [];

/** More of the same kinds, by name: each app has one fault, or looks as if it had one and has none (`ok-…`). */
export function apps(prefix: string, objects: Record<string, Fields | Fields[]>): void {
  for (const [name, each] of Object.entries(objects)) {
    const isFine = name.startsWith('ok-');
    const whole = `${isFine ? 'ok-' : ''}${prefix}-${isFine ? name.slice(3) : name}`;
    app(whole, ...[each].flat());
    SIBLINGS.push(whole);
  }
}

apps('meta', {
  'annotations-large': service({}, { annotations: { a: 'x'.repeat(262_144) } }),
  'ok-annotations': service({}, { annotations: { a: 'x'.repeat(200_000) } }),
  'annotation-key': service({}, { annotations: { 'a b': 'c' } }),
  'label-key': service({}, { labels: { '-a': 'c' } }),
  'label-key-prefix': service({}, { labels: { 'A.b/c': 'd' } }),
  'ok-label-empty': service({}, { labels: { 'a.b/c': '' } }),
  'label-slash': service({}, { labels: { a: 'b/c' } }),
  'label-end': service({}, { labels: { a: 'b-' } }),
  'selector-value': service({ selector: { app: 'a b' } }),
  'pod-label': workload({ template: template({}, {}, { app: 'web', v: 'a b' }) }),
  'cron-pod-label': cron({
    jobTemplate: { spec: { template: template({}, { restartPolicy: 'Never' }, { v: LONG }) } },
  }),
  'role-name': object('rbac.authorization.k8s.io/v1', 'Role', { rules: [] }, { name: 'a/b' }),
  'ok-role-name': object('rbac.authorization.k8s.io/v1', 'Role', { rules: [] }, { name: 'system:Web' }),
  'config-name': object('v1', 'ConfigMap', {}, { name: 'A_b' }),
  finalizer: service({}, { finalizers: ['a b'] }),
});

const env = (...list: Fields[]): Fields => container({ env: list });
const probe = (fields: Fields, name = 'readinessProbe'): Fields => container({ [name]: fields });
const limits = (fields: Fields): Fields => container({ resources: { limits: fields } });
const ports = (...list: Fields[]): Fields => container({ ports: list });
const volume = (fields: Fields): Fields => pod({ volumes: [{ name: 'a', ...fields }] });
const mounted = (...mounts: Fields[]): Fields =>
  pod(
    { volumes: [{ name: 'a', emptyDir: {} }] },
    { volumeMounts: mounts.map(mount => ({ name: 'a', mountPath: '/d', ...mount })) },
  );
const init = (fields: Fields): Fields =>
  pod({ initContainers: [{ name: 'first', image: 'docker.io/library/busybox:1.37', ...fields }] });
const secure = (fields: Fields): Fields => container({ securityContext: fields });

apps('env', {
  'value-and-source': env({ name: 'A', value: '1', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }),
  'ok-empty-value': env({ name: 'A', value: '', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }),
  'two-sources': env({
    name: 'A',
    valueFrom: { secretKeyRef: { name: 's', key: 'k' }, configMapKeyRef: { name: 's', key: 'k' } },
  }),
  'no-source': env({ name: 'A', valueFrom: {} }),
  field: env({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.name' } } }),
  'ok-field': env({ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }),
  'source-name': env({ name: 'A', valueFrom: { secretKeyRef: { name: 'A_b', key: 'k' } } }),
  'source-key': env({ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a b' } } }),
  'name-empty': env({ name: '' }),
  'name-equals': env({ name: 'A=B', value: 'c' }),
  'ok-name-dash': env({ name: 'a-b.c', value: 'd' }),
  'from-nothing': container({ envFrom: [{}] }),
  'from-both': container({ envFrom: [{ secretRef: { name: 's' }, configMapRef: { name: 's' } }] }),
  'ok-from': container({ envFrom: [{ prefix: 'A_', secretRef: { name: 's' } }] }),
});
apps('container', {
  none: workload({ template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } }),
  name: container({ name: 'Main_1' }),
  'name-long': container({ name: LONG }),
  'ok-image-blank': container({ image: ' docker.io/library/nginx:1.29' }),
  'port-protocol': ports({ containerPort: 80, protocol: 'HTTP' }),
  'port-name-twice': ports({ name: 'a', containerPort: 80 }, { name: 'a', containerPort: 81 }),
  'port-name-digits': ports({ name: '8080', containerPort: 80 }),
  'port-name-hyphens': ports({ name: 'a--b', containerPort: 80 }),
  'ok-port-name': ports({ name: 'http-8080', containerPort: 80 }),
  'host-port': ports({ containerPort: 80, hostPort: 70_000 }),
  'host-network-port': pod({ hostNetwork: true }, { ports: [{ containerPort: 80, hostPort: 81 }] }),
  'pull-policy': container({ imagePullPolicy: 'Sometimes' }),
  'init-probe': init({ readinessProbe: { tcpSocket: { port: 80 } } }),
  'ok-init-sidecar': init({ restartPolicy: 'Always', readinessProbe: { tcpSocket: { port: 80 } } }),
  'init-name': init({ name: 'main' }),
  'command-number': container({ args: [1] }),
  'lifecycle-empty': container({ lifecycle: { preStop: {} } }),
  'lifecycle-two': container({ lifecycle: { preStop: { exec: { command: ['a'] }, sleep: { seconds: 3 } } } }),
  'ok-lifecycle': container({ lifecycle: { preStop: { sleep: { seconds: 3 } } } }),
});
apps('probe', {
  none: probe({ periodSeconds: 5 }),
  'startup-none': probe({}, 'startupProbe'),
  'port-zero': probe({ httpGet: { path: '/', port: 0 } }),
  'port-name': probe({ httpGet: { path: '/', port: 'a-name-of-a-port' } }),
  scheme: probe({ httpGet: { path: '/', port: 80, scheme: 'http' } }),
  period: probe({ tcpSocket: { port: 80 }, periodSeconds: -1 }),
  'startup-success': probe({ tcpSocket: { port: 80 }, successThreshold: 2 }, 'startupProbe'),
  'ok-success': probe({ tcpSocket: { port: 'http' }, successThreshold: 2 }),
  'exec-empty': probe({ exec: { command: [] } }, 'livenessProbe'),
  'readiness-grace': probe({ tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 5 }),
  'ok-grace': probe({ grpc: { port: 80 }, terminationGracePeriodSeconds: 5 }, 'livenessProbe'),
});
apps('amount', {
  milli: limits({ cpu: '100 m' }),
  'big-k': limits({ memory: '512K' }),
  words: limits({ memory: '1 gigabyte' }),
  gb: limits({ memory: '1GB' }),
  'gi-b': limits({ memory: '1GiB' }),
  comma: limits({ cpu: '0,5' }),
  empty: limits({ cpu: '' }),
  negative: limits({ cpu: -1 }),
  name: limits({ mem: '1Gi' }),
  storage: limits({ storage: '1Gi' }),
  'ok-forms': container({
    resources: {
      requests: { cpu: '100m', memory: '1.5Gi', 'ephemeral-storage': '1e9' },
      limits: { cpu: 1, memory: '2G', 'ephemeral-storage': '2e9' },
    },
  }),
  'ok-exponent': limits({ memory: '12E' }),
  'cpu-above': container({ resources: { requests: { cpu: '1500m' }, limits: { cpu: 1 } } }),
  'ok-equal': container({ resources: { requests: { cpu: '1000m' }, limits: { cpu: 1 } } }),
  device: limits({ 'nvidia.com/gpu': '500m' }),
  'device-differs': container({
    resources: { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } },
  }),
  'device-request': container({ resources: { requests: { 'nvidia.com/gpu': 1 } } }),
  'ok-device': limits({ 'nvidia.com/gpu': 1 }),
});
apps('volume', {
  name: pod({ volumes: [{ name: 'A_b', emptyDir: {} }] }),
  twice: pod({
    volumes: [
      { name: 'a', emptyDir: {} },
      { name: 'a', emptyDir: {} },
    ],
  }),
  'ok-no-type': volume({}),
  'claim-empty': volume({ persistentVolumeClaim: { claimName: '' } }),
  'mode-high': volume({ configMap: { name: 'a', defaultMode: 4096 } }),
  'item-path': volume({ configMap: { name: 'a', items: [{ key: 'a', path: '../b' }] } }),
  'item-absolute': volume({ secret: { secretName: 'a', items: [{ key: 'a', path: '/b' }] } }),
  'host-path': volume({ hostPath: { path: '/a/../b' } }),
  'host-type': volume({ hostPath: { path: '/a', type: 'Folder' } }),
  'nfs-path': volume({ nfs: { server: 'a', path: 'b' } }),
  size: volume({ emptyDir: { sizeLimit: '1 Gi' } }),
  'ok-mount-colon': mounted({ mountPath: '/a:b' }),
  'mount-empty': mounted({ mountPath: '' }),
  'mount-sub-up': mounted({ subPath: '../a' }),
  'mount-sub-absolute': mounted({ subPath: '/a' }),
  'mount-sub-both': mounted({ subPath: 'a', subPathExpr: '$(A)' }),
  'ok-mount-sub': mounted({ subPath: 'a/b..c' }, { mountPath: '/e', subPath: 'e' }),
  'ok-mount-slash': mounted({ mountPath: '/d' }, { mountPath: '/d/' }),
});
apps('pod', {
  deadline: pod({ activeDeadlineSeconds: 5 }),
  'ok-grace': pod({ terminationGracePeriodSeconds: -1 }),
  dns: pod({ dnsPolicy: 'Cluster' }),
  account: pod({ serviceAccountName: 'Web_1' }),
  'pull-secret-twice': pod({ imagePullSecrets: [{ name: 'a' }, { name: 'a' }] }),
  'ok-pull-secrets': pod({ imagePullSecrets: [{ name: 'a' }, { name: 'b' }] }),
  'alias-address': pod({ hostAliases: [{ ip: 'a.b', hostnames: ['c'] }] }),
  'alias-twice': pod({
    hostAliases: [
      { ip: '10.0.0.1', hostnames: ['a'] },
      { ip: '10.0.0.1', hostnames: ['b'] },
    ],
  }),
  'toleration-value': pod({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
  'toleration-operator': pod({ tolerations: [{ key: 'a', operator: 'Is', value: 'b' }] }),
  'toleration-no-key': pod({ tolerations: [{ operator: 'Equal', value: 'b' }] }),
  'toleration-seconds': pod({
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }],
  }),
  'ok-toleration': pod({ tolerations: [{ operator: 'Exists' }] }),
  'node-selector': pod({ nodeSelector: { a: 'b c' } }),
  'affinity-values': pod({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
        },
      },
    },
  }),
  'affinity-topology': pod({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { a: 'b' } }, topologyKey: '' },
        ],
      },
    },
  }),
  'affinity-weight': pod({
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 101, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
        ],
      },
    },
  }),
  'spread-skew': pod({
    topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' }],
  }),
  'spread-when': pod({
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'Never' }],
  }),
  'spread-twice': pod({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 2, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
    ],
  }),
  'ok-spread': pod({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 2, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  }),
  user: pod({ securityContext: { runAsUser: -1 } }),
  privileged: secure({ privileged: true, allowPrivilegeEscalation: false }),
  'ok-privileged': secure({ privileged: true }),
  seccomp: pod({ securityContext: { seccompProfile: { type: 'Localhost' } } }),
  'seccomp-type': pod({ securityContext: { seccompProfile: { type: 'Default' } } }),
});

apps('workload', {
  'no-selector': workload({ selector: undefined }),
  'selector-empty': workload({ selector: {} }),
  'selector-expression': workload({
    selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['other'] }] },
  }),
  'ok-selector-expression': workload({
    selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'other'] }] },
  }),
  'selector-operator': workload({
    selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'Is' }] },
  }),
  'selector-no-values': workload({
    selector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'app', operator: 'In', values: [] }] },
  }),
  'strategy-type': workload({ strategy: { type: 'Rolling' } }),
  'strategy-nothing': workload({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
  'ok-strategy': workload({ strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } } }),
  'strategy-percent': workload({ strategy: { rollingUpdate: { maxSurge: '25' } } }),
  'strategy-above': workload({ strategy: { rollingUpdate: { maxUnavailable: '125%' } } }),
  progress: workload({ progressDeadlineSeconds: 5, minReadySeconds: 10 }),
  ready: workload({ minReadySeconds: -5 }),
  'set-on-delete': workload(
    { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
    {},
    'StatefulSet',
  ),
  'set-policy': workload({ podManagementPolicy: 'Any' }, {}, 'StatefulSet'),
  'ok-set-no-service': workload({}, {}, 'StatefulSet'),
  'set-claim-mode': workload(
    {
      volumeClaimTemplates: [
        { metadata: { name: 'a' }, spec: { resources: { requests: { storage: '1Gi' } } } },
      ],
    },
    {},
    'StatefulSet',
  ),
  'daemon-restart': workload({ template: template({}, { restartPolicy: 'OnFailure' }) }, {}, 'DaemonSet'),
  'daemon-both': workload(
    { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } },
    {},
    'DaemonSet',
  ),
  'daemon-neither': workload(
    { updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
    {},
    'DaemonSet',
  ),
});
const job = (fields: Fields): Fields =>
  object('batch/v1', 'Job', { spec: { template: template({}, { restartPolicy: 'Never' }), ...fields } });
apps('job', {
  always: job({ template: template({}, { restartPolicy: 'Always' }) }),
  'ok-on-failure': job({ template: template({}, { restartPolicy: 'OnFailure' }) }),
  'back-off': job({ backoffLimit: -1 }),
  'ok-indexed-alone': job({ completionMode: 'Indexed' }),
  'ok-indexed': job({ completionMode: 'Indexed', completions: 2 }),
  ttl: job({ ttlSecondsAfterFinished: -1 }),
  mode: job({ completionMode: 'Ordered', completions: 2 }),
  selector: job({ selector: { matchLabels: { app: 'web' } } }),
});
apps('cron', {
  'six-fields': cron({ schedule: '0 0 4 * * *' }),
  weekday: cron({ schedule: '0 4 * * 7' }),
  'ok-names': cron({ schedule: '*/5 0-12/2 1,15 jan-mar MON' }),
  'ok-macro': cron({ schedule: '@daily' }),
  'ok-every': cron({ schedule: '@every 1h30m' }),
  every: cron({ schedule: '@every 5' }),
  reboot: cron({ schedule: '@reboot' }),
  step: cron({ schedule: '*/0 * * * *' }),
  range: cron({ schedule: '5-1 * * * *' }),
  last: cron({ schedule: '0 0 L * *' }),
  empty: cron({ schedule: '' }),
  zone: cron({ timeZone: 'Europe/Brlin' }),
  'ok-zone': cron({ timeZone: 'Europe/Berlin' }),
  policy: cron({ concurrencyPolicy: 'Never' }),
  deadline: cron({ startingDeadlineSeconds: -1 }),
  history: cron({ successfulJobsHistoryLimit: -1 }),
  always: cron({ jobTemplate: { spec: { template: template({}, { restartPolicy: 'Always' }) } } }),
});
const scaler = (fields: Fields): Fields =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 3,
      ...fields,
    },
  });
const utilization = { type: 'Utilization', averageUtilization: 80 };
apps('scaler', {
  'no-target': scaler({ scaleTargetRef: undefined }),
  'target-name': scaler({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: '' } }),
  'no-most': scaler({ maxReplicas: undefined }),
  'most-zero': scaler({ maxReplicas: 0 }),
  'least-negative': scaler({ minReplicas: -1 }),
  'metric-source': scaler({ metrics: [{ type: 'Resource' }] }),
  'metric-type': scaler({ metrics: [{ type: 'Cpu', resource: { name: 'cpu', target: utilization } }] }),
  'metric-target': scaler({
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }],
  }),
  'ok-metric': scaler({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target: utilization } }] }),
  window: scaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
});
const budget = (fields: Fields): Fields =>
  object('policy/v1', 'PodDisruptionBudget', {
    spec: { selector: { matchLabels: { app: 'web' } }, ...fields },
  });
apps('budget', {
  negative: budget({ minAvailable: -1 }),
  percent: budget({ maxUnavailable: '50' }),
  'percent-above': budget({ minAvailable: '150%' }),
  'ok-percent': budget({ minAvailable: '50%' }),
  'ok-neither': budget({}),
});
