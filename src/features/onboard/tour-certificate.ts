import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const DAY_MS = 86_400_000;
const RSA_WITH_SHA256 = '2a864886f70d01010b';
const COMMON_NAME = '550403';

/**
 * A certificate to seal with, valid from `now` on, as PEM. Its private key is thrown away, so that nobody ever reads what is sealed
 * with it. Just enough DER (ITU-T X.690) for what Node reads but cannot write.
 */
export function makeTourCertificate(now: Date): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const body = certificateBody(publicKey, now);
  const signature = tagged(0x03, Buffer.of(0), sign('sha256', body, privateKey));
  const der = sequence(body, algorithm(), signature);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function certificateBody(publicKey: KeyObject, now: Date): Buffer {
  const name = distinguishedName('slipway tour');
  return sequence(
    // Version 3, a serial number, and the two names of a certificate that signs itself.
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.of(1), randomBytes(15)),
    algorithm(),
    name,
    sequence(time(now), time(new Date(now.getTime() + 3650 * DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
}

function algorithm(): Buffer {
  return sequence(tagged(0x06, Buffer.from(RSA_WITH_SHA256, 'hex')), tagged(0x05));
}

function distinguishedName(text: string): Buffer {
  const pair = sequence(tagged(0x06, Buffer.from(COMMON_NAME, 'hex')), tagged(0x0c, Buffer.from(text)));
  return sequence(tagged(0x31, pair));
}

/** GeneralizedTime, which has four digits for the year. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
