import { describe, expect, test } from 'vitest';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { syncedBy } from '../../src/repository/synced-by.ts';
import { repositoryText } from '../support/repository-text.ts';

const named = (kind: string, group: string, spec: string): string =>
  `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: it}\nspec: ${spec}\n`;
const set = (directories: string): string =>
  named('ApplicationSet', 'argoproj.io/v1alpha1', `{generators: [{git: {directories: ${directories}}}]}`);
const application = (spec: string): string => named('Application', 'argoproj.io/v1alpha1', spec);
const flux = (path: string): string =>
  named('Kustomization', 'kustomize.toolkit.fluxcd.io/v1', `{path: ${path}, prune: true}`);
const lists = (...entries: string[]): string => `resources: [${entries.join(', ')}]\n`;

const look = (files: Record<string, string>, folder: string) =>
  syncedBy(parseRepository(repositoryText(files)), folder);

describe('who syncs a folder', () => {
  test.each<[string, Record<string, string>, string, boolean]>([
    ['an ApplicationSet', { 'a.yaml': set('[{path: production/*}]') }, 'production/wiki', true],
    ['another folder of it', { 'a.yaml': set('[{path: production/*}]') }, 'dev/wiki', false],
    [
      'one that it leaves out',
      { 'a.yaml': set('[{path: production/*}, {path: production/wiki, exclude: true}]') },
      'production/wiki',
      false,
    ],
    [
      'an Application of the folder',
      { 'a.yaml': application('{source: {path: ./apps/wiki/}}') },
      'apps/wiki',
      true,
    ],
    [
      'one of several sources',
      { 'a.yaml': application('{sources: [{chart: x}, {path: apps/wiki}]}') },
      'apps/wiki',
      true,
    ],
    // Argo CD reads the plain manifests of a folder without a kustomization; it does not look for kustomizations below.
    ['an Application around it', { 'a.yaml': application('{source: {path: apps}}') }, 'apps/wiki', false],
    [
      'an Application whose kustomization lists it',
      { 'a.yaml': application('{source: {path: apps}}'), 'apps/kustomization.yaml': lists('./wiki/') },
      'apps/wiki',
      true,
    ],
    ['Flux, which takes everything below', { 'a.yaml': flux('./apps') }, 'apps/wiki', true],
    ['Flux of the whole repository', { 'a.yaml': flux('./') }, 'apps/wiki', true],
    [
      'Flux, where a kustomization lists others',
      { 'a.yaml': flux('./apps'), 'apps/kustomization.yaml': lists('other') },
      'apps/wiki',
      false,
    ],
    [
      'Flux, where a kustomization on the way lists others',
      { 'a.yaml': flux('./apps'), 'apps/live/kustomization.yaml': lists('other') },
      'apps/live/wiki',
      false,
    ],
    [
      'through several kustomizations',
      {
        'a.yaml': flux('clusters/main'),
        'clusters/main/kustomization.yaml': lists('../../apps'),
        'apps/kustomization.yaml': lists('wiki'),
        'apps/wiki/kustomization.yaml': '{}\n',
      },
      'apps/wiki',
      true,
    ],
    [
      'kustomizations that name each other',
      {
        'a.yaml': flux('a'),
        'a/kustomization.yaml': lists('../b'),
        'b/kustomization.yaml': lists('../a'),
      },
      'apps/wiki',
      false,
    ],
    ['a kustomization file itself', { 'apps/kustomization.yaml': lists('wiki') }, 'apps/wiki', false],
  ])('%s', (_, files, folder, synced) => {
    expect(look(files, folder).syncers.map(({ name }) => name)).toEqual(synced ? ['it'] : []);
  });

  test('who it is, and in which file', () => {
    expect(look({ 'production/argo/apps.yaml': set('[{path: production/*}]') }, 'production/wiki')).toEqual({
      syncers: [{ kind: 'ApplicationSet', name: 'it', file: 'production/argo/apps.yaml' }],
      unlisted: [],
      isKnown: true,
    });
  });

  test('a kustomization that is synced, and does not list the folder yet, is named', () => {
    const files = { 'a.yaml': flux('./apps'), 'apps/kustomization.yaml': lists('other') };
    expect(look(files, 'apps/wiki')).toEqual({
      syncers: [],
      unlisted: ['apps/kustomization.yaml'],
      isKnown: true,
    });
  });

  test('a repository that says nothing is not one that syncs nothing', () => {
    expect(look({ 'apps/wiki/kustomization.yaml': '{}\n' }, 'apps/wiki').isKnown).toBe(false);
  });

  test('a kustomization that nobody can read lists nothing', () => {
    const files = { 'a.yaml': flux('./apps'), 'apps/kustomization.yaml': 'resources: [a\n' };
    expect(look(files, 'apps/wiki').syncers).toEqual([]);
  });
});
