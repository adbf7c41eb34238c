import { expect, test } from 'vitest';
import { fluxEffects, requireFolder } from '../../../src/features/move/flux-effects.ts';
import { followPaths } from '../../../src/features/move/follow-path.ts';
import { homeOfApp } from '../../../src/features/move/home.ts';
import type { Repository } from '../../../src/repository/model.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';
import { thrown } from '../../support/thrown.ts';

const WIKI = {
  'kustomization.yaml': 'resources: [release.yaml]\n',
  'release.yaml':
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: wiki }\nspec: {}\n',
};

function build(name: string, path: string, more = 'prune: true'): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ${path}, ${more} } # kept
`;
}

function repository(files: Record<string, string>, home: string): Repository {
  const own = Object.entries(WIKI).map(([name, text]): [string, string] => [`${home}/${name}`, text]);
  return parseRepository(new Map([...Object.entries(files), ...own]));
}

test('whoever builds the folder around still does, or no longer', () => {
  const files = {
    'clusters/apps.yaml': build('apps', './apps'),
    'clusters/old.yaml': build('old', './old', 'prune: false'),
  };
  const at = (home: string): [Repository, string] => [repository(files, home), home];
  const apps = { name: 'apps', file: 'clusters/apps.yaml', prunes: true, suspended: false };
  expect(fluxEffects(at('apps/wiki'), at('apps/docs'))).toEqual({ stays: [apps], leaves: [], arrives: [] });
  expect(fluxEffects(at('apps/wiki'), at('disabled/wiki'))).toEqual({
    stays: [],
    leaves: [apps],
    arrives: [],
  });
  expect(fluxEffects(at('old/wiki'), at('disabled/wiki'))?.leaves).toMatchObject([
    { name: 'old', prunes: false },
  ]);
  expect(fluxEffects(at('disabled/wiki'), at('apps/wiki'))).toBeUndefined();
});

test('a suspended one says so', () => {
  const files = { 'clusters/apps.yaml': build('apps', './apps', 'prune: true, suspend: true') };
  const effects = fluxEffects(
    [repository(files, 'apps/wiki'), 'apps/wiki'],
    [repository(files, 'x/wiki'), 'x/wiki'],
  );
  expect(effects?.leaves).toMatchObject([{ suspended: true }]);
});

test('what names the folder itself follows it, and nothing else of the file changes', () => {
  const move = { from: 'apps/wiki', to: 'office/docs' };
  const follow = (text: string): string => followPaths(text, 'x.yaml', { move, renamed: undefined });
  expect(follow(build('wiki', './apps/wiki'))).toBe(build('wiki', './office/docs'));
  expect(follow(build('wiki', 'apps/wiki/'))).toBe(build('wiki', 'office/docs/'));
  expect(follow(build('wiki', '"./apps/wiki/base"'))).toBe(build('wiki', '"./office/docs/base"'));
  for (const other of ['./apps', './apps/wikis', './apps/wiki-two'])
    expect(follow(build('apps', other))).toBe(build('apps', other));
  const application = (path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: wiki }\nspec:\n  sources:\n    - { repoURL: a, chart: b }\n    - { repoURL: c, path: ${path} }\n`;
  expect(follow(application('apps/wiki'))).toBe(application('office/docs'));
  const two = `${build('apps', './apps')}---\n${build('wiki', './apps/wiki')}`;
  expect(follow(two)).toBe(`${build('apps', './apps')}---\n${build('wiki', './office/docs')}`);
});

test('what deploys an app from the folder around it moves along, where that is called after the app', () => {
  const known = parseRepository(
    new Map([
      ['apps/wiki/ks.yaml', `${build('wiki', './apps/wiki/app')}---\n${build('wiki-db', './apps/wiki/db')}`],
      ['apps/wiki/app/kustomization.yaml', WIKI['kustomization.yaml']],
      ['apps/wiki/app/release.yaml', WIKI['release.yaml']],
      ['apps/wiki/db/kustomization.yaml', 'resources: []\n'],
      ['tools/all/flux.yaml', build('notes', './tools/all/notes')],
      ['tools/all/notes/kustomization.yaml', 'resources: []\n'],
      ['apps/plain/kustomization.yaml', 'resources: []\n'],
    ]),
  );
  const homes = known.apps.map(app => [app.path, homeOfApp(known, app).folder]);
  expect(homes).toEqual([
    ['apps/plain', 'apps/plain'],
    ['apps/wiki/app', 'apps/wiki'],
    ['apps/wiki/db', 'apps/wiki'],
    ['tools/all/notes', 'tools/all/notes'],
  ]);
});

test('an Application in a file is no folder', () => {
  const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: wiki }\nspec:\n  source: { repoURL: https://a.example, chart: wiki, targetRevision: 1.0.0 }\n`;
  const known = repository({ 'argo/wiki.yaml': application }, 'apps/docs');
  expect(thrown(() => requireFolder(known, 'wiki')).code).toBe('E_VALUE');
  expect(() => requireFolder(known, 'docs')).not.toThrow();
});
