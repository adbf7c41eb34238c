import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { findRouteBlocks, routeChanges } from '../../src/scaffold/chart-routes.ts';

const GATEWAY = {
  name: 'g',
  namespace: 'gs',
  sectionName: undefined,
  passthrough: undefined,
  tlsRouteVersion: 'v1',
};
const HOSTS = ['a.x.example', 'a.y.example'];

type Row = [name: string, values: string, changes: Record<string, unknown>];

const PARENT = [{ name: 'g', namespace: 'gs' }];
const ROWS: Row[] = [
  [
    'helm create',
    'httpRoute: {enabled: false, parentRefs: [], hostnames: []}',
    { 'httpRoute.enabled': true, 'httpRoute.parentRefs': PARENT, 'httpRoute.hostnames': HOSTS },
  ],
  [
    'argo-cd',
    'server: {httproute: {enabled: false, parentRefs: [], hostnames: []}, grpcroute: {enabled: false, parentRefs: [], hostnames: []}}',
    {
      'server.httproute.enabled': true,
      'server.httproute.parentRefs': PARENT,
      'server.httproute.hostnames': HOSTS,
    },
  ],
  [
    'kube-prometheus-stack',
    'route: {main: {enabled: false, kind: HTTPRoute, parentRefs: [], hostnames: []}}',
    { 'route.main.enabled': true, 'route.main.parentRefs': PARENT, 'route.main.hostnames': HOSTS },
  ],
  [
    'Harbor',
    'expose: {type: ingress, ingress: {hosts: {core: x}}, route: {parentRefs: {}, hosts: []}}',
    { 'expose.type': 'route', 'expose.route.parentRefs': PARENT, 'expose.route.hosts': HOSTS },
  ],
  [
    'one host only',
    'gatewayApi: {enabled: false, hostname: "", parentRefs: []}',
    { 'gatewayApi.enabled': true, 'gatewayApi.parentRefs': PARENT, 'gatewayApi.hostname': 'a.x.example' },
  ],
];

test.each(ROWS)('%s', (_, values, expected) => {
  const [block] = findRouteBlocks(parse(values));
  const changes = block ? routeChanges(block, GATEWAY, HOSTS) : [];
  expect(Object.fromEntries(changes.map(({ path, value }) => [path.join('.'), value]))).toEqual(expected);
});

test('a listener is named where the repository names one', () => {
  const [block] = findRouteBlocks({ httpRoute: { parentRefs: [], hostnames: [] } });
  const changes = block ? routeChanges(block, { ...GATEWAY, sectionName: 'https' }, HOSTS) : [];
  expect(changes[0]?.value).toEqual([{ name: 'g', namespace: 'gs', sectionName: 'https' }]);
});

test.each([
  ['a reverse proxy called gateway', 'gateway: {enabled: true, ingress: {hosts: []}}'],
  ['a route of Alertmanager', 'alertmanager: {config: {route: {receiver: x, routes: []}}}'],
  ['another kind', 'route: {main: {kind: GRPCRoute, parentRefs: [], hostnames: []}}'],
  ['no hosts', 'route: {parentRefs: []}'],
])('%s is no route block', (_, values) => {
  expect(findRouteBlocks(parse(values))).toEqual([]);
});
