import { describe, expect, test } from 'vitest';
import { putSealedValues } from '../../src/sealing/seal-secret.ts';
import { requireSealedSecret } from '../../src/sealing/sealed-secret.ts';
import type { Scope } from '../../src/sealing/scope.ts';
import { dedent } from '../support/repository-text.ts';

type Change = {
  data?: Record<string, string>;
  scope?: Scope;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  identity?: { namespace: string; name: string };
};

function put(text: string, { data = {}, scope, labels = {}, annotations = {}, identity }: Change): string {
  const secret = requireSealedSecret(text, 's.yaml', undefined);
  return putSealedValues(secret, {
    encryptedData: new Map(Object.entries(data)),
    identity: identity ?? { namespace: 'wiki', name: 'db' },
    scope: scope ?? secret.scope,
    labels,
    annotations,
  });
}

const FILE = dedent(`
  # for the wiki
  apiVersion: bitnami.com/v1alpha1
  kind: SealedSecret
  metadata:
    name: db
    namespace: wiki
  spec:
    encryptedData:
      password: AgOLD== # rotated in May
      # the reader
      user: AgUSER==
    template:
      metadata:
        name: db
        namespace: wiki
      type: Opaque
`);

describe('S15 one value', () => {
  test('replacing one changes its line alone', () => {
    const after = put(FILE, { data: { password: 'AgNEW==' } });
    expect(after).toBe(FILE.replace('AgOLD==', 'AgNEW=='));
  });

  test('a new key takes its place among the sorted ones', () => {
    expect(put(FILE, { data: { token: 'AgT==' } })).toBe(
      FILE.replace('    # the reader\n', '    token: AgT==\n    # the reader\n'),
    );
  });

  test('labels and annotations of the template are merged, missing maps made', () => {
    const after = put(FILE, { data: {}, labels: { app: 'wiki' }, annotations: { a: 'b' } });
    expect(after).toBe(
      FILE.replace(
        '    metadata:\n      name: db',
        '    metadata:\n      annotations:\n        a: b\n      labels:\n        app: wiki\n      name: db',
      ),
    );
  });

  test('a file without encryptedData, template or annotations', () => {
    const bare = 'kind: SealedSecret\nmetadata:\n  name: db\nspec: {}\n';
    expect(
      put(bare, { data: { a: 'Ag==' }, scope: 'cluster-wide', identity: { namespace: '', name: 'db' } }),
    ).toBe(
      dedent(`
        kind: SealedSecret
        metadata:
          name: db
          annotations:
            sealedsecrets.bitnami.com/cluster-wide: "true"
        spec:
          encryptedData:
            a: Ag==
          template:
            metadata:
              annotations:
                sealedsecrets.bitnami.com/cluster-wide: "true"
      `),
    );
  });
});

test('a stub that becomes namespace-wide says so on the object and on the template', () => {
  const after = put(FILE, { data: { password: 'AgA==', user: 'AgB==' }, scope: 'namespace-wide' });
  const annotated = requireSealedSecret(after, 's.yaml', undefined);
  expect(annotated).toMatchObject({
    scope: 'namespace-wide',
    templateScope: 'namespace-wide',
    oddAnnotations: [],
  });
});

test('a new place is written down where the file names the old one', () => {
  const after = put(FILE, { data: { password: 'AgA==' }, identity: { namespace: 'book', name: 'db' } });
  expect(after).toBe(FILE.replaceAll('namespace: wiki', 'namespace: book').replace('AgOLD==', 'AgA=='));
});

test('a namespace that the file leaves to kustomize stays out of its own metadata', () => {
  const without = FILE.replaceAll(/ +namespace: wiki\n/g, '');
  const after = put(without, { data: { password: 'AgA==' } });
  expect(after.match(/namespace: .*/g)).toEqual(['namespace: wiki']);
  expect(requireSealedSecret(after, 's.yaml', undefined)).toMatchObject({
    namespace: undefined,
    sealedFor: { namespace: 'wiki' },
  });
});

test('of several documents the other ones stay as they are', () => {
  const other = FILE.replace('name: db', 'name: cache');
  const text = `${other}---\n${FILE}`;
  const secret = requireSealedSecret(text, 's.yaml', 'db');
  const after = putSealedValues(secret, {
    encryptedData: new Map([['password', 'AgNEW==']]),
    identity: { namespace: 'wiki', name: 'db' },
    scope: 'strict',
    labels: {},
    annotations: {},
  });
  expect(after).toBe(`${other}---\n${FILE.replace('AgOLD==', 'AgNEW==')}`);
});
