import { describe, expect, test } from 'vitest';
import { namespaceOf } from '../../src/repository/model.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { repositoryText } from '../support/repository-text.ts';

const PLAIN = 'resources: [a.yaml]\n';

function ks(name: string, path: string, targetNamespace = ''): string {
  const target = targetNamespace === '' ? '' : `  targetNamespace: ${targetNamespace}\n`;
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n${target}`;
}

/** `environment: name at path in namespace`. */
function apps(files: Record<string, string>, configured?: string[]): string[] {
  const { apps: found } = parseRepository(repositoryText(files), configured);
  return found.map(app => `${app.environment}: ${app.name} at ${app.path} in ${namespaceOf(app)}`);
}

test('Flux with a file beside each app: the app is what that file calls it, where it puts it', () => {
  const files = {
    'kubernetes/apps/media/kustomization.yaml':
      'namespace: media\nresources: [film/ks.yaml, film-db/ks.yaml]\n',
    'kubernetes/apps/media/film/ks.yaml': `${ks('film', './kubernetes/apps/media/film/app', 'media')}---\n${ks('film-config', './kubernetes/apps/media/film/config')}`,
    'kubernetes/apps/media/film/app/kustomization.yaml': PLAIN,
    'kubernetes/apps/media/film/config/kustomization.yaml': 'namespace: shared\nresources: [a.yaml]\n',
    'kubernetes/apps/media/film-db/ks.yaml': ks('film-db', './kubernetes/apps/media/film-db/app', 'db'),
    'kubernetes/apps/media/film-db/app/kustomization.yaml': 'namespace: wrong\n',
    'kubernetes/flux/cluster.yaml': ks('cluster', './kubernetes/apps'),
  };
  expect(apps(files)).toEqual([
    'kubernetes/apps/media: film-db at kubernetes/apps/media/film-db/app in db',
    'kubernetes/apps/media: film at kubernetes/apps/media/film/app in media',
    'kubernetes/apps/media: film-config at kubernetes/apps/media/film/config in shared',
  ]);
  expect(parseRepository(repositoryText(files)).environments).toEqual(['kubernetes/apps/media']);
});

test('overlays that another repository deploys are apps, their bases and components are parts', () => {
  expect(
    apps({
      'components/shop/base/kustomization.yaml': PLAIN,
      'components/shop/staging/kustomization.yaml': 'resources: [../base]\n',
      'components/shop/production/kustomization.yaml': 'resources: [../base]\ncomponents: [../extras]\n',
      'components/shop/extras/kustomization.yaml': 'kind: Component\n',
    }),
  ).toEqual([
    'production: shop at components/shop/production in shop',
    'staging: shop at components/shop/staging in shop',
  ]);
});

const SET = (pattern: string, place: string, more = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\nspec:\n  goTemplate: true\n  generators: [{matrix: {generators: [{git: {directories: [{path: "${pattern}"}]}}${more}]}}]\n  template: {spec: {source: {path: "${place}"}, destination: {namespace: "{{index .path.segments 1}}"}}}\n`;

const OVERLAYS = {
  'apps/shop/base/kustomization.yaml': PLAIN,
  'apps/shop/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'apps/shop/overlays/production/kustomization.yaml': 'resources: [../../base]\nnamespace: live\n',
  'apps/wiki/base/kustomization.yaml': PLAIN,
  'apps/wiki/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'production/dns/kustomization.yaml': PLAIN,
};

describe('an app of overlays is one app, in the environments that they are called after', () => {
  const shop = [
    'dev: shop at apps/shop/overlays/dev in shop',
    'production: shop at apps/shop/overlays/production in live',
    'dev: wiki at apps/wiki/overlays/dev in wiki',
  ];

  test('whoever deploys them', () => {
    expect(apps(OVERLAYS)).toEqual([...shop, 'production: dns at production/dns in dns']);
    expect(parseRepository(repositoryText(OVERLAYS)).environments).toEqual(['dev', 'production']);
  });

  test('as an ApplicationSet lists them', () => {
    const files = { ...OVERLAYS, 'set.yaml': SET('apps/*/overlays/*', '{{.path.path}}') };
    expect(apps(files)).toEqual(shop);
    const { environments, environmentsEvidence } = parseRepository(repositoryText(files));
    expect(environments).toEqual(['dev', 'production']);
    expect(environmentsEvidence.en).toBe('apps/*/overlays/* in an ApplicationSet');
  });

  test('as the configuration names the environments', () => {
    expect(apps(OVERLAYS, ['dev'])).toEqual([shop[0], shop[2]]);
    expect(apps(OVERLAYS, ['production'])).toEqual([shop[1], 'production: dns at production/dns in dns']);
  });

  test('what is put aside is in no environment, an app called as such a folder is', () => {
    const aside = {
      'disabled/shop/overlays/production/kustomization.yaml': PLAIN,
      'archive/old/base/kustomization.yaml': PLAIN,
      'archive/old/dev/kustomization.yaml': PLAIN,
      'apps/docs/overlays/dev/kustomization.yaml': PLAIN,
    };
    const docs = 'dev: docs at apps/docs/overlays/dev in docs';
    const set = { 'set.yaml': SET('apps/*/overlays/*', '{{.path.path}}') };
    expect(apps({ ...OVERLAYS, ...aside, ...set })).toEqual([docs, ...shop]);
    expect(apps({ ...OVERLAYS, ...aside }, ['dev'])).toEqual([docs, shop[0], shop[2]]);
    expect(apps({ ...OVERLAYS, ...aside }, ['production'])).toEqual([
      shop[1],
      'production: dns at production/dns in dns',
    ]);
  });

  test('where only the cluster knows which overlay is its own', () => {
    const files = {
      ...OVERLAYS,
      'set.yaml': SET('apps/*', '{{.path.path}}/overlays/{{.name}}', ', {clusters: {}}'),
    };
    expect(apps(files)).toEqual(shop);
    expect(parseRepository(repositoryText(files)).environments).toEqual(['dev', 'production']);
  });

  test.each([
    ['a base beside, whatever the folder is called', ['apps/shop/envs/eu', 'apps/shop/base'], 'eu: shop'],
    ['a base beside an environment', ['apps/shop/prod-eu', 'apps/shop/base'], 'prod-eu: shop'],
    ['no base beside', ['apps/shop/envs/eu'], 'apps/shop/envs: eu'],
    ['a base of all apps', ['apps/production/shop', 'apps/production/base'], 'apps/production: shop'],
    ['overlays at the root', ['overlays/dev', 'base'], 'overlays: dev'],
  ])('%s', (_, folders, expected) => {
    const files = Object.fromEntries(folders.map(folder => [`${folder}/kustomization.yaml`, PLAIN]));
    expect(apps(files)).toContainEqual(expect.stringMatching(new RegExp(`^${expected} at`)));
  });
});

test('an Application deploys what no ApplicationSet lists', () => {
  const files = {
    'sets.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s }\nspec:\n  generators: [{ git: { directories: [{ path: "apps/*" }, { path: apps/off, exclude: true }] } }]\n  template: { spec: { source: { path: "{{path}}" }, destination: { namespace: tenants } } }\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: dns }\nspec: { source: { path: infra/net/dns }, destination: { namespace: kube-dns } }\n',
    'apps/web/kustomization.yaml': PLAIN,
    'apps/off/kustomization.yaml': PLAIN,
    'infra/net/dns/kustomization.yaml': PLAIN,
    'infra/net/spare/kustomization.yaml': PLAIN,
  };
  expect(apps(files)).toEqual([
    'apps: off at apps/off in off',
    'apps: web at apps/web in tenants',
    'infra/net: dns at infra/net/dns in kube-dns',
  ]);
  expect(apps(files, ['infra/net'])).toEqual([
    'infra/net: dns at infra/net/dns in kube-dns',
    'infra/net: spare at infra/net/spare in spare',
  ]);
});

test('groups of apps without anything that deploys them', () => {
  expect(
    apps({
      'apps/group/web/kustomization.yaml': PLAIN,
      'infrastructure/dns/kustomization.yaml': 'namespace: kube-dns\n',
      'clusters/one/flux-system/kustomization.yaml': PLAIN,
      'archive/web/kustomization.yaml': PLAIN,
    }),
  ).toEqual([
    'apps/group: web at apps/group/web in web',
    'clusters/one: flux-system at clusters/one/flux-system in flux-system',
    'infrastructure: dns at infrastructure/dns in kube-dns',
  ]);
});

test('a boilerplate of another program is no app', () => {
  expect(
    apps({
      'boilerplate/app/base/kustomization.yaml': 'configMapGenerator:\n- name: {{ .app }}-values\n',
      'apps/web/kustomization.yaml': PLAIN,
    }),
  ).toEqual(['apps: web at apps/web in web']);
});
