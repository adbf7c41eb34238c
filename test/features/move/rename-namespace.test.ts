import { describe, expect, test } from 'vitest';
import {
  renameInKustomization,
  renameInResource,
  renameSealed,
} from '../../../src/features/move/rename-namespace.ts';

const RENAMED = { from: 'wiki', to: 'docs' };

test('a kustomization: its namespace and that of its charts; release names stay', () => {
  const text = `namespace: "wiki" # also the folder
helmCharts:
- name: wiki
  releaseName: wiki
  namespace: wiki
- name: other
  namespace: elsewhere
`;
  expect(renameInKustomization(text, 'k.yaml', RENAMED)).toBe(
    text.replace('"wiki"', '"docs"').replace('  namespace: wiki', '  namespace: docs'),
  );
});

test.each([
  [
    'the Namespace itself',
    'kind: Namespace\nmetadata:\n  name: wiki\n',
    'kind: Namespace\nmetadata:\n  name: docs\n',
  ],
  [
    'objects that name it, in any document',
    'kind: Service\nmetadata: {name: wiki, namespace: wiki}\n---\nkind: Service\nmetadata: {name: a, namespace: b}\n',
    'kind: Service\nmetadata: {name: wiki, namespace: docs}\n---\nkind: Service\nmetadata: {name: a, namespace: b}\n',
  ],
  ['a file of something else', 'wiki: wiki\n', 'wiki: wiki\n'],
])('a resource: %s', (_, text, expected) => {
  expect(renameInResource(text, 'r.yaml', RENAMED)).toBe(expected);
});

describe('a SealedSecret', () => {
  const sealed = (metadata: string, template: string, value: string): string => `kind: SealedSecret
metadata:
  name: db${metadata}
spec:
  encryptedData:
    password: ${value}
  template:
    metadata:
      name: db${template}
`;
  const IN = '\n  namespace: wiki';
  const UNDER = '\n      namespace: wiki';

  test('moves, and its template keeps saying what it was sealed for', () => {
    const text = sealed(IN, UNDER, 'AgB');
    expect(renameSealed(text, 's.yaml', RENAMED)).toBe(text.replace(IN, IN.replace('wiki', 'docs')));
  });

  test('one that leaves its namespace to kustomize now says what it was sealed for', () => {
    expect(renameSealed(sealed('', '', 'AgB'), 's.yaml', RENAMED)).toBe(sealed('', UNDER, 'AgB'));
  });

  test('a stub simply moves', () => {
    const text = sealed(IN, UNDER, 'REPLACE_ME');
    expect(renameSealed(text, 's.yaml', RENAMED)).toBe(text.replaceAll('namespace: wiki', 'namespace: docs'));
  });
});

test('what SOPS has encrypted stays byte for byte: a changed field would lock it', () => {
  const enc = 'ENC[AES256_GCM,data:Zm9v,iv:YWJj,tag:ZGVm,type:str]';
  const text = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: wiki\nstringData:\n  a: ${enc}\nsops:\n  mac: ${enc}\n`;
  expect(renameInResource(text, 'r.yaml', RENAMED)).toBe(text);
  const plain = text.slice(0, text.indexOf('sops:'));
  expect(renameInResource(plain, 'r.yaml', RENAMED)).toContain('namespace: docs');
});
