import { expect, test } from 'vitest';
import { inFolder } from '../../../src/charts/address.ts';
import { parseChart } from '../../../src/charts/chart.ts';
import type { PulledChart } from '../../../src/charts/sources/chart-source.ts';
import { findUses } from '../../../src/deliveries/find-uses.ts';
import { migrateValues } from '../../../src/features/upgrade/migrate-values.ts';
import { readRepository } from '../../../src/repository/read-repository.ts';
import { openRepositoryFiles } from '../../../src/system/files/files.ts';
import { makeRepository } from '../../support/repository.ts';

const DEFAULTS = 'replicaCount: 1\nlevel: info\nnode: {}\nlimits: {cpu: 1, memory: 1}\nhosts: [a]\n';

function chartOf(version: string, values = DEFAULTS): PulledChart {
  const files = new Map(
    Object.entries({
      'Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
      'values.yaml': values,
      'templates/c.yaml': 'data: {{ .Values.replicaCount }} {{ .Values.level }} {{ .Values.node }}\n',
    }).map(([name, text]) => [name, Buffer.from(text)]),
  );
  return {
    address: inFolder('/nowhere'),
    version: { version, deprecated: false, removed: false, urls: [] },
    chart: parseChart(files),
    files,
    archive: undefined,
    place: { files },
    digest: undefined,
  };
}

/** What `--tidy` leaves of the values of a repository's first chart, and what is said of them, place by place. */
async function tidied(files: Record<string, string>, which = 0) {
  const root = makeRepository(files);
  const own = openRepositoryFiles(root);
  const { repository } = await readRepository(own);
  const uses = findUses(repository);
  const use = uses[which];
  if (!use) throw new Error('no chart is used');
  const migrations = await migrateValues(
    { files: own, repository, uses, answers: {}, standing: {}, tidy: true },
    {
      use,
      move: {
        app: use.app.path,
        use: use.id,
        name: 'web',
        repo: use.source ?? '',
        from: '1.0.0',
        to: '1.1.0',
      },
      old: chartOf('1.0.0'),
      fresh: chartOf('1.1.0'),
      together: uses.map(({ id }) => id),
    },
  );
  return migrations.map(({ next, report }) => [
    next(),
    report.outcomes.map(({ path, outcome }) => `${path} ${outcome}`).toSorted(),
  ]);
}

const entry = (more: string): string =>
  `helmCharts:\n- {name: web, repo: "https://x.example.test", version: 1.0.0, releaseName: web, ${more}}\n`;

const UPPER = 'replicaCount: 1\nnode: {disk: ssd}\nlevel: info\n';
const KEPT = ['level redundant-now', 'node.disk kept', 'replicaCount kept'];

test('kustomize: what a lower file says otherwise is no default, and stays', async () => {
  const files = {
    'production/web/base.yaml': 'replicaCount: 2\n',
    'production/web/prod.yaml': UPPER,
    'production/web/kustomization.yaml': entry('valuesFile: base.yaml, additionalValuesFiles: [prod.yaml]'),
  };
  expect(await tidied(files)).toEqual([
    ['replicaCount: 2\n', ['replicaCount kept']],
    ['replicaCount: 1\nnode: {disk: ssd}\n', KEPT],
  ]);
});

test.each([
  ['override', ['2', '1'], ['replicaCount: 1', 'kept']],
  // The file lies over what stands in the entry.
  ['merge', ['1', '2'], ['replicaCount: 1', 'kept']],
])('kustomize: valuesInline by valuesMerge: %s', async (merge, [file, inline], [left]) => {
  const places = await tidied({
    'production/web/values.yaml': `replicaCount: ${file}\nnode: {disk: ssd}\n`,
    'production/web/kustomization.yaml': entry(
      `valuesFile: values.yaml, valuesMerge: ${merge}, valuesInline: {replicaCount: ${inline}, node: {rack: b}}`,
    ),
  });
  expect(places.map(([text]) => text).join('')).toContain(left);
  expect(places.flatMap(([, outcomes]) => outcomes)).not.toContain('replicaCount redundant-now');
});

const application = (helm: string): Record<string, string> => ({
  'argo/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  destination: {server: https://kubernetes.default.svc, namespace: web}
  source:
    repoURL: https://x.example.test
    chart: web
    targetRevision: 1.0.0
    helm:
${helm}`,
});

test('Argo CD: valuesObject alone counts beside values; a parameter lies over both', async () => {
  const helm =
    '      values: |\n        level: debug\n      valuesObject:\n        level: info\n        replicaCount: 1\n';
  const redundant = ['level redundant-now', 'replicaCount redundant-now'];
  expect(await tidied(application(helm))).toEqual([['{}\n', redundant]]);
  const over = await tidied(application(`${helm}      parameters: [{name: level, value: warn}]\n`));
  expect(over).toEqual([
    ['{}\n', redundant],
    ['level: warn\n', ['level kept']],
  ]);
  // What nobody can lay over the values here may be anything: nothing is taken out.
  const unseen = await tidied(application(`${helm}      parameters: [{name: 'list[0]', value: warn}]\n`));
  expect(unseen).toEqual([['level: info\nreplicaCount: 1\n', ['level kept', 'replicaCount kept']]]);
});

test('Flux: a patch over the release of a base, valuesFrom below both', async () => {
  const release = (values: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: web, namespace: web}
spec:
${values}`;
  const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: x, namespace: web}
spec: {url: https://x.example.test}
`;
  const chart = `  chart:
    spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: x}}
`;
  const places = await tidied({
    'apps/base/web/source.yaml': source,
    'apps/base/web/release.yaml': release(`${chart}  values:\n    replicaCount: 2\n`),
    'apps/base/web/kustomization.yaml': 'resources: [source.yaml, release.yaml]\n',
    'apps/prod/patch.yaml': release('  values:\n    replicaCount: 1\n    level: info\n'),
    'apps/prod/kustomization.yaml': 'resources: [../base/web]\npatches: [{path: patch.yaml}]\n',
  });
  expect(places).toEqual([
    ['replicaCount: 2\n', ['replicaCount kept']],
    ['replicaCount: 1\n', ['level redundant-now', 'replicaCount kept']],
  ]);
});

test('a map whose last line goes would let a lower value in its place come up: it stays', async () => {
  const places = await tidied({
    'production/web/base.yaml': 'limits: null\n',
    'production/web/prod.yaml': 'limits: {cpu: 1}\nreplicaCount: 3\n',
    'production/web/kustomization.yaml': entry('valuesFile: base.yaml, additionalValuesFiles: [prod.yaml]'),
  });
  expect(places[1]).toEqual([
    'limits: {cpu: 1}\nreplicaCount: 3\n',
    ['limits.cpu kept', 'replicaCount kept'],
  ]);
});

test('a file that another use lays over something else is left to it', async () => {
  const chart = (values: string): string =>
    `- {name: web, repo: "https://x.example.test", version: 1.0.0, ${values}}\n`;
  const files = {
    'production/web/base.yaml': 'replicaCount: 2\n',
    'production/web/shared.yaml': 'replicaCount: 1\nnode: {disk: ssd}\n',
    'production/web/kustomization.yaml': `helmCharts:\n${chart('releaseName: a, additionalValuesFiles: [shared.yaml]')}${chart('releaseName: b, additionalValuesFiles: [base.yaml, shared.yaml]')}`,
  };
  const [first, second] = [await tidied(files, 0), await tidied(files, 1)];
  expect([first[0], second[1]]).toEqual([second[1], first[0]]);
  expect(first[0]?.[0]).toBe(files['production/web/shared.yaml']);
});
