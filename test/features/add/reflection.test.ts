import { describe, expect, test } from 'vitest';
import { addReflection, type Reflection } from '../../../src/features/add/reflection.ts';
import { diffLines } from '../../../src/output/line-diff.ts';
import { thrown } from '../../support/thrown.ts';

const CERTIFICATES = `# the root
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: ca}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: ca
spec:
  secretName: ca # clients trust it
`;

const SEALED = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
spec:
  encryptedData:
    password: AgB
  template:
    metadata:
      name: db
      annotations:
        reflector.v1.k8s.emberstack.com/reflection-allowed: "true"
        reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces: "build"
`;

function added(text: string, reflection: Reflection): string[] {
  return diffLines(text, addReflection(text, 'a.yaml', reflection)).flatMap(line =>
    line.kind === 'added' || line.kind === 'removed' ? [line.text] : [],
  );
}

describe('annotations', () => {
  const TO_CI: Reflection = { kind: 'Certificate', name: 'ca', namespaces: ['build', 'ci'] };

  test('of a Certificate stand on the Secret that it makes; only lines are added', () => {
    expect(added(CERTIFICATES, TO_CI)).toEqual([
      '+  secretTemplate:',
      '+    annotations:',
      '+      reflector.v1.k8s.emberstack.com/reflection-allowed: "true"',
      '+      reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces: "build,ci"',
      '+      reflector.v1.k8s.emberstack.com/reflection-auto-enabled: "true"',
      '+      reflector.v1.k8s.emberstack.com/reflection-auto-namespaces: "build,ci"',
    ]);
  });

  test('the same again changes nothing, and more namespaces join those that are there', () => {
    const once = addReflection(CERTIFICATES, 'a.yaml', TO_CI);
    expect(addReflection(once, 'a.yaml', TO_CI)).toBe(once);
    const more = addReflection(SEALED, 'a.yaml', { kind: 'SealedSecret', name: 'db', namespaces: ['ci'] });
    expect(more).toContain('reflection-allowed-namespaces: "build,ci"');
    expect(more).toContain('reflection-auto-namespaces: "ci"');
    expect(more).toContain('password: AgB');
  });

  test('one that holds for every namespace is not narrowed', () => {
    const open = SEALED.replace(/\n.*allowed-namespaces.*/, '');
    const edited = addReflection(open, 'a.yaml', { kind: 'SealedSecret', name: 'db', namespaces: ['ci'] });
    expect(edited).not.toContain('allowed-namespaces');
    expect(edited).toContain('reflection-auto-namespaces: "ci"');
  });

  test('of a Secret or ConfigMap stand on the object itself', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hosts\ndata: {a: b}\n';
    const reflection: Reflection = { kind: 'ConfigMap', name: 'hosts', namespaces: ['ci'] };
    expect(added(map, reflection)[0]).toBe('+  annotations:');
  });
});

test('an object that is not there is an error', () => {
  const reflection: Reflection = { kind: 'Secret', name: 'ca', namespaces: ['ci'] };
  expect(thrown(() => addReflection(CERTIFICATES, 'a.yaml', reflection))).toMatchObject({ code: 'E_VALUE' });
});
