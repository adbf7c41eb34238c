import { ASKS, chart, CRD, type Files, HOOKS, under } from './charts.ts';

/** An app by name: its folder is `production/<name>`. */
export type TestApp = { name: string; files: Files };

const WEB = 'helmCharts:\n- name: web\n  releaseName: shop\n';

function app(name: string, kustomization: string, files: Files = {}, outside: Files = {}): TestApp {
  const own = under(`production/${name}`, { 'kustomization.yaml': kustomization, ...files });
  return { name, files: { ...own, ...outside } };
}

function withChart(name: string, kustomization: string, more: Files = {}, files: Files = {}): TestApp {
  return app(name, kustomization, { ...chart('charts', 'web', more), ...files });
}

const SUBCHARTS = `dependencies:
- { name: db, version: 1.0.0, condition: db.enabled }
- { name: db, version: 1.0.0, alias: second, tags: [extra] }
- { name: off, version: 1.0.0, condition: off.enabled }
- { name: common, version: 1.0.0, import-values: [data] }
`;

function umbrella(): Files {
  return {
    ...chart('charts', 'web', { 'values.yaml': UMBRELLA, 'templates/lib.yaml': LIBRARY_USER }, SUBCHARTS),
    ...chart('charts/web/charts', 'db', { 'templates/g.yaml': GLOBAL }),
    ...chart('charts/web/charts', 'off'),
    'charts/web/charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n',
    'charts/web/charts/common/values.yaml': 'exports:\n  data:\n    imported: yes it is\n',
    'charts/web/charts/common/templates/_lib.tpl': '{{- define "common.kind" -}}ConfigMap{{- end -}}',
    'charts/web/charts/_ignored/Chart.yaml': 'not: a chart',
  };
}

const UMBRELLA = `replicas: 2
image: { repository: acme/web, tag: "" }
env: {}
list: []
service: { port: 80 }
global: { domain: example.org }
db: { enabled: true, replicas: 3 }
off: { enabled: false }
tags: { extra: true }
`;

const LIBRARY_USER = `apiVersion: v1
kind: {{ include "common.kind" . }}
metadata:
  name: lib
data:
  imported: {{ .Values.imported | quote }}
`;

const GLOBAL = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ .Chart.Name }}-global
data:
  domain: {{ .Values.global.domain }}
`;

const PREFIX = `apiVersion: builtin
kind: PrefixTransformer
metadata:
  name: image-prefix
prefix: mirror.example.org/
fieldSpecs:
- { path: spec/template/spec/containers/image, kind: Deployment }
`;

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: plain\ndata:\n  a: b\n';

const COMPONENT = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
- name: from-component
  literals: [x=y]
patches:
- target: { kind: Deployment }
  patch: |-
    - op: replace
      path: /spec/replicas
      value: 7
`;

const SCHEMA = JSON.stringify({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: { replicas: { $ref: '#/definitions/count' } },
  definitions: { count: { type: 'integer' } },
});

const GENERATOR = `apiVersion: builtin
kind: HelmChartInflationGenerator
metadata: { name: gen }
name: web
releaseName: generated
valuesInline: { replicas: 9 }
`;

/** At least thirty apps that render. */
export const APPS: TestApp[] = [
  withChart('chart', WEB),
  withChart('namespace', `namespace: shop\n${WEB}`),
  withChart('chart-namespace', `${WEB}  namespace: elsewhere\n`),
  withChart('two-namespaces', `namespace: shop\n${WEB}  namespace: elsewhere\n`),
  withChart('no-release-name', 'helmCharts:\n- name: web\n'),
  withChart('name-template', 'helmCharts:\n- name: web\n  nameTemplate: "{{ upper `a` | lower }}-named"\n'),
  withChart(
    'values-file',
    `${WEB}  valuesFile: values.yaml\n`,
    {},
    { 'values.yaml': 'replicas: 4\nenv: { A: "1" }\n' },
  ),
  withChart(
    'values-inline',
    `${WEB}  valuesInline: { replicas: 5, env: { B: x }, list: [z], nothing: null }\n`,
  ),
  withChart(
    'values-merge',
    `${WEB}  valuesMerge: merge\n  valuesInline: { replicas: 5, env: { B: x }, fresh: 1 }\n`,
  ),
  withChart('values-replace', `${WEB}  valuesMerge: replace\n  valuesInline: { replicas: 6 }\n`),
  withChart(
    'values-more',
    `${WEB}  valuesFile: a.yaml\n  additionalValuesFiles: [b.yaml, c.yaml]\n  valuesInline: { env: { I: "1" } }\n`,
    {},
    {
      'a.yaml': 'replicas: 2\nenv: { A: "1" }\n',
      'b.yaml': 'env: { A: "2", B: "2" }\nfeature: null\n',
      'c.yaml': 'env: { C: "3" }\n',
    },
  ),
  withChart('crds', `${WEB}  includeCRDs: true\n`, { 'crds/widget.yaml': CRD }),
  withChart('no-crds', WEB, { 'crds/widget.yaml': CRD }),
  withChart('hooks', WEB, HOOKS),
  withChart('skip-hooks', `${WEB}  skipHooks: true\n`, HOOKS),
  withChart('skip-tests', `${WEB}  skipTests: true\n`, HOOKS),
  withChart('asks', WEB, ASKS),
  withChart(
    'cluster',
    `${WEB}  kubeVersion: "1.31.4"\n  apiVersions: [monitoring.coreos.com/v1, "a/v1,b/v1"]\n`,
    ASKS,
  ),
  app('subcharts', `${WEB}  includeCRDs: true\n`, umbrella()),
  app(
    'subcharts-values',
    `${WEB}  valuesInline: { db: { enabled: false }, off: { enabled: true }, tags: { extra: false } }\n`,
    umbrella(),
  ),
  withChart('schema', WEB, { 'values.schema.json': SCHEMA }),
  app(
    'versioned',
    `${WEB}  version: 1.0.0\n  repo: https://charts.invalid\n`,
    chart('charts/web-1.0.0', 'web'),
  ),
  app('chart-home', `helmGlobals: { chartHome: ../../vendored }\n${WEB}`, {}, chart('vendored', 'web')),
  app('two-charts', `${WEB}- name: api\n  releaseName: api\n`, {
    ...chart('charts', 'web'),
    ...chart('charts', 'api'),
  }),
  withChart('twice', `${WEB}- name: web\n  releaseName: again\n`),
  withChart('resources', `resources: [plain.yaml]\n${WEB}`, {}, { 'plain.yaml': CONFIG_MAP }),
  withChart(
    'generators',
    `${WEB}configMapGenerator:\n- name: settings\n  files: [a b.txt]\n  envs: [e.env]\nsecretGenerator:\n- name: key\n  literals: [k=v]\ngeneratorOptions: { labels: { made: here } }\n`,
    {},
    { 'a b.txt': 'text with é\n', 'e.env': 'A=1\nB=two\n' },
  ),
  withChart('images', `${WEB}images:\n- { name: acme/web, newName: registry.test/web, newTag: "9" }\n`),
  withChart(
    'labels',
    `${WEB}namePrefix: pre-\nnameSuffix: -post\ncommonAnnotations: { a: "1" }\nlabels:\n- { pairs: { team: web }, includeSelectors: true }\nreplicas:\n- { name: shop-web, count: 8 }\n`,
  ),
  withChart(
    'patches',
    `${WEB}patches:\n- path: patch.yaml\n- target: { kind: Service }\n  patch: |-\n    - op: add\n      path: /spec/type\n      value: NodePort\n`,
    {},
    {
      'patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop-web, namespace: default }\nspec: { template: { spec: { containers: [{ name: web, resources: { limits: { cpu: 1 } } }] } } }\n',
    },
  ),
  app('transformer', `${WEB}transformers: [../../image-prefix.yaml]\n`, chart('charts', 'web'), {
    'image-prefix.yaml': PREFIX,
  }),
  app('component', `${WEB}components: [../../components/seven]\n`, chart('charts', 'web'), {
    'components/seven/kustomization.yaml': COMPONENT,
  }),
  app(
    'base',
    'namespace: over\nresources: [../../base/shop]\nnamePrefix: o-\n',
    {},
    { ...under('base/shop', { 'kustomization.yaml': WEB, ...chart('charts', 'web') }) },
  ),
  app(
    'nested',
    'resources: [../base, plain.yaml]\npatches:\n- { target: { kind: Deployment }, patch: "- {op: replace, path: /spec/replicas, value: 3}" }\n',
    { 'plain.yaml': CONFIG_MAP },
    {
      ...under('production/base', {
        'kustomization.yaml': 'namespace: over\nresources: [../../base/shop]\n',
      }),
      ...under('base/shop', { 'kustomization.yaml': WEB, ...chart('charts', 'web') }),
    },
  ),
  withChart('generator-file', 'generators: [gen.yaml]\n', {}, { 'gen.yaml': GENERATOR }),
  withChart(
    'generator-inline',
    `generators:\n- |-\n${GENERATOR.replaceAll(/^/gm, '  ')}\nconfigMapGenerator:\n- { name: settings, literals: [a=b] }\n`,
  ),
  withChart(
    'replacements',
    `${WEB}resources: [plain.yaml]\nreplacements:\n- source: { kind: ConfigMap, name: plain, fieldPath: data.a }\n  targets:\n  - select: { kind: Service }\n    fieldPaths: [metadata.annotations.copied]\n    options: { create: true }\n`,
    {},
    { 'plain.yaml': CONFIG_MAP },
  ),
  withChart(
    'sorted',
    `${WEB}resources: [plain.yaml]\nsortOptions: { order: fifo }\n`,
    {},
    { 'plain.yaml': CONFIG_MAP },
  ),
  withChart(
    'metadata',
    `${WEB}resources: [plain.yaml]\nbuildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]\n`,
    {},
    { 'plain.yaml': CONFIG_MAP },
  ),
  app('plain', 'resources: [plain.yaml]\nopenapi: { version: v1.21.2 }\n', { 'plain.yaml': CONFIG_MAP }),
  withChart(
    'deprecated',
    WEB,
    {},
    { 'charts/web/Chart.yaml': 'apiVersion: v1\nname: web\nversion: 1.0.0\ndeprecated: true\n' },
  ),
  withChart('old-field', 'helmChartInflationGenerator:\n- { chartName: web, releaseName: old }\n'),
];

/** Apps that neither renders, with what the reason has to say. */
export const BROKEN: (TestApp & { says: string })[] = [
  {
    ...withChart('template-fails', WEB, { 'templates/bad.yaml': 'a: {{ fail "not like this" }}' }),
    says: 'web/templates/bad.yaml:1:6): not like this',
  },
  {
    ...withChart('template-syntax', WEB, { 'templates/bad.yaml': 'a: {{ if }}' }),
    says: 'web/templates/bad.yaml:1',
  },
  {
    ...withChart('required', WEB, { 'templates/bad.yaml': 'a: {{ required "say who" .Values.who }}' }),
    says: 'say who',
  },
  {
    ...withChart('nil', WEB, { 'templates/bad.yaml': 'a: {{ .Values.x.y }}' }),
    says: 'nil pointer evaluating interface {}.y',
  },
  {
    ...withChart('bad-yaml', WEB, { 'templates/bad.yaml': 'a: [' }),
    says: 'YAML parse error on web/templates/bad.yaml',
  },
  {
    ...withChart('bad-values', `${WEB}  valuesFile: v.yaml\n`, {}, { 'v.yaml': 'a: [' }),
    says: 'did not find expected node content',
  },
  {
    ...withChart('schema-refuses', `${WEB}  valuesInline: { replicas: many }\n`, {
      'values.schema.json': SCHEMA,
    }),
    says: "at '/replicas': got string, want integer",
  },
  {
    ...withChart('kube-version', WEB, {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: ">=1.99"\n',
    }),
    says: 'chart requires kubeVersion: >=1.99',
  },
  {
    ...withChart('dependency', WEB, {
      'Chart.yaml':
        'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: db, version: 1.0.0 }]\n',
    }),
    says: 'missing in charts/ directory: db',
  },
  {
    ...withChart('library', WEB, {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\ntype: library\n',
    }),
    says: 'library charts are not installable',
  },
  { ...app('no-chart', WEB), says: 'no repo specified for pull, no chart found at' },
  { ...withChart('no-values', `${WEB}  valuesFile: none.yaml\n`), says: 'none.yaml' },
  { ...withChart('no-chart-yaml', WEB, { 'Chart.yaml': '' }), says: 'chart.metadata.name is required' },
  {
    ...withChart('release-name', 'helmCharts:\n- name: web\n  releaseName: Not_Fit\n'),
    says: 'release name "Not_Fit"',
  },
  { ...withChart('merge-option', `${WEB}  valuesMerge: blend\n`), says: 'valuesMerge must be one of' },
  { ...app('missing-resource', 'resources: [none.yaml]\n'), says: 'none.yaml' },
  {
    ...app(
      'bad-patch',
      'resources: [plain.yaml]\npatches:\n- { target: { kind: ConfigMap }, patch: "- {op: test, path: /data/a, value: c}" }\n',
      { 'plain.yaml': CONFIG_MAP },
    ),
    says: 'testing value /data/a failed',
  },
  { ...app('unknown-field', 'resourcez: []\n'), says: 'unknown field "resourcez"' },
  { ...app('cycle', 'resources: [../cycle]\n'), says: 'cycle detected' },
  {
    ...app('same-twice', 'resources: [a.yaml, b.yaml]\n', { 'a.yaml': CONFIG_MAP, 'b.yaml': CONFIG_MAP }),
    says: 'already registered id',
  },
  { ...app('no-kustomization', '', {}), says: 'kustomization.yaml is empty' },
];
