import { describe, expect, test } from 'vitest';
import { emitInto } from '../support/siblings.ts';

const HTTP = { repo: 'https://charts.example.org' };

/** An Application in a file of its own, its values as a text in it. */
function application(name: string, { values = 'replicas: 2', more = '', project = 'default' } = {}): string {
  return `# ${name} of the web team
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  finalizers:
    - resources-finalizer.argocd.argoproj.io
${more}spec:
  project: ${project}
  source:
    repoURL: https://${name}.example.org/charts
    chart: ${name}
    targetRevision: 1.0.0
    helm:
      values: |-
        ${values}
  destination:
    name: in-cluster
    namespace: ${name}
  syncPolicy:
    automated: { prune: true, selfHeal: true }
`;
}

const BLOCKS = {
  'apps/anchor.yaml': application('anchor'),
  'apps/beacon.yaml': application('beacon', {
    values: '# as agreed\n        beacon: true',
    more: '  annotations:\n    argocd.argoproj.io/sync-wave: "5"\n',
  }),
  'apps/cargo.yaml': application('cargo', { project: 'core' }),
  'apps/kustomization.yaml': 'resources:\n- anchor.yaml\n- beacon.yaml\n- cargo.yaml\n',
};

describe('beside Applications with their values in them', () => {
  const IN_APPS = { delivery: 'argo', group: 'apps' } as const;

  test('one more file like theirs, listed where they are', () => {
    const { text, listings, folder, namespace } = emitInto(BLOCKS, {
      ...IN_APPS,
      chart: { ...HTTP, overrides: { a: { b: 1 } } },
    });
    const expected = application('shop', { values: 'a:\n          b: 1' })
      .replace('https://shop.example.org/charts', HTTP.repo)
      .replace('chart: shop', 'chart: ledger')
      .replace('1.0.0', '2.1.0');
    expect(text['apps/shop.yaml']?.replace(/values: \|-?/, 'values: |-')).toBe(expected);
    expect(Object.keys(text)).toEqual(['apps/shop.yaml']);
    expect(listings).toEqual([{ file: 'apps/kustomization.yaml', entry: 'shop.yaml' }]);
    expect([folder, namespace]).toEqual([undefined, 'shop']);
  });

  test('nothing to say is nothing said; a registry stands without its scheme, another release with its name', () => {
    const { text } = emitInto(BLOCKS, {
      ...IN_APPS,
      chart: { repo: 'oci://registry.example.org/charts', release: 'web' },
    });
    expect(text['apps/shop.yaml']).toContain('repoURL: registry.example.org/charts\n');
    expect(text['apps/shop.yaml']).toContain('    helm:\n      releaseName: web\n');
    expect(text['apps/shop.yaml']).not.toContain('values');
  });
});

describe('comments that tell a bot which chart it is', () => {
  const withBot = (name: string, bot: string): Record<string, string> => ({
    [`apps/${name}.yaml`]: application(name).replace(
      '    targetRevision: 1.0.0\n',
      `    # renovate: ${bot}\n    targetRevision: 1.0.0 # in step\n`,
    ),
  });
  const written = (files: Record<string, string>, repo = HTTP.repo): string =>
    emitInto(files, { delivery: 'argo', group: 'apps', chart: { repo } }).text['apps/shop.yaml'] ?? '';
  const three = (bot: (name: string) => string): Record<string, string> =>
    Object.assign({}, ...['anchor', 'beacon', 'cargo'].map(name => withBot(name, bot(name))));

  test('name the new one, with its repository, whatever the app is called', () => {
    const files = three(
      name => `datasource=helm depName=${name} registryUrl=https://${name}.example.org/charts`,
    );
    expect(written(files)).toContain(
      '    # renovate: datasource=helm depName=ledger registryUrl=https://charts.example.org\n    targetRevision: 2.1.0 # in step\n',
    );
  });

  test('about a registry are none of a chart of a repository, the other way round neither', () => {
    const files = three(name => `datasource=helm depName=${name}`);
    const text = written(files, 'oci://registry.example.org/charts');
    expect(text).toContain('    chart: ledger\n    targetRevision: 2.1.0 # in step\n');
  });

  test('that name something else are copied nowhere, though all have them', () => {
    expect(written(three(() => 'datasource=docker depName=ghcr.io/team/tool'))).not.toContain('renovate');
  });
});

/** Two sources: the chart, and this repository for its values. */
function twoSources(name: string): Record<string, string> {
  return {
    [`argo/${name}/application.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argo
spec:
  project: apps
  destination: { server: https://kubernetes.default.svc, namespace: ${name} }
  sources:
    - repoURL: https://${name}.example.org
      chart: ${name}
      targetRevision: "1.0.0"
      helm:
        releaseName: ${name}
        valueFiles:
          - $values/argo/${name}/values.yaml
    - repoURL: https://git.example.org/team/fleet.git
      targetRevision: HEAD
      ref: values
    - repoURL: https://git.example.org/team/fleet.git
      targetRevision: HEAD
      path: argo/${name}/manifests
  syncPolicy:
    syncOptions: [CreateNamespace=true]
`,
    [`argo/${name}/values.yaml`]: 'a: 2\n',
    [`argo/${name}/manifests/quota.yaml`]: 'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q }\n',
  };
}

test('values behind $values: the file, and what refers to it; no source that leads to a folder that is not there', () => {
  const files = { ...twoSources('anchor'), ...twoSources('beacon') };
  const { text } = emitInto(files, {
    delivery: 'argo',
    group: 'argo',
    chart: { ...HTTP, overrides: { b: 1 } },
  });
  const wanted = (files['argo/anchor/application.yaml'] ?? '')
    .replaceAll('anchor', 'shop')
    .replace('https://shop.example.org', HTTP.repo)
    .replace('chart: shop', 'chart: ledger')
    .replace('"1.0.0"', '"2.1.0"')
    .replace(/ {4}- repoURL: [^\n]*\n {6}targetRevision: HEAD\n {6}path: [^\n]*\n/, '');
  expect(text).toEqual({ 'argo/shop/application.yaml': wanted, 'argo/shop/values.yaml': 'b: 1\n' });
});

test('an app of apps has an Application for each folder: the new one too', () => {
  const wrapper = (name: string): string =>
    application(name).replace(
      / {4}repoURL[^]*?(?= {2}destination)/,
      `    repoURL: https://git.example.org/x.git\n    path: parts/${name}\n    targetRevision: HEAD\n`,
    );
  const files = Object.fromEntries(
    ['anchor', 'beacon'].flatMap(name => [
      [`parts/${name}/application.yaml`, application(name)],
      [
        `${name}.yaml`,
        wrapper(name).replace(`name: ${name}\n  namespace`, `name: ${name}-parts\n  namespace`),
      ],
    ]),
  );
  const { text } = emitInto(files, { delivery: 'argo', group: 'parts', chart: HTTP });
  expect(Object.keys(text)).toEqual(['parts/shop/application.yaml', 'shop.yaml']);
  expect(text['shop.yaml']).toContain('name: shop-parts\n');
  expect(text['shop.yaml']).toContain('path: parts/shop\n');
});

test('where no Application shows how, it is written as slipway does', () => {
  const { text, model } = emitInto(
    {},
    { delivery: 'argo', group: 'production', chart: { ...HTTP, overrides: { a: 1 } } },
  );
  expect(model).toBeUndefined();
  expect(text['production/shop.yaml']).toContain('      valuesObject:\n        a: 1\n');
  expect(text['production/shop.yaml']).toContain('targetRevision: 2.1.0\n');
});

describe('a chart that depends on others', () => {
  const chart = (name: string, more = ''): Record<string, string> => ({
    [`apps/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 0.0.0\n${more}dependencies:\n  - name: common\n    version: 1.0.0\n    repository: https://common.example.org\n`,
    [`apps/${name}/values.yaml`]: 'common:\n  a: 1\n',
  });
  const files = { ...chart('anchor'), ...chart('beacon', 'appVersion: "9"\n') };

  test('its values stand under the name of each', () => {
    const { text } = emitInto(files, {
      delivery: 'umbrella',
      group: 'apps',
      chart: { ...HTTP, overrides: { a: 1 } },
    });
    expect(text).toEqual({
      'apps/shop/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 0.0.0\ndependencies:\n  - name: ledger\n    version: 2.1.0\n    repository: https://charts.example.org\n',
      'apps/shop/values.yaml': 'ledger:\n  a: 1\n',
    });
  });

  test('an alias and a condition are the sibling own', () => {
    const aliased =
      files['apps/anchor/Chart.yaml']?.concat('    alias: one\n    condition: one.enabled\n') ?? '';
    const { text } = emitInto(
      { 'apps/anchor/Chart.yaml': aliased },
      { delivery: 'umbrella', group: 'apps', chart: HTTP },
    );
    expect(text['apps/shop/Chart.yaml']).not.toMatch(/alias|condition/);
  });
});

test('where no Application stands yet, the first goes to the namespace of the set that the repository brings', () => {
  const { text } = emitInto(
    {
      'production/argo-cd/kustomization.yaml': 'namespace: argo-cd\nresources:\n- set.yaml\n',
      'production/argo-cd/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: production\nspec:\n  generators:\n  - git:\n      directories:\n      - path: production/*\n  template:\n    spec:\n      project: gitops\n      source: {path: "{{path}}"}\n',
    },
    { delivery: 'argo', group: 'production', chart: HTTP },
  );
  expect(text['production/shop.yaml']).toMatch(/^ {2}namespace: argo-cd$/m);
  expect(text['production/shop.yaml']).toMatch(/^ {2}project: gitops$/m);
});
