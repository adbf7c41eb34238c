import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { DEFAULT_KUBERNETES } from '../../../src/repository/conventions/kubernetes.ts';
import {
  archiveOf,
  deployment,
  serveCharts,
  service,
  type TestChart,
  type TestRepository,
} from '../../support/chart-repository.ts';
import { chartRelease, helmRepository, listing } from '../../support/flux-fixture.ts';
import { canRender } from '../../support/kustomize.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipwayIn } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

type Case = { templates: Record<string, string>; defaults: string; ours: string };

const config = (data: string, name = '{{ .Release.Name }}-seen'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: {chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}}\ndata:\n${data}`;

/** What charts do, one each. */
const CASES: Record<string, Case> = {
  plain: {
    templates: {
      'templates/all.yaml': `${deployment('{{ .Release.Name }}', 'acme/web:{{ .Values.tag }}')}---\n${service('{{ .Release.Name }}', { http: 80 })}`,
    },
    defaults: 'tag: "1.0"\n',
    ours: 'tag: "1.10"',
  },
  helpers: {
    templates: {
      'templates/_helpers.tpl':
        '{{- define "full" -}}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{- end -}}\n{{- define "labels" -}}\napp: {{ include "full" . }}\n{{- with .Values.labels }}\n{{ toYaml . }}\n{{- end }}\n{{- end -}}\n',
      'templates/a.yaml': config(
        '  labels: |\n    {{- include "labels" . | nindent 4 }}\n',
        '{{ include "full" . }}',
      ),
    },
    defaults: 'labels: {}\n',
    ours: 'labels: {team: blue, "x/y": "1"}',
  },
  subchart: {
    templates: {
      'Chart.yaml':
        'apiVersion: v2\nname: subchart\nversion: 1.0.0\ndependencies: [{name: cache, version: 0.1.0, alias: store, condition: store.enabled}, {name: cache, version: 0.1.0, condition: cache.enabled}]\n',
      'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 0.1.0\n',
      'charts/cache/values.yaml': 'size: 1\nenabled: false\n',
      'charts/cache/templates/a.yaml': config(
        '  size: {{ .Values.size | quote }}\n  all: {{ .Values.global.zone | quote }}\n',
        '"{{ .Release.Name }}-{{ .Chart.Name }}"',
      ),
      'templates/a.yaml': config('  own: {{ .Values.store.size | quote }}\n'),
    },
    defaults: 'store: {enabled: false, size: 2}\nglobal: {zone: here}\n',
    ours: 'store: {enabled: true}\nglobal: {zone: there}',
  },
  capabilities: {
    templates: {
      'templates/a.yaml': config(
        '  version: {{ .Capabilities.KubeVersion.Version | quote }}\n  hasBatch: {{ .Capabilities.APIVersions.Has "batch/v1" | quote }}\n  hasOld: {{ .Capabilities.APIVersions.Has "batch/v1beta1" | quote }}\n  fits: {{ semverCompare ">=1.25-0" .Capabilities.KubeVersion.Version | quote }}\n',
      ),
    },
    defaults: 'none: 0\n',
    ours: 'none: 1',
  },
  templated: {
    templates: {
      'templates/a.yaml': config(
        '  text: {{ tpl .Values.text . | quote }}\n  lookup: {{ (lookup "v1" "Secret" .Release.Namespace "none") | toJson | quote }}\n',
      ),
    },
    defaults: 'text: "{{ .Release.Name }}"\nwho: nobody\n',
    ours: 'text: "{{ .Values.who | upper }} in {{ .Release.Namespace }}"\nwho: me',
  },
  numbers: {
    templates: {
      'templates/a.yaml': config(
        '  mode: {{ .Values.mode | int64 | quote }}\n  ratio: {{ .Values.ratio | toString | quote }}\n  large: {{ .Values.large | toJson | quote }}\n  on: {{ kindOf .Values.flag }}\n  all: {{ omit .Values "global" | toJson | quote }}\n',
      ),
    },
    defaults: 'mode: 0644\nratio: 1.5\nlarge: 1\nflag: no\n',
    ours: 'mode: 0600\nratio: 0.10\nlarge: 123456789\nflag: true',
  },
  files: {
    templates: {
      'conf/app.ini': '[main]\nkey = value\n',
      'conf/other.ini': 'x\n',
      'templates/a.yaml': config(
        '{{ (.Files.Glob "conf/*.ini").AsConfig | indent 2 }}\n  one: {{ .Files.Get "conf/app.ini" | sha256sum | quote }}\n',
      ),
    },
    defaults: 'unused: true\n',
    ours: 'unused: false',
  },
  lists: {
    templates: {
      'templates/a.yaml':
        '{{- range $index, $port := .Values.ports }}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: "{{ $.Release.Name }}-{{ $index }}"}\nspec: {ports: [{port: {{ $port }}}]}\n{{- end }}\n',
      'templates/list.yaml':
        'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: one}\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: two}\n',
    },
    defaults: 'ports: [80]\n',
    ours: 'ports: [8080, 9090]',
  },
  definitions: {
    templates: {
      'crds/web.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: webs.acme.example}\nspec: {group: acme.example, scope: Namespaced, names: {kind: Web, plural: webs}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}\n',
      'templates/a.yaml':
        'apiVersion: acme.example/v1\nkind: Web\nmetadata: {name: "{{ .Release.Name }}"}\nspec: {{ toJson .Values.spec }}\n',
    },
    defaults: 'spec: {size: 1}\n',
    ours: 'spec: {size: 2, more: [a, {b: c}]}',
  },
  deletions: {
    templates: {
      'templates/a.yaml': config(
        '  has: {{ hasKey .Values.deep "one" | quote }}\n  all: {{ .Values.deep | toJson | quote }}\n  word: {{ required "a word" .Values.word | default "x" | quote }}\n',
      ),
    },
    defaults: 'deep: {one: 1, two: {a: b}}\nword: w\n',
    ours: 'deep: {one: null, two: {c: d}}\nword: v',
  },
};

const NAMES = Object.keys(CASES);

const chartOf = (name: string, { templates, defaults }: Case): TestChart => ({
  name,
  version: '1.0.0',
  files: { 'values.yaml': defaults, ...templates },
});

let server: TestRepository;
beforeAll(async () => {
  server = await serveCharts(Object.entries(CASES).map(([name, own]) => chartOf(name, own)));
});
afterAll(() => server.close());

/** The same chart with the same values as each kind of delivery has it. */
function repositoryOf(): string {
  const files = Object.entries(CASES).flatMap(([name, { ours }]) => [
    [`flux/${name}/kustomization.yaml`, listing(['release.yaml', 'source.yaml'], `namespace: ${name}\n`)],
    [
      `flux/${name}/release.yaml`,
      chartRelease(name, '1.0.0', `  values:\n${ours.replaceAll(/^/gm, '    ')}\n`),
    ],
    [`flux/${name}/source.yaml`, helmRepository(server.url)],
    [
      `argo/${name}.yaml`,
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
  source:
    repoURL: ${server.url}
    chart: ${name}
    targetRevision: 1.0.0
    helm:
      values: |
${ours.replaceAll(/^/gm, '        ')}
`,
    ],
    [
      `production/${name}/kustomization.yaml`,
      `namespace: ${name}
helmCharts:
  - name: ${name}
    repo: ${server.url}
    version: 1.0.0
    releaseName: ${name}
    namespace: ${name}
    includeCRDs: true
    valuesFile: values.yaml
`,
    ],
    [`production/${name}/values.yaml`, `${ours}\n`],
  ]);
  return makeRepository(Object.fromEntries(files) as Record<string, string>);
}

/** What helm itself makes of a chart. */
function templated(name: string, own: Case): string[] {
  const folder = makeFolder();
  const [archive, values] = [path.join(folder, 'chart.tgz'), path.join(folder, 'values.yaml')];
  writeFileSync(archive, archiveOf(chartOf(name, own)));
  writeFileSync(values, `${own.ours}\n`);
  const place = ['template', name, archive, '--namespace', name, '-f', values];
  const line = [...place, '--include-crds', '--kube-version', DEFAULT_KUBERNETES];
  const { stdout, stderr, status } = spawnSync(findTool('helm') ?? '', line, { encoding: 'utf8' });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return sorted(
    name,
    parseAllDocuments(stdout).map(document => document.toJS() as unknown),
  );
}

type Objects = { metadata?: { namespace?: string }; items?: unknown[]; kind: string };

const DELIVERING = new Set(['HelmRelease', 'HelmRepository', 'Application']);

/** Lists opened, without what delivers the charts, each object as a line, without the namespace that it is put into. */
function sorted(namespace: string, objects: readonly unknown[]): string[] {
  return (objects as Objects[])
    .flatMap(object => (object.kind === 'List' ? (object.items as Objects[]) : [object]))
    .filter(({ kind }) => !DELIVERING.has(kind))
    .map(object => JSON.stringify(object, byKey(namespace)))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function byKey(namespace: string): (key: string, value: unknown) => unknown {
  return (_, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const fields = Object.entries(value).filter(([key, own]) => key !== 'namespace' || own !== namespace);
    return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
}

describe.runIf(canRender)('ten charts, each as a HelmRelease, an Application and among helmCharts', () => {
  type Document = { apps: { app: string; objects: unknown[]; notRendered: string[] }[] };

  test('render to what helm renders them to', async () => {
    const { code, stdout } = await slipwayIn(repositoryOf(), 'build', '--json');
    const { apps } = readAs('build', stdout) as Document;
    expect([code, apps.flatMap(({ notRendered }) => notRendered), apps.length]).toEqual([0, [], 30]);
    const built = new Map(apps.map(({ app, objects }) => [app, objects]));
    expect(NAMES).toHaveLength(10);
    for (const name of NAMES) {
      const wanted = templated(name, CASES[name] as Case);
      for (const app of [`flux/${name}`, `argo/${name}.yaml`, `production/${name}`])
        expect([app, sorted(name, built.get(app) ?? [])]).toEqual([app, wanted]);
    }
  });
});
