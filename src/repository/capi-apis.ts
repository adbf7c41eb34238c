import type { Manifest } from './manifest.ts';

/** What takes the place of an API version, and the release that no longer serves it: undefined where none does by now. */
export type CapiApiEnd = { instead: string; since: string | undefined };

/** The kinds of Cluster API's own repository: control planes and bootstrappers of others have versions of their own. */
const OWN: readonly [group: string, kinds: RegExp][] = [
  ['cluster.x-k8s.io', /^(?:Cluster|ClusterClass|Machine\w{0,40})$/],
  ['controlplane.cluster.x-k8s.io', /^Kubeadm/],
  ['bootstrap.cluster.x-k8s.io', /^Kubeadm/],
  ['addons.cluster.x-k8s.io', /^ClusterResourceSet/],
  ['ipam.cluster.x-k8s.io', /^IPAddress/],
  ['runtime.cluster.x-k8s.io', /^ExtensionConfig$/],
];

const STORED = 'v1beta2';
const GONE = /^v1alpha[34]$/;

/** What follows an API version of Cluster API; undefined where nothing does. https://cluster-api.sigs.k8s.io/reference/versions */
export function capiApiEnd({
  apiVersion,
  kind,
}: Pick<Manifest, 'apiVersion' | 'kind'>): CapiApiEnd | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  if (group === 'infrastructure.cluster.x-k8s.io' && /^Docker(?:Cluster|Machine)/.test(kind))
    return { instead: `${group}/${STORED} ${kind.replace('Docker', 'Dev')}`, since: 'Cluster API 1.15' };
  const isOwn = OWN.some(([name, kinds]) => name === group && kinds.test(kind));
  if (!isOwn || version === STORED || !/^v1(?:alpha|beta)\d$/.test(version)) return undefined;
  const since = GONE.test(version) ? undefined : 'Cluster API 1.16 (April 2027)';
  return { instead: `${group}/${STORED}`, since };
}
