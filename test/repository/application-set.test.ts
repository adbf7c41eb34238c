import { expect, test } from 'vitest';
import {
  directoryGenerators,
  excludedBy,
  isSynced,
  matchesPath,
  parentsOf,
} from '../../src/repository/application-set.ts';

/** Go's path.Match, as Argo CD uses it. */
test.each([
  ['apps/*', 'apps/a', true],
  ['apps/*', 'apps/a/b', false],
  ['apps/*', 'apps', false],
  ['*', 'apps', true],
  ['apps/**', 'apps/a', true],
  ['apps/**', 'apps/a/b', false],
  ['apps/*/*', 'apps/a/b', true],
  ['apps/*/overlays/prod', 'apps/a/overlays/prod', true],
  ['**/overlays/*', 'a/b/overlays/prod', false],
  ['apps/team-?', 'apps/team-1', true],
  ['apps/team-?', 'apps/team-12', false],
  ['apps/[a-c]*', 'apps/beta', true],
  ['apps/[^a-c]*', 'apps/beta', false],
  ['apps/[!a]*', 'apps/beta', false],
  [String.raw`apps/\*`, 'apps/*', true],
  [String.raw`apps/\*`, 'apps/a', false],
  ['apps/a.b', 'apps/axb', false],
  ['apps/{a,b}', 'apps/a', false],
  ['apps/[a', 'apps/a', false],
  ['apps/', 'apps/a', false],
  ['apps/*', 'apps/.hidden', false],
])('%s and %s: %s', (pattern, folder, matches) => {
  expect(matchesPath(pattern, folder)).toBe(matches);
});

test('an exclude wins whatever the order, in its own generator only', () => {
  const first = { directories: [{ path: 'apps/x-*', exclude: true }, { path: 'apps/*' }] };
  const generators = directoryGenerators([{ git: first }]);
  expect(isSynced(generators, 'apps/a')).toBe(true);
  expect(excludedBy(generators, 'apps/x-1')).toBe('apps/x-*');
  expect(excludedBy(generators, 'other/x-1')).toBeUndefined();
  const second = { matrix: { generators: [{ git: { directories: [{ path: 'apps/x-1' }] } }] } };
  expect(excludedBy(directoryGenerators([{ git: first }, second]), 'apps/x-1')).toBeUndefined();
});

test.each([
  ['apps/*', ['apps']],
  ['clusters/*/apps/*', ['clusters/a/apps', 'clusters/b/apps']],
  ['apps/wiki', []],
  ['*', []],
])('the folders of apps of %s', (pattern, parents) => {
  const folders = ['clusters/a/apps/x', 'clusters/a/apps/y', 'clusters/b/apps/x', 'clusters/b/other/x'];
  expect(parentsOf(pattern, folders)).toEqual(parents);
});
