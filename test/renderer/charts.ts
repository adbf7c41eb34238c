/** Charts and apps that use what Helm and Kustomize can do, one feature an app. All files are by path from the repository's root. */
export type Files = Record<string, string>;

export function chart(folder: string, name: string, more: Files = {}, metadata = ''): Files {
  const files: Files = {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 1.0.0\nappVersion: "2.3"\n${metadata}`,
    'values.yaml': VALUES,
    'templates/_helpers.tpl': HELPERS.replaceAll('NAME', name),
    'templates/deployment.yaml': DEPLOYMENT.replaceAll('NAME', name),
    'templates/service.yaml': SERVICE.replaceAll('NAME', name),
    'templates/NOTES.txt': 'Thank you for {{ .Chart.Name }}',
    ...more,
  };
  return under(`${folder}/${name}`, files);
}

export function under(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

const VALUES = `# Defaults
replicas: 1
image:
  repository: acme/web
  tag: ""
env: {}
list: [a, b]
service:
  port: 80
feature:
  enabled: false
nothing: null
`;

const HELPERS = `{{- define "NAME.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "NAME.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "NAME.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels: {{- include "NAME.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app: {{ .Release.Name }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- with .Values.env }}
          env:
            {{- range $key, $value := . }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          {{- end }}
          args: {{ toJson .Values.list }}
          envFrom:
            - configMapRef:
                name: settings
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ include "NAME.fullname" . }}
  labels: {{- include "NAME.labels" . | nindent 4 }}
spec:
  ports:
    - port: {{ .Values.service.port }}
      name: http
  selector:
    app: {{ .Release.Name }}
`;

export const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.acme.test
spec:
  group: acme.test
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
`;

/** A hook, a test, a hook of an unknown kind and one with a weight. */
export const HOOKS: Files = {
  'templates/hooks.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-migrate
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "5"
    helm.sh/hook-delete-policy: before-hook-creation
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: m, image: acme/migrate:1 }] } } }
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Release.Name }}-hook
  annotations: { helm.sh/hook: pre-install, helm.sh/hook-weight: "-1" }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-odd
  annotations: { helm.sh/hook: never-heard-of }
`,
  'templates/tests/test.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  annotations: { helm.sh/hook: test }
spec: { restartPolicy: Never, containers: [{ name: t, image: busybox }] }
`,
};

/** tpl, Files, capabilities, lookup, DNS, encodings: what templates can ask for. */
export const ASKS: Files = {
  'templates/asks.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-asks
data:
  tpl: {{ tpl "{{ .Values.replicas }}-{{ .Release.Name }}" . | quote }}
  file: {{ .Files.Get "files/hello.txt" | quote }}
  lines: {{ range .Files.Lines "files/hello.txt" }}{{ . }};{{ end }}
  missing: {{ .Files.Get "files/none" | quote }}
  hidden: {{ .Files.Get "secret.env" | quote }}
  kube: {{ .Capabilities.KubeVersion.Version }}
  minor: {{ .Capabilities.KubeVersion.Minor | quote }}
  apis: {{ .Capabilities.APIVersions | len | quote }}
  monitors: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" | quote }}
  policy: {{ .Capabilities.APIVersions.Has "policy/v1" | quote }}
  lookup: {{ lookup "v1" "Secret" "default" "x" | toJson | quote }}
  dns: {{ getHostByName "localhost" | quote }}
  upgrade: {{ .Release.IsUpgrade | quote }}
  revision: {{ .Release.Revision | quote }}
  template: {{ .Template.Name }}
  sub: {{ .Subcharts | len | quote }}
  root: {{ .Chart.IsRoot | quote }}
  toml: {{ toToml .Values.image | quote }}
  yaml: {{ toYaml .Values | quote }}
  number: {{ .Values.service.port | int64 | add 1 | quote }}
  regex: {{ regexReplaceAll "a(.)" "abac" "\${1}" | quote }}
  digest: {{ .Values | toJson | sha256sum }}
  uuid: {{ uuidv4 | len | quote }}
  {{- range $path, $_ := .Files.Glob "files/*.txt" }}
  {{ base $path }}: found
  {{- end }}
`,
  'files/hello.txt': 'hello\nworld "quoted" \u00e9\n',
  'files/b c.txt': '\ufeffwith a mark',
  'secret.env': 'X=1',
  '.helmignore': '*.env\n# comment\ndocs/\n',
  'docs/big.md': 'not part of the chart',
  'templates/.hidden.yaml': '{{ fail "a dotfile is not rendered" }}',
};
