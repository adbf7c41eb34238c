import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PREFIX = `apiVersion: builtin
kind: PrefixTransformer
metadata:
  name: image-prefix
prefix: mirror.example.test/
fieldSpecs:
  - path: spec/template/spec/containers[]/image
`;
const WORDS = 'server agent cache proxy worker storage metrics ingress gateway queue backup index'.split(' ');

type Layout = {
  /** The charts are pulled already, with so many templates each. */
  templates?: number;
  /** As many environments: one for each cluster. */
  clusters?: number;
  valuesBytes?: number;
};

/**
 * A committed GitOps repository of so many apps, none of which breaks a rule: each has a chart, a route and a values file of
 * about 70 kB as charts have them, two fifths of it comments.
 */
export function makeGitopsRepository(root: string, apps: number, layout: Layout = {}): void {
  const { clusters } = layout;
  const cluster = (index: number): string => `cluster-${String(index).padStart(3, '0')}`;
  const environments =
    clusters === undefined ? ['production'] : Array.from({ length: clusters }, (_, at) => cluster(at));
  write(root, '.slipway/config.yaml', `environments: [${environments.join(', ')}]\n`);
  write(root, 'image-prefix.yaml', PREFIX);
  for (let index = 0; index < apps; index++)
    writeApp(root, { ...layout, index, environment: environments[index % environments.length] ?? '' });
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.test', ...args], {
      cwd: root,
    });
  git('init', '--quiet', '--template=');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'bench');
}

function write(root: string, file: string, text: string): void {
  const name = path.join(root, file);
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(name, text);
}

function writeApp(
  root: string,
  { index, environment, templates, valuesBytes = 70_000 }: Layout & { index: number; environment: string },
): void {
  const name = `app-${String(index).padStart(4, '0')}`;
  const folder = `${environment}/${name}`;
  const values = valuesOf(name, templates === undefined ? valuesBytes : 4_000);
  write(root, `${folder}/.gitignore`, 'charts/*\n');
  write(root, `${folder}/kustomization.yaml`, kustomizationOf(name));
  write(
    root,
    `${folder}/resources/namespace.yaml`,
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
  );
  write(root, `${folder}/resources/httproute.yaml`, routeOf(name));
  write(root, `${folder}/values/web-1.2.3.yaml`, values);
  if (templates === undefined) return;
  const chart = `${folder}/charts/web-1.2.3/web`;
  write(root, `${chart}/Chart.yaml`, 'apiVersion: v2\nname: web\nversion: 1.2.3\n');
  write(root, `${chart}/values.yaml`, values);
  for (let each = 0; each < templates; each++)
    write(root, `${chart}/templates/part-${each}.yaml`, templateOf(each));
}

function kustomizationOf(name: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources:
  - resources/namespace.yaml
  - resources/httproute.yaml
helmCharts:
  - name: web
    repo: https://charts.example.test
    version: 1.2.3 # until the route moves
    releaseName: ${name}
    namespace: ${name}
    includeCRDs: true
    valuesFile: values/web-1.2.3.yaml
transformers:
  - ../../image-prefix.yaml
`;
}

function routeOf(name: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
spec:
  parentRefs:
    - name: edge
      namespace: gateway
  hostnames:
    - ${name}.apps.example.test
  rules:
    - backendRefs:
        - name: ${name}-0
          port: 8080
`;
}

function templateOf(index: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-${index}
  namespace: {{ .Release.Namespace }}
  labels: {helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
spec:
  selector: {app: part-${index}}
  ports: [{name: http, port: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-${index}
  namespace: {{ .Release.Namespace }}
  labels: {helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
spec:
  selector: {matchLabels: {app: part-${index}}}
  template:
    metadata: {labels: {app: part-${index}}}
    spec:
      containers:
        - name: main
          image: ghcr.io/example/part:1.0.${index}
          env: {{- range $key, $value := .Values }}{{ if kindIs "map" $value }}
            - {name: {{ $key | upper | quote }}, value: {{ $value.replicas | quote }}}{{ end }}{{ end }}
`;
}

/** Sections as charts' authors write them. */
function valuesOf(name: string, bytes: number): string {
  let text = `# Values of ${name}\n`;
  for (let index = 0; text.length < bytes; index++)
    text += sectionOf(`${WORDS[index % WORDS.length]}${index}`, index);
  return text;
}

function sectionOf(key: string, index: number): string {
  return `
## @section ${key} parameters
## ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/

${key}:
  # -- Number of replicas of the ${key}; more than one needs a shared volume
  replicas: ${index % 5}
  # -- The image, see https://example.test/registry
  image:
    registry: ghcr.io
    repository: example/${key}
    tag: "1.${index}.0"
    pullPolicy: IfNotPresent
  # Resources are left to the user: small clusters have few of them.
  # resources:
  #   requests:
  #     cpu: 100m
  resources: {}
  existingSecret: ""
  podAnnotations: {}
  nodeSelector:
    kubernetes.io/os: linux
  affinity: {}
  tolerations: []
  extraEnv:
    - name: LOG_LEVEL
      value: info
    - name: "CACHE_SIZE"
      value: '${index}'
  livenessProbe:
    enabled: true
    initialDelaySeconds: 10
    httpGet: {path: /healthz, port: http}
  persistence:
    enabled: false
    accessModes:
      - ReadWriteOnce
    size: 8Gi
`;
}
