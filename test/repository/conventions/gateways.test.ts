import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { learnConventions } from '../../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { repositoryText } from '../../support/repository-text.ts';

function gateway(name: string, listeners: string): Record<string, string> {
  return {
    [`live/${name}/kustomization.yaml`]: `namespace: ${name}-system\nresources: [gateway.yaml]\n`,
    [`live/${name}/gateway.yaml`]: `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: ${name}}\nspec:\n  listeners: [${listeners}]\n`,
  };
}

function route(app: string, kind: string, parentRefs: string): Record<string, string> {
  return {
    [`live/${app}/kustomization.yaml`]: `namespace: ${app}\nresources: [route.yaml]\n`,
    [`live/${app}/route.yaml`]: `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: {name: ${app}}\nspec:\n  parentRefs: [${parentRefs}]\n  hostnames: [${app}.example.org]\n`,
  };
}

const ALL = 'allowedRoutes: {namespaces: {from: All}}';
const HTTPS = `{name: https, port: 443, protocol: HTTPS, ${ALL}}`;
const PASS = `{name: pass, port: 444, protocol: TLS, tls: {mode: Passthrough}, ${ALL}}`;
const ref = (name: string, more = ''): string => `{name: ${name}, namespace: ${name}-system${more}}`;

function learn(...files: Record<string, string>[]) {
  const repository = parseRepository(repositoryText(Object.assign({}, ...files) as Record<string, string>));
  const { gateway: http, tlsGateway: tls } = learnConventions(repository, parseConfiguration(''));
  return { http: http?.value, tls: tls?.value };
}

test('the Gateway that passes TLS through is none for HTTPRoutes, however many TLSRoutes name it', () => {
  const { http, tls } = learn(
    gateway('tunnel', PASS),
    gateway('web', HTTPS),
    route('a', 'TLSRoute', ref('tunnel')),
    route('b', 'TLSRoute', ref('tunnel', ', sectionName: pass')),
    route('c', 'HTTPRoute', ref('web')),
  );
  expect([http?.namespace, http?.name, http?.passthrough]).toEqual(['web-system', 'web', undefined]);
  expect([tls?.namespace, tls?.name, tls?.passthrough]).toEqual(['tunnel-system', 'tunnel', 'pass']);
});

test.each<[string, Record<string, string>[], string | undefined]>([
  ['no route: the one with an HTTP listener', [gateway('aaa', PASS), gateway('web', HTTPS)], 'web'],
  ['no route: only one that passes TLS through', [gateway('aaa', PASS)], undefined],
  ['only TLSRoutes', [route('a', 'TLSRoute', ref('tunnel'))], undefined],
  [
    'allowed kinds leave HTTPRoutes out',
    [
      gateway(
        'aaa',
        `{name: g, port: 443, protocol: HTTPS, allowedRoutes: {kinds: [{kind: GRPCRoute}], namespaces: {from: All}}}`,
      ),
      gateway('web', HTTPS),
    ],
    'web',
  ],
  [
    'only routes of its own namespace',
    [gateway('aaa', '{name: own, port: 443, protocol: HTTPS}'), gateway('web', HTTPS)],
    'web',
  ],
  [
    'an HTTPRoute that names the passthrough Gateway by mistake',
    [gateway('tunnel', PASS), gateway('web', HTTPS), route('a', 'HTTPRoute', ref('tunnel'))],
    'web',
  ],
  ['a Gateway that stands elsewhere', [route('a', 'HTTPRoute', ref('web'))], 'web'],
  ['a Service of a mesh is no Gateway', [route('a', 'HTTPRoute', '{kind: Service, name: a}')], undefined],
])('%s', (_, files, name) => {
  expect(learn(...files).http?.name).toBe(name);
});

test('the listener that routes name counts only where it takes them', () => {
  const { http } = learn(
    gateway('web', `${HTTPS}, ${PASS}`),
    route('a', 'HTTPRoute', ref('web', ', sectionName: pass')),
  );
  expect(http?.sectionName).toBeUndefined();
});
