import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { renderRoute, ROUTE_FILES, type RouteKind } from '../src/scaffold/route-file.ts';
import { hasGatewaySchemas, readGatewaySchemas } from './support/gateway-schemas.ts';

const TEMPLATES = Object.fromEntries(
  Object.values(ROUTE_FILES).map(file => {
    const name = `resources/${file}` as const;
    return [name, { name, text: readFileSync(path.resolve(`templates/app/${name}.hbs`), 'utf8') }];
  }),
) as Parameters<typeof renderRoute>[2];

const V1 = 'gateway.networking.k8s.io/v1';

/** Shapes that the standard channel has, as people write them. */
const ROUTES: Record<string, string> = {
  'several hosts, a rewrite and time-outs': `apiVersion: ${V1}
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs: [{name: public, namespace: gateways, sectionName: https}]
  hostnames: [shop.campus.example, www.campus.example]
  rules:
  - name: api
    matches: [{path: {type: PathPrefix, value: /api}}]
    filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]
    timeouts: {request: 30s, backendRequest: 25s}
    backendRefs: [{name: shop, port: 8080}]
  - backendRefs: [{name: shop, port: 80, weight: 1}]
`,
  'from http to https': `apiVersion: ${V1}
kind: HTTPRoute
metadata: {name: shop-redirect}
spec:
  parentRefs: [{name: public, namespace: gateways, sectionName: http}]
  hostnames: [shop.campus.example]
  rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]}]
`,
  passthrough: `apiVersion: ${V1}
kind: TLSRoute
metadata: {name: db}
spec:
  parentRefs: [{name: public, namespace: gateways, sectionName: tls}]
  hostnames: [db.campus.example]
  rules: [{backendRefs: [{name: db, port: 5432}]}]
`,
  'gRPC by service and method': `apiVersion: ${V1}
kind: GRPCRoute
metadata: {name: orders}
spec:
  parentRefs: [{name: public, namespace: gateways, sectionName: https}]
  hostnames: [orders.campus.example]
  rules:
  - matches: [{method: {type: Exact, service: shop.Orders, method: List}}]
    backendRefs: [{name: orders, port: 9000}]
`,
};

describe.runIf(hasGatewaySchemas)('Gateway API 1.6.1', () => {
  let schemas: Map<string, ValidateFunction>;
  beforeAll(() => {
    schemas = readGatewaySchemas();
  });

  function problemsOf(text: string): unknown {
    const route = parse(text) as { apiVersion: string; kind: string };
    const validate = schemas.get(`${route.apiVersion.split('/')[1]}/${route.kind}`);
    if (!validate) return `no schema of ${route.apiVersion} ${route.kind}`;
    return validate(route) ? [] : validate.errors;
  }

  test.each(Object.entries(ROUTES))('%s is of the schema', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  const kinds = Object.keys(ROUTE_FILES) as RouteKind[];
  const gateways = [
    { sectionName: undefined, passthrough: undefined },
    { sectionName: 'https', passthrough: 'tls' },
  ];
  test.each(kinds.flatMap(kind => gateways.map(listeners => [kind, listeners] as const)))(
    'what we write is: %s at %j',
    (kind, listeners) => {
      const gateway = { name: 'public', namespace: 'gateways', ...listeners, tlsRouteVersion: V1 };
      const route = {
        kind,
        apiVersion: V1,
        name: 'shop',
        hosts: ['shop.campus.example', 'shop.c.example'],
        backend: { service: 'shop', port: 80 },
      };
      expect(problemsOf(renderRoute(route, gateway, TEMPLATES))).toEqual([]);
    },
  );

  test.each([
    ['an unknown field', ROUTES['passthrough']?.replace('hostnames', 'hostname')],
    ['a host in capitals', ROUTES['passthrough']?.replace('db.campus', 'DB.campus')],
    ['a port that is text', ROUTES['passthrough']?.replace('5432', '"5432"')],
    ['a version that is not served', ROUTES['passthrough']?.replace('/v1', '/v1alpha2')],
    ['no rules', ROUTES['passthrough']?.replace(/ {2}rules.*\n/, '')],
  ])('%s is refused', (_, text = '') => {
    expect(problemsOf(text)).not.toEqual([]);
  });
});
