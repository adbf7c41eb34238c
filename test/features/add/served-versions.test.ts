import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitAll, writeFiles } from '../../support/repository.ts';
import { demoRepository, slipwayIn, slipwayJson } from '../../support/slipway.ts';

const GROUP = 'gateway.networking.k8s.io';

function definition(versions: readonly string[]): string {
  const served = versions.map(
    (name, index) =>
      `    - {name: ${name}, served: true, storage: ${index === 0}, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}\n`,
  );
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tlsroutes.${GROUP}
  annotations: {api-approved.kubernetes.io: "https://example.test"}
spec:
  group: ${GROUP}
  scope: Namespaced
  names: {kind: TLSRoute, plural: tlsroutes, singular: tlsroute, listKind: TLSRouteList}
  versions:
${served.join('')}`;
}

/** The demo's repository, which brings the definition of TLSRoutes itself. */
function repository(versions: readonly string[]): string {
  const root = demoRepository();
  const file = path.join(root, 'production/gateway/kustomization.yaml');
  writeFiles(root, {
    'production/gateway/kustomization.yaml': `${readFileSync(file, 'utf8')}- resources/tlsroutes.yaml\n`,
    'production/gateway/resources/tlsroutes.yaml': definition(versions),
  });
  commitAll(root);
  return root;
}

/** The rules that speak about versions. */
const OF_VERSIONS = ['kind-not-served', 'deprecated-kind', 'schema-invalid'];

type Check = { findings: { code: string; file: string; message: string }[] };

function ofVersions(findings: Check['findings']): Check['findings'] {
  return findings.filter(({ code, file }) => OF_VERSIONS.includes(code) && file.endsWith('tlsroute.yaml'));
}

describe('an object is written, and judged, in a version that the definitions of the repository serve', () => {
  test.each([
    [['v1alpha2'], 'v1alpha2'],
    [['v1alpha2', 'v1alpha3'], 'v1alpha3'],
    [['v1', 'v1alpha3'], 'v1'],
  ])('%j', async (versions, expected) => {
    const root = repository(versions);
    const added = await slipwayIn(
      root,
      'add',
      'route',
      'notes',
      '--kind',
      'tls',
      '--host',
      'n.apps.campus.example',
      '--yes',
    );
    expect([added.code, added.stderr.includes('error[')]).toEqual([0, false]);
    const image = ['--image', 'docker.io/library/vault:1.20.0', '--port', '8200'];
    const route = ['--route', 'tls', '--host', 'vault.apps.campus.example'];
    const made = await slipwayIn(
      root,
      'new-app',
      'vault',
      '--env',
      'production',
      ...image,
      ...route,
      '--yes',
    );
    expect([made.code, made.stderr.includes('error[')]).toEqual([0, false]);
    for (const app of ['notes', 'vault'])
      expect(readFileSync(path.join(root, `production/${app}/resources/tlsroute.yaml`), 'utf8')).toContain(
        `apiVersion: ${GROUP}/${expected}\n`,
      );
    const { findings } = await slipwayJson<Check>(root, 'check');
    expect(ofVersions(findings)).toEqual([]);
  });

  test('what is not served any more is said, with what is', async () => {
    const root = repository(['v1alpha2']);
    await slipwayIn(
      root,
      'add',
      'route',
      'notes',
      '--kind',
      'tls',
      '--host',
      'n.apps.campus.example',
      '--yes',
    );
    writeFiles(root, { 'production/gateway/resources/tlsroutes.yaml': definition(['v1']) });
    const { findings } = await slipwayJson<Check>(root, 'check');
    const own = ofVersions(findings);
    expect(own.map(({ code }) => code)).toEqual(['kind-not-served']);
    expect(own[0]?.message).toContain(`${GROUP}/v1`);
  });
});
