import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/repository/configuration.ts';
import { DEFAULT_KUBERNETES, learnKubernetes } from '../../../src/repository/conventions/kubernetes.ts';
import { parseKubernetesVersion } from '../../../src/repository/kubernetes-version.ts';
import { say } from '../../../src/locales/say.ts';
import { untranslated } from '../../../src/text/language.ts';

const plan = (version: string): string =>
  `apiVersion: upgrade.cattle.io/v1\nkind: Plan\nmetadata: {name: server}\nspec: {version: ${version}}\n`;

test.each([
  ['nothing', {}, DEFAULT_KUBERNETES, 'default'],
  [
    'a Plan of the system upgrade controller',
    { 'apps/upgrade/plan.yaml': plan('v1.33.4+k3s1') },
    'v1.33.4',
    'apps/upgrade/plan.yaml',
  ],
  [
    'what Cluster API makes: other clusters',
    {
      'clusters/a/cluster.yaml':
        'apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nmetadata: {name: a}\nspec: {topology: {version: v1.32.1}}\n',
      'clusters/a/control-plane.yaml':
        'apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nmetadata: {name: a}\nspec: {version: v1.32.1}\n',
    },
    DEFAULT_KUBERNETES,
    'default',
  ],
  [
    'kubeadm',
    {
      'kubeadm.yaml':
        'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: 1.31.0\n',
    },
    'v1.31.0',
    'kubeadm.yaml',
  ],
  [
    'the oldest of several',
    { 'a/plan.yaml': plan('v1.34.1'), 'b/plan.yaml': plan('v1.33.0') },
    'v1.33.0',
    'b/plan.yaml',
  ],
  [
    'another Cluster',
    {
      'cluster.yaml':
        'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a}\nspec: {version: "1.2"}\n',
    },
    DEFAULT_KUBERNETES,
    'default',
  ],
  ['a channel', { 'plan.yaml': plan('stable') }, DEFAULT_KUBERNETES, 'default'],
  ['what is no YAML', { 'plan.yaml': 'kind: Plan\n  a: [' }, DEFAULT_KUBERNETES, 'default'],
] as const)('%s', (_, files, kubeVersion, evidence) => {
  expect(learnKubernetes(Object.entries(files), {})).toEqual({
    value: { kubeVersion, apiVersions: [] },
    evidence: evidence === 'default' ? say('repository.default') : untranslated(evidence),
  });
});

test('what is configured comes first', () => {
  const configuration = parseConfiguration('kubernetes:\n  version: "1.30"\n  apiVersions: [a/v1]\n');
  expect(learnKubernetes([['plan.yaml', plan('v1.33.0')]], configuration)).toEqual({
    value: { kubeVersion: 'v1.30.0', apiVersions: ['a/v1'] },
    evidence: untranslated('.slipway/config.yaml'),
  });
});

test.each([1.3, '1', 'v2.1', '1.30.1.1', 'latest', '1.30 --post-renderer=x', null])(
  '%s is no version of Kubernetes',
  value => {
    expect(parseKubernetesVersion(value)).toBeUndefined();
  },
);

test.each(['./helm', '/usr/bin/helm', 'sh', 'env', 'helm x', '../helm', 'git-helm'])(
  'a repository cannot name %s as helm',
  name => {
    expect(() => parseConfiguration(`helmCommand: ${JSON.stringify(name)}\n`)).toThrow('helmCommand');
  },
);

test.each([
  ['renderer: outside', 'renderer'],
  ['kubernetes: {version: 1.3}', 'kubernetes.version'],
  ['kustomizeCommand: kubectl', 'kustomizeCommand'],
])('%s is refused', (text, where) => {
  expect(() => parseConfiguration(text)).toThrow(where);
});
