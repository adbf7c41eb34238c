import type { Repository } from '../../src/repository/model.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { drawMap } from '../../src/features/map/draw-map.ts';
import type { MapItem, RepositoryMap } from '../../src/features/map/graph.ts';
import { deployment } from './preview-fixture.ts';

/** Two clusters that one ApplicationSet deploys to, an app of apps, a gateway, a sealed secret, and one in plain text. */
export function argoFiles(): Record<string, string> {
  return {
    'argocd/root.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: root, namespace: argocd}
spec:
  project: default
  destination: {server: 'https://kubernetes.default.svc', namespace: argocd}
  source: {repoURL: 'https://git.example.org/acme/fleet.git', targetRevision: HEAD, path: argocd/apps}
`,
    'argocd/apps/shops.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - matrix:
        generators:
          - git:
              repoURL: https://git.example.org/acme/fleet.git
              revision: HEAD
              directories: [{path: production/*}]
          - list:
              elements: [{cluster: berlin, url: 'https://10.0.0.1'}, {cluster: paris, url: 'https://10.0.0.2'}]
  template:
    metadata: {name: '{{.path.basename}}-{{.cluster}}'}
    spec:
      project: default
      destination: {name: '{{.cluster}}', namespace: '{{.path.basename}}'}
      source: {repoURL: 'https://git.example.org/acme/fleet.git', targetRevision: HEAD, path: '{{.path.path}}'}
`,
    'argocd/apps/monitor.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: monitor
  namespace: argocd
  annotations: {argocd.argoproj.io/sync-wave: '-2'}
spec:
  project: default
  destination: {server: 'https://kubernetes.default.svc', namespace: monitor}
  source:
    repoURL: https://charts.example.org
    chart: ledger
    targetRevision: 1.2.0
    helm:
      valuesObject:
        image: {repository: ghcr.io/acme/ledger, tag: 1.2.0}
        ingress: {enabled: true, hosts: [{host: ledger.example.org}]}
`,
    'production/shop/kustomization.yaml':
      'namespace: shop\nresources: [web.yaml, route.yaml, secret.yaml, token.yaml]\nimages:\n  - name: docker.io/acme/shop\n    newTag: 2.0.0\n',
    'production/shop/web.yaml': deployment('shop'),
    'production/shop/route.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  hostnames: [shop.example.org]
  parentRefs: [{name: public, namespace: edge}, {name: elsewhere, namespace: far}]
`,
    'production/shop/secret.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: shop-db}\nspec: {encryptedData: {password: AgB7hushhush}}\n',
    'production/shop/token.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: shop-token}\nstringData: {token: hush-hush-value}\n',
    'production/edge/kustomization.yaml': 'namespace: edge\nresources: [gateway.yaml]\n',
    'production/edge/gateway.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec: {gatewayClassName: envoy, listeners: [{name: web, port: 80, protocol: HTTP, hostname: '*.example.org'}]}
`,
  };
}

/** A cluster of Flux, its Kustomizations one behind the other, and releases that wait for each other. */
export function fluxMapFiles(): Record<string, string> {
  const kustomization = (name: string, path: string, more = ''): string =>
    `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  interval: 1h\n  prune: true\n  path: ${path}\n  sourceRef: {kind: GitRepository, name: fleet}\n${more}`;
  const release = (name: string, more = ''): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}}\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ${name}\n      version: 1.0.0\n      sourceRef: {kind: HelmRepository, name: fleet}\n${more}`;
  return {
    'clusters/berlin/flux.yaml': kustomization('flux-system', './clusters/berlin'),
    'clusters/berlin/apps.yaml':
      kustomization('infra', './infra') +
      kustomization('apps', './apps', '  dependsOn: [{name: infra}]\n') +
      kustomization('edge', './edge', '  kubeConfig: {secretRef: {name: far-away}}\n') +
      kustomization('gone', './not/here'),
    'infra/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: fleet}\nspec: {url: https://charts.example.org}\n',
    'infra/derrick/release.yaml': release('derrick'),
    'apps/anchor/release.yaml': release('anchor', '  dependsOn: [{name: beacon}]\n'),
    'apps/beacon/release.yaml': release('beacon'),
    'edge/web.yaml': deployment('edge'),
  };
}

function repositoryOf(files: Record<string, string>): Repository {
  return parseRepository(new Map(Object.entries(files)));
}

export function mapOf(files: Record<string, string>): RepositoryMap {
  return drawMap({ repository: repositoryOf(files), states: new Map(), mirror: undefined, unread: [] });
}

/** The edges of some kind as `from → to`, by the names that the nodes have. */
export function edgesOf({ nodes, edges }: RepositoryMap, ...kinds: string[]): string[] {
  const names = new Map(nodes.map(node => [node.id, nameOf(node)]));
  return edges
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ from, to }) => `${names.get(from)} → ${names.get(to)}`)
    .toSorted();
}

function nameOf(node: MapItem): string {
  return node.kind === 'app' ? node.path : node.name;
}

/** A repository of many apps, each with a chart, images, a route and a secret. */
export function manyApps(count: number): Record<string, string> {
  const files: Record<string, string> = {
    'argocd/apps.yaml': (argoFiles()['argocd/apps/shops.yaml'] ?? '').replace('production/*', 'team-*/*'),
  };
  for (let index = 0; index < count; index++) {
    const folder = `team-${index % 20}/app-${index}`;
    files[`${folder}/kustomization.yaml`] =
      `namespace: app-${index}\nresources: [web.yaml, route.yaml, secret.yaml]\nhelmCharts:\n  - name: ledger\n    repo: https://charts.example.org\n    version: 1.${index % 7}.0\n    releaseName: ledger\n    valuesInline: {image: {repository: ghcr.io/acme/ledger, tag: 1.${index % 7}.0}}\n`;
    files[`${folder}/web.yaml`] = deployment(`app-${index}`);
    files[`${folder}/route.yaml`] = (argoFiles()['production/shop/route.yaml'] ?? '').replaceAll(
      'shop',
      `app-${index}`,
    );
    files[`${folder}/secret.yaml`] = (argoFiles()['production/shop/secret.yaml'] ?? '').replaceAll(
      'shop',
      `app-${index}`,
    );
  }
  return files;
}
