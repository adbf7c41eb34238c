import { untranslated } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { readDocuments } from '../../yaml/read.ts';
import type { Configuration } from '../configuration.ts';
import { parseKubernetesVersion } from '../kubernetes-version.ts';
import { parseManifests } from '../manifest.ts';
import type { Learned } from './learned.ts';

/** The cluster that charts are rendered for. */
export type ClusterFacts = { kubeVersion: string; apiVersions: readonly string[] };

/** What the engines of slipway's own renderer take, and a release of the same Helm: a test holds it to that. */
export const DEFAULT_KUBERNETES = 'v1.36.0';

/**
 * Where a repository says which Kubernetes its cluster runs: of the files that may, by their names, those that do. What Cluster API
 * makes is another cluster than the one that the repository's charts go into.
 */
const VERSIONS: Record<string, readonly string[]> = {
  'upgrade.cattle.io Plan': ['spec', 'version'],
  'kubeadm.k8s.io ClusterConfiguration': ['kubernetesVersion'],
};
const FILE = /(?:plan|upgrade|cluster|kubeadm|k3s|rke2)[^/]*\.ya?ml$/i;
const KIND = /^kind:[ "']*(?:Plan|ClusterConfiguration)\b/m;

/** Whether a file's name is one of those that are looked into. */
export function mayNameKubernetes(file: string): boolean {
  return FILE.test(file);
}

/** Configured, else what the repository's cluster is made of says, else a default. Of several clusters the oldest counts. */
export function learnKubernetes(
  files: Iterable<readonly [file: string, text: string]>,
  { kubernetes }: Pick<Configuration, 'kubernetes'>,
): Learned<ClusterFacts> {
  const apiVersions = kubernetes?.apiVersions ?? [];
  const own = parseKubernetesVersion(kubernetes?.version);
  if (own !== undefined)
    return { value: { kubeVersion: own, apiVersions }, evidence: untranslated('.slipway/config.yaml') };
  const [oldest] = [...files].flatMap(versionsIn).toSorted((a, b) => rankOf(a.version) - rankOf(b.version));
  const evidence = oldest ? untranslated(oldest.file) : say('repository.default');
  return { value: { kubeVersion: oldest?.version ?? DEFAULT_KUBERNETES, apiVersions }, evidence };
}

function versionsIn([file, text]: readonly [string, string]): { file: string; version: string }[] {
  if (!mayNameKubernetes(file) || !KIND.test(text)) return [];
  return parseManifests(documentsIn(text, file)).flatMap(({ apiVersion, kind, body }) => {
    const steps = VERSIONS[`${apiVersion.split('/')[0]} ${kind}`];
    const version = steps && parseKubernetesVersion(stringOf(valueAt(body, steps)));
    return version === undefined ? [] : [{ file, version }];
  });
}

/** kubeadm's own file has no metadata, which an object would. */
function documentsIn(text: string, file: string): unknown[] {
  try {
    return readDocuments(text, file).map(document =>
      typeof document === 'object' && document !== null ? { metadata: {}, ...document } : document,
    );
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function rankOf(version: string): number {
  const [, minor = 0, patch = 0] = version.split('.').map(Number);
  return minor * 1000 + patch;
}
