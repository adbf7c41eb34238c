import { describe, expect, test } from 'vitest';
import { fileLinks } from '../../../src/features/map/forge-links.ts';
import { partOf } from '../../../src/features/map/graph.ts';
import { layersOf, placeBoxes } from '../../../src/features/map/layered.ts';
import { mermaid } from '../../../src/features/map/mermaid.ts';
import { renderMap } from '../../../src/features/map/page.ts';
import { argoFiles, edgesOf, fluxMapFiles, manyApps, mapOf } from '../../support/map-fixture.ts';
import { deployment } from '../../support/preview-fixture.ts';
import { affordable } from '../../support/measured.ts';

describe('Argo CD', () => {
  const map = mapOf(argoFiles());

  test('clusters, an app of apps, and what a set makes of folders and clusters', () => {
    expect(edgesOf(map, 'hosts')).toEqual([
      'berlin → shops',
      'in-cluster → monitor',
      'in-cluster → root',
      'paris → shops',
    ]);
    expect(edgesOf(map, 'deploys')).toEqual([
      'monitor → argocd/apps/monitor.yaml',
      'root → monitor',
      'root → shops',
      'shops → production/edge',
      'shops → production/shop',
    ]);
    expect(map.nodes.find(({ name }) => name === 'monitor')).toMatchObject({ kind: 'deployer', wave: -2 });
  });

  test('what the Argo CD of a cluster deploys to itself is of that cluster, and an address is the cluster that has it', () => {
    const application = (name: string, destination: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec:\n  source: {repoURL: 'https://git.example.org/a.git', path: x}\n  destination: {${destination}}\n`;
    const own = 'server: https://kubernetes.default.svc';
    const files = {
      'clusters/lab.yaml': 'name: lab\ncontrolledBy: self\n',
      'clusters/eu.yaml': 'name: eu\ncontrolledBy: hub\ndestination: {server: https://10.0.0.2:6443}\n',
      'clusters/lab/apps/one.yaml': application('one', own),
      'hub/two.yaml': application('two', own),
      'hub/three.yaml': application('three', 'server: https://10.0.0.2:6443/'),
    };
    expect(edgesOf(mapOf(files), 'hosts')).toEqual(['eu → three', 'in-cluster → two', 'lab → one']);
  });

  test('what is hydrated is deployed from its dry source', () => {
    const dry = Object.entries(argoFiles()).map(([file, text]) => [
      file,
      text.replace(/ source: (\{.*path: .*\})/, ' sourceHydrator: {drySource: $1}'),
    ]);
    expect(edgesOf(mapOf(Object.fromEntries(dry) as Record<string, string>), 'deploys')).toEqual(
      edgesOf(map, 'deploys'),
    );
  });

  test('images of a base, and those that Argo CD sets in the folder', () => {
    const files = {
      'apps/web/base/kustomization.yaml':
        'resources: [d.yaml]\nimages:\n- {name: docker.io/acme/shop, newTag: 1.0.0}\n',
      'apps/web/base/d.yaml': deployment('shop'),
      'apps/web/overlays/dev/kustomization.yaml': 'namespace: web-dev\nresources: [../../base]\n',
      'apps/web/overlays/production/kustomization.yaml': 'namespace: web\nresources: [../../base]\n',
      'apps/web/overlays/production/.argocd-source.yaml':
        'kustomize:\n  images: [docker.io/acme/shop:3.0.0]\n',
    };
    expect(edgesOf(mapOf(files), 'runs')).toEqual(
      expect.arrayContaining([
        'apps/web/overlays/dev → docker.io/acme/shop:1.0.0',
        'apps/web/overlays/production → docker.io/acme/shop:3.0.0',
      ]),
    );
  });

  test('charts, images by their final names, hosts, gateways here and elsewhere, secrets by name', () => {
    expect(edgesOf(map, 'uses')).toEqual(['argocd/apps/monitor.yaml → ledger']);
    expect(edgesOf(map, 'runs')).toEqual([
      'ledger → ghcr.io/acme/ledger:1.2.0',
      'production/shop → docker.io/acme/shop:2.0.0',
    ]);
    expect(edgesOf(map, 'serves')).toEqual(['ledger → monitor', 'production/shop → shop']);
    expect(edgesOf(map, 'attaches')).toEqual(['shop → elsewhere', 'shop → public']);
    expect(edgesOf(map, 'holds')).toEqual([
      'production/edge → public',
      'production/shop → shop-db',
      'production/shop → shop-token',
    ]);
    const [here, there] = map.nodes.filter(({ kind }) => kind === 'gateway');
    expect([here, there]).toEqual([
      expect.objectContaining({
        name: 'public',
        hosts: ['*.example.org'],
        file: 'production/edge/gateway.yaml',
      }),
      { id: 'gateway:far/elsewhere', kind: 'gateway', name: 'elsewhere', hosts: [] },
    ]);
  });

  test('no value of a secret is in any form of it', () => {
    const page = renderMap(map, { language: 'en', links: undefined });
    for (const text of [JSON.stringify(map), mermaid(map), page]) expect(text).not.toMatch(/hush/);
  });

  test('a part: what leads to an app, and what it is made of', () => {
    const part = partOf(map, new Set(['app:production/shop']));
    expect(part.nodes.flatMap(node => (node.kind === 'app' ? [node.path] : []))).toEqual(['production/shop']);
    expect(edgesOf(part, 'hosts')).toEqual(['berlin → shops', 'in-cluster → root', 'paris → shops']);
    expect(part.nodes.some(({ name }) => name === 'shop-db')).toBe(true);
  });

  test('a cluster that only Argo CD knows is unread', () => {
    const files = argoFiles();
    const set = files['argocd/apps/shops.yaml'] ?? '';
    const open = set.replace(/- list:\n.*\n/, '- clusters: {}\n');
    const { unread } = mapOf({ ...files, 'argocd/apps/shops.yaml': open });
    expect(unread).toEqual([
      { what: 'cluster', kind: 'ApplicationSet', count: 1, first: 'argocd/apps/shops.yaml' },
    ]);
  });
});

describe('Flux', () => {
  const map = mapOf(fluxMapFiles());

  test('the cluster of the folder, another by its kubeconfig, and who builds what', () => {
    expect(edgesOf(map, 'hosts')).toEqual(['berlin → flux-system', 'far-away → edge']);
    expect(edgesOf(map, 'deploys')).toEqual([
      'apps → apps/anchor',
      'apps → apps/beacon',
      'edge → edge',
      'flux-system → apps',
      'flux-system → edge',
      'flux-system → gone',
      'flux-system → infra',
      'infra → infra/derrick',
    ]);
    expect(map.unread).toEqual([
      { what: 'folder', kind: 'Kustomization', count: 1, first: 'clusters/berlin/apps.yaml' },
    ]);
  });

  test('a cluster is called by its name, as fleet does, not by its kubeconfig', () => {
    const spoke = (more: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${more.length > 0 ? 'far' : 'near'}, namespace: flux-system}\nspec: {path: ./apps/x, sourceRef: {kind: GitRepository, name: flux-system}${more}}\n`;
    const files = {
      'clusters/eu.yaml': 'name: eu\ncontrolledBy: flux\n',
      'clusters/main/near.yaml': spoke(''),
      'clusters/main/eu/far.yaml': spoke(', kubeConfig: {secretRef: {name: eu-kubeconfig}}'),
      'apps/x/kustomization.yaml': 'resources: []\n',
    };
    expect(edgesOf(mapOf(files), 'hosts')).toEqual(['eu → far', 'main → near']);
  });

  test('what waits for what', () => {
    expect(edgesOf(map, 'dependsOn')).toEqual(['apps → infra', 'apps/anchor → apps/beacon']);
    expect(renderMap(map, { language: 'en', links: undefined })).toContain('What waits for what');
  });
});

describe('pictures', () => {
  const names = ['a', 'b', 'c', 'd'];

  test('each box stands behind all that lead to it, and a ring ends', () => {
    const arrows = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
      { from: 'd', to: 'd' },
    ];
    expect([...layersOf(names, arrows, 9)]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 0],
    ]);
  });

  test('boxes go where their neighbours are', () => {
    const boxes = names.map((id, index) => ({ id, layer: index < 2 ? 0 : 1 }));
    const crossed = [
      { from: 'a', to: 'd' },
      { from: 'b', to: 'c' },
    ];
    const placed = placeBoxes(boxes, crossed);
    const isAbove = (one: string, other: string): boolean =>
      (placed.get(one)?.row ?? 0) < (placed.get(other)?.row ?? 0);
    expect(isAbove('a', 'b')).toBe(isAbove('d', 'c'));
  });

  test('2 000 apps: a page that a browser opens, for little time', () => {
    const links = fileLinks('git@github.com:acme/fleet-of-many.git', 'a'.repeat(40), () => false);
    const page = affordable(() => renderMap(mapOf(manyApps(2000)), { language: 'en', links }));
    expect(page.length).toBeLessThan(4_400_000);
    expect(page.match(/class="strip"/g)).toHaveLength(2000);
  }, 120_000);

  test('the same files give the same bytes', () => {
    const [page, other] = [1, 2].map(() =>
      renderMap(mapOf(argoFiles()), { language: 'zh-CN', links: undefined }),
    );
    expect(page).toBe(other);
  });
});

const HOSTILE = `<img src=x onerror=alert(1)></script><!--"]; click n0 "javascript:alert(1)"`;

test('hostile names stay text, on the page and in the flowchart', () => {
  const files = argoFiles();
  const route = (files['production/shop/route.yaml'] ?? '').replace(
    'shop.example.org',
    JSON.stringify(HOSTILE),
  );
  const map = mapOf({ ...files, 'production/shop/route.yaml': route });
  const page = renderMap(map, { language: 'en', links: undefined });
  expect(page).not.toContain('<img');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).toContain('&lt;img src=x');
  const chart = mermaid(map);
  const shape = /^ {2}n\d+(?:[[(]{1,2}"[^"<>[\]()]*"[\])]{1,2}| -\.?-?-> n\d+)$/;
  expect(chart.split('\n').filter(line => !shape.test(line))).toEqual(['flowchart LR']);
  expect(chart).toContain('#60;img src#61;x');
});

test.each([
  ['git@github.com:acme/fleet.git', 'https://github.com/acme/fleet/blob/c0ffee/a%20b/%23c.yaml'],
  [
    'https://user:pass@gitlab.example.org/a/b/c.git',
    'https://gitlab.example.org/a/b/c/-/blob/c0ffee/a%20b/%23c.yaml',
  ],
  [
    'ssh://git@codeberg.org:22/acme/fleet',
    'https://codeberg.org/acme/fleet/src/commit/c0ffee/a%20b/%23c.yaml',
  ],
  ['https://bitbucket.org/acme/fleet', 'https://bitbucket.org/acme/fleet/src/c0ffee/a%20b/%23c.yaml'],
  ['http://github.com/acme/fleet', undefined],
  ['/srv/git/fleet.git', undefined],
  ['https://github.com/acme/"><script>', undefined],
  ['https://github.com/../..', undefined],
])('a file on the forge of %s', (remote, address) => {
  expect(fileLinks(remote, 'c0ffee', () => false)?.to('a b/#c.yaml')).toBe(address);
});

test('a forge of any name is GitLab where its jobs say so; without a published commit links lead to the newest', () => {
  const links = fileLinks('git@git.example.org:a/b.git', undefined, file => file === '.gitlab-ci.yml');
  expect(links?.to('x.yaml')).toBe('https://git.example.org/a/b/-/blob/HEAD/x.yaml');
});
