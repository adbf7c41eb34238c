import { describe, expect, test } from 'vitest';
import { relocate } from '../../../src/features/move/relocate.ts';

const TREE = new Set([
  'image-prefix.yaml',
  'production',
  'production/wiki',
  'production/wiki/resources',
  'production/wiki/resources/service.yaml',
  'production/wiki/base',
  'production/wiki/values/a-1.yaml',
  'production/common',
  'production/common/patch.yaml',
]);

const TEXT = `# keep this
namespace: wiki
resources:
- resources/service.yaml # the port
- ../common
- base/
- https://example.com/a.yaml
- ../not-there.yaml
patches:
- path: '../common/patch.yaml'
- patch: |-
    - op: remove
      path: ../common
configMapGenerator:
- name: a
  files: [key=../common/patch.yaml]
helmCharts:
- name: a
  valuesFile: values/a-1.yaml
transformers:
  - ../../image-prefix.yaml
`;

const FROM = 'production/wiki';

describe('an app that moves', () => {
  test.each([
    ['to another environment', 'disabled/wiki', '../../production/common', '../../'],
    ['to a deeper place', 'clusters/a/wiki', '../../../production/common', '../../../'],
    ['under another name only', 'production/docs', '../common', '../../'],
  ])('%s: only what leads out of it changes, by bytes', (_, to, common, root) => {
    const moved = relocate(TEXT, `${FROM}/kustomization.yaml`, { move: { from: FROM, to }, tree: TREE });
    expect(moved).toBe(
      TEXT.replace('- ../common\n', `- ${common}\n`)
        .replace("'../common/patch.yaml'", `'${common}/patch.yaml'`)
        .replace('key=../common/patch.yaml', `key=${common}/patch.yaml`)
        .replace('../../image-prefix.yaml', `${root}image-prefix.yaml`),
    );
  });
});

test('a kustomization elsewhere that takes it in follows', () => {
  const text = 'resources:\n- production/wiki # first\n- production/wiki/resources/\n- production/common\n';
  const move = { from: FROM, to: 'disabled/wiki' };
  expect(relocate(text, 'kustomization.yaml', { move, tree: TREE })).toBe(
    'resources:\n- disabled/wiki # first\n- disabled/wiki/resources/\n- production/common\n',
  );
});
