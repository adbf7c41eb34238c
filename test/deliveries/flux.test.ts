import { describe, expect, test } from 'vitest';
import { findUses, readPlaces } from '../../src/deliveries/find-uses.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { setVersion } from '../../src/deliveries/set-version.ts';
import type { ChartUse } from '../../src/deliveries/chart-use.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { chartRelease, helmRepository, listing, ociRepository, releaseOf } from '../support/flux-fixture.ts';

function usesOf(files: Record<string, string>): readonly ChartUse[] {
  return findUses(parseRepository(new Map(Object.entries(files))));
}

function onlyUse(files: Record<string, string>): ChartUse {
  const [use, ...others] = usesOf(files);
  if (!use || others.length > 0) throw new Error(`${others.length + (use ? 1 : 0)} uses`);
  return use;
}

const HOST = 'registry.example.org';

describe('where a release takes its chart from', () => {
  test('a tag, a range, a digest beside a tag, nothing', () => {
    const seen = ['tag: 1.2.3', 'semver: "1.x"', '{tag: 1.2.3, digest: "sha256:0"}', 'tag: latest', '{}'].map(
      ref => {
        const source = ociRepository('web', HOST).replace(
          /ref:\n {4}tag: 1.0.0/,
          ref.startsWith('{') ? `ref: ${ref}` : `ref:\n    ${ref}`,
        );
        const { version, held } = onlyUse({ 'a/s.yaml': source, 'a/r.yaml': releaseOf('web') });
        return [version.kind, version.text, held];
      },
    );
    expect(seen).toEqual([
      ['exact', '1.2.3', undefined],
      ['range', '1.x', undefined],
      ['exact', '1.2.3', 'ref.digest'],
      ['floating', 'latest', undefined],
      ['floating', '', undefined],
    ]);
  });

  test('build metadata of a tag stands behind an underscore', () => {
    const use = onlyUse({
      'a/s.yaml': ociRepository('web', HOST, 'tag: v1.0.0_b1'),
      'a/r.yaml': releaseOf('web'),
    });
    expect(use.version.text).toBe('v1.0.0+b1');
    expect(setVersion(use, 'v1.1.0+b2')).toMatchObject([{ file: 'a/s.yaml', edit: { value: 'v1.1.0_b2' } }]);
  });

  test.each([
    ['beside the release', { 'a/s.yaml': 'https://one', 'b/s.yaml': 'https://two' }, 'https://one'],
    ['above it rather than beside', { 's.yaml': 'https://up', 'b/s.yaml': 'https://two' }, 'https://up'],
    ['twice with one address', { 'b/s.yaml': 'https://x', 'c/s.yaml': 'https://x' }, 'https://x'],
    ['twice with two', { 'b/s.yaml': 'https://x', 'c/s.yaml': 'https://y' }, undefined],
  ])('a repository %s', (_, urls, source) => {
    const sources = Object.entries(urls).map(([file, url]) => [file, helmRepository(url)]);
    const uses = usesOf({ 'a/r.yaml': chartRelease('web', '1.0.0'), ...Object.fromEntries(sources) });
    expect(uses.map(use => use.source)).toEqual(source === undefined ? [] : [source]);
  });

  test('a namespace that both tell decides', () => {
    const at = (namespace: string): string =>
      helmRepository(`https://${namespace}`).replace('name: fleet', `name: fleet\n  namespace: ${namespace}`);
    const release = chartRelease('web', '1.0.0').replace(
      'name: fleet',
      'name: fleet\n        namespace: far',
    );
    expect(onlyUse({ 'a/r.yaml': release, 'a/s.yaml': at('near'), 'b/s.yaml': at('far') }).source).toBe(
      'https://far',
    );
  });

  test('a chart of this repository has no version; one of another is not read', () => {
    const release = chartRelease('./charts/web', '').replace('kind: HelmRepository', 'kind: GitRepository');
    const here = onlyUse({
      'a/r.yaml': release.replaceAll('./charts/web', './own/web'),
      'own/web/Chart.yaml': 'name: web\nversion: 0.1.0\n',
    });
    expect([here.version.kind, here.folder, here.source]).toEqual(['none', 'own/web', undefined]);
    expect(usesOf({ 'a/r.yaml': release })).toEqual([]);
  });

  test('chart and chartRef at once, a name that is filled in, an unknown source: left out, and not said to be read', () => {
    const both = releaseOf('web').replace('  chartRef:', '  chart: {spec: {chart: x}}\n  chartRef:');
    const filled = releaseOf('web').replace('name: web\n  values', 'name: ${NAME}\n  values');
    for (const release of [both, filled, releaseOf('gone')]) {
      const uses = usesOf({ 'a/s.yaml': ociRepository('web', HOST), 'a/r.yaml': release });
      expect([uses, readPlaces(uses)]).toEqual([[], []]);
    }
  });

  test('a version that is filled in is held, under its own words', () => {
    const use = onlyUse({
      'a/s.yaml': ociRepository('web', HOST, 'tag: ${WEB_VERSION}'),
      'a/r.yaml': releaseOf('web'),
    });
    expect(use.held).toBe('${WEB_VERSION}');
  });
});

describe('what a Kustomization of Flux takes in besides its folder', () => {
  const build = (name: string, substitute: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ./apps/${name}\n  components: [../../parts/chart]\n  postBuild:\n    substitute: ${substitute}\n`;

  test('a component makes the source of each, under its name and with its version', () => {
    const uses = usesOf({
      'ks/web.yaml': build('web', '{WEB: 1.5.0}'),
      'ks/api.yaml': build('api', '{NAME: api-chart}'),
      'apps/web/r.yaml': releaseOf('web').replace(/name: web\n {2}values/, 'name: web-chart\n  values'),
      'apps/api/r.yaml': releaseOf('api').replace(/name: api\n {2}values/, 'name: api-chart\n  values'),
      'apps/off/r.yaml': releaseOf('off').replace(/name: off\n {2}values/, 'name: web-chart\n  values'),
      'ks/own.yaml': build('own', '{WEB: 1.6.0}'),
      'apps/own/a.yaml': 'kind: A\n',
      // Built by what does not take the component in: of the others' versions none is its own.
      'ks/apart.yaml': build('apart', '{}').replace('  components: [../../parts/chart]\n', ''),
      'apps/apart/r.yaml': releaseOf('own').replace(/name: own\n {2}values/, 'name: web-chart\n  values'),
      'parts/chart/kustomization.yaml': 'kind: Component\nresources: [s.yaml]\n',
      'parts/chart/s.yaml': ociRepository('web', HOST, 'tag: ${WEB:=1.4.0}').replace(
        'name: web',
        'name: ${NAME:=web-chart}',
      ),
    });
    const seen = uses.map(({ release, version }) => [release.name, version.text, version.at?.file]);
    expect(seen).toEqual([
      ['web', '1.5.0', 'ks/web.yaml'],
      ['api', '1.4.0', 'parts/chart/s.yaml'],
      ['off', '1.4.0', 'parts/chart/s.yaml'],
      ['own', '1.4.0', 'parts/chart/s.yaml'],
    ]);
  });

  test('what is laid over them without a path builds nothing itself', () => {
    const variables =
      'kind: Kustomization\nmetadata: {name: web}\nspec: {postBuild: {substitute: {AT: one}}}\n';
    const repository = parseRepository(
      new Map(
        Object.entries({
          'clusters/one/kustomization.yaml':
            'resources: [../../ks/web.yaml]\npatches:\n- path: ../../ks/one.yaml\n',
          'ks/one.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\n${variables}`,
          'ks/web.yaml': build('web', '{}'),
          'apps/web/r.yaml': releaseOf('web'),
          'apps/api/r.yaml': releaseOf('api'),
        }),
      ),
    );
    const { buildersOf, variablesOf, flux } = readDeliveries(repository);
    expect(flux).toHaveLength(1);
    expect(buildersOf('apps/web/r.yaml').map(each => variablesOf(each).known.get('AT')?.value)).toEqual([
      'one',
    ]);
    expect(buildersOf('apps/api/r.yaml')).toEqual([]);
  });

  test('the kustomization of each cluster gives it a folder and variables of its own', () => {
    const cluster = (name: string): Record<string, string> => ({
      [`clusters/${name}/kustomization.yaml`]: 'resources: [../../ks/web.yaml]\npatches:\n- path: web.yaml\n',
      [`clusters/${name}/web.yaml`]: `kind: Kustomization\nmetadata: {name: web}\nspec: {path: ./apps/${name}, postBuild: {substitute: {AT: ${name}}}}\n`,
      [`apps/${name}/r.yaml`]: releaseOf('web'),
    });
    const repository = parseRepository(
      new Map(
        Object.entries({
          'ks/web.yaml': build('${AT}', '{}').replace('name: ${AT}', 'name: web'),
          ...cluster('one'),
          ...cluster('two'),
        }),
      ),
    );
    const { buildersOf, variablesOf } = readDeliveries(repository);
    const given = ['one', 'two'].map(name =>
      buildersOf(`apps/${name}/r.yaml`).map(each => variablesOf(each).known.get('AT')?.value),
    );
    expect(given).toEqual([['one'], ['two']]);
  });

  test('a patch of kustomize gives it variables, from a component beside it too', () => {
    const patch =
      'kind: Component\npatches:\n- target: {group: kustomize.toolkit.fluxcd.io, kind: Kustomization}\n  path: patch.yaml\n';
    const repository = parseRepository(
      new Map(
        Object.entries({
          'apps/kustomization.yaml': 'components: [../parts/vars]\nresources: [web.yaml]\n',
          'apps/web.yaml': build('web', '{}'),
          'apps/web/r.yaml': releaseOf('web'),
          'parts/vars/kustomization.yaml': patch,
          'parts/vars/patch.yaml':
            'kind: Kustomization\nmetadata: {name: whole}\nspec: {postBuild: {substitute: {A: b}, substituteFrom: [{kind: Secret, name: vars}]}}\n',
        }),
      ),
    );
    const { flux, variablesOf } = readDeliveries(repository);
    const [variables] = flux.map(variablesOf);
    expect([variables?.known.get('A')?.value, variables?.unread]).toEqual(['b', ['Secret vars']]);
  });
});

describe('where the values of a release stand', () => {
  const from = (...keys: string[]): string =>
    `  valuesFrom:\n${keys.map(key => `    - {kind: ConfigMap, name: web-values, valuesKey: ${key}}\n`).join('')}`;
  const generator = (files: string[], more = ''): string =>
    `configMapGenerator:\n  - name: web-values\n${more}    files:\n${files.map(file => `      - ${file}\n`).join('')}`;
  const places = (use: ChartUse): unknown[] =>
    use.values.map(place => (place.kind === 'file' ? [place.path, place.reference.prefix] : place.kind));

  test.each([
    ['values.yaml=values.yaml', 'values.yaml', 'a/values.yaml', 'values.yaml='],
    ['base-values.yaml=values.yaml', 'base-values.yaml', 'a/values.yaml', 'base-values.yaml='],
    ['conf/values.yaml', 'values.yaml', 'a/conf/values.yaml', ''],
    ['values.yaml=./values/web-1.0.0.yaml', 'values.yaml', 'a/values/web-1.0.0.yaml', 'values.yaml='],
  ])('a generated ConfigMap: %s', (entry, key, path, prefix) => {
    const use = onlyUse({
      'a/kustomization.yaml': listing(['r.yaml', 's.yaml'], generator([entry])),
      'a/r.yaml': chartRelease('web', '1.0.0', from(key)),
      'a/s.yaml': helmRepository('https://x'),
    });
    expect(places(use)).toEqual([[path, prefix]]);
  });

  test('base, overlay and component, each with its own file', () => {
    const use = onlyUse({
      'base/kustomization.yaml': listing(['r.yaml', 's.yaml'], generator(['base-values.yaml=values.yaml'])),
      'base/r.yaml': chartRelease('web', '1.0.0', from('base-values.yaml')),
      'base/s.yaml': helmRepository('https://x'),
      'prod/kustomization.yaml': `${listing(['../base'], generator(['overlay-values.yaml=values.yaml'], '    behavior: merge\n'))}components: [../part]\npatches:\n  - target: {kind: HelmRelease, name: web}\n    path: patch.yaml\n`,
      'prod/patch.yaml':
        '- op: add\n  path: /spec/valuesFrom/-\n  value: {kind: ConfigMap, name: web-values, valuesKey: overlay-values.yaml}\n',
      'part/kustomization.yaml': `kind: Component\n${generator(['part-values.yaml=part.yaml'], '    behavior: merge\n')}patches:\n  - target: {kind: HelmRelease}\n    patch: |\n      - {op: add, path: /spec/valuesFrom/-, value: {kind: ConfigMap, name: web-values, valuesKey: part-values.yaml}}\n`,
    });
    expect(places(use)).toEqual([
      ['base/values.yaml', 'base-values.yaml='],
      ['prod/values.yaml', 'overlay-values.yaml='],
      ['part/part.yaml', 'part-values.yaml='],
    ]);
  });

  test('a ConfigMap that is written out, a Secret, a target path, and what stands in line', () => {
    const use = onlyUse({
      'a/r.yaml': chartRelease(
        'web',
        '1.0.0',
        `  valuesFrom:\n    - {kind: ConfigMap, name: written}\n    - {kind: Secret, name: hidden}\n    - {kind: ConfigMap, name: written, targetPath: a.b}\n  values: {a: 1}\n`,
      ),
      'a/s.yaml': helmRepository('https://x'),
      'a/c.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: written}\ndata:\n  values.yaml: |\n    replicas: 2\n',
    });
    expect(places(use)).toEqual(['text', 'opaque', 'opaque', 'map']);
  });
});

test('what is read is not unread: patched releases once, with what patches them', () => {
  const uses = usesOf({
    'base/kustomization.yaml': listing(['r.yaml', 's.yaml']),
    'base/r.yaml': chartRelease('web', ''),
    'base/s.yaml': helmRepository('https://x'),
    ...Object.fromEntries(
      ['dev', 'prod'].flatMap(env => [
        [`${env}/kustomization.yaml`, `${listing(['../base'])}patches: [{path: p.yaml}]\n`],
        [`${env}/p.yaml`, chartRelease('web', '1.0.0')],
      ]),
    ),
  });
  expect(uses.map(({ version }) => version.at?.file)).toEqual(['dev/p.yaml', 'prod/p.yaml']);
  expect(readPlaces(uses).map(({ file }) => file)).toEqual(['base/r.yaml', 'dev/p.yaml', 'prod/p.yaml']);
});

describe('variables of Flux', () => {
  const KS = (
    more: string,
    name = 'web',
    folder = 'apps/web',
  ): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  path: ./${folder}
${more}`;
  const web = (version: string): Record<string, string> => ({
    'apps/web/kustomization.yaml': listing(['r.yaml']),
    'apps/web/r.yaml': chartRelease('web', version),
    'apps/s.yaml': helmRepository('https://charts.example.org'),
  });
  const written = (use: ChartUse) => [use.version.kind, use.version.text, use.version.at?.file, use.held];

  test('a version stands where the variable is written, and moves there', () => {
    const use = onlyUse({
      ...web('${WEB:=9.9.9}'),
      'clusters/a.yaml': KS('  postBuild: {substitute: {WEB: v1.2.3}}\n'),
    });
    expect(written(use)).toEqual(['exact', 'v1.2.3', 'clusters/a.yaml', undefined]);
    expect(setVersion(use, '1.3.0')).toMatchObject([
      { edit: { path: ['spec', 'postBuild', 'substitute', 'WEB'], value: 'v1.3.0' } },
    ]);
  });

  test('of a ConfigMap, of a literal that makes one, of a default', () => {
    const from = KS('  postBuild: {substituteFrom: [{kind: ConfigMap, name: versions}]}\n');
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: versions}\ndata:\n  WEB: 1.2.3\n';
    const inMap = onlyUse({ ...web('${WEB}'), 'clusters/a.yaml': from, 'clusters/v.yaml': map });
    expect(written(inMap)).toEqual(['exact', '1.2.3', 'clusters/v.yaml', undefined]);
    const generator = listing([], 'configMapGenerator:\n  - {name: versions, literals: [WEB=1.2.3]}\n');
    const made = onlyUse({ ...web('${WEB}'), 'clusters/a.yaml': from, 'v/kustomization.yaml': generator });
    expect(setVersion(made, '1.3.0')).toMatchObject([
      { file: 'v/kustomization.yaml', edit: { value: 'WEB=1.3.0' } },
    ]);
    const byDefault = onlyUse({ ...web('${WEB:=1.2.3}'), 'clusters/a.yaml': KS('') });
    expect(setVersion(byDefault, '1.3.0')).toMatchObject([
      { file: 'apps/web/r.yaml', edit: { value: '${WEB:=1.3.0}' } },
    ]);
  });

  test('two clusters that give it differently are two uses', () => {
    const uses = usesOf({
      ...web('${WEB}'),
      'clusters/a.yaml': KS('  postBuild: {substitute: {WEB: 1.0.0}}\n', 'a'),
      'clusters/b.yaml': KS('  postBuild: {substitute: {WEB: 2.0.0}}\n', 'b'),
    });
    expect(uses.map(written)).toEqual([
      ['exact', '1.0.0', 'clusters/a.yaml', undefined],
      ['exact', '2.0.0', 'clusters/b.yaml', undefined],
    ]);
    expect(new Set(uses.map(({ id }) => id)).size).toBe(2);
  });

  test('what is put together, and what only a Secret knows, is held with the place', () => {
    const parts = onlyUse({
      ...web('1.${MINOR}.0'),
      'clusters/a.yaml': KS('  postBuild: {substitute: {MINOR: "4"}}\n'),
    });
    expect(written(parts)).toEqual([
      'exact',
      '1.4.0',
      'apps/web/r.yaml',
      '1.${MINOR}.0: clusters/a.yaml#0:spec.postBuild.substitute.MINOR',
    ]);
    const secret = onlyUse({
      ...web('${WEB:=1.0.0}'),
      'clusters/a.yaml': KS('  postBuild: {substituteFrom: [{kind: Secret, name: keys}]}\n'),
    });
    expect(secret.held).toBe('${WEB:=1.0.0}: Secret keys');
  });

  test('an address with a variable is filled in', () => {
    const files = web('1.0.0');
    files['apps/web/r.yaml'] += helmRepository('https://${HOST}/charts').replace(/^/, '---\n');
    const use = onlyUse({
      ...files,
      'clusters/a.yaml': KS('  postBuild: {substitute: {HOST: a.example}}\n'),
    });
    expect(use.source).toBe('https://a.example/charts');
  });

  test('a policy for definitions that a Kustomization above lays over the release counts', () => {
    const patch = `  patches:
    - target: {kind: HelmRelease}
      patch: |
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: _}
        spec: {upgrade: {crds: CreateReplace}}
`;
    expect(onlyUse({ ...web('1.0.0'), 'clusters/a.yaml': KS(patch) }).skipsCrds).toBe(false);
    expect(onlyUse({ ...web('1.0.0'), 'clusters/a.yaml': KS('') }).skipsCrds).toBe(true);
  });
});

test('overlays that take one version from one place are one use, which holds their values and no others', () => {
  const overlay = (pinned: boolean): string =>
    `${listing(['../base'])}patches:\n  - {path: p.yaml}\n${pinned ? '  - {path: ../pins/v.yaml}\n' : ''}`;
  const patch = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web}\nspec:\n';
  const uses = usesOf({
    'base/kustomization.yaml': listing(['r.yaml', 's.yaml']),
    'base/r.yaml': chartRelease('web', '1.0.0', '  values: {a: 1}\n'),
    'base/s.yaml': helmRepository('https://x'),
    'pins/v.yaml': `${patch}  chart: {spec: {version: 1.1.0}}\n`,
    ...Object.fromEntries(
      ['dev', 'prod', 'stage'].flatMap(env => [
        [`${env}/kustomization.yaml`, overlay(env !== 'dev')],
        [`${env}/p.yaml`, `${patch}  values: {b: ${env}}\n`],
      ]),
    ),
  });
  const files = uses.map(({ version, values }) => [
    version.at?.file,
    ...values.map(place => (place.kind === 'map' ? place.at.file : place.kind)),
  ]);
  expect(files).toEqual([
    ['base/r.yaml', 'base/r.yaml', 'dev/p.yaml'],
    ['pins/v.yaml', 'base/r.yaml', 'prod/p.yaml', 'stage/p.yaml'],
  ]);
});

describe('a FluxInstance', () => {
  const instance = (sync: string): string =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec: {distribution: {version: 2.x}${sync}}\n`;
  const builders = (sync: string, file: string): string[] => {
    const text = new Map([
      ['clusters/one/flux-system/instance.yaml', instance(sync)],
      [
        'clusters/one/apps.yaml',
        listing([]).replace('kustomize.config.k8s.io/v1beta1', 'kustomize.toolkit.fluxcd.io/v1'),
      ],
      ['clusters/two/apps.yaml', 'a: b\n'],
    ]);
    return readDeliveries(parseRepository(text))
      .buildersOf(file)
      .map(({ object }) => object.name);
  };

  test('is the root of its cluster: what it syncs is built', () => {
    const sync = ', sync: {kind: GitRepository, url: "https://git.test/a", path: ./clusters/one/}';
    expect(builders(sync, 'clusters/one/apps.yaml')).toEqual(['flux']);
    expect(builders(sync, 'clusters/two/apps.yaml')).toEqual([]);
    expect(builders('', 'clusters/one/apps.yaml')).toEqual([]);
    expect(builders(', sync: {path: elsewhere}', 'clusters/one/apps.yaml')).toEqual([]);
  });
});
