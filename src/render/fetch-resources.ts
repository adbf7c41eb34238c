import path from 'node:path';
import { parseManifestUrl } from '../charts/manifest-url.ts';
import type { RemoteReference } from './gate/refusal.ts';
import { editYaml } from '../yaml/edit.ts';
import { UserError } from '../errors.ts';
import { sha256Of } from '../data/digest.ts';
import type { Network } from '../charts/network.ts';
import type { Tree } from './tree.ts';

/** Gets the bytes of an address under the guards of slipway's own client. */
export type FetchResource = (url: string) => Promise<Uint8Array>;

/** As large as a release's manifest may be. */
const MAX_BYTES = 20 << 20;

/** Through the cache of answers. */
export function resourceFetcher(open: () => Promise<{ network: Network }>): FetchResource {
  return async url => {
    const { network } = await open();
    return (await network.cache.fetchCached({ url, limit: MAX_BYTES })).body;
  };
}

/** The first reference that nobody fetches: anything but the manifest of a release under `resources`. */
export function unfetchable(remote: readonly RemoteReference[]): RemoteReference | undefined {
  return remote.find(({ isResource, address }) => !isResource || !isRelease(address));
}

function isRelease(address: string): boolean {
  try {
    parseManifestUrl(address);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/**
 * The tree with these manifests as files of their own, and kustomizations that list those instead, so that kustomize
 * fetches nothing.
 * @throws UserError if one of them cannot be had
 */
export async function withResources(
  tree: Tree,
  remote: readonly RemoteReference[],
  fetch: FetchResource,
): Promise<Map<string, Uint8Array>> {
  const result = new Map(tree);
  for (const { file, steps, address } of remote) {
    const name = `fetched-${sha256Of(address)}.yaml`;
    result.set(path.posix.join(path.posix.dirname(file), name), await fetch(address));
    const text = Buffer.from(result.get(file) ?? '').toString('utf8');
    result.set(file, Buffer.from(editYaml(text, file, [{ kind: 'set', path: steps, value: name }])));
  }
  return result;
}
