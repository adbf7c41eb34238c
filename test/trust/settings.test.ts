import { untranslated } from '../../src/text/language.ts';
import { describe, expect, test } from 'vitest';
import { editKustomization } from '../../src/repository/kustomization-edit.ts';
import { putValues } from '../../src/yaml/edit.ts';
import { makeFolder } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';
import { thrown } from '../support/thrown.ts';

describe('H05 paths of values', () => {
  test.each(['--set', '--set-string', '--set-file'])('no command has %s', async flag => {
    const root = demoRepository();
    const env = testEnv(makeFolder()) as Record<string, string>;
    const { code, stderr } = await slipway(['upgrade', flag, 'a.__proto__.x=1', '--yes'], { cwd: root, env });
    expect(code).toBe(2);
    expect(stderr).toContain('E_USAGE');
  });

  test.each([2_000_000_000, -1, '__proto__'])('an edit of item %s is refused', step => {
    const order = { value: [], evidence: untranslated('') };
    const indent = { value: 0, evidence: untranslated('') };
    const style = {
      sectionOrder: order,
      listIndent: { resources: indent, helmCharts: indent, images: indent, transformers: indent },
    };
    const change = { kind: 'set' as const, path: ['helmCharts', step, 'version'], text: '1' };
    const request = { text: 'helmCharts:\n- version: 2\n', path: 'k.yaml', changes: [change], style };
    expect(thrown(() => editKustomization(request)).code).toBe('E_YAML_SHAPE');
  });

  test('a value below a prototype key becomes data of the file, and of nothing else', () => {
    const text = putValues('a: 1\n', 'values.yaml', [{ path: ['__proto__', 'polluted'], value: true }]);
    expect(text).toContain('__proto__:');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test('H07 SLIPWAY_HELM names no program: doctor names the variable', async () => {
  const env = { ...testEnv(makeFolder()), SLIPWAY_HELM: '/nowhere/helm' } as Record<string, string>;
  const { stdout } = await slipway(['doctor', '--offline'], { cwd: demoRepository(), env });
  expect(stdout).toContain('or name it with SLIPWAY_HELM');
});

test('H07 SLIPWAY_KUSTOMIZE names no program: nothing else is taken in its place', async () => {
  const env = { ...testEnv(makeFolder()), SLIPWAY_KUSTOMIZE: '/nowhere/kustomize' } as Record<string, string>;
  const { code, stdout } = await slipway(['check', '--render', '--json', '-C', demoRepository()], { env });
  expect([code, stdout]).toEqual([4, expect.stringContaining('SLIPWAY_KUSTOMIZE names /nowhere/kustomize')]);
});

test.each(['x', 'a:b:c:d', 'a:1:b', 'a:1:b:2:c'])('H07 SLIPWAY_CONNECT_TO=%s is refused', async value => {
  const env = { ...testEnv(makeFolder()), SLIPWAY_CONNECT_TO: value } as Record<string, string>;
  const { code, stdout } = await slipway(['outdated', '--json', '-C', demoRepository()], { env });
  expect([code, stdout]).toEqual([2, expect.stringContaining('SLIPWAY_CONNECT_TO')]);
});
