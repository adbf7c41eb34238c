import { createHash } from 'node:crypto';

/** The id that git gives to a content, so that files, the index and commits can be compared without reading them all. */
export function contentId(content: Uint8Array, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}
