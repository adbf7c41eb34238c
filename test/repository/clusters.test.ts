import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  CLUSTER_SCHEMA_LINE,
  clustersIn,
  controlledByOf,
  readCluster,
  requireClusters,
} from '../../src/repository/clusters.ts';
import { thrown } from '../support/thrown.ts';

const schema = readFileSync(path.resolve('schemas/cluster.schema.json'), 'utf8');
const isValid = new Ajv2020({ strict: true }).compile(JSON.parse(schema) as object);

const FULL = `${CLUSTER_SCHEMA_LINE}
name: prod-eu
group: production
labels: { env: production, region: eu, example.org/tier: "1" }
controlledBy: hub
destination: { server: https://10.0.0.1:6443 }
`;

test('a file says what its cluster is called, who masters it and where it is', () => {
  expect(readCluster(FULL, 'clusters/prod-eu.yaml')).toEqual({
    file: 'clusters/prod-eu.yaml',
    name: 'prod-eu',
    group: 'production',
    labels: { env: 'production', region: 'eu', 'example.org/tier': '1' },
    controlledBy: { kind: 'hub' },
    destination: { server: 'https://10.0.0.1:6443' },
  });
});

test('it is found by its own name unless the file says otherwise; groups and agents name another cluster', () => {
  const read = (text: string) => readCluster(text, 'clusters/a.yaml');
  expect(read('name: a\ncontrolledBy: group:control\n')).toMatchObject({
    controlledBy: { kind: 'group', cluster: 'control' },
    destination: { name: 'a' },
    labels: {},
  });
  expect(
    read('name: a\ncontrolledBy: agent:hub\ndestination: { name: b }\ndomain: a.example\n'),
  ).toMatchObject({
    controlledBy: { kind: 'agent', cluster: 'hub' },
    destination: { name: 'b' },
  });
});

const WRONG = [
  'controlledBy: hub',
  'name: Prod_EU\ncontrolledBy: hub',
  'name: ../../etc\ncontrolledBy: hub',
  'name: 7\ncontrolledBy: hub',
  `name: ${'a'.repeat(64)}\ncontrolledBy: hub`,
  'name: a\ncontrolledBy: us',
  'name: a\ncontrolledBy: [hub]',
  'name: a\ncontrolledBy: "group:"',
  'name: a\ncontrolledBy: hub:b',
  'name: a\ncontrolledBy: agent:b:c',
  'name: a\ncontrolledBy: hub\ngroup: {}',
  'name: a\ncontrolledBy: hub\nlabels: [env]',
  'name: a\ncontrolledBy: hub\nlabels: { env: true }',
  'name: a\ncontrolledBy: hub\nlabels: { env: "a b" }',
  'name: a\ncontrolledBy: hub\nlabels: { "a b": c }',
  'name: a\ncontrolledBy: hub\ndestination: https://a.example',
  'name: a\ncontrolledBy: hub\ndestination: {}',
  'name: a\ncontrolledBy: hub\ndestination: { server: https://a.example, name: a }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "file:///etc/passwd" }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "https://me:secret@a.example" }',
  'name: a\ncontrolledBy: hub\ngroup:',
  'name: a\ncontrolledBy: hub\ndestination: { server: "http://a.example" }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "https://a.example/?token=secret" }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "https://a.example/#secret" }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "https://a.example/k/../b" }',
  'name: a\ncontrolledBy: hub\ndestination: { server: "https://a.example/%2e%2E" }',
  'name: a\ncontrolledBy: hub\nlabels: { argocd.argoproj.io/secret-type: repository }',
];

test.each(WRONG)('%j is refused, by the schema too', text => {
  const error = thrown(() => readCluster(text, 'clusters/a.yaml'));
  expect(error).toMatchObject({
    code: 'E_CONFIG',
    message: expect.stringContaining('clusters/a.yaml') as string,
  });
  expect(String(error)).not.toMatch(/secret(?!-type)/);
  expect(isValid(parse(text))).toBe(false);
});

test('the schema takes what is read, and a misspelt key is told from one that templates take', () => {
  expect(isValid(parse(FULL))).toBe(true);
  expect(isValid(parse('name: a\ncontrolledBy: agent:hub\ndomain: a.example\n'))).toBe(true);
  const error = thrown(() => readCluster('name: a\ncontroledBy: hub\n', 'clusters/a.yaml'));
  expect(error).toMatchObject({ message: expect.stringContaining('did you mean controlledBy?') as string });
});

test('of two clusters with one name the second is refused, with the place of the first', () => {
  const text = new Map([
    ['clusters/b.yaml', 'name: prod\ncontrolledBy: hub\n'],
    ['clusters/a.yaml', 'name: prod\ncontrolledBy: self\n'],
  ]);
  expect(clustersIn(text).clusters).toMatchObject([{ file: 'clusters/a.yaml' }]);
  expect(thrown(() => requireClusters(text))).toMatchObject({
    code: 'E_CONFIG',
    message: 'clusters/b.yaml: the name prod is taken by clusters/a.yaml',
  });
});

test("other people's files below clusters/, objects and broken files of them declare none, and disturb none", () => {
  const text = new Map([
    ['clusters/prod.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: prod }\n'],
    ['clusters/params.yaml', 'cluster: { name: prod, address: https://1.2.3.4 }\n'],
    ['clusters/named.yaml', 'name: prod\nlabels: [a]\n'],
    ['clusters/broken.yaml', 'a: [\n'],
    ['clusters/deep/eu.yaml', 'name: eu\ncontrolledBy: hub\n'],
    ['clusters/empty.yaml', ''],
    ['apps/eu.yaml', 'name: eu\ncontrolledBy: hub\n'],
  ]);
  expect(clustersIn(text)).toMatchObject({ clusters: [], problems: [] });
  // No set can take it, and nobody else is kept from going on.
  expect(clustersIn(text).stray.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^clusters\/broken\.yaml:\d+:\d+$/),
  ]);
});

test('a file that is half written is said to be wrong, with the line, and the others are read', () => {
  const text = new Map([
    ['clusters/a.yaml', 'name: a\ncontrolledBy: [\n'],
    ['clusters/b.yaml', `${CLUSTER_SCHEMA_LINE}\n`],
    ['clusters/c.yaml', 'name: c\ncontrolledBy: flux\n'],
    ['clusters/d.yaml', `name: d\ncontrolledBy: hub\nlabels: &a [${'*a, '.repeat(3)}]\n`],
  ]);
  const { clusters, problems } = clustersIn(text);
  expect(clusters.map(({ name }) => name)).toEqual(['c']);
  expect(problems.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^clusters\/a\.yaml:\d+:\d+$/),
    'clusters/b.yaml',
    'clusters/d.yaml:1:1',
  ]);
});

test('who masters a cluster is read of an answer as of a file', () => {
  expect(controlledByOf('group:control')).toEqual({ kind: 'group', cluster: 'control' });
  expect(controlledByOf('hub:')).toBeUndefined();
});

test('two names of one cluster are refused, however its address is written; what masters itself is another each time', () => {
  const at = (name: string, server: string, by = 'hub') =>
    [`clusters/${name}.yaml`, `name: ${name}\ncontrolledBy: ${by}\ndestination: { ${server} }\n`] as const;
  const problems = (...files: (readonly [string, string])[]) =>
    clustersIn(new Map(files)).problems.map(({ message }) => message);
  const same = ['clusters/b.yaml: clusters/a.yaml declares the same cluster under another name'];
  expect(
    problems(at('a', 'server: https://One.example'), at('b', 'server: https://one.example:443/')),
  ).toEqual(same);
  expect(problems(at('a', 'name: x'), at('b', 'name: x'))).toEqual(same);
  expect(problems(at('a', 'server: https://one.example'), at('b', 'server: https://two.example'))).toEqual(
    [],
  );
  const own = 'server: https://kubernetes.default.svc';
  expect(problems(at('a', own, 'self'), at('b', own, 'flux'))).toEqual([]);
  expect(problems(at('a', own), at('b', own))).toEqual(same);
});

test('a master is declared, or has a folder, and controls nobody who controls it', () => {
  const astray = (files: Record<string, string>) =>
    clustersIn(
      new Map(
        Object.entries(files).map(([name, by]) => [
          name.includes('/') ? name : `clusters/${name}.yaml`,
          by && `name: ${name}\ncontrolledBy: ${by}\n`,
        ]),
      ),
    ).stray.map(({ message }) => message);
  expect(astray({ a: 'group:nope', b: 'agent:nope', c: 'agent:hub', d: 'hub', e: 'group:d' })).toEqual([
    'clusters/a.yaml: controlledBy: nothing here declares the cluster nope',
    'clusters/b.yaml: controlledBy: nothing here declares the cluster nope',
  ]);
  expect(astray({ a: 'group:lab', 'clusters/lab/argo-cd/kustomization.yaml': '' })).toEqual([]);
  expect(astray({ a: 'group:b', b: 'agent:a', c: 'group:c', d: 'group:a' })).toEqual([
    'clusters/a.yaml: controlledBy: b is itself controlled by this cluster',
    'clusters/b.yaml: controlledBy: a is itself controlled by this cluster',
    'clusters/c.yaml: controlledBy: c is itself controlled by this cluster',
  ]);
});
