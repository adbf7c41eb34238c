import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import type { SealingCertificate } from './certificate.ts';

const SESSION_KEY_BYTES = 32;
export const TAG_BYTES = 16;
/** Zero, since each session key encrypts one value only. */
const NONCE = Buffer.alloc(12);

/**
 * One value as a SealedSecret holds it: base64 of the length of the RSA part in two bytes, a session key under
 * RSA-OAEP(SHA-256, label), and the value under AES-256-GCM (sealed-secrets, `HybridEncrypt`). Never the same twice.
 */
export function sealValue(
  value: Uint8Array,
  label: string,
  { key }: Pick<SealingCertificate, 'key'>,
): string {
  const sessionKey = randomBytes(SESSION_KEY_BYTES);
  const sealedKey = publicEncrypt(
    {
      key,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label, 'utf8'),
    },
    sessionKey,
  );
  const cipher = createCipheriv('aes-256-gcm', sessionKey, NONCE);
  const sealed = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  sessionKey.fill(0);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  return Buffer.concat([length, sealedKey, sealed]).toString('base64');
}
