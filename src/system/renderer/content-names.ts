import { sha256Of } from '../cache/blob-store.ts';

export type NamedContents = {
  /** The SHA-256 of each file. */
  names: Record<string, string>;
  /** Each content once. */
  blobs: Map<string, Uint8Array>;
};

/** Names contents by their SHA-256. Bytes that were seen before, as the same object, are not hashed again. */
export function contentNames(): (files: ReadonlyMap<string, Uint8Array>) => NamedContents {
  const known = new WeakMap<Uint8Array, string>();
  return files => {
    const blobs = new Map<string, Uint8Array>();
    const names = [...files].map(([file, content]): [string, string] => {
      const name = known.get(content) ?? sha256Of(content);
      known.set(content, name);
      blobs.set(name, content);
      return [file, name];
    });
    return { names: Object.fromEntries(names), blobs };
  };
}
