import {
  backend,
  certificate,
  claim,
  type Fields,
  GATEWAY,
  gateway,
  ingress,
  object,
  ONE_FAULT,
  role,
  route,
  rule,
  service,
} from './one-fault-apps.ts';
import { apps, SIBLINGS } from './sibling-faults.ts';

const port = (fields: Fields): Fields => service({ ports: [{ name: 'http', port: 80, ...fields }] });
apps('svc', {
  'no-ports': service({ ports: undefined }),
  'ok-headless-no-ports': service({ ports: undefined, clusterIP: 'None' }),
  'port-name-twice': service({
    ports: [
      { name: 'a', port: 80 },
      { name: 'a', port: 81 },
    ],
  }),
  'ok-tcp-udp': service({
    ports: [
      { name: 'a', port: 53 },
      { name: 'b', port: 53, protocol: 'UDP' },
    ],
  }),
  'target-name': port({ targetPort: 'a-name-of-a-port' }),
  'target-capital': port({ targetPort: 'Http' }),
  'target-high': port({ targetPort: 65_536 }),
  protocol: port({ protocol: 'http' }),
  'ok-node-port-high': service({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 40_000 }] }),
  'ok-node-port': service({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 31_234 }] }),
  'node-port-twice': service({
    type: 'NodePort',
    ports: [
      { name: 'a', port: 80, nodePort: 31_235 },
      { name: 'b', port: 81, nodePort: 31_235 },
    ],
  }),
  'node-port-inside': port({ nodePort: 31_236 }),
  type: service({ type: 'Loadbalancer' }),
  'headless-balanced': service({ type: 'LoadBalancer', clusterIP: 'None' }),
  address: service({ clusterIP: '10.0.0.256' }),
  'external-none': service({ type: 'ExternalName', selector: undefined, ports: undefined }),
  'external-name': service({ type: 'ExternalName', externalName: 'A_b', ports: undefined }),
  'ok-external': service({ type: 'ExternalName', externalName: 'a.example.org', ports: undefined }),
  'policy-inside': service({ externalTrafficPolicy: 'Local' }),
  'policy-word': service({ type: 'LoadBalancer', externalTrafficPolicy: 'Here' }),
  'class-inside': service({ loadBalancerClass: 'a.b/c' }),
  ranges: service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/33'] }),
  'ranges-inside': service({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
  affinity: service({ sessionAffinity: 'Client' }),
  'external-addresses': service({ externalIPs: ['a.example.org'] }),
  families: service({ ipFamilies: ['IPv4', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' }),
});

const paths = (fields: Fields, host = 'a.apps.example.org'): Fields =>
  ingress({
    rules: [
      {
        host,
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
apps('ing', {
  'path-type': paths({ pathType: 'prefix' }),
  'no-path-type': paths({ pathType: undefined }),
  'path-double': paths({ path: '/a//b' }),
  'path-up': paths({ path: '/a/../b' }),
  'ok-regular': paths({ path: '/a(/|$)(.*)', pathType: 'ImplementationSpecific' }),
  'host-address': paths({}, '10.0.0.1'),
  'host-port': paths({}, 'a.example.org:80'),
  'host-capital': paths({}, 'A.example.org'),
  'ok-host-wild': paths({}, '*.example.org'),
  'host-wild-inside': paths({}, 'a.*.example.org'),
  'port-both': paths({ backend: { service: { name: 'web', port: { number: 80, name: 'http' } } } }),
  'port-none': paths({ backend: { service: { name: 'web' } } }),
  'backend-none': paths({ backend: {} }),
  'tls-host': ingress({ ...(paths({})['spec'] as Fields), tls: [{ hosts: ['A_b'], secretName: 'a' }] }),
  'tls-secret': ingress({ ...(paths({})['spec'] as Fields), tls: [{ hosts: ['a.b'], secretName: 'A_b' }] }),
  'class-name': ingress({ ...(paths({})['spec'] as Fields), ingressClassName: 'A_b' }),
  'ok-default': ingress({ defaultBackend: { service: { name: 'web', port: { name: 'http' } } } }),
});
const policy = (spec: Fields): Fields =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
const from = (...peers: Fields[]): Fields => policy({ ingress: [{ from: peers }] });
apps('netpol', {
  cidr: from({ ipBlock: { cidr: '10.0.0.0' } }),
  'cidr-long': from({ ipBlock: { cidr: '10.0.0.0/33' } }),
  'ok-cidr': from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }),
  'ok-cidr-six': from({ ipBlock: { cidr: 'fd00::/8' } }),
  except: from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }),
  both: from({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }),
  nothing: from({}),
  type: policy({ policyTypes: ['Inbound'] }),
  'port-name': policy({ ingress: [{ ports: [{ port: 'A_b' }] }] }),
  'port-end': policy({ ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] }),
  protocol: policy({ ingress: [{ ports: [{ port: 80, protocol: 'tcp' }] }] }),
  'ok-port': policy({ egress: [{ ports: [{ port: 8000, endPort: 9000, protocol: 'TCP' }] }] }),
});

apps('pvc', {
  'no-modes': claim({ accessModes: undefined }),
  'volume-mode': claim({ volumeMode: 'File' }),
  'size-negative': claim({ resources: { requests: { storage: '-1Gi' } } }),
  'size-words': claim({ resources: { requests: { storage: 'ten' } } }),
  'ok-size-number': claim({ resources: { requests: { storage: 1_073_741_824 } } }),
  'ok-limit-below': claim({ resources: { requests: { storage: '2Gi' }, limits: { storage: '1Gi' } } }),
  'ok-class-empty': claim({ storageClassName: '' }),
  'ok-source-kind': claim({ dataSource: { kind: 'Deployment', name: 'a', apiGroup: 'apps' } }),
});
const volume = (spec: Fields): Fields =>
  object(
    'v1',
    'PersistentVolume',
    {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        nfs: { server: 'a', path: '/a' },
        ...spec,
      },
    },
    { name: 'one-fault' },
  );
apps('pv', {
  'no-size': volume({ capacity: undefined }),
  'no-modes': volume({ accessModes: [] }),
  'two-sources': volume({ hostPath: { path: '/a' } }),
  'no-source': volume({ nfs: undefined }),
  reclaim: volume({ persistentVolumeReclaimPolicy: 'Keep' }),
  'local-anywhere': volume({ nfs: undefined, local: { path: '/a' } }),
  'ok-plain': volume({}),
});
apps('data', {
  'config-key-twice': object('v1', 'ConfigMap', { data: { a: 'b' }, binaryData: { a: 'Yg==' } }),
  'config-binary': object('v1', 'ConfigMap', { binaryData: { a: '!!!' } }),
  'config-key-dots': object('v1', 'ConfigMap', { data: { '..': 'b' } }),
  'config-key-slash': object('v1', 'ConfigMap', { data: { 'a/b': 'c' } }),
  'config-key-long': object('v1', 'ConfigMap', { data: { ['k'.repeat(254)]: 'c' } }),
  'ok-config-key': object('v1', 'ConfigMap', { data: { '.a_B-1': 'c' } }),
  'secret-key': object('v1', 'Secret', { stringData: { 'a b': 'c' } }),
  'secret-type-basic': object('v1', 'Secret', { type: 'kubernetes.io/basic-auth', stringData: { a: 'b' } }),
  'secret-docker': object('v1', 'Secret', {
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': 'a' },
  }),
});

const GROUP = 'rbac.authorization.k8s.io';
const rbac = (kind: string, fields: Fields): Fields =>
  object(`${GROUP}/v1`, kind, fields, { name: 'one-fault' });
const account = { kind: 'ServiceAccount', name: 'web', namespace: 'elsewhere' };
const bound = (kind: string, roleRef: Fields, ...subjects: Fields[]): Fields =>
  rbac(kind, { roleRef: { ...role, ...roleRef }, subjects: subjects.length > 0 ? subjects : [account] });
apps('rights', {
  'role-kind': bound('ClusterRoleBinding', { kind: 'Role' }),
  'role-kind-word': bound('RoleBinding', { kind: 'role' }),
  'role-name': bound('RoleBinding', { name: '' }),
  'role-group': bound('RoleBinding', { apiGroup: 'apps' }),
  'ok-role': bound('RoleBinding', { kind: 'Role' }),
  'subject-kind': bound('RoleBinding', {}, { kind: 'Serviceaccount', name: 'web' }),
  'subject-group': bound('RoleBinding', {}, { kind: 'User', name: 'ann', apiGroup: 'a.b' }),
  'ok-subject-user': bound('RoleBinding', {}, { kind: 'User', name: 'ann' }),
  'subject-name': bound('RoleBinding', {}, { ...account, name: 'A_b' }),
  'rule-verbs': rbac('Role', { rules: [{ apiGroups: [''], resources: ['pods'] }] }),
  'rule-groups': rbac('Role', { rules: [{ resources: ['pods'], verbs: ['get'] }] }),
  'rule-resources': rbac('Role', { rules: [{ apiGroups: [''], verbs: ['get'] }] }),
  'rule-urls': rbac('Role', { rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }] }),
  'ok-rule-urls': rbac('ClusterRole', { rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }] }),
  'rule-mixed': rbac('ClusterRole', {
    rules: [{ nonResourceURLs: ['/a'], apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  }),
});
apps('other', {
  'priority-high': object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1_000_000_001 }),
  'priority-name': object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, { name: 'system-a' }),
  quota: object('v1', 'ResourceQuota', { spec: { hard: { pods: '10 a' } } }),
  'ok-quota': object('v1', 'ResourceQuota', { spec: { hard: { pods: 10, 'requests.cpu': '4' } } }),
  'limit-type': object('v1', 'LimitRange', {
    spec: { limits: [{ type: 'Container', min: { cpu: 2 }, max: { cpu: 1 } }] },
  }),
  'ok-limit': object('v1', 'LimitRange', {
    spec: { limits: [{ type: 'Container', default: { cpu: 1 }, defaultRequest: { cpu: '100m' } }] },
  }),
});
const hook = (fields: Fields): Fields =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    {
      webhooks: [
        {
          name: 'a.b.example',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { url: 'https://a.example' },
          ...fields,
        },
      ],
    },
    { name: 'one-fault' },
  );
apps('hook', {
  'ok-plain': hook({}),
  effects: hook({ sideEffects: 'Some' }),
  'no-versions': hook({ admissionReviewVersions: [] }),
  timeout: hook({ timeoutSeconds: 31 }),
  'plain-http': hook({ clientConfig: { url: 'http://a.example' } }),
  'two-clients': hook({
    clientConfig: { url: 'https://a.example', service: { name: 'a', namespace: 'b' } },
  }),
  name: hook({ name: 'a' }),
  failure: hook({ failurePolicy: 'Refuse' }),
});
const definition = (spec: Fields, name = 'faults.one-fault.test'): Fields =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      spec: {
        group: 'one-fault.test',
        scope: 'Namespaced',
        names: { plural: 'faults', kind: 'Fault' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
        ...spec,
      },
    },
    { name },
  );
apps('crd', {
  'ok-plain': definition({}),
  name: definition({}, 'fault.one-fault.test'),
  scope: definition({ scope: 'Namespace' }),
  'no-storage': definition({
    versions: [{ name: 'v1', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } }],
  }),
});

const filters = (host: string, ...list: Fields[]): Fields => rule(host, { filters: list });
const only = (host: string, fields: Fields): Fields[] => [service(), rule(host, fields)];
const path = (host: string, fields: Fields): Fields[] => only(host, { matches: [{ path: fields }] });
const header = { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b' }] } };
const rewrite = (fields: Fields): Fields => ({ type: 'URLRewrite', urlRewrite: fields });
const redirected = (host: string, fields: Fields): Fields =>
  route(host, { rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: fields }] }] });
const PARENT = { name: 'envoy-gateway', namespace: 'envoy-gateway' };
apps('http', {
  'path-double': path('double', { type: 'PathPrefix', value: '/a//b' }),
  'path-up': path('up', { type: 'Exact', value: '/a/../b' }),
  'path-end': path('end', { type: 'PathPrefix', value: '/a/..' }),
  'path-escaped': path('escaped', { value: '/a%2fb' }),
  'path-hash': path('hash', { value: '/a#b' }),
  'path-blank': path('blank', { value: '/a b' }),
  'ok-path': path('ok-path', { type: 'PathPrefix', value: '/a/b.c~d/%20' }),
  'ok-path-regular': path('ok-regular', { type: 'RegularExpression', value: '/a//(b|c) d' }),
  'filter-lone': [service(), filters('lone', { type: 'URLRewrite' })],
  'filter-other': [service(), filters('other', { type: 'URLRewrite', requestHeaderModifier: {} })],
  'filter-type': [service(), filters('type', { type: 'Rewrite', urlRewrite: { hostname: 'a.b' } })],
  'filter-twice': [service(), filters('twice', header, header)],
  'ok-filters': [service(), filters('ok-filters', header, rewrite({ hostname: 'a.example.org' }))],
  'filter-rewrite-redirect': route('both', {
    rules: [
      {
        filters: [
          rewrite({ hostname: 'a.example.org' }),
          { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } },
        ],
      },
    ],
  }),
  'rewrite-no-value': [service(), filters('no-value', rewrite({ path: { type: 'ReplaceFullPath' } }))],
  'rewrite-other-value': [
    service(),
    filters('other-value', rewrite({ path: { type: 'ReplaceFullPath', replacePrefixMatch: '/' } })),
  ],
  'ok-rewrite': [
    service(),
    filters('ok-rewrite', rewrite({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } })),
  ],
  'redirect-scheme': redirected('scheme', { scheme: 'ftp' }),
  'redirect-host': redirected('r-host', { hostname: 'A_b' }),
  'redirect-port': redirected('r-port', { port: 0 }),
  'ok-redirect': redirected('ok-redirect', { scheme: 'https', statusCode: 301 }),
  'timeout-unit': only('unit', { timeouts: { request: '10' } }),
  'timeout-words': only('words', { timeouts: { request: '10 s' } }),
  'timeout-point': only('point', { timeouts: { request: '1.5s' } }),
  'ok-timeouts': only('ok-timeouts', { timeouts: { request: '1m', backendRequest: '30s' } }),
  'ok-timeout-off': only('ok-off', { timeouts: { request: '0s', backendRequest: '30s' } }),
  weight: [
    service(),
    route('weight', { rules: [{ backendRefs: [{ name: 'web', port: 80, weight: 1_000_001 }] }] }),
  ],
  'weight-negative': [
    service(),
    route('negative', { rules: [{ backendRefs: [{ name: 'web', port: 80, weight: -1 }] }] }),
  ],
  'ok-weight': [
    service(),
    route('ok-weight', { rules: [{ backendRefs: [{ name: 'web', port: 80, weight: 0 }] }] }),
  ],
  'matches-many': only('many', {
    matches: Array.from({ length: 65 }, (_, at) => ({ path: { value: `/${at}` } })),
  }),
  'matches-sum': [
    service(),
    route('sum', {
      rules: Array.from({ length: 3 }, (_, first) => ({
        ...backend,
        matches: Array.from({ length: 60 }, (__, at) => ({ path: { value: `/${first}-${at}` } })),
      })),
    }),
  ],
  'rules-many': [
    service(),
    route('rules', {
      rules: Array.from({ length: 17 }, (_, at) => ({
        ...backend,
        matches: [{ path: { value: `/${at}` } }],
      })),
    }),
  ],
  method: only('method', { matches: [{ method: 'get' }] }),
  'header-name': only('header', { matches: [{ headers: [{ name: 'a b', value: 'c' }] }] }),
  'header-twice': only('header-twice', {
    matches: [
      {
        headers: [
          { name: 'a', value: 'b' },
          { name: 'a', value: 'c' },
        ],
      },
    ],
  }),
  'query-type': only('query', { matches: [{ queryParams: [{ type: 'Prefix', name: 'a', value: 'b' }] }] }),
  'mirror-both': [
    service(),
    filters('mirror', {
      type: 'RequestMirror',
      requestMirror: { backendRef: { name: 'web', port: 80 }, percent: 5, fraction: { numerator: 1 } },
    }),
  ],
  'mirror-fraction': [
    service(),
    filters('fraction', {
      type: 'RequestMirror',
      requestMirror: { backendRef: { name: 'web', port: 80 }, fraction: { numerator: 101 } },
    }),
  ],
  'host-wild-inside': [service(), route('x', { hostnames: ['a.*.apps.example.org'] })],
  'host-capital': [service(), route('x', { hostnames: ['Web.apps.example.org'] })],
  'parent-section': [
    service(),
    route('section', {
      parentRefs: [
        { name: 'envoy-gateway', namespace: 'envoy-gateway', sectionName: 'http' },
        { name: 'envoy-gateway', namespace: 'envoy-gateway' },
      ],
    }),
  ],
  'ok-parent-sections': [
    service(),
    route('ok-sections', {
      parentRefs: [
        { ...PARENT, sectionName: 'http' },
        { ...PARENT, sectionName: 'tls' },
      ],
    }),
  ],
  'parent-section-or-port': [
    service(),
    route('section-or-port', {
      parentRefs: [
        { ...PARENT, sectionName: 'http' },
        { ...PARENT, port: 80 },
      ],
    }),
  ],
  'parent-group-written': [
    service(),
    route('group-written', { parentRefs: [PARENT, { ...PARENT, group: 'gateway.networking.k8s.io' }] }),
  ],
});
const grpc = (host: string, method: Fields): Fields[] => [
  service(),
  route(host, { rules: [{ ...backend, matches: [{ method }] }] }, 'GRPCRoute'),
];
apps('grpc', {
  service: grpc('g-service', { service: 'a-b' }),
  method: grpc('g-method', { service: 'a.B', method: 'c-d' }),
  'ok-method': grpc('ok-g', { service: 'a.b.C', method: 'Get_1' }),
  filter: [
    service(),
    route(
      'g-filter',
      { rules: [{ ...backend, filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'a.b' } }] }] },
      'GRPCRoute',
    ),
  ],
});
apps('tls', {
  'host-address': [service(), route('x', { hostnames: ['10.0.0.1'] }, 'TLSRoute')],
  'ok-host': [service(), route('tls-ok', {}, 'TLSRoute')],
});
const listener = (fields: Fields): Fields => gateway({ name: 'a', protocol: 'HTTP', port: 80, ...fields });
const certificates = { certificateRefs: [{ name: 'a' }] };
apps('gw', {
  'http-tls': listener({ tls: certificates }),
  'tls-no-tls': listener({ protocol: 'TLS', port: 443 }),
  'ok-tls-no-mode': listener({ protocol: 'TLS', port: 443, tls: certificates }),
  'ok-tls': listener({ protocol: 'TLS', port: 443, tls: { mode: 'Passthrough' } }),
  'ok-https': listener({ protocol: 'HTTPS', port: 443, hostname: '*.example.org', tls: certificates }),
  'tcp-host': listener({ protocol: 'TCP', port: 5432, hostname: 'a.example.org' }),
  'ok-tcp': listener({ protocol: 'TCP', port: 5432 }),
  'host-port': listener({ hostname: 'a.example.org:80' }),
  'host-address': listener({ hostname: '10.0.0.1' }),
  'port-zero': listener({ port: 0 }),
  'port-high': listener({ port: 65_536 }),
  name: listener({ name: 'A_b' }),
  mode: listener({ protocol: 'HTTPS', port: 443, tls: { ...certificates, mode: 'Terminated' } }),
  from: listener({ allowedRoutes: { namespaces: { from: 'Everywhere' } } }),
  'ok-hosts': gateway(
    { name: 'a', protocol: 'HTTPS', port: 443, hostname: 'a.example.org', tls: certificates },
    { name: 'b', protocol: 'HTTPS', port: 443, hostname: 'b.example.org', tls: certificates },
  ),
  none: gateway(),
  many: gateway(
    ...Array.from({ length: 65 }, (_, at) => ({ name: `l${at}`, protocol: 'HTTP', port: 8000 + at })),
  ),
  'address-twice': object(GATEWAY, 'Gateway', {
    spec: {
      gatewayClassName: 'envoy-gateway',
      listeners: [{ name: 'a', protocol: 'HTTP', port: 80 }],
      addresses: [
        { type: 'IPAddress', value: '10.0.0.1' },
        { type: 'IPAddress', value: '10.0.0.1' },
      ],
    },
  }),
});
apps('grant', {
  'no-from': object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', {
    spec: { from: [], to: [{ group: '', kind: 'Service' }] },
  }),
  'ok-plain': object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', {
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'a' }],
      to: [{ group: '', kind: 'Service' }],
    },
  }),
});
apps('cert', {
  'name-long': certificate({ commonName: 'a'.repeat(65) }),
  'no-issuer': certificate({ issuerRef: undefined, dnsNames: ['a.example.org'] }),
  algorithm: certificate({ dnsNames: ['a.example.org'], privateKey: { algorithm: 'rsa' } }),
  'ok-algorithm': certificate({ dnsNames: ['a.example.org'], privateKey: { algorithm: 'ECDSA', size: 256 } }),
});

/** All apps with one fault each, what their files hold by name; and the names of those beyond the first table. */
export const ALL_APPS = ONE_FAULT;
export const MORE_APPS: readonly string[] = SIBLINGS;
