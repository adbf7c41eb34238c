import { describe, expect, test } from 'vitest';
import { emitInto } from '../support/siblings.ts';

const SCHEMAS = 'https://schemas.example.org';

/** An app as one team keeps it: its release beside its source, and a Kustomization of Flux above. */
function app(
  name: string,
  { chart = name, release = '', ks = '', values = '    replicas: 2\n' } = {},
): Record<string, string> {
  const home = `clusters/apps/media/${name}`;
  return {
    [`${home}/ks.yaml`]: `---
# yaml-language-server: $schema=${SCHEMAS}/kustomization_v1.json
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
spec:
${ks}  interval: 1h
  path: ./${home}/app
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  targetNamespace: media
  wait: false
`,
    [`${home}/app/kustomization.yaml`]: `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ./helmrelease.yaml
  - ./ocirepository.yaml
  - ./${name}-extra.yaml
`,
    [`${home}/app/${name}-extra.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`,
    [`${home}/app/ocirepository.yaml`]: `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
spec:
  interval: 15m
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    tag: 1.0.0
  url: oci://ghcr.io/team/${chart}
`,
    [`${home}/app/helmrelease.yaml`]: `---
# yaml-language-server: $schema=${SCHEMAS}/${chart === 'common' ? 'common' : 'helmrelease_v2'}.json
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  chartRef:
    kind: OCIRepository
    name: ${name}
${release}  interval: 1h
  values:
${values}`,
  };
}

const MEDIA: Record<string, string> = {
  ...app('anchor', {
    chart: 'common',
    ks: '  dependsOn:\n    # The volumes come first.\n    - name: rook\n',
  }),
  ...app('beacon', { chart: 'common', values: '    beacon: &name beacon\n    label: *name\n' }),
  ...app('cargo'),
  ...app('zephyr', { release: '  # It takes long to start.\n  timeout: 30m\n' }),
  'clusters/apps/media/kustomization.yaml': `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: media
resources:
  - ./namespace.yaml
  - ./anchor/ks.yaml
  - ./beacon/ks.yaml
  - ./cargo/ks.yaml
  - ./zephyr/ks.yaml
`,
  'clusters/apps/media/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: media\n',
};

const IN_MEDIA = { delivery: 'flux', group: 'clusters/apps/media' } as const;

describe('beside siblings whose chart comes from a registry', () => {
  test('the new one is written like them, without what is one of theirs alone', () => {
    const { text, listings, namespace, folder } = emitInto(MEDIA, {
      ...IN_MEDIA,
      resources: ['httproute.yaml'],
    });
    const home = 'clusters/apps/media/shop';
    expect(text).toEqual({
      [`${home}/app/helmrelease.yaml`]: `---
# yaml-language-server: $schema=${SCHEMAS}/helmrelease_v2.json
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  chartRef:
    kind: OCIRepository
    name: shop
  interval: 1h
  values: {}
`,
      [`${home}/app/ocirepository.yaml`]: (MEDIA['clusters/apps/media/cargo/app/ocirepository.yaml'] ?? '')
        .replace('name: cargo', 'name: shop')
        .replace('tag: 1.0.0', 'tag: 2.1.0')
        .replace('ghcr.io/team/cargo', 'registry.example.org/charts/ledger'),
      [`${home}/app/kustomization.yaml`]: `---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ./helmrelease.yaml
  - ./httproute.yaml
  - ./ocirepository.yaml
`,
      [`${home}/ks.yaml`]: (MEDIA['clusters/apps/media/cargo/ks.yaml'] ?? '').replaceAll('cargo', 'shop'),
    });
    expect([namespace, folder]).toEqual(['media', `${home}/app`]);
    expect(listings).toEqual([{ file: 'clusters/apps/media/kustomization.yaml', entry: './shop/ks.yaml' }]);
  });

  test('values that are to differ stand in the release; a chart that siblings have brings their schema', () => {
    const { text } = emitInto(MEDIA, {
      ...IN_MEDIA,
      chart: { name: 'common', release: 'web', overrides: { route: { hosts: ['a.example.org'] } } },
    });
    const release = text['clusters/apps/media/shop/app/helmrelease.yaml'];
    expect(release).toContain(`$schema=${SCHEMAS}/common.json\n`);
    expect(release).toContain('  values:\n    route:\n      hosts:\n        - a.example.org\n');
    expect(release).toContain('  releaseName: web\n');
  });

  test('a chart of a repository brings a HelmRepository, and the release refers to it', () => {
    const { text } = emitInto(MEDIA, { ...IN_MEDIA, chart: { repo: 'https://charts.example.org' } });
    const home = 'clusters/apps/media/shop/app';
    expect(Object.keys(text)).toContain(`${home}/helmrepository.yaml`);
    expect(text[`${home}/helmrepository.yaml`]).toContain(
      '  name: shop\nspec:\n  interval: 1h\n  url: https://charts.example.org\n',
    );
    expect(text[`${home}/kustomization.yaml`]).toContain(
      '  - ./helmrelease.yaml\n  - ./helmrepository.yaml\n',
    );
    expect(text[`${home}/kustomization.yaml`]).not.toContain('ocirepository');
    expect(text[`${home}/helmrelease.yaml`]).toContain(
      '  chart:\n    spec:\n      chart: ledger\n      version: 2.1.0\n      sourceRef:\n        kind: HelmRepository\n        name: shop\n',
    );
    expect(text[`${home}/helmrelease.yaml`]).not.toContain('chartRef');
  });

  test('an app of manifests has neither release nor source', () => {
    const { text } = emitInto(MEDIA, { ...IN_MEDIA, chart: 'none', resources: ['deployment.yaml'] });
    expect(
      Object.keys(text)
        .map(file => file.slice('clusters/apps/media/shop/'.length))
        .toSorted(),
    ).toEqual(['app/kustomization.yaml', 'ks.yaml']);
    expect(text['clusters/apps/media/shop/app/kustomization.yaml']).toContain(
      'resources:\n  - ./deployment.yaml\n',
    );
  });

  test('another folder gets the same layout, and is no longer listed where there is no list', () => {
    const { text, listings, namespace } = emitInto(MEDIA, { ...IN_MEDIA, group: 'clusters/apps/office' });
    expect(text['clusters/apps/office/shop/ks.yaml']).toContain('path: ./clusters/apps/office/shop/app\n');
    expect(text['clusters/apps/office/shop/ks.yaml']).toContain('targetNamespace: office\n');
    expect([listings, namespace]).toEqual([[], 'office']);
  });
});

/** An app of another team: a chart of a repository, its values in a ConfigMap that is made of a file. */
function filed(
  name: string,
  { version = '3.0.0', file = 'values.yaml', more = '' } = {},
): Record<string, string> {
  return {
    [`flux/${name}.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, path: ./k8s/${name}, prune: true }
`,
    [`k8s/${name}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}
resources:
  - namespace.yaml
  - repository.yaml
  - release.yaml
configMapGenerator:
  - name: ${name}-values
    files:
      - values.yaml=${file}
${more}`,
    [`k8s/${name}/namespace.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
    [`k8s/${name}/repository.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: ${name}
spec:
  interval: 5m
  url: https://${name}.example.org/charts
`,
    [`k8s/${name}/release.yaml`]: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  chart:
    spec:
      chart: ${name}
      version: "${version}"
      sourceRef:
        kind: HelmRepository
        name: ${name}
        namespace: ${name}
  interval: 5m
  valuesFrom:
    - kind: ConfigMap
      name: ${name}-values
    - kind: Secret
      name: ${name}-credentials
`,
    [`k8s/${name}/${file}`]: 'a: 2\n',
  };
}

describe('beside siblings whose values stand in files', () => {
  const HTTP = { repo: 'https://charts.example.org/ledger' };

  test('the ConfigMap is made of the new file, which says what differs', () => {
    const files = {
      ...filed('anchor'),
      ...filed('beacon'),
      ...filed('cargo', { more: 'images:\n  - name: x\n    newTag: y\n' }),
    };
    const { text, folder } = emitInto(files, {
      delivery: 'flux',
      group: 'k8s',
      chart: { ...HTTP, overrides: { a: { b: 1 } } },
    });
    expect(folder).toBe('k8s/shop');
    expect(text['k8s/shop/kustomization.yaml']).toBe(
      (files['k8s/anchor/kustomization.yaml'] ?? '').replaceAll('anchor', 'shop'),
    );
    expect(text['k8s/shop/values.yaml']).toBe('a:\n  b: 1\n');
    expect(text['k8s/shop/release.yaml']).toContain('      version: "2.1.0"\n');
    expect(text['k8s/shop/release.yaml']).toContain(
      'valuesFrom:\n    - kind: ConfigMap\n      name: shop-values\n',
    );
    expect(text['k8s/shop/release.yaml']).not.toContain('Secret');
    expect(text['flux/shop.yaml']).toBe((files['flux/anchor.yaml'] ?? '').replaceAll('anchor', 'shop'));
  });

  test('whoever names it after the version keeps a whole copy', () => {
    const files = {
      ...filed('anchor', { file: 'values/anchor-3.0.0.yaml' }),
      ...filed('beacon', { file: 'values/beacon-3.1.0.yaml', version: '3.1.0' }),
    };
    const { text } = emitInto(files, { delivery: 'flux', group: 'k8s', chart: HTTP });
    expect(text['k8s/shop/values/ledger-2.1.0.yaml']).toBe('# all\na: 1\n');
    expect(text['k8s/shop/kustomization.yaml']).toContain('- values.yaml=values/ledger-2.1.0.yaml\n');
  });

  test('a source that several releases share is shared by one more', () => {
    const shared = (name: string): Record<string, string> => {
      const { [`k8s/${name}/repository.yaml`]: _, ...rest } = filed(name);
      const release = (rest[`k8s/${name}/release.yaml`] ?? '').replace(
        `name: ${name}\n        namespace: ${name}`,
        'name: fleet\n        namespace: flux-system',
      );
      const list = (rest[`k8s/${name}/kustomization.yaml`] ?? '').replace('  - repository.yaml\n', '');
      return { ...rest, [`k8s/${name}/release.yaml`]: release, [`k8s/${name}/kustomization.yaml`]: list };
    };
    const source = (name: string, url: string): string =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec:\n  interval: 2h\n  url: ${url}\n`;
    const files = {
      ...shared('anchor'),
      ...shared('beacon'),
      'repositories/fleet.yaml': source('fleet', 'https://charts.example.org/fleet/'),
      'repositories/other.yaml': source('other', 'https://other.example.org'),
      'repositories/kustomization.yaml': 'resources:\n  - fleet.yaml\n  - other.yaml\n',
    };
    const one = emitInto(files, {
      delivery: 'flux',
      group: 'k8s',
      chart: { repo: 'https://charts.example.org/fleet' },
    });
    expect(one.text['k8s/shop/release.yaml']).toContain('name: fleet\n        namespace: flux-system\n');
    expect(Object.keys(one.text).filter(file => /repositor/.test(file))).toEqual([]);
    const another = emitInto(files, {
      delivery: 'flux',
      group: 'k8s',
      chart: { repo: 'https://harbour.example.org/charts' },
    });
    expect(another.text['repositories/harbour.yaml']).toBe(
      source('harbour', 'https://harbour.example.org/charts'),
    );
    expect(another.listings).toContainEqual({
      file: 'repositories/kustomization.yaml',
      entry: 'harbour.yaml',
    });
    expect(another.text['k8s/shop/release.yaml']).toContain(
      'name: harbour\n        namespace: flux-system\n',
    );
  });
});

test('where no app shows how, it is written as slipway does', () => {
  const { text, model } = emitInto(
    { 'apps/kustomization.yaml': 'resources: []\n' },
    { delivery: 'flux', group: 'apps' },
  );
  expect(model).toBeUndefined();
  expect(Object.keys(text).toSorted()).toEqual(
    ['helmrelease', 'kustomization', 'namespace', 'ocirepository'].map(name => `apps/shop/${name}.yaml`),
  );
  expect(text['apps/shop/ocirepository.yaml']).toContain('tag: "2.1.0"\n');
  expect(text['apps/shop/namespace.yaml']).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
});

describe('a chart of another kind of place than that of its neighbours', () => {
  const inFile = (name: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: ${name}
spec:
  url: oci://ghcr.io/team/${name}
  ref:
    tag: 1.0.0
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: ${name}
`;
  const http = { chart: { repo: 'https://charts.example.org' } };
  const podinfo: Record<string, string> = {
    'apps/base/podinfo/kustomization.yaml': 'resources:\n  - release.yaml\n  - repository.yaml\n',
    'apps/base/podinfo/release.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: podinfo}\nspec: {chart: {spec: {chart: podinfo, version: 1.0.0, sourceRef: {kind: HelmRepository, name: podinfo}}}}\n',
    'apps/base/podinfo/repository.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: podinfo}\nspec: {url: "https://podinfo.example.org"}\n',
    'apps/production/kustomization.yaml': 'resources:\n  - ../base/podinfo\n',
  };

  test('is written as these are, and comes onto their list alone', () => {
    const { text, listings } = emitInto(
      {
        ...podinfo,
        'infrastructure/controllers/cert.yaml': inFile('cert'),
        'infrastructure/controllers/envoy.yaml': inFile('envoy'),
        'infrastructure/controllers/kustomization.yaml': 'resources:\n  - cert.yaml\n  - envoy.yaml\n',
      },
      { delivery: 'flux', group: 'infrastructure/controllers', ...http },
    );
    expect(Object.keys(text)).toEqual(['infrastructure/controllers/shop.yaml']);
    expect(text['infrastructure/controllers/shop.yaml']).toContain('kind: HelmRepository');
    expect(listings).toEqual([{ file: 'infrastructure/controllers/kustomization.yaml', entry: 'shop.yaml' }]);
  });

  test('without neighbours it is written after one elsewhere, whose lists are not its own', () => {
    const { text, listings } = emitInto(
      { ...podinfo, 'infrastructure/base/kustomization.yaml': 'resources: []\n' },
      { delivery: 'flux', group: 'infrastructure/controllers', ...http },
    );
    expect(Object.keys(text)).toContain('infrastructure/controllers/shop/release.yaml');
    expect(listings).toEqual([]);
  });
});

test('what builds an app in the folder of a cluster is written there, and listed', () => {
  const build = (name: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ./clusters/apps/media/${name}/app, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;
  const homes = Object.fromEntries(
    Object.entries({ ...app('anchor'), ...app('cargo') }).filter(([file]) => !file.endsWith('/ks.yaml')),
  );
  const { text, listings } = emitInto(
    {
      ...homes,
      'clusters/one/anchor-app.yaml': build('anchor'),
      'clusters/one/cargo-app.yaml': build('cargo'),
      'clusters/one/kustomization.yaml': 'resources:\n  - anchor-app.yaml\n  - cargo-app.yaml\n',
    },
    IN_MEDIA,
  );
  expect(text['clusters/one/shop-app.yaml']).toBe(build('shop'));
  expect(listings).toEqual([{ file: 'clusters/one/kustomization.yaml', entry: 'shop-app.yaml' }]);
});
