import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSealedFile, sealedFiles } from '../../src/sealing/check-repository.ts';
import { formProblem } from '../../src/sealing/form.ts';
import { sealValue } from '../../src/sealing/seal-value.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { repositoryText } from '../support/repository-text.ts';

const { publicKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SEALED = sealValue(Buffer.from('x'), 'wiki/db', { key });
const FILE = 'production/wiki/resources/db.yaml';

type Parts = { metadata?: string; template?: string; value?: string; spec?: string };

function sealed({
  metadata = 'name: db, namespace: wiki',
  template = 'name: db, namespace: wiki',
  value = SEALED,
  spec = '',
}: Parts): string {
  return `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {${metadata}}
spec:
  encryptedData:
    password: ${value}
  template: {metadata: {${template}}}
${spec}`;
}

function check(
  file: string,
  kustomization = 'namespace: wiki\nresources: [resources/db.yaml]\n',
  keyBytes?: number,
) {
  const text = repositoryText({ [FILE]: file, 'production/wiki/kustomization.yaml': kustomization });
  return checkSealedFile(parseRepository(text), FILE, keyBytes).map(
    ({ code, severity, line }) => `${line} ${severity} ${code}`,
  );
}

const WIDE = '"sealedsecrets.bitnami.com/namespace-wide"';
const CLUSTER = '"sealedsecrets.bitnami.com/cluster-wide"';
function annotated(annotations: string): string {
  return `name: db, namespace: wiki, annotations: {${annotations}}`;
}

describe('S10 where kustomize puts it', () => {
  const strict = sealed({});
  const wide = sealed({ metadata: annotated(`${WIDE}: "true"`), template: annotated(`${WIDE}: "true"`) });
  const cluster = sealed({
    metadata: annotated(`${CLUSTER}: "true"`),
    template: annotated(`${CLUSTER}: "true"`),
  });
  const RENAMED = ['1 error E_SCOPE_RENAME'];

  test.each([
    ['the namespace it was sealed for', strict, '', []],
    ['another namespace', strict, 'namespace: book\n', RENAMED],
    ['a prefix', strict, 'namePrefix: prod-\n', RENAMED],
    ['a suffix', strict, 'nameSuffix: -v2\n', RENAMED],
    ['another namespace, namespace-wide', wide, 'namespace: book\n', RENAMED],
    ['a prefix, namespace-wide', wide, 'namePrefix: prod-\n', []],
    ['another namespace, cluster-wide', cluster, 'namespace: book\nnamePrefix: prod-\n', []],
  ])('%s', (_, file, fields, findings) => {
    expect(check(file, `${fields}resources: [resources/db.yaml]\n`)).toEqual(findings);
  });

  test('a prefix that it was sealed for: the template says so', () => {
    const file = sealed({ template: 'name: prod-db, namespace: wiki' });
    expect(check(file, 'namePrefix: prod-\nresources: [resources/db.yaml]\n')).toEqual([]);
    expect(check(file)).toEqual(RENAMED);
  });

  test('the namespace of a folder above wins over one below', () => {
    const text = repositoryText({
      'production/metal/nested/db.yaml': sealed({}),
      'production/metal/nested/kustomization.yaml':
        'namespace: other\nnamePrefix: b-\nresources: [db.yaml]\n',
      'production/metal/kustomization.yaml': 'namespace: wiki\nnamePrefix: a-\nresources: [./nested/]\n',
    });
    const [finding] = checkSealedFile(parseRepository(text), 'production/metal/nested/db.yaml', undefined);
    expect(finding?.message).toContain('sealed for wiki/db (strict), and kustomize puts it at wiki/a-b-db');
  });

  test('what must be sealed again is said with the command', () => {
    const text = repositoryText({
      [FILE]: sealed({}),
      'production/wiki/kustomization.yaml': 'namespace: book\n',
    });
    expect(checkSealedFile(parseRepository(text), FILE, undefined)[0]?.hint).toBe(
      `Seal all values again: slipway seal --into ${FILE}`,
    );
  });

  test('without a namespace anywhere only a cluster-wide one can be opened', () => {
    const nowhere = { metadata: 'name: db', template: 'name: db' };
    expect(check(sealed(nowhere), 'resources: [resources/db.yaml]\n')).toEqual(['1 error E_SCOPE_NAMESPACE']);
  });
});

describe('S11 annotations', () => {
  const MISMATCH = '1 error E_SCOPE_ANNOTATION';
  test.each([
    ['on the template only', 'name: db, namespace: wiki', annotated(`${WIDE}: "true"`), [MISMATCH]],
    ['on the object only', annotated(`${WIDE}: "true"`), 'name: db, namespace: wiki', [MISMATCH]],
    [
      'both scopes: cluster-wide wins',
      annotated(`${WIDE}: "true", ${CLUSTER}: "true"`),
      annotated(`${CLUSTER}: "true"`),
      [],
    ],
    ['"True" is not "true"', annotated(`${WIDE}: "True"`), annotated(`${WIDE}: "True"`), [MISMATCH]],
    ['"false" means nothing', annotated(`${WIDE}: "false"`), 'name: db, namespace: wiki', []],
  ])('%s', (_, metadata, template, findings) => {
    expect(check(sealed({ metadata, template }))).toEqual(findings);
  });
});

describe('values', () => {
  test.each([
    ['sealed', SEALED, []],
    ['a placeholder', 'REPLACE_ME', ['6 error E_SEAL_PLACEHOLDER']],
    ['clear text', 'hunter2', ['6 error E_SEAL_FORM']],
    ['base64 of clear text', Buffer.from('hunter2').toString('base64'), ['6 error E_SEAL_FORM']],
    ['cut off', SEALED.slice(0, 300), ['6 error E_SEAL_FORM']],
    ['without padding', SEALED.replace(/=+$/, ''), ['6 error E_SEAL_FORM']],
    ['with the URL alphabet', `${SEALED.slice(0, 100)}_-${SEALED.slice(102)}`, ['6 error E_SEAL_FORM']],
    ['empty', '""', ['6 error E_SEAL_FORM']],
  ])('%s', (_, value, findings) => {
    expect(check(sealed({ value }))).toEqual(findings);
  });

  test('a stub that nothing lists yet is a note', () => {
    expect(check(sealed({ value: 'REPLACE_ME' }), 'namespace: wiki\nresources: []\n')).toEqual([
      '6 note E_SEAL_PLACEHOLDER',
    ]);
  });

  test('a key of another size than the pinned certificate’s is a warning', () => {
    expect(check(sealed({}), undefined, 512)).toEqual(['6 warning E_SEAL_KEY_SIZE']);
    expect(check(sealed({}), undefined, 256)).toEqual([]);
  });

  test('the blob of old versions, and no values at all', () => {
    expect(check(sealed({ spec: '  data: AgB==\n' }))).toEqual(['1 error E_SEAL_BLOB']);
    expect(check('kind: SealedSecret\nmetadata: {name: db}\nspec: {encryptedData: {}}\n')).toEqual([
      '1 warning E_SEAL_EMPTY',
    ]);
  });

  test('the smallest sealed value: an empty one under a key of 1024 bits', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const text = sealValue(Buffer.alloc(0), '', { key: publicKey });
    expect(formProblem(text)).toBeUndefined();
    const bytes = Buffer.from(text, 'base64');
    expect(formProblem(bytes.subarray(0, -1).toString('base64'))).toBe('is cut off');
  });
});

test('the SealedSecrets of all apps are found, YAML or JSON', () => {
  const text = repositoryText({
    'production/a/kustomization.yaml': 'resources: []\n',
    'production/a/x.yaml': 'kind: SealedSecret\n',
    'production/a/y.yaml': '{"kind": "SealedSecret"}\n',
    'production/a/z.yaml': 'kind: Secret\n# a SealedSecret follows\n',
    'other/x.yaml': 'kind: SealedSecret\n',
  });
  expect(sealedFiles(parseRepository(text))).toEqual(['production/a/x.yaml', 'production/a/y.yaml']);
});
