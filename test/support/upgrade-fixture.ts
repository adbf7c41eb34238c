import { type TestChart, deployment, service } from './chart-repository.ts';
import { commitAll, git, makeFolder, writeFiles } from './repository.ts';

/** Charts whose defaults change between two versions, and an app for each that customises the old ones. */
export const NAMES = ['anchor', 'beacon', 'cargo', 'derrick', 'ensign', 'ferry', 'galley', 'harbour'];

/** Old defaults: 1.0.0. */
export function oldValues(name: string): string {
  return `# Default values for ${name}.
replicaCount: 1

image:
  # -- Where the image comes from
  repository: acme/${name}
  tag: "1.0"

# -- Resources, for example:
# resources:
#   limits:
#     memory: 1Gi
resources: {}

service:
  port: 80
  legacy: true

tolerations: []
`;
}

/** New defaults: 1.1.0 changes the tag, adds a block in the middle and at the end, removes a key. */
export function newValues(name: string): string {
  return oldValues(name)
    .replace('tag: "1.0"', 'tag: "1.1"')
    .replace('  legacy: true\n', '')
    .replace('tolerations: []', '# -- Metrics\nmetrics:\n  enabled: false\n\ntolerations: []\naffinity: {}');
}

/** The team's copy: a value, a filled block, a list, a comment of its own. */
export function ourValues(name: string): string {
  return oldValues(name)
    .replace('replicaCount: 1', 'replicaCount: 3 # agreed with the storage team')
    .replace('resources: {}', 'resources:\n  limits:\n    memory: 2Gi')
    .replace('tolerations: []', 'tolerations:\n  - key: storage\n    operator: Exists');
}

/** What a person would make of it by hand. */
export function migratedValues(name: string): string {
  return newValues(name)
    .replace('replicaCount: 1', 'replicaCount: 3 # agreed with the storage team')
    .replace('resources: {}', 'resources:\n  limits:\n    memory: 2Gi')
    .replace('tolerations: []', 'tolerations:\n  - key: storage\n    operator: Exists');
}

const TEMPLATES = (name: string): string =>
  `${deployment(name, '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"')}---\n${service(name, { http: 80 })}`;

/** Both versions of every chart. */
export function upgradeCharts(names: readonly string[] = NAMES): TestChart[] {
  return names.flatMap(name => [
    {
      name,
      version: '1.0.0',
      appVersion: '1.0',
      files: { 'values.yaml': oldValues(name), 'templates/all.yaml': TEMPLATES(name) },
    },
    {
      name,
      version: '1.1.0',
      appVersion: '1.1',
      created: '2025-06-01T00:00:00Z',
      files: { 'values.yaml': newValues(name), 'templates/all.yaml': TEMPLATES(name) },
    },
  ]);
}

export function kustomization(name: string, repo: string, more = ''): string {
  return `# ${name}, kept by the harbour master
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
helmCharts:
  # pinned by hand, moved by slipway
  - name: ${name}
    repo: ${repo}
    version: 1.0.0${more}
    releaseName: ${name}
    namespace: ${name}
    includeCRDs: true
    valuesFile: values/${name}-1.0.0.yaml # a full copy
images:
- {name: acme/${name}, newName: docker.io/acme/${name}}
transformers:
- ../../image-prefix.yaml
`;
}

const PREFIX = `apiVersion: builtin
kind: PrefixTransformer
metadata: {name: image-prefix}
prefix: mirror.example.test/
fieldSpecs: [{path: spec/template/spec/containers/image}]
`;

/** A committed repository with one app per chart. */
export function upgradeRepository(
  repo: string,
  names: readonly string[] = NAMES,
  more: Record<string, string> = {},
): string {
  const root = makeFolder();
  const apps = names.flatMap(name => [
    [`production/${name}/.gitignore`, 'charts/*\n'],
    [`production/${name}/kustomization.yaml`, kustomization(name, repo)],
    [`production/${name}/values/${name}-1.0.0.yaml`, ourValues(name)],
  ]);
  writeFiles(root, { 'image-prefix.yaml': PREFIX, ...Object.fromEntries(apps), ...more });
  git(root, 'init', '--quiet', '--initial-branch=main');
  commitAll(root);
  return root;
}
