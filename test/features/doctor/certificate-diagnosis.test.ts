import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { diagnoseCertificate } from '../../../src/features/doctor/certificate-diagnosis.ts';
import { makeCertificate } from '../../support/certificate.ts';

const NOW = new Date('2026-06-15T12:00:00Z');

function certificate(notBefore: string, notAfter: string): string {
  return makeCertificate({
    keyType: 'rsa',
    notBefore: new Date(`${notBefore}T00:00:00Z`),
    notAfter: new Date(`${notAfter}T00:00:00Z`),
  }).cert;
}

const FRESH = certificate('2026-06-01', '2036-06-01');
const FINGERPRINT = new X509Certificate(FRESH).fingerprint256;

test.each([
  ['a fresh one', FRESH, undefined, 'ok', '14 days old, valid until 2036-06-01'],
  ['its pin', FRESH, FINGERPRINT, 'ok', '14 days old'],
  ['its pin in another spelling', FRESH, FINGERPRINT.replaceAll(':', '').toLowerCase(), 'ok', '14 days old'],
  ['another pin', FRESH, 'ab'.repeat(32), 'problem', 'but the repository pins'],
  ['expired', certificate('2015-01-01', '2026-06-14'), undefined, 'problem', 'expired on 2026-06-14'],
  [
    'not yet valid',
    certificate('2026-07-01', '2036-07-01'),
    undefined,
    'problem',
    'is not valid before 2026-07-01',
  ],
  ['about to expire', certificate('2016-07-01', '2026-07-01'), undefined, 'note', 'expires in 15 days'],
  ['old', certificate('2026-01-01', '2036-01-01'), undefined, 'note', '165 days old'],
  ['text before it', `subject=cn\n${FRESH}`, undefined, 'ok', '14 days old'],
  ['a private key beside it', `${FRESH}${makeCertificate().key}`, undefined, 'problem', 'private key'],
  ['nothing', '', undefined, 'problem', 'is empty'],
  ['half of one', FRESH.slice(0, 300), undefined, 'problem', 'holds no certificate'],
  [
    'no DER',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    undefined,
    'problem',
    'cannot be read',
  ],
])('a sealing certificate: %s', (_, text, fingerprint, status, message) => {
  const diagnosis = diagnoseCertificate({ name: 'sealing.pem', bytes: Buffer.from(text), fingerprint }, NOW);
  expect([diagnosis.status, diagnosis.message.en]).toEqual([status, expect.stringContaining(message)]);
  expect(diagnosis.hint === undefined).toBe(status === 'ok');
});
