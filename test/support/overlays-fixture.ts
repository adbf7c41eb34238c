import { ourValues } from './upgrade-fixture.ts';
import { deployment as plainDeployment } from './preview-fixture.ts';
import { makeRepository } from './repository.ts';

const ENVIRONMENTS = ['dev', 'production'] as const;

/** Every overlay of every app, as Argo CD makes Applications of them. */
const OVERLAYS_SET = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps}
spec:
  goTemplate: true
  generators:
    - git:
        repoURL: https://git.example.test/fleet.git
        revision: HEAD
        directories: [{path: apps/*/overlays/*}]
  template:
    metadata: {name: '{{index .path.segments 1}}-{{.path.basename}}'}
    spec:
      project: default
      source: {repoURL: https://git.example.test/fleet.git, targetRevision: HEAD, path: '{{.path.path}}'}
      destination: {server: https://kubernetes.default.svc, namespace: '{{index .path.segments 1}}-{{.path.basename}}'}
`;

const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

type Files = Record<string, string>;

function overlays(app: string, of: (environment: string) => Files): Files {
  return Object.fromEntries(
    ENVIRONMENTS.flatMap(environment =>
      Object.entries(of(environment)).map(([file, text]) => [
        `apps/${app}/overlays/${environment}/${file}`,
        text,
      ]),
    ),
  );
}

/** `shop`: manifests in the base, patches and a component in the overlays. */
function shop(): Files {
  const replicas = (count: number): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: ${count}}\n`;
  return {
    'apps/shop/base/kustomization.yaml': `${HEAD}resources:\n- deployment.yaml\nimages:\n- name: docker.io/acme/shop\n  newTag: 1.0.0\n`,
    'apps/shop/base/deployment.yaml': plainDeployment('shop', { image: 'docker.io/acme/shop' }),
    'apps/shop/components/limits/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: add\n      path: /spec/template/spec/containers/0/resources\n      value: {limits: {memory: 64Mi}}\n',
    ...overlays('shop', environment => ({
      'kustomization.yaml': `${HEAD}namespace: shop-${environment}\nresources:\n- ../../base\ncomponents:\n- ../../components/limits\npatches:\n- path: replicas.yaml\n`,
      'replicas.yaml': replicas(environment === 'dev' ? 1 : 3),
    })),
  };
}

const entry = (repo: string, name: string, more: string): string =>
  `helmCharts:\n- name: ${name}\n  repo: ${repo}\n  version: 1.0.0\n  releaseName: ${name}\n  includeCRDs: true\n${more}`;

/** `anchor`: the chart stands in the base, which the overlays only put into a namespace. */
function anchor(repo: string): Files {
  return {
    'apps/anchor/base/.gitignore': 'charts/*\n',
    'apps/anchor/base/kustomization.yaml': `${HEAD}${entry(repo, 'anchor', '  valuesFile: values/anchor-1.0.0.yaml\n')}`,
    'apps/anchor/base/values/anchor-1.0.0.yaml': ourValues('anchor'),
    ...overlays('anchor', environment => ({
      'kustomization.yaml': `${HEAD}namespace: anchor-${environment}\nresources:\n- ../../base\n`,
    })),
  };
}

/** `beacon`: each overlay has the chart, the base its values; what differs stands beside the overlay. */
function beacon(repo: string): Files {
  return {
    'apps/beacon/base/.gitignore': 'charts/*\n',
    'apps/beacon/base/kustomization.yaml': `${HEAD}resources: []\n`,
    'apps/beacon/base/values/beacon-1.0.0.yaml': ourValues('beacon'),
    ...overlays('beacon', environment => ({
      'kustomization.yaml': `${HEAD}namespace: beacon-${environment}\nresources:\n- ../../base\nhelmGlobals:\n  chartHome: ../../base/charts\n${entry(
        repo,
        'beacon',
        `  namespace: beacon-${environment}\n  valuesFile: ../../base/values/beacon-1.0.0.yaml\n  additionalValuesFiles:\n  - values.yaml\n`,
      )}`,
      'values.yaml': `# ${environment} alone\nimage:\n  tag: of-${environment}\n`,
    })),
  };
}

/** A committed repository with one app of each form that overlays take. */
export function overlaysRepository(repo: string, more: Files = {}): string {
  return makeRepository({
    'sets/apps.yaml': OVERLAYS_SET,
    ...shop(),
    ...anchor(repo),
    ...beacon(repo),
    ...more,
  });
}
