import { expect, test } from 'vitest';
import { isReference, plaintextKeys } from '../../../../src/features/check/facts/secret-objects.ts';
import { isNamedEncrypted, isSopsEncrypted } from '../../../../src/repository/sops.ts';
import { evaluatePair } from '../../../../src/repository/secret-shapes.ts';

const ENC = 'ENC[AES256_GCM,data:CwE4O1s=,iv:2k=,tag:C+w==,type:str]';

const REFERENCES = [
  ENC,
  'op://vault/item/field',
  'ref+vault://secret/db#password',
  'ref+awssecrets://prod/db',
  '<path:secret/data/db#password>',
  'postgres://app:<path:secret/data/db#password>@db/app',
  '${DB_PASSWORD}',
  '$(DB_PASSWORD)',
  '{{ .Values.password }}',
  '$webhook-secret:token',
];

test.each(REFERENCES)('%s is opened or filled in later', text => {
  expect(isReference(text)).toBe(true);
  const base64 = Buffer.from(text).toString('base64');
  const body = { data: { a: base64, b: ENC }, stringData: { c: text } };
  expect(plaintextKeys({ apiVersion: 'v1', kind: 'Secret', name: 's', namespace: 'n', body })).toEqual([]);
  const pair = { key: 'password', name: undefined, isBlock: false, offset: 0, trail: [], read: () => text };
  expect(evaluatePair(pair, 'any')).toBeUndefined();
});

test.each(['open-sesame', 'ENC', 'ENCODED[x]', 'my op://x', '$5,000', 'pa$$word', 'ref+1'])(
  '%s is plain',
  text => {
    expect(isReference(text)).toBe(false);
  },
);

test.each([
  ['a/secret.sops.yaml', true],
  ['a/db.enc.yml', true],
  ['a/.sops.yaml', false],
  ['a/sops.yaml', false],
  ['a/encoder.yaml', false],
])('%s is named as encrypted: %s', (file, is) => {
  expect(isNamedEncrypted(file)).toBe(is);
});

test.each([
  [`a: ${ENC}\nsops:\n  mac: ${ENC}\n`, true],
  [`{"a": "${ENC}",\n"sops": {"mac": "${ENC}"}}`, true],
  [`A=${ENC}\nsops_mac=${ENC}\n`, true],
  ['a: 1\nsops:\n  mac: none\n', false],
  [`a: ${ENC}\n`, false],
])('encrypted by SOPS: %s', (text, is) => {
  expect(isSopsEncrypted(text)).toBe(is);
});
