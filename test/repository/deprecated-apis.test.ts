import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deprecatedApi } from '../../src/repository/deprecated-apis.ts';

type Schemas = Record<string, string>;

/** `apps/v1 Deployment`, of all that a minor version of Kubernetes brings. */
function kindsOf(minor: string): string[] {
  const packed = readFileSync(`schemas/kubernetes/${minor}.json.br`);
  const files = JSON.parse(brotliDecompressSync(packed).toString('utf8')) as Schemas;
  return Object.entries(files).flatMap(([file, text]) => {
    const [, group = '', version] = /^(.+)\/_(v\w+)\.json$/.exec(file) ?? [];
    if (version === undefined) return [];
    const { definitions } = JSON.parse(text) as { definitions: Record<string, unknown> };
    const kinds = Object.keys(definitions).map(name => name.slice(name.lastIndexOf('.') + 1));
    return kinds
      .filter(kind => `${group}/${kind.toLowerCase()}_${version}.json` in files)
      .map(kind => `${group === version ? version : `${group}/${version}`} ${kind}`);
  });
}

const isGone = (api: string): boolean => {
  const [apiVersion = '', kind = ''] = api.split(' ');
  return deprecatedApi(apiVersion, kind)?.isGone ?? false;
};

test.each(['v1.35', 'v1.36', 'v1.37'])('nothing that Kubernetes %s serves is called gone', minor => {
  const kinds = kindsOf(minor);
  expect(kinds).toContain('apps/v1 Deployment');
  expect(kinds).toContain('coordination.k8s.io/v1beta1 LeaseCandidate');
  expect(kinds.filter(isGone)).toEqual([]);
});

// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
test.each([
  'apiregistration.k8s.io/v1beta1 APIService',
  'apps/v1beta2 Deployment',
  'batch/v1beta1 CronJob',
  'certificates.k8s.io/v1beta1 CertificateSigningRequest',
  'coordination.k8s.io/v1beta1 Lease',
  'extensions/v1beta1 PodSecurityPolicy',
  'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema',
  'node.k8s.io/v1beta1 RuntimeClass',
  'policy/v1beta1 PodSecurityPolicy',
  'rbac.authorization.k8s.io/v1beta1 Role',
])('%s is gone', api => {
  expect(isGone(api)).toBe(true);
});
