import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveOf, serveCharts, type TestChart, type TestRepository } from '../support/chart-repository.ts';
import { parseManifests } from '../../src/repository/manifest.ts';
import { readDocuments } from '../../src/yaml/read.ts';
import { bodiesOf, builtOf, renderUnit } from '../support/delivered.ts';
import { makeFolder, writeFiles } from '../support/repository.ts';
import { findTool } from '../support/tools.js';

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-seen"}
data:
  namespace: {{ .Release.Namespace | quote }}
  kube: {{ .Capabilities.KubeVersion.Version | quote }}
  values: {{ omit .Values "global" | toJson | quote }}
`;
const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: webs.acme.example}
spec: {group: acme.example, scope: Namespaced, names: {kind: Web, plural: webs}, versions: []}
`;
const CHART: TestChart = {
  name: 'web',
  version: '1.0.0',
  files: {
    'values.yaml': 'replicas: 1\ntag: "1"\nlist: [a, b]\ntext: ""\n',
    'values-prod.yaml': 'replicas: 9\n',
    'templates/all.yaml': TEMPLATE,
    'crds/web.yaml': DEFINITION,
  },
};

/** Ten small charts: what is in their one template, and the `helm.values` of an Application of each. */
const SMALL: readonly [name: string, template: string, values: string][] = [
  ['plain', 'data: {a: {{ .Values.tag | quote }}}', 'tag: "2"'],
  ['words', 'data: {a: {{ kindOf .Values.on }}, b: {{ kindOf .Values.no }}}', '"on": yes\n"no": "no"'],
  ['numbers', 'data: {a: {{ .Values.n | int64 | quote }}, b: {{ .Values.f | quote }}}', 'n: 0644\nf: 1.50'],
  ['deleted', 'data: {a: {{ hasKey .Values "tag" | quote }}}', 'tag: null'],
  [
    'lists',
    'data:\n{{- range $i, $x := .Values.list }}\n  k{{ $i }}: {{ $x | quote }}\n{{- end }}',
    'list: [x, 1.10]',
  ],
  [
    'lines',
    'data:\n  a: {{ .Values.text | toYaml | indent 4 | trim }}',
    'text: |\n  one\n    two\n\n  three',
  ],
  [
    'calls',
    'data: {a: {{ tpl .Values.text . | quote }}}',
    'text: "{{ .Release.Name }} in {{ .Release.Namespace }}"',
  ],
  ['cluster', 'data: {a: {{ .Capabilities.KubeVersion.Version | quote }}}', 'kept: true'],
  ['merged', 'data: {a: {{ .Values.deep | toJson | quote }}}', 'deep: {b: {c: 3}}'],
  ['anchors', 'data: {a: {{ .Values.two | toJson | quote }}}', 'one: &it {x: 1}\ntwo: {<<: *it, y: 2}'],
];

function smallChart([name, template]: (typeof SMALL)[number]): TestChart {
  const object = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-${name}", labels: {helm.sh/chart: ${name}}}\n`;
  return {
    name,
    version: '1.0.0',
    files: {
      'values.yaml': 'tag: "1"\nlist: [a]\ntext: ""\ndeep: {a: 1, b: {c: 2, d: [1]}}\n',
      'templates/all.yaml': `${object}${template}\n`,
      'templates/account.yaml':
        '{{- if .Values.deep.a }}\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: own}\n{{- end }}\n',
    },
  };
}

const canRender = findTool('helm') !== undefined && findTool('kustomize') !== undefined;
let server: TestRepository;
beforeAll(async () => {
  server = await serveCharts([CHART, ...SMALL.map(smallChart)]);
});
afterAll(() => server.close());

const OWN = 'https://git.example.org/team/cluster.git';

function application(helm: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-prod, namespace: argocd}
spec:
  destination: {server: https://kubernetes.default.svc, namespace: shop}
  sources:
    - repoURL: ${server.url}
      chart: web
      targetRevision: 1.0.0
      helm:
${helm.replace(/^/gm, '        ')}
    - {repoURL: git@git.example.org:team/cluster.git, targetRevision: HEAD, ref: here, path: apps/web}
    - {repoURL: https://git.example.org/other/values.git, targetRevision: HEAD, ref: there}
${more}`;
}

async function rendered(helm: string, files: Record<string, string> = {}) {
  const unit = { kind: 'file', path: 'web.yaml' } as const;
  const all = { 'web.yaml': application(helm), 'apps/web/kustomization.yaml': 'resources: []\n', ...files };
  const { inflated } = builtOf(await renderUnit(all, unit));
  const manifests = inflated.manifests.map(({ manifest }) => manifest);
  const shown = manifests.find(({ kind }) => kind === 'ConfigMap');
  const data = (shown?.body['data'] ?? {}) as Record<string, string>;
  return {
    ...inflated,
    names: manifests.map(({ kind, name }) => `${kind} ${name}`),
    data,
    values: JSON.parse(data['values'] ?? 'null') as unknown,
  };
}

describe.runIf(canRender)('an Application', () => {
  test('files, values and parameters lie over each other as Argo CD has helm lay them', async () => {
    const { values, names, data, outcomes } = await rendered(
      `valueFiles: [values-prod.yaml, $here/values/web.yaml]
values: |
  tag: "3"
  list: [x]
parameters:
  - {name: "list[1]", value: "1,2"}
  - {name: text, value: "007", forceString: true}
  - {name: replicas, value: "5"}
fileParameters:
  - {name: file, path: $here/values/note.txt.yaml}`,
      { 'values/web.yaml': 'tag: "2"\nextra: yes\n', 'values/note.txt.yaml': 'a: [1, 2]\n' },
    );
    expect(values).toEqual({
      replicas: 5,
      tag: '3',
      list: ['x', '1,2'],
      text: '007',
      extra: true,
      file: 'a: [1, 2]\n',
    });
    expect(names.toSorted()).toEqual([
      'ConfigMap web-prod-seen',
      'CustomResourceDefinition webs.acme.example',
    ]);
    expect([data['namespace'], outcomes[0]?.open]).toEqual(['shop', []]);
  });

  test('names, namespaces, the cluster and definitions follow helm', async () => {
    const { names, data } = await rendered(
      'releaseName: web\nnamespace: far\nkubeVersion: 1.31.0\nskipCrds: true\nvaluesObject: {tag: "4"}\nvalues: "tag: never"',
    );
    expect([names, data['namespace'], data['kube']]).toEqual([['ConfigMap web-seen'], 'far', 'v1.31.0']);
    expect(data['values']).toContain('"tag":"4"');
  });

  test('a file of another repository is said, and one that may be missing is not', async () => {
    const { outcomes } = await rendered('valueFiles: [$there/far/web.yaml, $here/nowhere.yaml]');
    expect(outcomes[0]?.open.map(({ en }) => en)).toEqual([
      'the values file $there/far/web.yaml is not in this repository',
      'the values file $here/nowhere.yaml is not in this repository',
    ]);
    const quiet = await rendered('valueFiles: [$here/nowhere.yaml, no.yaml]\nignoreMissingValueFiles: true');
    expect(quiet.outcomes[0]?.open).toEqual([]);
  });

  test('what it renders to is what helm renders to', async () => {
    const folder = makeFolder();
    writeFiles(folder, {});
    const archive = path.join(folder, 'web.tgz');
    spawnSync('tee', [archive], { input: archiveOf(CHART) });
    const tool = findTool('helm') ?? '';
    const set = ['--set', 'list={x,y}', '--set-string', 'text=1'];
    const line = ['template', 'web-prod', archive, '--namespace', 'shop', '--kube-version', '1.33.0', ...set];
    const { stdout } = spawnSync(tool, line);
    const { data } = await rendered(
      'kubeVersion: 1.33.0\nparameters: [{name: list, value: "{x,y}"}, {name: text, value: "1", forceString: true}]',
    );
    for (const value of Object.values(data)) expect(stdout.toString()).toContain(JSON.stringify(value));
  });

  test.each(SMALL)(
    'of the small chart %s renders byte for byte as helm template does',
    async (name, template, text) => {
      const folder = makeFolder();
      writeFiles(folder, { 'values.yaml': `${text}\n` });
      const archive = path.join(folder, 'small.tgz');
      writeFileSync(archive, archiveOf(smallChart([name, template, text])));
      const values = ['--values', path.join(folder, 'values.yaml'), '--include-crds'];
      const line = [
        'template',
        'web-prod',
        archive,
        '--namespace',
        'shop',
        '--kube-version',
        '1.33.0',
        ...values,
      ];
      const { stdout, status } = spawnSync(findTool('helm') ?? '', line);
      expect(status).toBe(0);
      const helm = `kubeVersion: 1.33.0\nvalues: |\n${text.replace(/^(?=.)/gm, '  ')}`;
      const file = application(helm).replace('chart: web\n', `chart: ${name}\n`);
      const all = { 'web.yaml': file, 'apps/web/kustomization.yaml': 'resources: []\n' };
      const { inflated } = builtOf(await renderUnit(all, { kind: 'file', path: 'web.yaml' }));
      const ours = inflated.manifests.map(({ manifest }) => manifest);
      const theirs = parseManifests(readDocuments(stdout.toString(), 'helm'));
      const bytes = (manifests: typeof theirs): string => JSON.stringify(bodiesOf(manifests), null, 1);
      expect(theirs.length).toBeGreaterThan(0);
      expect(bytes(ours)).toBe(bytes(theirs));
    },
  );

  test('a chart of this repository has .argocd-source.yaml laid over what the Application says', async () => {
    const files = {
      'own/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
      'own/web/values.yaml': 'tag: "1"\n',
      'own/web/templates/all.yaml': TEMPLATE,
      'own/web/.argocd-source.yaml': 'helm: {parameters: [{name: tag, value: two}]}\n',
      'own/web/.argocd-source-web-prod.yaml': 'helm: {releaseName: other}\nchart: nope\n',
      'web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-prod, namespace: argocd}
spec:
  destination: {namespace: shop}
  source: {repoURL: ${OWN}, path: own/web, helm: {releaseName: web}}
`,
    };
    const { names, values } = await rendered('{}', files);
    expect([names, values]).toEqual([['ConfigMap other-seen'], { tag: 'two' }]);
  });
});
