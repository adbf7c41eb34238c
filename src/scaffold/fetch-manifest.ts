import { type Manifest, parseManifests } from '../repository/manifest.ts';
import { parseManifestUrl } from '../charts/manifest-url.ts';
import type { AppSource } from './app-request.ts';
import { readRemoteDocuments } from '../yaml/remote-yaml.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { displayUrl } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { sha256Of } from '../data/digest.ts';
import type { Network } from '../charts/network.ts';
import { say } from '../locales/say.ts';

const MAX_BYTES = 20 << 20;

export type FetchedManifest = { source: Extract<AppSource, { kind: 'manifest' }>; manifests: Manifest[] };

/**
 * Downloads the manifest of a release, to be kept in the repository.
 * @throws UserError E_YAML_* if it is no YAML, E_YAML_SHAPE if it holds no Kubernetes object
 */
export async function fetchManifest(network: Network, text: string): Promise<FetchedManifest> {
  const { url, version } = parseManifestUrl(text);
  const { body } = await network.cache.fetchCached({ url, limit: MAX_BYTES });
  const manifests = parseManifests(readRemoteDocuments(decodeUtf8(body, displayUrl(url)), displayUrl(url)));
  if (manifests.length === 0)
    throw new UserError('E_YAML_SHAPE', say('scaffold.holdsNoKubernetesObject', { url: displayUrl(url) }), {
      subject: displayUrl(url),
    });
  const namespaces = manifests.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name);
  return {
    source: { kind: 'manifest', url, version, bytes: body, digest: sha256Of(body), namespaces },
    manifests,
  };
}
