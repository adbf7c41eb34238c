import { describe, expect, test } from 'vitest';
import { learnConventions } from '../../src/repository/conventions/conventions.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { type RouteKind, routeVersion } from '../../src/scaffold/route-file.ts';
import { repositoryText } from '../support/repository-text.ts';

const GROUP = 'gateway.networking.k8s.io';
const V1 = `${GROUP}/v1`;

function definition(kind: string, ...served: string[]): string {
  const versions = [...served.map(name => ({ name, served: true })), { name: 'v9', served: false }];
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.${GROUP}}\nspec:\n  group: ${GROUP}\n  names: {kind: ${kind}}\n  versions: ${JSON.stringify(versions)}\n`;
}

function version(kind: RouteKind, crds: string, tlsRouteVersion = V1): string {
  const repository = parseRepository(
    repositoryText({
      'live/crds/kustomization.yaml': 'resources: [crds.yaml]\n',
      'live/crds/crds.yaml': crds,
    }),
  );
  const gateway = { name: 'g', namespace: 'g', passthrough: undefined, tlsRouteVersion };
  return routeVersion(kind, gateway, learnConventions(repository, {}));
}

describe('the version of a route is one that the definitions of the repository serve', () => {
  test.each<[RouteKind, string, string, string?]>([
    ['tls', definition('TLSRoute', 'v1alpha2', 'v1alpha3'), `${GROUP}/v1alpha3`],
    ['tls', definition('TLSRoute', 'v1alpha2', 'v1', 'v1alpha3'), V1],
    ['tls', definition('TLSRoute', 'v1alpha2', 'v1'), `${GROUP}/v1alpha2`, `${GROUP}/v1alpha2`],
    ['tls', definition('TLSRoute', 'v1'), V1, `${GROUP}/v1alpha2`],
    ['tls', definition('HTTPRoute', 'v1beta1'), V1],
    ['own', definition('HTTPRoute', 'v1beta1'), `${GROUP}/v1beta1`],
    ['own', definition('HTTPRoute', 'v1', 'v1beta1'), V1],
    ['grpc', definition('GRPCRoute', 'v1alpha2'), `${GROUP}/v1alpha2`],
    ['grpc', 'a: b\n', V1],
  ])('%s', (kind, crds, expected, used) => {
    expect(version(kind, crds, used)).toBe(expected);
  });
});
