import { describe, expect, test } from 'vitest';
import { relocate } from '../../../src/domain/moving/relocate.ts';

const TREE = new Set([
  'image-prefix.yaml',
  'production',
  'production/wiki',
  'production/wiki/resources',
  'production/wiki/resources/service.yaml',
  'production/wiki/base',
  'production/wiki/values/a-1.yaml',
  'production/shared',
  'production/shared/patch.yaml',
]);

const TEXT = `# keep this
namespace: wiki
resources:
- resources/service.yaml # the port
- ../shared
- base/
- https://example.com/a.yaml
- ../not-there.yaml
patches:
- path: '../shared/patch.yaml'
- patch: |-
    - op: remove
      path: ../shared
configMapGenerator:
- name: a
  files: [key=../shared/patch.yaml]
helmCharts:
- name: a
  valuesFile: values/a-1.yaml
transformers:
  - ../../image-prefix.yaml
`;

const FROM = 'production/wiki';

describe('an app that moves', () => {
  test.each([
    ['to another environment', 'disabled/wiki', '../../production/shared', '../../'],
    ['to a deeper place', 'clusters/a/wiki', '../../../production/shared', '../../../'],
    ['under another name only', 'production/docs', '../shared', '../../'],
  ])('%s: only what leads out of it changes, by bytes', (_, to, shared, root) => {
    const moved = relocate(TEXT, `${FROM}/kustomization.yaml`, { move: { from: FROM, to }, tree: TREE });
    expect(moved).toBe(
      TEXT.replace('- ../shared\n', `- ${shared}\n`)
        .replace("'../shared/patch.yaml'", `'${shared}/patch.yaml'`)
        .replace('key=../shared/patch.yaml', `key=${shared}/patch.yaml`)
        .replace('../../image-prefix.yaml', `${root}image-prefix.yaml`),
    );
  });
});

test('a kustomization elsewhere that takes it in follows', () => {
  const text = 'resources:\n- production/wiki # first\n- production/wiki/resources/\n- production/shared\n';
  const move = { from: FROM, to: 'disabled/wiki' };
  expect(relocate(text, 'kustomization.yaml', { move, tree: TREE })).toBe(
    'resources:\n- disabled/wiki # first\n- disabled/wiki/resources/\n- production/shared\n',
  );
});
