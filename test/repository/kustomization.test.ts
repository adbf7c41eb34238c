import { describe, expect, test } from 'vitest';
import { parseKustomization } from '../../src/repository/kustomization.ts';
import { insideFrom, isSamePath, pathFrom, valuesPath } from '../../src/repository/kustomization-paths.ts';

const FILE = 'production/web/kustomization.yaml';
const TEXT = `# the website
namespace: web
resources:
  # one release
  # held
  - https://example.test/a.yaml # why
  - resources/pvc.yaml
helmCharts:
  # of the team
  - name: web
    repo: https://charts.example.test
    # not 2.x: breaks sessions

    version: 1.10 # see the runbook
    valuesFile: ./values/../values/web-1.10.yaml
    includeCRDs: true
  - {name: cache, version: '4.5', namespace: ~}
  - text
  - &entry
    name: queue
    version: 0x10
images:
  - name: nginx
    newTag: 1.10
`;

test('scalars are what is written, whatever their quotes', () => {
  const { charts, namespace, keys } = parseKustomization(TEXT, FILE);
  expect(keys).toEqual(['namespace', 'resources', 'helmCharts', 'images']);
  expect(namespace).toBe('web');
  expect(charts.map(({ index, name, version, namespace: own }) => [index, name, version, own])).toEqual([
    [0, 'web', '1.10', undefined],
    [1, 'cache', '4.5', undefined],
    [3, 'queue', '0x10', undefined],
  ]);
  expect(charts[0]?.keys).toEqual(['name', 'repo', 'version', 'valuesFile', 'includeCRDs']);
});

test('what comes by an alias or a merge key is there too', () => {
  const text =
    'a: &chart {version: 1.5, repo: https://r}\nv: &v "2.0"\nhelmCharts:\n- <<: *chart\n  name: x\n- version: *v\n';
  expect(parseKustomization(text, FILE).charts.map(({ version, repo }) => [version, repo])).toEqual([
    ['1.5', 'https://r'],
    ['2.0', undefined],
  ]);
});

test('comments are those behind a value and right above it', () => {
  const { charts, resourceComments } = parseKustomization(TEXT, FILE);
  expect(resourceComments).toEqual(['one release held why', undefined]);
  expect(charts.map(({ versionComment }) => versionComment)).toEqual([
    'see the runbook',
    undefined,
    undefined,
  ]);
  const held = TEXT.replace('sessions\n\n', 'sessions\n');
  expect(parseKustomization(held, FILE).charts[0]?.versionComment).toBe(
    'not 2.x: breaks sessions see the runbook',
  );
});

test('each part has its place', () => {
  const { at, charts } = parseKustomization(TEXT, FILE);
  expect(at('resources', 1)).toEqual({ file: FILE, line: 7, column: 5 });
  expect(charts[0]?.at('version')).toEqual({ file: FILE, line: 14, column: 5 });
  expect(charts[0]?.at('releaseName')).toEqual({ file: FILE, line: 10, column: 5 });
  expect(charts[2]?.at('version').line).toBe(21);
});

test.each([
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'E_YAML_SHAPE'],
  ['- a\n', 'E_YAML_SHAPE'],
  ['a: 1\na: 2\n', 'E_YAML_SHAPE'],
  ['{{ x }}: 1\n', 'E_YAML_SHAPE'],
  ['a: [1\n', 'E_YAML_SYNTAX'],
  ['['.repeat(200), 'E_YAML_DEPTH'],
])('%j is refused with its file', (text, code) => {
  expect(() => parseKustomization(text, FILE)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(FILE) as string }),
  );
});

test.each(['', '# nothing yet\n', '---\n'])('%j is a kustomization that is being written', text => {
  expect(parseKustomization(text, FILE)).toMatchObject({ keys: [], charts: [], resources: [] });
});

describe('a path that is written in a kustomization', () => {
  test.each([
    ['values.yaml', 'production/web/values.yaml'],
    ['./values.yaml', 'production/web/values.yaml'],
    ['././values/./a.yaml', 'production/web/values/a.yaml'],
    ['../../base/', 'base'],
    ['../api/values.yaml', 'production/api/values.yaml'],
    ['../../../outside', '../outside'],
    ['https://example.test/a.yaml', undefined],
    ['git@example.test:a/b', undefined],
    ['github.com/a/b?ref=v1', undefined],
  ])('%s', (written, expected) => {
    expect(pathFrom('production/web', written)).toBe(expected);
  });

  test('one that leads out is none of the repository', () => {
    expect(insideFrom('production/web', '../../base')).toBe('base');
    expect(insideFrom('production/web', '../../../x')).toBeUndefined();
    expect(insideFrom('production/web', '/etc/passwd')).toBeUndefined();
    expect(() => valuesPath('a/b', '../../../x')).toThrow(expect.objectContaining({ code: 'E_OUTSIDE' }));
    expect(() => valuesPath('a/b', 'https://x/y')).toThrow(expect.objectContaining({ code: 'E_VALUE' }));
  });

  test('two texts may name the same', () => {
    expect(isSamePath('./../../prefix.yaml', '../../prefix.yaml')).toBe(true);
    expect(isSamePath('base/', './base')).toBe(true);
    expect(isSamePath('base', '../base')).toBe(false);
  });
});
