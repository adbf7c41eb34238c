import { stringify } from 'yaml';

export type Fields = Record<string, unknown>;

/** Apps with one fault each, or with none where strangers would look for one, by name: what its file holds. */
export const ONE_FAULT: Readonly<Record<string, string>> = {};

const apps = ONE_FAULT as Record<string, string>;

/** Adds an app. */
export function app(name: string, ...objects: (Fields | string)[]): void {
  if (name in apps) throw new Error(`two apps are called ${name}`);
  apps[name] = objects.map(each => (typeof each === 'string' ? each : stringify(each))).join('---\n');
}

export const LONG = 'a-name-that-is-longer-than-the-sixty-three-characters-of-a-label';
const IMAGE = 'docker.io/library/nginx:1.29';

/** An object called `web`. */
export function object(apiVersion: string, kind: string, rest: Fields, metadata: Fields = {}): Fields {
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, ...rest };
}

export const service = (fields: Fields = {}, metadata: Fields = {}): Fields =>
  object(
    'v1',
    'Service',
    { spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }], ...fields } },
    metadata,
  );
export const template = (
  container: Fields = {},
  pod: Fields = {},
  labels: Fields = { app: 'web' },
): Fields => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: IMAGE, ...container }], ...pod },
});
export const workload = (spec: Fields = {}, metadata: Fields = {}, kind = 'Deployment'): Fields =>
  object(
    'apps/v1',
    kind,
    { spec: { selector: { matchLabels: { app: 'web' } }, template: template(), ...spec } },
    metadata,
  );
export const container = (fields: Fields): Fields => workload({ template: template(fields) });
export const pod = (fields: Fields, own: Fields = {}): Fields =>
  workload({ template: template(own, fields) });

// Services
app('service-name-digit', service({}, { name: '4ever' }));
app('service-name-long', service({}, { name: LONG }));
app('service-name-capital', service({}, { name: 'Web' }));
app('service-name-dot', service({}, { name: 'web.internal' }));
app('service-name-underscore', service({}, { name: 'web_internal' }));
app('service-ports-unnamed', service({ ports: [{ port: 80 }, { port: 443 }] }));
app('service-port-name', service({ ports: [{ name: 'Http_1', port: 80 }] }));
app('service-port-zero', service({ ports: [{ name: 'http', port: 0 }] }));
app(
  'service-port-twice',
  service({
    ports: [
      { name: 'a', port: 80, targetPort: 1 },
      { name: 'b', port: 80, targetPort: 2 },
    ],
  }),
);
app('service-nodeport-low', service({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 80 }] }));
app('service-selector-number', service({ selector: { app: 1 } }));
app('service-label-long', service({}, { labels: { part: LONG } }));
app('service-label-blank', service({}, { labels: { part: 'a b' } }));
app(
  'service-label-yes',
  'apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {on: yes}}\nspec: {ports: [{name: http, port: 80}]}\n',
);
app('service-label-number', service({}, { labels: { version: 1.2 } }));
app('service-annotation-number', service({}, { annotations: { weight: 3 } }));
app('service-annotation-boolean', service({}, { annotations: { scrape: true } }));

// Workloads
app('workload', workload());
app('workload-name-dot', workload({}, { name: 'web.internal' }));
app('workload-selector', workload({ template: template({}, {}, { app: 'other' }) }));
app('workload-env-number', container({ env: [{ name: 'A', value: 1 }] }));
app(
  'workload-env-twice',
  container({
    env: [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ],
  }),
);
app('workload-env-null', container({ env: null }));
app(
  'workload-port-twice',
  container({
    ports: [
      { name: 'a', containerPort: 80 },
      { name: 'b', containerPort: 80 },
    ],
  }),
);
app('workload-port-name', container({ ports: [{ name: 'a-name-of-a-port', containerPort: 80 }] }));
app('workload-port-high', container({ ports: [{ containerPort: 65_536 }] }));
app('workload-mount-lost', container({ volumeMounts: [{ name: 'lost', mountPath: '/d' }] }));
app(
  'workload-mount-twice',
  pod(
    {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', emptyDir: {} },
      ],
    },
    {
      volumeMounts: [
        { name: 'a', mountPath: '/d' },
        { name: 'b', mountPath: '/d' },
      ],
    },
  ),
);
app('workload-volume-two-types', pod({ volumes: [{ name: 'a', emptyDir: {}, hostPath: { path: '/d' } }] }));
app(
  'workload-liveness-twice',
  container({ livenessProbe: { successThreshold: 3, tcpSocket: { port: 80 } } }),
);
app(
  'workload-probe-two-kinds',
  container({ readinessProbe: { tcpSocket: { port: 80 }, httpGet: { path: '/', port: 80 } } }),
);
app('workload-amount-unit', container({ resources: { limits: { memory: '512mb' } } }));
app('workload-amount-blank', container({ resources: { requests: { memory: '1 Gi' } } }));
app(
  'workload-request-above-limit',
  container({ resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
);
app('workload-field-unknown', container({ imagePullPolice: 'Always' }));
app('workload-field-case', pod({ restartpolicy: 'Always' }));
app('workload-choice', container({ imagePullPolicy: 'always' }));
app('workload-restart', pod({ restartPolicy: 'OnFailure' }));
app('workload-recreate', workload({ strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }));
app(
  'workload-no-image',
  workload({ template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main' }] } } }),
);
app('workload-source-name', container({ envFrom: [{ configMapRef: { name: 'Not_A_Name' } }] }));
app('workload-source-prefix', container({ envFrom: [{ prefix: 'a b', secretRef: { name: 'a' } }] }));
app('workload-replicas-negative', workload({ replicas: -1 }));
app('workload-replicas-text', workload({ replicas: '2' }));
app(
  'workload-mode-text',
  pod({ volumes: [{ name: 'a', secret: { secretName: 's', defaultMode: '0400' } }] }),
);
const mode = (text: string): string =>
  stringify(pod({ volumes: [{ name: 'a', secret: { secretName: 's', defaultMode: 1 } }] })).replace(
    'defaultMode: 1',
    `defaultMode: ${text}`,
  );
app('workload-mode-octal', mode('0400'));
app('workload-mode-octal-new', mode('0o400'));
app(
  'set-mount-of-claim',
  workload(
    {
      serviceName: 'web',
      template: template({ volumeMounts: [{ name: 'dato', mountPath: '/d' }] }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
    {},
    'StatefulSet',
  ),
);

// Jobs, scalers, budgets
export const cron = (fields: Fields, metadata: Fields = {}): Fields =>
  object(
    'batch/v1',
    'CronJob',
    {
      spec: {
        schedule: '5 4 * * *',
        jobTemplate: { spec: { template: template({}, { restartPolicy: 'Never' }) } },
        ...fields,
      },
    },
    metadata,
  );
app('cron-minute', cron({ schedule: '60 * * * *' }));
app('cron-name-long', cron({}, { name: 'a-name-that-is-longer-than-the-fifty-two-of-a-cron-job' }));
app('job-restart', object('batch/v1', 'Job', { spec: { template: template() } }));
app(
  'scaler-range',
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 4,
      maxReplicas: 2,
    },
  }),
);
app(
  'budget-both',
  object('policy/v1', 'PodDisruptionBudget', {
    spec: { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
  }),
);

// Storage
export const claim = (spec: Fields): Fields =>
  object('v1', 'PersistentVolumeClaim', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  });
app('claim', claim({}));
app('claim-mode', claim({ accessModes: ['ReadWriteSome'] }));
app('claim-mode-mixed', claim({ accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] }));
app('claim-no-size', claim({ resources: {} }));
app('claim-size-zero', claim({ resources: { requests: { storage: 0 } } }));
app('claim-size-unit', claim({ resources: { requests: { storage: '10GB' } } }));
app('claim-class', claim({ storageClassName: 'Fast_One' }));

// Configuration, secrets, rights
app('config-key', object('v1', 'ConfigMap', { data: { 'a b': 'c' } }));
app('config-number', object('v1', 'ConfigMap', { data: { a: 1 } }));
app('config-large', object('v1', 'ConfigMap', { data: { a: 'x'.repeat(1_060_000) } }));
app('secret-no-base64', object('v1', 'Secret', { data: { a: '!!!' } }));
app('secret-tls-empty', object('v1', 'Secret', { type: 'kubernetes.io/tls', stringData: { a: 'b' } }));
export const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
app(
  'binding-no-namespace',
  object(
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    { roleRef: role, subjects: [{ kind: 'ServiceAccount', name: 'web' }] },
    { name: 'one-fault' },
  ),
);
app(
  'binding-group-empty',
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { ...role, apiGroup: '' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'binding-group-empty' }],
  }),
);

// Ingress, policies
const path = (fields: Fields): Fields => ({
  rules: [
    {
      host: 'a.apps.example.org',
      http: {
        paths: [
          {
            path: '/',
            pathType: 'Prefix',
            backend: { service: { name: 'web', port: { number: 80 } } },
            ...fields,
          },
        ],
      },
    },
  ],
});
export const ingress = (spec: Fields, metadata: Fields = {}): Fields =>
  object('networking.k8s.io/v1', 'Ingress', { spec: { ingressClassName: 'one', ...spec } }, metadata);
app('ingress-empty', ingress({}));
app('ingress-path', ingress(path({ path: 'a' })));
app('ingress-two-classes', ingress(path({}), { annotations: { 'kubernetes.io/ingress.class': 'two' } }));
app(
  'policy-ports',
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, egress: [{ ports: [{ port: 443, endPort: 80 }] }] },
  }),
);

// Gateway API
export const GATEWAY = 'gateway.networking.k8s.io/v1';
export const backend = { backendRefs: [{ name: 'web', port: 80 }] };
export const route = (host: string, fields: Fields, kind = 'HTTPRoute', apiVersion = GATEWAY): Fields =>
  object(apiVersion, kind, {
    spec: {
      parentRefs: [{ name: 'envoy-gateway', namespace: 'envoy-gateway' }],
      hostnames: [`${host}.apps.example.org`],
      rules: [backend],
      ...fields,
    },
  });
export const rule = (host: string, fields: Fields): Fields =>
  route(host, { rules: [{ ...backend, ...fields }] });
const hosts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `h${index}.apps.example.org`);
app('route', service(), route('plain', {}));
app('route-hosts', service(), route('hosts', { hostnames: hosts(17) }));
app('route-no-port', service(), route('no-port', { rules: [{ backendRefs: [{ name: 'web' }] }] }));
app(
  'route-other-port',
  service(),
  route('other-port', { rules: [{ backendRefs: [{ name: 'web', port: 8080 }] }] }),
);
app('route-path', service(), rule('path', { matches: [{ path: { type: 'PathPrefix', value: 'a' } }] }));
app(
  'route-path-type',
  service(),
  rule('path-type', { matches: [{ path: { type: 'Prefix', value: '/a' } }] }),
);
app(
  'route-redirect-backend',
  service(),
  rule('redirect', { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }),
);
app(
  'route-redirect-code',
  route('code', {
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 404 } }] }],
  }),
);
app(
  'route-rewrite',
  service(),
  rule('rewrite', {
    matches: [{ path: { type: 'Exact', value: '/a' } }],
    filters: [
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
    ],
  }),
);
app('route-host-address', service(), route('x', { hostnames: ['10.0.0.1'] }));
app('route-host-port', service(), route('x', { hostnames: ['port.apps.example.org:8443'] }));
app('route-host-wildcard', service(), route('x', { hostnames: ['*.tenants.apps.example.org'] }));
app('route-timeouts', service(), rule('timeouts', { timeouts: { request: '1s', backendRequest: '2s' } }));
app(
  'route-parent-twice',
  service(),
  route('twice', {
    parentRefs: [
      { name: 'envoy-gateway', namespace: 'envoy-gateway' },
      { name: 'envoy-gateway', namespace: 'envoy-gateway' },
    ],
  }),
);
app('route-field', service(), route('field', { hostname: 'field.apps.example.org' }));
app('route-no-rules', service(), stringify(route('no-rules', { rules: undefined })));
app('route-beta', service(), route('beta', {}, 'HTTPRoute', 'gateway.networking.k8s.io/v1beta1'));
app('tls-no-host', service(), stringify(route('x', { hostnames: undefined }, 'TLSRoute')));
app('tls-two-rules', service(), route('tls-two', { rules: [backend, backend] }, 'TLSRoute'));
app('tls-alpha', service(), route('tls-alpha', {}, 'TLSRoute', 'gateway.networking.k8s.io/v1alpha3'));
app(
  'grpc-match',
  service(),
  route('grpc', { rules: [{ ...backend, matches: [{ method: { type: 'Exact' } }] }] }, 'GRPCRoute'),
);
export const gateway = (...listeners: Fields[]): Fields =>
  object(GATEWAY, 'Gateway', { spec: { gatewayClassName: 'envoy-gateway', listeners } });
app(
  'gateway-name-twice',
  gateway({ name: 'a', protocol: 'HTTP', port: 80 }, { name: 'a', protocol: 'HTTP', port: 81 }),
);
app(
  'gateway-port-twice',
  gateway({ name: 'a', protocol: 'HTTP', port: 80 }, { name: 'b', protocol: 'HTTP', port: 80 }),
);
app('gateway-no-tls', gateway({ name: 'a', protocol: 'HTTPS', port: 443 }));
app(
  'gateway-no-certificate',
  gateway({ name: 'a', protocol: 'HTTPS', port: 443, tls: { mode: 'Terminate' } }),
);
app('gateway-pass', gateway({ name: 'a', protocol: 'HTTPS', port: 443, tls: { mode: 'Passthrough' } }));

// Sealed secrets, certificates
const sealed = (spec: Fields): Fields => object('bitnami.com/v1alpha1', 'SealedSecret', { spec });
app('sealed-stub', sealed({ encryptedData: { a: 'REPLACE_ME' } }));
app('sealed-number', sealed({ encryptedData: { a: 1 } }));
app('sealed-plain', sealed({ encryptedData: { a: 'cGxhaW4=' } }));
app('sealed-nothing', sealed({ template: {} }));
app('sealed-old-form', sealed({ data: 'cGxhaW4=', encryptedData: {} }));
app('sealed-key', sealed({ encryptedData: { 'a b': 'REPLACE_ME' } }));
app('sealed-immutable-text', sealed({ encryptedData: { a: 'REPLACE_ME' }, template: { immutable: 'true' } }));
export const certificate = (spec: Fields): Fields =>
  object('cert-manager.io/v1', 'Certificate', {
    spec: { secretName: 'web-tls', issuerRef: { name: 'ca' }, ...spec },
  });
app('certificate', certificate({ dnsNames: ['web.example.org'] }));
app('certificate-no-names', certificate({}));
app('certificate-days', certificate({ dnsNames: ['web.example.org'], duration: '90d' }));
app('certificate-usage', certificate({ dnsNames: ['web.example.org'], usages: ['server'] }));
app('certificate-field', certificate({ dnsName: 'web.example.org' }));

// Versions and kinds
app('old-budget', object('policy/v1beta1', 'PodDisruptionBudget', { spec: { minAvailable: 1 } }));
app(
  'old-scaler',
  object('autoscaling/v2beta2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  }),
);
app(
  'old-flow',
  object(
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'PriorityLevelConfiguration',
    { spec: { type: 'Exempt' } },
    { name: 'one-fault' },
  ),
);
app(
  'old-endpoints',
  object('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
);
app('kind-nobody-serves', object('nobody.example/v1', 'Thing', { spec: {} }));
app('kind-mistyped', object('apps/v1', 'Deploymnt', { spec: {} }));
app('other-namespace', service({}, { namespace: 'elsewhere' }));
app('object-twice', service(), service({ ports: [{ name: 'http', port: 81 }] }));
app(
  'set-field',
  object('argoproj.io/v1alpha1', 'ApplicationSet', {
    spec: {
      generator: [],
      template: {
        metadata: { name: 'a' },
        spec: { project: 'p', destination: {}, source: { repoURL: 'https://git.example.org/a', path: 'b' } },
      },
    },
  }),
);
app(
  'definition-no-schema',
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      spec: {
        group: 'one-fault.test',
        scope: 'Namespaced',
        names: { plural: 'as', kind: 'A' },
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    },
    { name: 'as.one-fault.test' },
  ),
);
