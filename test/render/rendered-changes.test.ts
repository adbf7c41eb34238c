import { describe, expect, test } from 'vitest';
import { renderedChanges } from '../../src/render/rendered-changes.ts';
import { parseManifests } from '../../src/repository/manifest.ts';

function objects(...places: [kind: string, name: string, namespace?: string][]) {
  return parseManifests(
    places.map(([kind, name, namespace]) => ({
      apiVersion: 'v1',
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    })),
  );
}

describe('an object stays the same object', () => {
  test.each([
    [
      'where the chart begins to write the namespace',
      ['PersistentVolumeClaim', 'data'],
      ['PersistentVolumeClaim', 'data', 'shop'],
    ],
    ['where it no longer does', ['PersistentVolumeClaim', 'data', 'shop'], ['PersistentVolumeClaim', 'data']],
  ] as const)('%s', (_, before, after) => {
    const changes = renderedChanges(objects([...before]), objects([...after]), 'shop');
    expect(changes).toEqual({ added: [], removed: [], changed: [], noise: 0 });
  });

  test('and a namespace that is not the app’s is shown as a change of it', () => {
    const { added, removed, changed } = renderedChanges(
      objects(['Service', 'web']),
      objects(['Service', 'web', 'other']),
      'shop',
    );
    expect([added, removed]).toEqual([[], []]);
    expect(changed.map(({ fields }) => fields)).toEqual([
      [{ path: 'metadata.namespace', before: undefined, after: '"other"' }],
    ]);
  });
});

test('an object that moves to another namespace is another object', () => {
  const { added, removed } = renderedChanges(
    objects(['Service', 'web', 'a']),
    objects(['Service', 'web', 'b']),
    'a',
  );
  expect([added.length, removed.length]).toEqual([1, 1]);
});

test('of several that bear the name none is guessed', () => {
  const { added, removed } = renderedChanges(
    objects(['Service', 'web']),
    objects(['Service', 'web', 'a'], ['Service', 'web', 'b']),
    'a',
  );
  expect([added.length, removed.length]).toEqual([2, 1]);
});
