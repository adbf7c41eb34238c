import { describe, expect, test } from 'vitest';
import { findChartPlaces } from '../../../src/repository/unread/find-chart-places.ts';
import { countUnread, withoutRead } from '../../../src/repository/unread/unread.ts';
import { sayUnread } from '../../../src/repository/unread/say-unread.ts';
import { isScript } from '../../../src/repository/unread/chart-lines.ts';

const places = (file: string, text: string): [string, number, number][] =>
  findChartPlaces(file, text).map(({ kind, charts, line }) => [kind, charts, line]);

const flux = (name: string, spec = 'chartRef: {kind: OCIRepository, name: web}'): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}}\nspec:\n  ${spec}\n`;
const argo = (kind: string, spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`;

describe('objects', () => {
  test.each([
    ['HelmRelease', 1, flux('web')],
    ['HelmRelease', 1, flux('web', 'chart: {spec: {chart: web}}')],
    ['HelmRelease', 1, 'apiVersion: helm.fluxcd.io/v1\nkind: HelmRelease\nspec: {chart: {name: web}}\n'],
    [
      'HelmRelease',
      1,
      JSON.stringify({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        spec: { chartRef: { name: 'x' } },
      }),
    ],
    ['Application', 1, argo('Application', '{source: {repoURL: https://charts.test, chart: web}}')],
    ['Application', 1, argo('Application', '{source: {repoURL: oci://registry.test/web, path: .}}')],
    [
      'Application',
      2,
      argo(
        'Application',
        '{sources: [{repoURL: a, chart: a}, {repoURL: b, chart: b}, {repoURL: c, ref: v}]}',
      ),
    ],
    ['ApplicationSet', 1, argo('ApplicationSet', '{template: {spec: {source: {chart: "{{ .chart }}"}}}}')],
    [
      'HelmChartInflationGenerator',
      1,
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: x}\nname: web\nrepo: https://charts.test\n',
    ],
    [
      'ResourceSet',
      1,
      'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nspec:\n  resources:\n    - {kind: OCIRepository, spec: {url: "oci://a.test/<< inputs.name >>"}}\n    - {kind: HelmRelease, spec: {chartRef: {name: a}}}\n',
    ],
    [
      'ResourceSet',
      1,
      'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nspec:\n  resourcesTemplate: |\n    << range $a := inputs.apps >>\n    kind: HelmRelease\n    spec: {chartRef: {name: << $a >>}}\n    << end >>\n',
    ],
    [
      'HelmChart',
      1,
      'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec: {chart: web, repo: https://charts.test}\n',
    ],
    [
      'HelmChartProxy',
      1,
      'apiVersion: addons.cluster.x-k8s.io/v1alpha1\nkind: HelmChartProxy\nspec: {chartName: web}\n',
    ],
    [
      'Release',
      1,
      'apiVersion: helm.crossplane.io/v1beta1\nkind: Release\nspec: {forProvider: {chart: {name: web}}}\n',
    ],
    [
      'ClusterProfile',
      2,
      'apiVersion: config.projectsveltos.io/v1beta1\nkind: ClusterProfile\nspec: {helmCharts: [{chartName: a}, {chartName: b}]}\n',
    ],
    [
      'ClusterConfig',
      1,
      'apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nspec: {extensions: {helm: {charts: [{chartname: a/b}]}}}\n',
    ],
    [
      'App',
      1,
      'apiVersion: kappctrl.k14s.io/v1alpha1\nkind: App\nspec: {fetch: [{helmChart: {name: web}}]}\n',
    ],
  ])('%s gives %i', (kind, charts, text) => {
    expect(places('apps/web.yaml', text)).toEqual([[kind, charts, 1]]);
  });

  test.each([
    ['a patch of values', flux('web', 'values: {image: {chart: no}}')],
    [
      'an Application of a folder',
      argo('Application', '{source: {repoURL: https://git.test, path: apps/web}}'),
    ],
    [
      'an ApplicationSet of folders',
      argo('ApplicationSet', '{template: {spec: {source: {path: "{{ .path }}"}}}}'),
    ],
    [
      'a kind of another group',
      'apiVersion: app.k8s.io/v1beta1\nkind: Application\nspec: {source: {chart: web}}\n',
    ],
    ['text in a ConfigMap', `kind: ConfigMap\ndata:\n  x: |\n${flux('web').replaceAll(/^/gm, '    ')}\n`],
    ['a label', 'kind: Service\nmetadata: {labels: {helm.sh/chart: web-1.0.0}}\n'],
  ])('%s gives none', (_, text) => {
    expect(places('apps/web.yaml', text)).toEqual([]);
  });

  test('each document and each item of a List counts, with its line', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n${[flux('a'), flux('b')].map(each => `- ${each.trim().replaceAll('\n', '\n  ')}\n`).join('')}`;
    expect(
      places('all.yaml', `# all\n---\n${flux('web')}---\nkind: Service\n---\n${list}---\n${flux('c')}`),
    ).toEqual([
      ['HelmRelease', 1, 3],
      ['HelmRelease', 1, 11],
      ['HelmRelease', 1, 11],
      ['HelmRelease', 1, 25],
    ]);
  });
});

describe('files by their name', () => {
  test('dependencies that are fetched', () => {
    const text =
      'apiVersion: v2\nname: all\ndependencies:\n- {name: a, version: 1.0.0, repository: https://charts.test}\n- {name: b, repository: file://../b}\n- {name: c}\n- {name: d, repository: "@alias"}\n';
    expect(places('apps/all/Chart.yaml', text)).toEqual([['Chart.yaml', 2, 1]]);
    expect(places('apps/all/other.yaml', text)).toEqual([]);
    expect(places('roles/requirements.yml', 'collections: [a]\n')).toEqual([]);
  });

  test('fleet.yaml, helmfile in a template, Terraform', () => {
    expect(places('a/fleet.yaml', 'helm: {repo: https://charts.test, chart: web}\n')).toEqual([
      ['fleet.yaml', 1, 1],
    ]);
    const helmfile = 'repositories:\n{{ if x }}\nreleases:\n  - name: a\n    chart: x/a\n  - chart: x/b\n';
    expect(places('helmfile.yaml', helmfile)).toEqual([['helmfile', 2, 5]]);
    expect(places('helmfile.d/a.yaml.gotmpl', helmfile)).toEqual([['helmfile', 2, 5]]);
    expect(places('helmfile.yaml', 'helmfiles: [a.yaml]\n')).toEqual([['helmfile', 1, 1]]);
    expect(places('main.tf', 'x = 1\nresource "helm_release" "web" {\n}\n')).toEqual([
      ['helm_release', 1, 2],
    ]);
  });

  test('a kustomization: helmCharts, the old list, generators that are written inline', () => {
    const inline = 'apiVersion: builtin\nkind: HelmChartInflationGenerator\nname: c\n';
    const text = `kind: Kustomization\nhelmCharts: [{name: a}, {name: b}, text]\nhelmChartInflationGenerator: [{chartName: d}]\ngenerators:\n- x.yaml\n- |\n${inline.replaceAll(/^(?=.)/gm, '  ')}`;
    expect(places('a/kustomization.yaml', text)).toEqual([
      ['helmCharts', 2, 1],
      ['HelmChartInflationGenerator', 2, 1],
    ]);
  });

  test('what is a template, or broken, is counted by its lines', () => {
    const text = `{{- if .Values.web }}\n${argo('Application', '')}  source:\n    chart: web\n    targetRevision: {{ .Values.version }}\n---\n${argo('Application', '')}  source:\n    path: x\n{{- end }}\n`;
    expect(places('chart/templates/web.yaml', text)).toEqual([['Application', 1, 2]]);
  });
});

describe('commands', () => {
  test.each([
    'helm upgrade --install web charts/web',
    '\thelm install web x/web --version 1.0.0',
    '\t@helm -n web upgrade -i web x/web',
    'cd x && sudo helm upgrade web x/web',
    'KUBECONFIG=x helm --kube-context a --debug install web x/web',
    'if true; then helm3 install web x/web; fi',
    '  $(HELM) upgrade web x/web',
    'out=$(helm upgrade web x/web)',
    'helm \\\n  upgrade web x/web',
  ])('%j gives a chart', line => {
    expect(places('install.sh', `#!/bin/sh\n${line}\n`)).toEqual([['script', 1, 2]]);
    expect(places('Makefile', `all:\n${line}\n`)).toEqual([['script', 1, 2]]);
  });

  test.each([
    '# helm install web x/web',
    'echo "run helm install web x/web"',
    'helm plugin install x',
    'helm dependency update',
    'helm upgrade # no',
    'helm template x | cat',
    'myhelm install x y',
  ])('%j gives none', line => {
    expect(places('install.sh', `#!/bin/sh\n${line}\n`)).toEqual([]);
  });

  test('which files are scripts', () => {
    expect(['a.sh', 'x/Makefile', 'justfile', 'm.tf', 'helmfile.yaml.gotmpl'].every(isScript)).toBe(true);
    expect(['a.yaml', 'README.md', 'helmfile.yaml', 'xmakefile.txt'].some(isScript)).toBe(false);
  });
});

describe('what nobody read', () => {
  const found = [
    ...findChartPlaces('b/web.yaml', `${flux('web')}---\n${flux('db')}`),
    ...findChartPlaces('a/web.yaml', flux('web')),
    ...findChartPlaces('a/kustomization.yaml', 'helmCharts: [{name: a}, {name: b}]\n'),
  ];

  test('an adapter takes off what it read: a document, or some charts of one', () => {
    const left = withoutRead(found, [
      { kind: 'HelmRelease', file: 'b/web.yaml', document: 0 },
      { kind: 'helmCharts', file: 'a/kustomization.yaml', document: 0, charts: 1 },
    ]);
    expect(countUnread(left)).toEqual([
      { kind: 'HelmRelease', count: 2, first: 'a/web.yaml:1' },
      { kind: 'helmCharts', count: 1, first: 'a/kustomization.yaml:1' },
    ]);
    expect(sayUnread(countUnread(left), 2)?.en).toBe(
      '2 of 5 charts read: 2 HelmReleases (first: a/web.yaml:1), 1 entry of helmCharts without a version or in no app (first: a/kustomization.yaml:1) are not understood',
    );
    expect(sayUnread(countUnread(left), 2)?.['zh-CN']).toMatch(/^共 5 个 chart，读懂 2 个；/);
  });

  test('a source whose charts no file knows is named with its release', () => {
    const from = (source: string): string =>
      flux(source.toLowerCase(), `chart: {spec: {chart: ./web, sourceRef: {kind: ${source}, name: own}}}`);
    const artifact = flux('made', 'chartRef: {kind: ExternalArtifact, name: web}');
    const all = findChartPlaces('a.yaml', [from('Bucket'), from('HelmRepository'), artifact].join('---\n'));
    expect(countUnread(all)).toEqual([
      { kind: 'HelmRelease', source: 'Bucket', count: 1, first: 'a.yaml:1' },
      { kind: 'HelmRelease', count: 1, first: 'a.yaml:7' },
      { kind: 'HelmRelease', source: 'ExternalArtifact', count: 1, first: 'a.yaml:13' },
    ]);
    expect(sayUnread(countUnread(all.slice(0, 1)), 0)?.en).toBe(
      '0 of 1 chart read: 1 HelmRelease with a chart from a Bucket that is not here (first: a.yaml:1) is not understood',
    );
    expect(sayUnread(countUnread(all.slice(2)), 0)?.['zh-CN']).toContain('chart 来自 ExternalArtifact');
  });

  test('nothing is left to say of a repository that was read', () => {
    const read = found.map(({ kind, file, document }) => ({ kind, file, document }));
    expect(countUnread(withoutRead(found, read))).toEqual([]);
    expect(sayUnread([], 3)).toBeUndefined();
  });
});

describe('hostile input', () => {
  test('a file of many documents, of blank lines, of half commands ends', () => {
    const many = 20_000;
    expect(findChartPlaces('x.yaml', `${flux('x', 'chart: x')}---\n`.repeat(many))).toHaveLength(many);
    expect(findChartPlaces('x.yaml', `kind: HelmRelease chart\n${'\n \t'.repeat(1e6)}`)).toEqual([]);
    expect(findChartPlaces('x.sh', 'helm -a '.repeat(2e5))).toEqual([]);
    expect(findChartPlaces('x.sh', `helm${' '.repeat(1e6)}`)).toEqual([]);
    expect(findChartPlaces('x.sh', '; sudo '.repeat(2e5))).toEqual([]);
    expect(findChartPlaces('x.sh', 'A=B '.repeat(2e5))).toEqual([]);
    expect(findChartPlaces('x.yaml', `kind: App\nchart: [${'['.repeat(1e5)}`)).toEqual([
      { kind: 'App', file: 'x.yaml', document: 0, line: 1, charts: 1 },
    ]);
  });
});
