import { type KeyObject, X509Certificate } from 'node:crypto';
import { display } from '../text/display.ts';
import { type ErrorCode, UserError } from '../errors.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

/** The public half of the controller's key, judged and ready to seal with. */
export type SealingCertificate = {
  key: KeyObject;
  /** Bytes of an RSA ciphertext: 512 for the controller's own keys. */
  keyBytes: number;
  /** SHA-256 of the certificate as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: string;
  notAfter: Date;
  ageDays: number;
  /** What a person should know, though it does not forbid sealing. */
  notes: Text[];
};

/** Certificates are about 2 KB. */
export const MAX_CERTIFICATE_BYTES = 64 * 1024;

const MIN_BITS = 2048;
const DAY_MS = 86_400_000;
/** The controller makes a new key every 30 days, and keeps the old ones. */
const OLD_DAYS = 60;
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

/**
 * Judges what should be the sealing certificate. `name` is where it came from.
 * @throws UserError E_CERT, E_CERT_EXPIRED, E_CERT_NOT_YET_VALID
 */
export function parseSealingCertificate(bytes: Uint8Array, name: string, now: Date): SealingCertificate {
  const { certificate, others } = readPem(bytes, name);
  const { publicKey: key } = certificate;
  requireRsa(key, name);
  const notBefore = new Date(certificate.validFrom);
  const notAfter = new Date(certificate.validTo);
  requireValid(notBefore, notAfter, { name, now });
  const ageDays = Math.floor((now.getTime() - notBefore.getTime()) / DAY_MS);
  return {
    key,
    keyBytes: Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8),
    fingerprint: certificate.fingerprint256,
    notAfter,
    ageDays,
    notes: [...(others > 0 ? [severalNote(name)] : []), ...(ageDays > OLD_DAYS ? [oldNote(ageDays)] : [])],
  };
}

/**
 * A fingerprint in one spelling, whatever separators and case it was given in.
 * @throws UserError E_VALUE
 */
export function parseFingerprint(input: string): string {
  const digits = input
    .trim()
    .replace(/^sha-?256(?: fingerprint)?[:=]/i, '')
    .replaceAll(/[:\s]/g, '')
    .toUpperCase();
  if (/^[0-9A-F]{64}$/.test(digits)) return digits.replaceAll(/(..)(?=.)/g, '$1:');
  throw new UserError('E_VALUE', say('sealing.noSha256Fingerprint', { input: display(input) }), {
    hint: say('sealing.opensslX509CertPemNoout'),
  });
}

/**
 * Compares a certificate with the one that the repository pins.
 * @throws UserError E_CERT_CHANGED unless `trusted` names the new one
 */
export function requirePinned(
  { fingerprint }: SealingCertificate,
  pinned: string | undefined,
  trusted: string | undefined,
): void {
  if (trusted !== undefined && parseFingerprint(trusted) !== fingerprint)
    throw changed(say('sealing.certificateNotTheTrustedOne', { fingerprint }));
  if (pinned === undefined || trusted !== undefined) return;
  const expected = parseFingerprint(pinned);
  if (expected === fingerprint) return;
  throw changed(say('sealing.certificateNotThePinnedOne', { fingerprint, expected }), fingerprint);
}

function changed(message: Text, fingerprint?: string): UserError {
  const hint = fingerprint
    ? say('sealing.compareFingerprintThenTrust', { fingerprint })
    : say('sealing.compareBothWithCluster');
  return new UserError('E_CERT_CHANGED', message, { hint });
}

function readPem(bytes: Uint8Array, name: string): { certificate: X509Certificate; others: number } {
  const text = Buffer.from(bytes).toString('latin1');
  const blocks = [...text.matchAll(PEM_BLOCK)].map(([block, label = '']) => ({ block, label }));
  if (
    blocks.some(({ label }) => label.endsWith('PRIVATE KEY')) ||
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)
  )
    throw refused(name, say('sealing.holdsPrivateKey'), say('sealing.rotateKey'));
  const [first, ...others] = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (!first) throw noCertificate(name, text, blocks[0]?.label);
  try {
    return { certificate: new X509Certificate(first.block), others: others.length };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw refused(name, say('sealing.holdsUnreadableCertificate'), FETCH_IT);
  }
}

const FETCH_IT = say('sealing.fetchRightCertificate');

function noCertificate(name: string, text: string, label: string | undefined): UserError {
  if (text.trim() === '') return refused(name, say('sealing.isEmpty'), FETCH_IT);
  if (label === 'PUBLIC KEY' || label === 'RSA PUBLIC KEY')
    return refused(name, say('sealing.isBarePublicKey'), FETCH_IT);
  if (label !== undefined)
    return refused(name, say('sealing.isNotCertificateBut', { label: label.toLowerCase() }), FETCH_IT);
  if (text.startsWith('0\u0082'))
    return refused(name, say('sealing.isDerCertificate'), say('sealing.convertDerToPem'));
  if (/^\s*</.test(text)) return refused(name, say('sealing.isWebPage'), FETCH_IT);
  return refused(name, say('sealing.holdsNoCertificate'), FETCH_IT);
}

function requireRsa(key: KeyObject, name: string): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'rsa')
    throw refused(name, say('sealing.hasKeyOfOtherType', { type: type ?? 'unknown' }), FETCH_IT);
  const bits = details?.modulusLength ?? 0;
  if (bits < MIN_BITS) throw refused(name, say('sealing.hasShortKey', { bits, least: MIN_BITS }), FETCH_IT);
}

function requireValid(notBefore: Date, notAfter: Date, { name, now }: { name: string; now: Date }): void {
  if (now > notAfter)
    throw refused(name, say('sealing.expiredOn', { day: day(notAfter) }), FETCH_IT, 'E_CERT_EXPIRED');
  if (now < notBefore)
    throw refused(
      name,
      say('sealing.isNotValidBefore', { day: day(notBefore) }),
      say('sealing.checkClock'),
      'E_CERT_NOT_YET_VALID',
    );
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function refused(name: string, predicate: Text, hint: Text, code: ErrorCode = 'E_CERT'): UserError {
  return new UserError(code, say('text.subjectWithPredicate', { subject: display(name), predicate }), {
    hint,
    subject: name,
  });
}

function severalNote(name: string): Text {
  return say('sealing.holdsSeveralCertificatesFirstUsed', { name: display(name) });
}

function oldNote(ageDays: number): Text {
  return say('sealing.sealingCertificateDaysOldController', { ageDays });
}
