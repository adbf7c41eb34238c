/** Kustomizations in the shapes that teams write them, by what is special about each. */
export const KUSTOMIZATIONS: Record<string, string> = {
  'lists in the column of their keys': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources:
- resources/namespace.yaml
- resources/service.yaml
`,
  'lists two deeper, blank lines between sections': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app

resources:
  - resources/namespace.yaml

images:
  - name: redis
    newName: docker.io/library/redis

transformers:
  - prefix.yaml
`,
  'both indentations in one file': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources:
- resources/namespace.yaml
transformers:
  - prefix.yaml
`,
  'comments between and behind entries': `# see the manual
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app # also the folder

# what runs
resources:
  - resources/namespace.yaml # first
  # the port
  - resources/service.yaml
  # - resources/old.yaml

# Normalize short names
images:
  - name: redis
    newName: docker.io/library/redis # mirror
    # keep the tag
transformers:
  - prefix.yaml
`,
  'a commented-out entry at the end of a list, in the column of its key': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources:
- resources/namespace.yaml
- resources/service.yaml
# - resources/second.yaml
# - resources/third.yaml
transformers:
  - prefix.yaml
`,
  'a commented-out section at the end': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources:
- resources/namespace.yaml
# NOTE: no mirror here, to break the circle
# transformers:
#   - prefix.yaml
`,
  'a commented-out section inside another': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources:
  - resources/namespace.yaml
  # later:
  # transformers:
  #   - prefix.yaml
patches:
  - target:
      kind: Namespace
    patch: |-
      # not a comment of the file
      - op: add
        path: /metadata/labels
        value: {a: b}
`,
  'an odd order, and patches in between': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
transformers:
- prefix.yaml
patches:
  - path: patch.yaml
resources:
- resources/namespace.yaml
namespace: app
`,
  'no namespace, a nested folder, a wide gap behind the dash': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
# namespace: # it brings its own
resources:
-   resources/namespace.yaml
-   nested
`,
  'quoted entries': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: 'app'
resources:
- 'resources/namespace.yaml'
- 'resources/service.yaml'
images:
- name: "redis"
  newName: "docker.io/library/redis"
`,
  'lists between brackets': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources: [resources/namespace.yaml, resources/service.yaml] # short
images: [{ name: redis, newName: docker.io/library/redis }]
transformers: [
  prefix.yaml,
]
`,
  'lists that hold nothing': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: app
resources: [] # none yet
images:
# - name: redis
transformers: null
`,
  JSON: `{
  "apiVersion": "kustomize.config.k8s.io/v1beta1",
  "kind": "Kustomization",
  "namespace": "app",
  "resources": [
    "resources/namespace.yaml"
  ]
}
`,
  CRLF: 'apiVersion: kustomize.config.k8s.io/v1beta1\r\nkind: Kustomization\r\nnamespace: app\r\nresources:\r\n  - resources/namespace.yaml\r\n\r\ntransformers:\r\n  - prefix.yaml\r\n',
  'no final newline':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: app\nresources:\n- resources/namespace.yaml',
  'a final comment without a newline':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- resources/namespace.yaml\n# end',
  'a document marker, a byte order mark and blank lines at the end':
    '\ufeff---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - resources/namespace.yaml\n\n\n',
  'a component with fields that slipway does not know': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources:
  - resources/namespace.yaml
configMapGenerator:
  - name: settings
    literals:
      - a=b
openapi:
  path: schema.json
`,
  'nothing but a comment': '# to come\n',
};
