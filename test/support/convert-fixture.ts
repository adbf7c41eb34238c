import { deployment, serveCharts, type TestChart, type TestRepository } from './chart-repository.ts';

const configMap = (name: string, data: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}data:\n${data}`;

const HOOK = '  annotations:\n    helm.sh/hook: pre-install,pre-upgrade\n';
const TEST = '  annotations:\n    helm.sh/hook: test\n';

const job = (name: string, annotations: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
${annotations}spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: run, image: registry.example.org/run:1}]
`;

const GADGETS = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets, singular: gadget}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: '{{ .Release.Name }}-reader'}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: '{{ .Release.Name }}-reader'}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: '{{ .Release.Name }}-reader'}
subjects: [{kind: ServiceAccount, name: default, namespace: '{{ .Release.Namespace }}'}]
`;

const OPERATOR = configMap(
  'kube',
  '  kube: {{ .Capabilities.KubeVersion.Major | quote }}\n  gone: {{ hasKey .Values.extra "gone" | quote }}\n',
);

/** Charts of every kind that a conversion meets, each small. */
const CHARTS: Record<string, TestChart['files']> = {
  plain: { 'templates/app.yaml': deployment('plain', '{{ .Values.image }}') },
  hooked: { 'templates/job.yaml': job('migrate', HOOK), 'templates/app.yaml': deployment('hooked', 'a:1') },
  tested: { 'templates/test.yaml': job('probe', TEST), 'templates/app.yaml': deployment('tested', 'a:1') },
  defined: { 'crds/gadgets.yaml': GADGETS, 'templates/app.yaml': deployment('defined', 'a:1') },
  nested: {
    'Chart.yaml':
      'apiVersion: v2\nname: nested\nversion: 1.0.0\ndependencies: [{name: inner, version: 1.0.0, condition: inner.enabled}]\n',
    'charts/inner/Chart.yaml': 'apiVersion: v2\nname: inner\nversion: 1.0.0\n',
    'charts/inner/values.yaml': 'word: none\nenabled: true\n',
    'charts/inner/templates/map.yaml': configMap('inner', '  word: {{ .Values.word | quote }}\n'),
  },
  templated: { 'templates/map.yaml': configMap('tpl', '  line: {{ tpl .Values.line . | quote }}\n') },
  looking: {
    'templates/map.yaml': configMap(
      'looked',
      '  found: {{ (lookup "v1" "ConfigMap" .Release.Namespace "looked").data | default (dict "at" (randAlphaNum 8)) | toJson | quote }}\n',
    ),
  },
  random: {
    'templates/map.yaml': configMap('dice', '  dice: {{ randAlphaNum 12 | quote }}\n  fixed: "1"\n'),
  },
  wide: { 'templates/role.yaml': ROLE, 'templates/map.yaml': OPERATOR },
  named: {
    'templates/map.yaml': configMap(
      '{{ .Release.Name }}-{{ .Release.Namespace }}',
      '  a: {{ .Values.image | quote }}\n',
    ),
  },
};

/** The names of the charts. */
export const CONVERTED = Object.keys(CHARTS);

const DEFAULTS = 'image: registry.example.org/app:1\nline: none\nextra: {gone: 1}\ninner: {enabled: true}\n';

/** A repository with all of them. */
export function serveConverted(): Promise<TestRepository> {
  return serveCharts(
    Object.entries(CHARTS).map(([name, files]) => ({
      name,
      version: '1.0.0',
      files: { 'values.yaml': DEFAULTS, ...files },
    })),
  );
}

/** What a team says to its chart, with a word on why. */
export const TEAM_VALUES = `# The team of the library looks after this.
image: registry.example.org/app:2 # until the move
line: '{{ .Release.Name }} \${HOME}'
extra:
  # not ours
  gone: null
inner:
  word: ours
`;

/** An app that kustomize inflates: a chart, its values, a namespace and a map of its own. */
export function kustomizeApp(name: string, url: string, more = ''): Record<string, string> {
  const home = `production/${name}`;
  return {
    [`${home}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources:
  - resources/namespace.yaml
  # kept by hand
  - resources/own.yaml
helmCharts:
  - name: ${name}
    repo: ${url}
    version: 1.0.0
    releaseName: ${name}
    namespace: ${name}
    includeCRDs: true
    valuesFile: values/${name}.yaml
${more}`,
    [`${home}/values/${name}.yaml`]: TEAM_VALUES,
    [`${home}/resources/namespace.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
    [`${home}/resources/own.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\ndata:\n  a: b\n`,
  };
}

/** The same as Flux keeps it: values in the release. */
export const INLINE_VALUES = `# The team of the library looks after this.
image: registry.example.org/app:2 # until the move
extra:
  # not ours
  kept: true
`;

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** An app that Flux installs, its source beside it and a map of its own. */
export function fluxApp(name: string, url: string): Record<string, string> {
  const home = `production/${name}`;
  return {
    [`${home}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources:
  - own.yaml
  - helmrelease.yaml
  - helmrepository.yaml
`,
    [`${home}/own.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\ndata:\n  a: b\n`,
    [`${home}/helmrelease.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chart:
    spec:
      chart: ${name}
      version: 1.0.0
      sourceRef:
        kind: HelmRepository
        name: ${name}
  values:
${indented(INLINE_VALUES, 4)}`,
    [`${home}/helmrepository.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: ${name}
spec:
  interval: 1h
  url: ${url}
`,
  };
}

/** The same as Argo CD keeps it: values as a text in the Application. */
export function argoApp(name: string, url: string): Record<string, string> {
  return {
    [`production/${name}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: ${url}
    chart: ${name}
    targetRevision: 1.0.0
    helm:
      values: |
${indented(INLINE_VALUES, 8)}  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}
  syncPolicy:
    automated:
      prune: true
    syncOptions:
      - CreateNamespace=true
      - ServerSideApply=true
`,
  };
}
