import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseFingerprint, parseSealingCertificate, requirePinned } from '../../src/sealing/certificate.ts';
import { makeCertificate } from '../support/certificate.ts';
import { thrown } from '../support/thrown.ts';

const DAY = 86_400_000;
const NOW = new Date('2026-05-01T12:00:00Z');
const RSA = makeCertificate({ keyType: 'rsa', ...valid(-10, 3650) });

function valid(from: number, to: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(NOW.getTime() + from * DAY), notAfter: new Date(NOW.getTime() + to * DAY) };
}

function judge(text: string | Buffer) {
  return parseSealingCertificate(Buffer.from(text), 'cert.pem', NOW);
}

test('an RSA certificate: fingerprint, age and key size', () => {
  const certificate = judge(RSA.cert);
  expect(certificate).toMatchObject({ keyBytes: 256, ageDays: 10, notes: [] });
  expect(certificate.fingerprint).toBe(new X509Certificate(RSA.cert).fingerprint256);
  expect(certificate.notAfter.toISOString().slice(0, 10)).toBe('2036-04-28');
});

const EC = makeCertificate({ keyType: 'ec', ...valid(-1, 1) });
const DER = new X509Certificate(RSA.cert).raw;
const PUBLIC = new X509Certificate(RSA.cert).publicKey.export({ type: 'spki', format: 'pem' }).toString();

test.each([
  [
    'S04 an expired one',
    makeCertificate({ keyType: 'rsa', ...valid(-20, -1) }).cert,
    'E_CERT_EXPIRED',
    /expired on 2026-04-30/,
  ],
  [
    'S05 one that is not valid yet',
    makeCertificate({ keyType: 'rsa', ...valid(1, 9) }).cert,
    'E_CERT_NOT_YET_VALID',
    /not valid before 2026-05-02/,
  ],
  ['S06 an EC key', EC.cert, 'E_CERT', /type ec/],
  [
    'S06 an Ed25519 key',
    makeCertificate({ keyType: 'ed25519', ...valid(-1, 1) }).cert,
    'E_CERT',
    /type ed25519/,
  ],
  [
    'S06 RSA of 1024 bits',
    makeCertificate({ keyType: 'rsa', bits: 1024, ...valid(-1, 1) }).cert,
    'E_CERT',
    /1024 bits/,
  ],
  ['S06 a bare public key', PUBLIC, 'E_CERT', /bare public key/],
  ['S06 DER', DER, 'E_CERT', /DER form/],
  ['S06 an empty file', ' \n', 'E_CERT', /is empty/],
  ['S06 a web page', '<!doctype html><html></html>', 'E_CERT', /web page/],
  ['S06 some text', 'hello\n', 'E_CERT', /holds no certificate/],
  [
    'S06 a certificate request',
    '-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n',
    'E_CERT',
    /certificate request/,
  ],
  [
    'S06 a damaged certificate',
    RSA.cert.replace(/\n[A-Za-z0-9+/]{64}\n/, '\nAAAA\n'),
    'E_CERT',
    /cannot be read/,
  ],
])('%s is refused', (_, text, code, message) => {
  const error = thrown(() => judge(text));
  expect([error.code, error.exit]).toEqual([code, 5]);
  expect(error.message).toMatch(message);
});

test.each([
  ['alone', RSA.key],
  ['behind the certificate', RSA.cert + RSA.key],
  ['cut off', RSA.key.slice(0, 100)],
])('S06 a private key %s stops everything, and its text stays in', (_, text) => {
  const error = thrown(() => judge(text));
  expect(error.message).toBe('cert.pem holds a private key');
  expect(error.hint).toMatch(/rotate the key/);
  expect(JSON.stringify(error)).not.toContain(RSA.key.slice(60, 90));
});

test('S06 of two certificates the first counts, with a note; text before it is nothing special', () => {
  const both = judge(`subject=CN = sealed\n${RSA.cert}${EC.cert}`);
  expect(both.fingerprint).toBe(judge(RSA.cert).fingerprint);
  expect(both.notes.map(({ en }) => en)).toEqual([
    'cert.pem holds several certificates; the first is used, as kubeseal does',
  ]);
});

test('S09 an old certificate is a note, no refusal', () => {
  const old = judge(makeCertificate({ keyType: 'rsa', ...valid(-61, 900) }).cert);
  expect(old.notes.map(({ en }) => en)).toEqual([expect.stringContaining('61 days old')]);
  expect(judge(makeCertificate({ keyType: 'rsa', ...valid(-60, 900) }).cert).notes).toEqual([]);
});

describe('the pinned fingerprint', () => {
  const certificate = judge(RSA.cert);
  const plain = certificate.fingerprint.replaceAll(':', '').toLowerCase();
  const other = 'ab'.repeat(32);

  test.each([
    [undefined],
    [certificate.fingerprint],
    [plain],
    [`sha256:${plain}`],
    [`SHA256 Fingerprint=${certificate.fingerprint}`],
  ])('the certificate is the one pinned as %s', pinned => {
    expect(() => requirePinned(certificate, pinned, undefined)).not.toThrow();
  });

  test('S07 another one is refused, and both are shown', () => {
    const error = thrown(() => requirePinned(certificate, other, undefined));
    expect([error.code, error.exit]).toEqual(['E_CERT_CHANGED', 5]);
    expect(error.message).toContain(certificate.fingerprint);
    expect(error.message).toContain(parseFingerprint(other));
  });

  test('S07 --trust-new-cert takes the one that it names, no other', () => {
    expect(() => requirePinned(certificate, other, plain)).not.toThrow();
    expect(thrown(() => requirePinned(certificate, other, other)).code).toBe('E_CERT_CHANGED');
    expect(thrown(() => requirePinned(certificate, undefined, other)).code).toBe('E_CERT_CHANGED');
  });

  test.each([['abc'], [''], ['zz'.repeat(32)], ['ab'.repeat(20)]])('%j is no fingerprint', text => {
    expect(thrown(() => parseFingerprint(text)).code).toBe('E_VALUE');
  });
});
