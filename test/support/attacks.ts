import type { Attack } from './hostile-clone.ts';

const K = 'kustomization.yaml';
const RESOURCES = 'resources: [ok.yaml]\n';
const LOCAL = `${RESOURCES}helmCharts:\n  - name: local\n    releaseName: local\n`;
const CHART = 'apiVersion: v2\nname: local\nversion: 0.1.0\n';

/** A local chart with one dependency. */
function dependency(id: string, line: string, says: string, more: Record<string, string> = {}): Attack {
  return {
    id,
    files: {
      [K]: LOCAL,
      'charts/local/Chart.yaml': `${CHART}dependencies:\n  - ${line}\n`,
      'charts/local/payload/Chart.yaml': 'apiVersion: v2\nname: payload\nversion: 0.1.0\n',
      'charts/local/payload/.profile': 'touch OUTER/ran\n',
      ...more,
    },
    says,
    file: 'charts/local/Chart.yaml',
  };
}

function kustomization(id: string, text: string, says: string, files: Record<string, string> = {}): Attack {
  return { id, files: { [K]: `${RESOURCES}${text}`, ...files }, says };
}

/** A kustomization that is fine, and the file in which the attack stands. */
function behind(id: string, text: string, file: string, content: string, says: string): Attack {
  return { ...kustomization(id, text, says, { [file]: content }), file };
}

const INFLATION =
  'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: x}\nname: x\nrepo: evil://x\nversion: 1.0.0\n';
const CONFIG = 'configHome: OUTER/clone/config\n';
const MAP = 'configMapGenerator:\n  - name: leak\n';

/** Names of dependencies lead out. */
export const C01: readonly Attack[] = [
  dependency(
    'c01-name',
    '{name: ../../../../../../OUTERNAME/home, repository: "file://./payload"}',
    '/home cannot be the name',
  ),
  dependency('c01-dot', '{name: ., repository: "file://./payload"}', '. cannot be the name'),
  dependency(
    'c01-alias',
    '{name: a, alias: ../../x, repository: "file://./payload"}',
    '../../x cannot be the name',
  ),
  dependency(
    'c01-folder',
    '{name: a, repository: "file://../../../../../foreign"}',
    'leads out of the repository',
  ),
  dependency('c01-absolute', '{name: a, repository: "file:///OUTER/foreign"}', 'is an absolute path'),
  {
    ...dependency(
      'c01-lock',
      '{name: a, version: 1.0.0, repository: "file://./payload"}',
      'leads out of the',
      {
        'charts/local/Chart.lock':
          'dependencies:\n  - {name: a, repository: "file://../../../../../foreign"}\n',
      },
    ),
    file: 'charts/local/Chart.lock',
  },
];

/** Charts and values files lie elsewhere. */
export const C02: readonly Attack[] = [
  kustomization(
    'c02-home',
    'helmGlobals: {chartHome: ../../..}\nhelmCharts:\n  - {name: foreign}\n',
    'chartHome leads out',
  ),
  kustomization(
    'c02-home-absolute',
    'helmGlobals: {chartHome: OUTER}\nhelmCharts:\n  - {name: foreign}\n',
    'chartHome is an absolute',
  ),
  {
    ...kustomization(
      'c02-home-link',
      'helmGlobals: {chartHome: link}\nhelmCharts:\n  - {name: foreign}\n',
      'link is a link',
    ),
    links: { link: 'OUTER' },
  },
  kustomization(
    'c02-home-pulled',
    'helmGlobals: {chartHome: ../../../OUTERNAME/home}\nhelmCharts:\n  - {name: a, repo: SERVER, version: 1.0.0}\n',
    'chartHome leads out',
  ),
  kustomization('c02-dot', 'helmCharts:\n  - {name: .}\n', '. cannot be the name of a chart'),
  kustomization(
    'c02-name',
    'helmCharts:\n  - {name: ../../../../foreign}\n',
    '/foreign cannot be the name of a chart',
  ),
  kustomization(
    'c02-version',
    'helmCharts:\n  - {name: a, repo: SERVER, version: 1/../../../../../foreign}\n',
    'cannot be the name of a chart',
  ),
  local('c02-values', 'valuesFile: ../../../foreign.env', 'leads out of the repository'),
  local('c02-values-absolute', 'valuesFile: OUTER/foreign.env', 'is an absolute path'),
  local('c02-additional', 'additionalValuesFiles: [../../../foreign.env]', 'leads out of the repository'),
  {
    ...local('c02-values-link', 'valuesFile: values/a.env', '/values is a link'),
    links: { values: 'OUTER' },
  },
];

function local(id: string, field: string, says: string): Attack {
  const templates = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Values.LEAK }}"}\n';
  return {
    id,
    files: {
      [K]: `${LOCAL}    ${field}\n`,
      'charts/local/Chart.yaml': CHART,
      'charts/local/templates/a.yaml': templates,
    },
    says,
  };
}

/** helm with plugins and programs of the clone. */
export const C03: readonly Attack[] = [
  behind(
    'c03-generator',
    'generators: [g.yaml]\n',
    'g.yaml',
    `${INFLATION}${CONFIG}`,
    'configHome makes helm load plugins',
  ),
  kustomization(
    'c03-inline',
    `generators:\n  - |\n${indented(`${INFLATION}${CONFIG}`)}`,
    'configHome makes helm load plugins',
  ),
  kustomization(
    'c03-globals',
    'helmGlobals: {configHome: OUTER/clone/config}\nhelmCharts:\n  - {name: x, repo: "evil://x", version: 1.0.0}\n',
    'configHome makes helm load plugins',
  ),
  kustomization(
    'c03-case',
    'helmGlobals: {ConfigHome: OUTER/clone/config}\nhelmCharts:\n  - {name: x, repo: "evil://x", version: 1.0.0}\n',
    'kustomize reads ConfigHome as configHome',
  ),
  {
    ...kustomization('c03-base', 'bases: [base]\n', 'configHome makes helm load plugins', {
      'base/kustomization.yaml': 'generators: [g.yaml]\n',
      'base/g.yaml': `${INFLATION}${CONFIG}`,
    }),
    file: 'base/g.yaml',
  },
  {
    ...kustomization('c03-component', 'components: [part]\n', 'configHome makes helm load plugins', {
      'part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ngenerators: [g.yaml]\n',
      'part/g.yaml': `${INFLATION}${CONFIG}`,
    }),
    file: 'part/g.yaml',
  },
  {
    ...kustomization('c03-folder', 'generators: [gen]\n', 'configHome makes helm load plugins', {
      'gen/kustomization.yaml': 'resources: [g.yaml]\n',
      'gen/g.yaml': `${INFLATION}${CONFIG}`,
    }),
    file: 'gen/g.yaml',
  },
  {
    ...kustomization('c03-patched', 'generators: [gen]\n', 'patches would change plugins before they run', {
      'gen/kustomization.yaml': `resources: [g.yaml]\npatches:\n  - target: {kind: HelmChartInflationGenerator}\n    patch: '[{"op": "add", "path": "/configHome", "value": "OUTER/clone/config"}]'\n`,
      'gen/g.yaml': INFLATION,
    }),
    file: 'gen/kustomization.yaml',
  },
  {
    ...kustomization(
      'c03-chart-folder',
      'resources: [charts/local]\nhelmCharts:\n  - {name: local}\n'.replace('resources', 'bases'),
      'configHome makes helm load plugins',
      {
        'charts/local/Chart.yaml': CHART,
        'charts/local/kustomization.yaml': 'generators: [g.yaml]\n',
        'charts/local/g.yaml': `${INFLATION}${CONFIG}`,
      },
    ),
    file: 'charts/local/g.yaml',
  },
  behind(
    'c03-field',
    'generators: [g.yaml]\n',
    'g.yaml',
    `${INFLATION}helmCommand: OUTER/clone/evil.sh\n`,
    'helmCommand is not a field',
  ),
  kustomization(
    'c03-old',
    'helmChartInflationGenerator:\n  - {chartName: x, chartRepoUrl: "evil://x", helmHome: OUTER/clone/config}\n',
    'helmChartInflationGenerator can name',
  ),
  {
    ...local('c03-flag', 'includeCRDs: true', 'helm would take it for a flag'),
    files: {
      [K]: LOCAL.replace('releaseName: local', 'releaseName: --post-renderer=OUTER/clone/evil.sh'),
      'charts/local/Chart.yaml': CHART,
      'charts/local/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    },
  },
  local('c03-name-template', `nameTemplate: '{{ env "HOME" }}'`, 'nameTemplate asks for the environment'),
];

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

const EXEC = `apiVersion: example.test/v1\nkind: Evil\nmetadata:\n  name: evil\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: OUTER/clone/evil.sh}\n`;
const CONTAINER = EXEC.replace('exec: {path: OUTER/clone/evil.sh}', 'container: {image: evil}');

/** Programs of other kinds. */
export const C04: readonly Attack[] = [
  ...['generators', 'transformers', 'validators'].flatMap(field => [
    behind(`c04-exec-${field}`, `${field}: [p.yaml]\n`, 'p.yaml', EXEC, 'is an exec function'),
    behind(`c04-container-${field}`, `${field}: [p.yaml]\n`, 'p.yaml', CONTAINER, 'is a container function'),
    behind(
      `c04-go-${field}`,
      `${field}: [p.yaml]\n`,
      'p.yaml',
      'apiVersion: evil.test/v1\nkind: Evil\nmetadata: {name: evil}\n',
      'is an exec or Go plugin',
    ),
  ]),
  kustomization('c04-inline', `transformers:\n  - |\n${indented(EXEC)}`, 'is an exec function'),
];

const REPLACED =
  'replacements:\n  - source: {kind: ConfigMap, name: leak, fieldPath: data.LEAK}\n    targets: [{select: {kind: ConfigMap, name: ok}, fieldPaths: [metadata.name]}]\n';
const UP = '../../../foreign.env';

/** Files of the machine. */
export const C05: readonly Attack[] = [
  kustomization('c05-envs', `${MAP}    envs: [OUTER/foreign.env]\n${REPLACED}`, 'is an absolute path'),
  kustomization('c05-env', `${MAP}    env: ${UP}\n${REPLACED}`, 'leads out of the repository'),
  kustomization('c05-proc', `${MAP}    envs: [/proc/self/environ]\n`, 'is an absolute path'),
  kustomization('c05-files', `${MAP}    files: ["LEAK=${UP}"]\n${REPLACED}`, 'leads out of the repository'),
  kustomization(
    'c05-secret',
    `secretGenerator:\n  - name: leak\n    files: [OUTER/foreign.env]\n`,
    'is an absolute path',
  ),
  kustomization('c05-resource', `bases: [OUTER/foreign]\n`, 'is an absolute path'),
  kustomization(
    'c05-patch',
    `patches:\n  - path: ${UP}\n    target: {kind: ConfigMap}\n`,
    'leads out of the repository',
  ),
  kustomization('c05-old-patch', `patches: [${UP}]\n`, 'leads out of the repository'),
  kustomization(
    'c05-json-patch',
    `patchesJson6902:\n  - path: ${UP}\n    target: {version: v1, kind: ConfigMap, name: ok}\n`,
    'leads out of the repository',
  ),
  kustomization('c05-merge-patch', `patchesStrategicMerge: [OUTER/foreign.env]\n`, 'is an absolute path'),
  kustomization(
    'c05-like-a-map',
    `patchesStrategicMerge: ["{/../../../../foreign.env"]\n`,
    'leads out of the repository',
  ),
  kustomization(
    'c05-like-yaml',
    `patchesStrategicMerge: ["a: /../../../../foreign.env"]\n`,
    'leads out of the repository',
  ),
  kustomization('c05-replacement', `replacements:\n  - path: ${UP}\n`, 'leads out of the repository'),
  kustomization('c05-configuration', `configurations: [${UP}]\n`, 'leads out of the repository'),
  kustomization('c05-openapi', `openapi: {path: OUTER/foreign.env}\n`, 'is an absolute path'),
  kustomization('c05-crds', `crds: [${UP}]\n`, 'leads out of the repository'),
  behind(
    'c05-plugin',
    'transformers: [t.yaml]\n',
    't.yaml',
    `apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: t}\npath: ${UP}\n`,
    'leads out of the repository',
  ),
  behind(
    'c05-plugin-files',
    'generators: [t.yaml]\n',
    't.yaml',
    `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: leak}\nfiles: [OUTER/foreign.env]\n`,
    'is an absolute path',
  ),
  kustomization(
    'c05-merge-key',
    `configMapGenerator:\n  - name: leak\n    envs: [ok.env]\n    <<: {envs: [OUTER/foreign.env]}\n`,
    'has a merge key',
  ),
  kustomization(
    'c05-line-end',
    `# \u2028configMapGenerator: [{name: leak, envs: [OUTER/foreign.env]}]\n`,
    'line ends of YAML 1.1',
  ),
  kustomization('c05-git', 'crds: [../../.git/config]\n', 'is not the path of a file in the repository'),
];

/** What a renderer would fetch. */
export const C06: readonly Attack[] = [
  kustomization('c06-resource', 'bases: ["SERVER/x.yaml"]\n', 'has to be fetched'),
  kustomization('c06-git', 'bases: ["git::SERVER/x.git"]\n', 'has to be fetched'),
  kustomization('c06-github', 'bases: [GitHub.com/example/none]\n', 'has to be fetched'),
  kustomization('c06-user', 'bases: [git@127.0.0.1/example/none]\n', 'has to be fetched'),
  kustomization('c06-component', 'components: ["SERVER/x"]\n', 'has to be fetched'),
  kustomization('c06-patch', 'patches:\n  - path: SERVER/x.yaml\n', 'has to be fetched'),
  kustomization('c06-file', `${MAP}    files: ["a=SERVER/x.yaml"]\n`, 'has to be fetched'),
  kustomization('c06-crds', 'crds: ["SERVER/x.yaml"]\n', 'has to be fetched'),
  kustomization('c06-transformer', 'transformers: ["SERVER/x.yaml"]\n', 'has to be fetched'),
  local('c06-values', 'valuesFile: SERVER/x.yaml', 'has to be fetched'),
  kustomization('c06-clone', 'bases: ["file://OUTER/clone"]\n', 'is an absolute path'),
];
