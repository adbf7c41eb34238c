import { expect, test } from 'vitest';
import { compareApps } from '../../../src/features/apps/compare.ts';
import { appsIn } from '../../../src/repository/applications.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';

const URL = 'https://git.example.org/team/cluster.git';

/** As the reference repository has them: one set for each environment, a folder for each app. */
const SET = (environment: string, name: string, more = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: ${environment}, namespace: argo-cd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
${more}  generators:
    - git: {repoURL: ${URL}, revision: HEAD, directories: [{path: ${environment}/*}, {path: ${environment}/_*, exclude: true}]}
  template:
    metadata: {name: '${name}'}
    spec:
      project: default
      source: {repoURL: ${URL}, targetRevision: HEAD, path: '{{ .path.path }}'}
      destination: {server: https://kubernetes.default.svc, namespace: '{{ .path.basename }}'}
`;

const VOLUME = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: pages}\n';
const FILES: Record<string, string> = {
  'production/argo-cd/kustomization.yaml': 'resources: [resources/sets.yaml]\n',
  'production/argo-cd/resources/sets.yaml': `${SET('production', '{{ .path.basename }}')}---\n${SET('dev', '{{ .path.basename }}-dev')}`,
  'production/_shared/kustomization.yaml': 'resources: []\n',
  'production/wiki/kustomization.yaml': 'resources: [resources/volume.yaml]\n',
  'production/wiki/resources/volume.yaml': VOLUME,
  'dev/wiki/kustomization.yaml': 'resources: []\n',
};

const repositoryOf = (files: Record<string, string>) => parseRepository(new Map(Object.entries(files)));

function named(files: Record<string, string>): string[] {
  return appsIn(repositoryOf(files)).applications.map(
    ({ name, namespace, cluster, path }) => `${name} ${cluster}/${namespace} ${path}`,
  );
}

test('S10.2 every app of every environment, by the name that it has in the cluster', () => {
  expect(named(FILES)).toEqual([
    'argo-cd in-cluster/argo-cd production/argo-cd',
    'wiki in-cluster/wiki production/wiki',
    'wiki-dev in-cluster/wiki dev/wiki',
  ]);
});

/** The files with another folder in the place of an app's. */
function moved(from: string, to: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(FILES).map(([file, text]) => [file.replace(`${from}/`, `${to}/`), text]),
  );
}

test('a folder that is renamed takes its Application along, and the volume: what comes is another one', () => {
  const changes = compareApps(
    repositoryOf(FILES),
    repositoryOf(moved('production/wiki', 'production/pages')),
  );
  expect(changes.appears.map(({ name }) => name)).toEqual(['pages']);
  expect(
    changes.vanishes.map(({ application: { name, deletes }, lost }) => ({ name, deletes, ...lost })),
  ).toEqual([{ name: 'wiki', deletes: true, claims: ['pages'], crds: [], clusters: [] }]);
});

test('with a folder that holds a Cluster of Cluster API its cluster goes', () => {
  const cluster = 'apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: prod-eu}\n';
  const before = repositoryOf({ ...FILES, 'production/wiki/resources/cluster.yaml': cluster });
  const { vanishes } = compareApps(before, repositoryOf(moved('production/wiki', 'production/pages')));
  expect(vanishes.map(({ lost }) => lost.clusters)).toEqual([['prod-eu']]);
});

test('another name in the template is another Application of the same folder', () => {
  const sets = FILES['production/argo-cd/resources/sets.yaml']?.replace('-dev', '-test') ?? '';
  const after = { ...FILES, 'production/argo-cd/resources/sets.yaml': sets };
  const changes = compareApps(repositoryOf(FILES), repositoryOf(after));
  expect(changes.renamed.map(({ application, to }) => [application.name, to])).toEqual([
    ['wiki-dev', 'wiki-test'],
  ]);
  expect([changes.appears, changes.vanishes]).toEqual([[], []]);
});

test('what is hydrated is deployed from its dry source', () => {
  const file = 'production/argo-cd/resources/sets.yaml';
  const dry = (FILES[file] ?? '').replaceAll(
    /source: (\{.*\})/g,
    "sourceHydrator: {drySource: $1, syncSource: {targetBranch: env, path: '{{ .path.path }}'}}",
  );
  expect(named({ ...FILES, [file]: dry })).toEqual(named(FILES));
});

test('what is preserved stays', () => {
  const keep = '  syncPolicy: {preserveResourcesOnDeletion: true}\n';
  const files = {
    ...FILES,
    'production/argo-cd/resources/sets.yaml': SET('production', '{{ .path.basename }}', keep),
  };
  const after = Object.fromEntries(
    Object.entries(files).filter(([file]) => !file.startsWith('production/wiki/')),
  );
  const [gone, ...others] = compareApps(repositoryOf(files), repositoryOf(after)).vanishes;
  expect([gone?.application.deletes, gone?.lost, others]).toEqual([
    false,
    { claims: [], crds: [], clusters: [] },
    [],
  ]);
});

test.each([
  ['a function that is not known here', '{{ .path.basename | sha256sum }}', 'cannot be told'],
  [
    'a field that is not there',
    '{{ .nothing }}',
    'Argo CD refuses the set: map has no entry for key "nothing"',
  ],
])('%s: that set is named with why, and nothing of it comes or goes', (_, name, why) => {
  const sets = `${SET('production', name)}---\n${SET('dev', '{{ .path.basename }}-dev')}`;
  const after = repositoryOf({ ...FILES, 'production/argo-cd/resources/sets.yaml': sets });
  const { applications, unknown } = appsIn(after);
  expect(applications.map(each => each.name)).toEqual(['wiki-dev']);
  expect(unknown.map(each => [each.set, each.why.en.includes(why)])).toEqual([['production', true]]);
  expect(compareApps(repositoryOf(FILES), after).vanishes).toEqual([]);
});

test('clusters that nobody declares in Git are not guessed', () => {
  const set = SET('production', '{{ .name }}').replace(/- git: .*/, '- clusters: {}');
  const { applications, unknown } = appsIn(
    repositoryOf({ ...FILES, 'production/argo-cd/resources/sets.yaml': set }),
  );
  expect([applications, unknown.map(({ why }) => why.en)]).toEqual([
    [],
    ['cannot be told from the repository: clusters'],
  ]);
});
