import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkForm } from '../../src/sealing/form.ts';
import { parsePlainSecrets } from '../../src/sealing/plain-secret.ts';
import { renderSealedSecret, sealSecret } from '../../src/sealing/seal-secret.ts';
import { type Scope, SCOPES, sealingLabel } from '../../src/sealing/scope.ts';
import { parseSealedSecrets, requireSealedSecret } from '../../src/sealing/sealed-secret.ts';
import { sealValue } from '../../src/sealing/seal-value.ts';
import {
  canOpen,
  makeSealingPair,
  openWithController,
  openWithKubeseal,
  type SealingPair,
  sealWithKubeseal,
} from '../support/sealing.ts';

const IDENTITY = { namespace: 'wiki', name: 'wiki-db' };
const VALUES: Record<string, Buffer> = {
  empty: Buffer.alloc(0),
  'one-byte': Buffer.from([0]),
  'utf-8': Buffer.from('密码 – pässwörd 🔑\n'),
  binary: randomBytes(1000),
  '1-mib': randomBytes(1024 * 1024),
};

let pair: SealingPair;
beforeAll(() => {
  pair = makeSealingPair(4096);
});

function seal(values: Record<string, Buffer>, scope: Scope): string {
  const label = sealingLabel(IDENTITY, scope);
  return renderSealedSecret({
    name: IDENTITY.name,
    identity: IDENTITY,
    scope,
    encryptedData: new Map(
      Object.entries(values).map(([key, value]) => [key, sealValue(value, label, pair.certificate)]),
    ),
    labels: { app: 'wiki' },
    annotations: { note: 'yes' },
    type: 'Opaque',
    immutable: true,
  });
}

describe.runIf(canOpen)('S13 what we seal, others open', () => {
  const rows = SCOPES.flatMap(scope => Object.keys(VALUES).map((key): [Scope, string] => [scope, key]));

  test.each(rows)('%s, %s: kubeseal --recovery-unseal and the controller', (scope, key) => {
    const value = VALUES[key] ?? Buffer.alloc(0);
    const sealed = seal({ [key]: value }, scope);
    expect(openWithKubeseal(sealed, pair.keyFile).values[key]?.equals(value)).toBe(true);
    expect(openWithController(sealed, pair.keyFile)[key]?.equals(value)).toBe(true);
  });

  test('labels, annotations, type and immutable arrive in the Secret', () => {
    const { object } = openWithKubeseal(seal({ a: Buffer.from('1') }, 'namespace-wide'), pair.keyFile);
    expect(object).toMatchObject({
      kind: 'Secret',
      type: 'Opaque',
      immutable: true,
      metadata: {
        ...IDENTITY,
        labels: { app: 'wiki' },
        annotations: { note: 'yes', 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
      },
    });
  });

  test.each([
    ['strict', 'name: wiki-db', 'name: other'],
    ['strict', 'namespace: wiki', 'namespace: other'],
    ['namespace-wide', 'namespace: wiki', 'namespace: other'],
  ] as const)('a %s one does not open with another %s', (scope, from, to) => {
    const moved = seal({ a: Buffer.from('1') }, scope).replaceAll(from, to);
    expect(() => openWithController(moved, pair.keyFile)).toThrow('no key could decrypt');
  });

  test.each([
    ['namespace-wide', 'name: wiki-db', 'name: other'],
    ['cluster-wide', 'namespace: wiki', 'namespace: other'],
  ] as const)('a %s one opens with another %s', (scope, from, to) => {
    const moved = seal({ a: Buffer.from('1') }, scope).replaceAll(from, to);
    expect(openWithController(moved, pair.keyFile)).toEqual({ a: Buffer.from('1') });
  });
});

describe.runIf(canOpen)('S13 what kubeseal seals, our reader and our check take', () => {
  const manifest = (annotations = ''): string => `apiVersion: v1
kind: Secret
metadata:
  name: wiki-db
  namespace: wiki${annotations}
data:
  password: aHVudGVyMg==
  user: d2lraQ==
type: Opaque
`;

  test.each(SCOPES.map(scope => [scope]))('%s, YAML', scope => {
    const sealed = sealWithKubeseal(manifest(), pair.certFile, '--scope', scope);
    const [secret, ...others] = parseSealedSecrets(sealed, 's.yaml');
    expect(others).toEqual([]);
    expect(secret).toMatchObject({ ...IDENTITY, scope, templateScope: scope, sealedFor: IDENTITY });
    const facts = { placed: IDENTITY, listed: true, keyBytes: 512 };
    expect(secret && checkForm(secret, facts)).toEqual([]);
  });

  test('JSON, and a value of kubeseal --raw in a file of ours', () => {
    const json = sealWithKubeseal(manifest(), pair.certFile, '-o', 'json');
    expect(parseSealedSecrets(json, 's.json')).toMatchObject([
      { ...IDENTITY, values: [{ key: 'password' }, { key: 'user' }] },
    ]);
    const raw = sealWithKubeseal(
      's3cret',
      pair.certFile,
      '--raw',
      '--namespace',
      'wiki',
      '--name',
      'wiki-db',
    );
    const ours = seal({ a: Buffer.from('1') }, 'strict').replace(/a: .*/, `a: ${raw}`);
    expect(openWithController(ours, pair.keyFile)).toEqual({ a: Buffer.from('s3cret') });
    expect(
      checkForm(requireSealedSecret(ours, 's.yaml', undefined), {
        placed: IDENTITY,
        listed: true,
        keyBytes: 512,
      }),
    ).toEqual([]);
  });

  test('a file of kubeseal takes a value of ours, and the whole still opens', () => {
    for (const format of ['yaml', 'json']) {
      const theirs = sealWithKubeseal(manifest(), pair.certFile, '-o', format, '--scope', 'namespace-wide');
      const existing = requireSealedSecret(theirs, 's', undefined);
      const [secret] = parsePlainSecrets(
        manifest().replace('password: aHVudGVyMg==', 'token: bmV3'),
        's.yaml',
      );
      const both = sealSecret(
        { ...(secret as NonNullable<typeof secret>), values: new Map([['token', Buffer.from('new')]]) },
        { existing, identity: IDENTITY },
        { certificate: pair.certificate, scope: existing.scope },
      );
      expect(openWithController(both, pair.keyFile)).toEqual({
        password: Buffer.from('hunter2'),
        token: Buffer.from('new'),
        user: Buffer.from('wiki'),
      });
    }
  });

  test('the layout of a new file is kubeseal’s own, but for its empty creation times', () => {
    const theirs = sealWithKubeseal(
      manifest('\n  labels: {b: "1", a: "2"}'),
      pair.certFile,
      '--scope',
      'namespace-wide',
    );
    const [secret] = parsePlainSecrets(manifest('\n  labels: {b: "1", a: "2"}'), 's.yaml');
    const ours = sealSecret(
      secret as NonNullable<typeof secret>,
      { existing: undefined, identity: IDENTITY },
      { certificate: pair.certificate, scope: 'namespace-wide' },
    );
    const shape = (text: string): string =>
      text.replaceAll(/^ *creationTimestamp: null\n/gm, '').replaceAll(/: Ag[A-Za-z0-9+/=]+/g, ': …');
    expect(shape(ours)).toBe(shape(theirs));
  });
});

test('S16 the same value twice is different each time, so that nothing may seal again by itself', () => {
  const twice = [1, 2].map(() => sealValue(Buffer.from('x'), 'wiki/wiki-db', pair.certificate));
  expect(twice[0]).not.toBe(twice[1]);
});
