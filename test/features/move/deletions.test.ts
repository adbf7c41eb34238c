import { expect, test } from 'vitest';
import { parseManifests } from '../../../src/repository/manifest.ts';
import { deletionsOf, preservesObjects } from '../../../src/features/move/deletions.ts';
import { findMentions } from '../../../src/features/move/plan.ts';
import { parseRepository } from '../../../src/repository/parse-repository.ts';

function object(kind: string, name: string, annotations: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind, metadata: { name, annotations } };
}

test('what is lost for good is named, and what says that it stays', () => {
  const manifests = parseManifests([
    object('Service', 'wiki'),
    object('PersistentVolumeClaim', 'data'),
    object('PersistentVolumeClaim', 'kept', {
      'argocd.argoproj.io/sync-options': 'Prune=false, Delete=false',
    }),
    object('PersistentVolumeClaim', 'pruned', { 'argocd.argoproj.io/sync-options': 'Prune=false' }),
  ]);
  expect(deletionsOf(manifests)).toEqual({
    objects: ['PersistentVolumeClaim/data', 'PersistentVolumeClaim/pruned', 'Service/wiki'],
    lost: ['PersistentVolumeClaim/data', 'PersistentVolumeClaim/pruned'],
    kept: ['PersistentVolumeClaim/kept'],
  });
});

test.each([
  ['syncPolicy: {preserveResourcesOnDeletion: true}', true],
  ['syncPolicy: {}', false],
])('an ApplicationSet with %s', (policy, expected) => {
  const text = new Map([
    ['production/argo-cd/kustomization.yaml', 'resources: [set.yaml]\n'],
    [
      'production/argo-cd/set.yaml',
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: apps}\nspec:\n  generators: [{git: {directories: [{path: production/*}]}}]\n  ${policy}\n`,
    ],
  ]);
  expect(preservesObjects(parseRepository(text))).toBe(expected);
});

test('lines that speak of the old path or of Services in the old namespace', () => {
  const text = new Map([
    ['a.yaml', 'x: production/wiki\ny: production/wiki-2\nz: other/production/wiki\n'],
    ['b.yaml', 'a: http://db.wiki:80\nb: db.wiki.svc.cluster.local\nc: wiki.example.org\nd: db.wiki-2.svc\n'],
  ]);
  const found = findMentions(text, { path: 'production/wiki', namespace: 'wiki' });
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.yaml:1', 'b.yaml:1', 'b.yaml:2']);
});
