import { expect, test } from 'vitest';
import { parseRepository } from '../../src/repository/parse-repository.ts';

const URL = 'https://git.example.org/team/home.git';

/** A set over folders by name, as it is written for groups of apps. */
function set(name: string, folders: readonly string[], destination = '{server: x}'): string {
  const directories = folders.map(folder => `{path: ${folder}}`).join(', ');
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: ${name}, namespace: argocd}
spec:
  generators: [{git: {repoURL: ${URL}, revision: main, directories: [${directories}]}}]
  template:
    metadata: {name: '${name}-{{ path.basename }}'}
    spec:
      project: ${name}
      source: {repoURL: ${URL}, targetRevision: main, path: '{{ path }}'}
      destination: ${destination}
`;
}

const list = (...entries: string[]): string => `resources: [${entries.join(', ')}]\n`;
const app = (namespace: string): string => `namespace: ${namespace}\nresources: [deployment.yaml]\n`;

const FILES: Readonly<Record<string, string>> = {
  'k8s/infra/set.yaml': set('infra', ['k8s/infra/network', 'k8s/infra/database']),
  'k8s/infra/network/kustomization.yaml': list('project.yaml', 'dns', 'gateway'),
  'k8s/infra/network/dns/kustomization.yaml': app('dns'),
  'k8s/infra/network/gateway/kustomization.yaml': list('gateway.yaml'),
  'k8s/infra/network/spare/kustomization.yaml': app('spare'),
  'k8s/infra/database/kustomization.yaml': list('project.yaml', 'postgres'),
  'k8s/infra/database/postgres/kustomization.yaml': app('postgres'),
};

function appsOf(files: Readonly<Record<string, string>>): string[] {
  const { apps, environments } = parseRepository(new Map(Object.entries(files)));
  expect(environments).toEqual([...new Set(apps.map(({ environment }) => environment))].toSorted());
  return apps.map(({ path, deployed }) => `${path} ${deployed?.by.name}`);
}

test('a folder that is deployed as one and lists apps is their environment; what nobody lists is no app', () => {
  expect(appsOf(FILES)).toEqual([
    'k8s/infra/database/postgres infra',
    'k8s/infra/network/dns infra',
    'k8s/infra/network/gateway infra',
  ]);
});

test.each<[string, Record<string, string>, string[]]>([
  [
    'an app that is made of folders has a namespace itself',
    { 'k8s/infra/network/kustomization.yaml': `namespace: network\n${list('dns', 'gateway')}` },
    ['k8s/infra/database/postgres infra', 'k8s/infra/network infra'],
  ],
  [
    'or what deploys it gives one',
    { 'k8s/infra/set.yaml': set('infra', ['k8s/infra/network'], "{namespace: '{{ path.basename }}'}") },
    ['k8s/infra/network infra'],
  ],
  [
    'parts that have neither a namespace nor a chart make no group',
    {
      'k8s/infra/network/dns/kustomization.yaml': list('deployment.yaml'),
      'k8s/infra/database/postgres/kustomization.yaml': list('deployment.yaml'),
    },
    ['k8s/infra/database infra', 'k8s/infra/network infra'],
  ],
  [
    'what lists more of its own than folders is an app',
    {
      'k8s/infra/set.yaml': set('infra', ['k8s/infra/network']),
      'k8s/infra/network/kustomization.yaml': list('a.yaml', 'b.yaml', 'c.yaml', 'd.yaml', 'dns', 'gateway'),
    },
    ['k8s/infra/network infra'],
  ],
])('%s', (_, files, expected) => {
  const found = appsOf({ ...FILES, ...files });
  expect(found.filter(each => !each.endsWith('undefined'))).toEqual(expected);
});
