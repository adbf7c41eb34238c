// X.509 certificates made at run time, as Node can read but not write them. Just enough DER (ITU-T X.690).
import {
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { isIP } from 'node:net';

export type Certificate = { cert: string; key: string; privateKey: KeyObject; commonName: string };

export type CertificateRequest = {
  commonName?: string;
  /** DNS names and IPv4 addresses. */
  names?: readonly string[];
  notBefore?: Date;
  notAfter?: Date;
  authority?: boolean;
  /** Self-signed without one. */
  issuer?: Certificate;
  keyType?: 'ec' | 'rsa' | 'ed25519';
  /** Of an RSA key. */
  bits?: number;
};

const DAY_MS = 86_400_000;

export function makeCertificate(request: CertificateRequest = {}): Certificate {
  const { commonName = 'slipway test', keyType = 'ec', authority = false, names = [] } = request;
  const { publicKey, privateKey } = makeKeys(keyType, request.bits);
  const signer = request.issuer?.privateKey ?? privateKey;
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signatureAlgorithm(signer),
    distinguishedName(request.issuer?.commonName ?? commonName),
    sequence(
      time(request.notBefore ?? new Date(Date.now() - DAY_MS)),
      time(request.notAfter ?? new Date(Date.now() + DAY_MS)),
    ),
    distinguishedName(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(basicConstraints(authority), ...(names.length > 0 ? [alternativeNames(names)] : [])),
    ),
  );
  const hash = signer.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const der = sequence(body, signatureAlgorithm(signer), bitString(sign(hash, body, signer)));
  const cert = `-----BEGIN CERTIFICATE-----\n${wrap(der.toString('base64'))}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert, key, privateKey, commonName };
}

function makeKeys(keyType: CertificateRequest['keyType'], bits = 2048): KeyPairKeyObjectResult {
  if (keyType === 'rsa') return generateKeyPairSync('rsa', { modulusLength: bits });
  if (keyType === 'ed25519') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function basicConstraints(authority: boolean): Buffer {
  const value = authority ? sequence(tagged(0x01, Buffer.from([0xff]))) : sequence();
  return sequence(oid('2.5.29.19'), tagged(0x01, Buffer.from([0xff])), tagged(0x04, value));
}

function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.map(name =>
    isIP(name) === 4
      ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
      : tagged(0x82, Buffer.from(name)),
  );
  return sequence(oid('2.5.29.17'), tagged(0x04, sequence(...entries)));
}

function signatureAlgorithm(key: KeyObject): Buffer {
  if (key.asymmetricKeyType === 'ed25519') return sequence(oid('1.3.101.112'));
  return key.asymmetricKeyType === 'rsa'
    ? sequence(oid('1.2.840.113549.1.1.11'), tagged(0x05, Buffer.alloc(0)))
    : sequence(oid('1.2.840.10045.4.3.2'));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const short = date.getUTCFullYear() < 2050;
  return tagged(short ? 0x17 : 0x18, Buffer.from(short ? digits.slice(2) : digits));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 127) | 128);
  return digits;
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

function wrap(base64: string): string {
  return (base64.match(/.{1,64}/g) ?? []).join('\n');
}
