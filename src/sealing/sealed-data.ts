import type { Manifest } from '../repository/manifest.ts';
import { isRecord, valueAt } from '../data/fields.ts';
import { type Scope, scopeOf } from './scope.ts';

const SEALED_SECRET = 'SealedSecret';
/** RSA moduli from 2048 to 8192 bits, in bytes. */
const KEY_SIZES = new Set([256, 384, 512, 768, 1024]);
const TAG_BYTES = 16;
const PLACEHOLDER = /replace|placeholder|change_?me|todo|fixme|your[-_ ]|<[^<>]*>|^x+$/i;

/** Whether an object is a SealedSecret, of any version. */
export function isSealedSecret({ kind, apiVersion }: Manifest): boolean {
  return kind === SEALED_SECRET && apiVersion.startsWith('bitnami.com/');
}

/** The encrypted values by key. */
export function encryptedData({ body }: Manifest): Record<string, unknown> {
  const data = valueAt(body, ['spec', 'encryptedData']);
  return isRecord(data) ? data : {};
}

/** Whether a SealedSecret waits for its values: a placeholder stands where ciphertext should be. */
export function isStub(manifest: Manifest): boolean {
  return isSealedSecret(manifest) && stubKeys(manifest).length > 0;
}

/** The keys whose values are still to be sealed. */
export function stubKeys(manifest: Manifest): string[] {
  return Object.entries(encryptedData(manifest)).flatMap(([key, value]) =>
    isPlaceholder(value) ? [key] : [],
  );
}

/** Shape first: random base64 spells any word now and then. */
function isPlaceholder(value: unknown): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'string' && !isCiphertextLike(value) && PLACEHOLDER.test(value);
}

/** Longer than any placeholder, and nothing but base64: ciphertext, though it may be damaged. */
function isCiphertextLike(value: string): boolean {
  if (shapeProblem(value) === undefined) return true;
  const text = value.replaceAll(/\s/g, '');
  return text.length >= 200 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/**
 * Why a value cannot be what kubeseal writes: base64 of a length, that many bytes of RSA, and an AES tag at least. Says
 * nothing about whether a cluster can open it.
 */
export function shapeProblem(
  value: unknown,
): 'not-text' | 'not-base64' | 'no-header' | 'cut-short' | undefined {
  if (typeof value !== 'string') return 'not-text';
  const text = value.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return 'not-base64';
  const bytes = Buffer.from(text, 'base64');
  const keySize = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (!KEY_SIZES.has(keySize)) return 'no-header';
  if (bytes.length < 2 + keySize + TAG_BYTES) return 'cut-short';
  return text.length % 4 === 0 ? undefined : 'not-base64';
}

/** What the annotations of an object ask for, as the controller reads them. */
export function scopeIn(metadata: unknown): Scope {
  const annotations = valueAt(metadata, ['annotations']);
  return scopeOf(isRecord(annotations) ? annotations : {});
}

/** A scope annotation of another value than the controller reads. */
export function deafAnnotation(metadata: unknown): string | undefined {
  return ['cluster-wide', 'namespace-wide'].find(name => {
    const value = valueAt(metadata, ['annotations', `sealedsecrets.bitnami.com/${name}`]);
    return value !== undefined && value !== 'true';
  });
}
