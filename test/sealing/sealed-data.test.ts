import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { stubKeys } from '../../src/sealing/sealed-data.ts';
import type { Manifest } from '../../src/repository/manifest.ts';

function sealed(encryptedData: Record<string, unknown>): Manifest {
  const body = { spec: { encryptedData } };
  return { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', name: 'x', namespace: 'x', body };
}

/** Ciphertext as kubeseal frames it, filled by a hash so that a failure can be repeated. */
function ciphertext(seed: number): Buffer {
  const blocks = Array.from({ length: 18 }, (_, block) =>
    createHash('sha256').update(`${seed}.${block}`).digest(),
  );
  return Buffer.concat([Buffer.from([2, 0]), ...blocks]);
}

test('real ciphertext is never a stub, whatever words its base64 spells', () => {
  const values = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, seed) => [`k${seed}`, ciphertext(seed).toString('base64')]),
  );
  expect(Object.values(values).filter(value => /todo/i.test(value)).length).toBeGreaterThan(0);
  expect(stubKeys(sealed(values))).toEqual([]);
});

test('neither is ciphertext that is folded, cut short, or of another frame', () => {
  const word = Buffer.from('TODOfixmeREPLACEplaceholder+', 'base64');
  const whole = Buffer.concat([ciphertext(1).subarray(0, 300), word, ciphertext(2)]).toString('base64');
  const folded = whole.replaceAll(/(.{64})/g, '$1\n');
  expect(stubKeys(sealed({ whole, folded, cut: whole.slice(0, 640), other: whole.slice(4) }))).toEqual([]);
});

test.each(['REPLACE_ME', '', null, '<sealed value>', 'TODO', 'xxxx', 'your-password-here', 'AgChangeMe'])(
  'a placeholder is one: %j',
  value => {
    expect(stubKeys(sealed({ key: value }))).toEqual(['key']);
  },
);
