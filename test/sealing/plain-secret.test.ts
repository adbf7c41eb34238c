import { describe, expect, test } from 'vitest';
import { parsePlainSecrets } from '../../src/sealing/plain-secret.ts';
import { dedent } from '../support/repository-text.ts';
import { thrown } from '../support/thrown.ts';

function parse(text: string) {
  return parsePlainSecrets(dedent(text), 's.yaml').map(secret => ({
    ...secret,
    values: Object.fromEntries([...secret.values].map(([key, value]) => [key, value.toString('latin1')])),
  }));
}

test('data is decoded, stringData wins, labels and type come along', () => {
  const [secret] = parse(`
    apiVersion: v1
    kind: Secret
    metadata: {name: db, namespace: wiki, labels: {app: wiki}}
    type: kubernetes.io/basic-auth
    immutable: true
    data: {username: d2lraQ==, password: b2xk, empty: ""}
    stringData: {password: new}
  `);
  expect(secret).toEqual({
    name: 'db',
    namespace: 'wiki',
    labels: { app: 'wiki' },
    annotations: {},
    annotatedScope: 'strict',
    type: 'kubernetes.io/basic-auth',
    immutable: true,
    values: { username: 'wiki', password: 'new', empty: '' },
  });
});

test('several documents, a List, JSON, empty documents and folded base64', () => {
  const one = (name: string): string =>
    `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"${name}"},"data":{"k":"YQ=="}}`;
  expect(parse(`---\n---\n${one('a')}\n---\n${one('b')}\n`).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(parse(`{"kind": "List", "apiVersion": "v1", "items": [${one('a')}, ${one('b')}]}`)).toHaveLength(2);
  expect(
    parse('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  k: |\n    YWJj\n    ZGVm\n')[0]
      ?.values,
  ).toEqual({
    k: 'abcdef',
  });
});

test('S18 what a server and other tools added is left out', () => {
  const [secret] = parse(`
    apiVersion: v1
    kind: Secret
    metadata:
      name: db
      uid: 1-2-3
      resourceVersion: "9"
      creationTimestamp: "2026-01-01T00:00:00Z"
      ownerReferences: [{kind: Deployment, name: x}]
      managedFields: [{manager: kubectl}]
      finalizers: [x/y]
      annotations:
        kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"password":"canary"}}'
        kubecfg.ksonnet.io/last-applied-configuration: canary
        kapp.k14s.io/original: canary
        sealedsecrets.bitnami.com/cluster-wide: "true"
        keep: me
    stringData: {password: x}
  `);
  expect(secret).toMatchObject({ annotations: { keep: 'me' }, annotatedScope: 'cluster-wide' });
  expect(JSON.stringify({ ...secret, values: {} })).not.toMatch(/canary|1-2-3|kubectl|Deployment|finalizers/);
});

describe('what is no Secret', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n';
  test.each([
    ['nothing', '', 'E_SECRET', /contains no Secret/],
    [
      'another kind',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      'E_SECRET',
      /s\.yaml:1 is a ConfigMap/,
    ],
    [
      'a sealed one',
      `${secret}---\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n`,
      'E_SECRET',
      /s\.yaml:5 is a SealedSecret/,
    ],
    ['a text', 'hunter2-canary\n', 'E_SECRET', /no Kubernetes object/],
    [
      'S12 one without a name',
      'apiVersion: v1\nkind: Secret\nmetadata: {}\n',
      'E_SECRET',
      /no metadata\.name/,
    ],
    ['S12 a name in upper case', secret.replace('db', 'DB'), 'E_NAME', /"DB" cannot be/],
    [
      'S12 a bad namespace',
      secret.replace('name: db', 'name: db, namespace: A_b'),
      'E_NAME',
      /"A_b" cannot be/,
    ],
    [
      'S19 a key that climbs',
      `${secret}stringData: {../x: canary}\n`,
      'E_VALUE',
      /"\.\.\/x" cannot be a key/,
    ],
    ['S19 a key of prototypes', `${secret}stringData: {__proto__: canary}\n`, 'E_VALUE', /cannot be a key/],
    [
      'S19 a key of 254 characters',
      `${secret}stringData: {${'k'.repeat(254)}: canary}\n`,
      'E_VALUE',
      /cannot be a key/,
    ],
    [
      'data that is not base64',
      `${secret}data: {password: hunter2-canary}\n`,
      'E_SECRET',
      /data\.password is not base64/,
    ],
    [
      'data with spaces',
      `${secret}data: {password: "YQ == canary"}\n`,
      'E_SECRET',
      /data\.password is not base64/,
    ],
    ['a number', `${secret}stringData: {port: 5432}\n`, 'E_SECRET', /stringData\.port is not text/],
    ['a list', `${secret}stringData: {a: [canary]}\n`, 'E_SECRET', /stringData\.a is not text/],
    [
      'S02 broken YAML around a value',
      `${secret}stringData: {password: "hunter2-canary}\n`,
      'E_YAML_SYNTAX',
      /not readable as YAML or JSON/,
    ],
    [
      'S02 a value that looks like an alias',
      `${secret}stringData: {password: *canary}\n`,
      'E_YAML_SYNTAX',
      /not readable as YAML or JSON/,
    ],
    [
      'S02 a tab before a value',
      `${secret}stringData:\n\tpassword: canary\n`,
      'E_YAML_SYNTAX',
      /not readable as YAML or JSON/,
    ],
    [
      'S02 a key twice',
      `${secret}stringData: {a: canary, a: canary}\n`,
      'E_YAML_SHAPE',
      /not readable as YAML or JSON/,
    ],
  ])('%s', (_, text, code, message) => {
    const error = thrown(() => parsePlainSecrets(text, 's.yaml'));
    expect([error.code, error.exit]).toEqual([code, 2]);
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.hint} ${JSON.stringify(error)} ${error.stack}`).not.toContain('canary');
    expect(error.cause).toBeUndefined();
  });
});
