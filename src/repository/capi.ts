import { isRecord, stringOf, stringsAt, valueAt } from '../data/fields.ts';
import type { Manifest } from './manifest.ts';

/** Whether an API is one of Cluster API: of its own groups, or of those that providers bring below them. */
export function isOfCapi(apiVersion: string): boolean {
  return /^(?:[a-z0-9-]+\.)*cluster\.x-k8s\.io\//.test(apiVersion);
}

/** Whether a text is worth reading for such objects. */
export function mayHoldCapi(text: string): boolean {
  return text.includes('cluster.x-k8s.io/');
}

type Named = Pick<Manifest, 'apiVersion' | 'kind'>;

/** Whether an object is a Cluster, with which everything of a cluster comes and goes. */
export function isCapiCluster({ apiVersion, kind }: Named): boolean {
  return kind === 'Cluster' && apiVersion.startsWith('cluster.x-k8s.io/');
}

/** What rules and `outdated` ask of an object that a cluster is made of. Plain data. */
export type CapiObject = {
  role: 'cluster' | 'class' | 'control-plane' | 'workers';
  kind: string;
  name: string;
  namespace: string | undefined;
  /** The Cluster that it belongs to, as far as it says so. */
  cluster: string | undefined;
  /** The Kubernetes version, and where it stands. */
  version: string | undefined;
  versionAt: readonly string[];
  /** The ClusterClass of a Cluster with a topology. */
  className: string | undefined;
  /** What a Cluster without a topology names as its control plane. */
  controlPlane: string | undefined;
  /** The versions that a class allows; empty where it names none. */
  versions: readonly string[];
  /** Whether Cluster API goes through the versions in between by itself. */
  goesStepByStep: boolean;
};

const CLUSTER_NAME = 'cluster.x-k8s.io/cluster-name';
const VERSION_AT = {
  cluster: ['spec', 'topology', 'version'],
  class: ['spec', 'kubernetesVersions'],
  'control-plane': ['spec', 'version'],
  workers: ['spec', 'template', 'spec', 'version'],
} as const satisfies Record<CapiObject['role'], readonly string[]>;

/** What an object says of a cluster; undefined for everything else. */
export function capiObjectOf(manifest: Manifest): CapiObject | undefined {
  const role = roleOf(manifest);
  if (role === undefined) return undefined;
  const { kind, name, namespace, body } = manifest;
  const text = (...steps: string[]): string | undefined => stringOf(valueAt(body, steps));
  const versions = stringsAt(body, VERSION_AT.class);
  const plan = text('spec', 'upgrade', 'external', 'generateUpgradePlanExtension') ?? '';
  return {
    role,
    kind,
    name,
    namespace,
    cluster: text('spec', 'clusterName') ?? text('metadata', 'labels', CLUSTER_NAME),
    version: text(...VERSION_AT[role]),
    versionAt: VERSION_AT[role],
    className: role === 'cluster' ? classOf(body) : undefined,
    controlPlane: text('spec', 'controlPlaneRef', 'name'),
    versions,
    goesStepByStep: versions.length > 0 || plan !== '',
  };
}

function classOf(body: unknown): string | undefined {
  const topology = valueAt(body, ['spec', 'topology']);
  return stringOf(valueAt(topology, ['classRef', 'name'])) ?? stringOf(valueAt(topology, ['class']));
}

function roleOf({ apiVersion, kind }: Named): CapiObject['role'] | undefined {
  if (apiVersion.startsWith('controlplane.cluster.x-k8s.io/'))
    return kind.endsWith('ControlPlane') ? 'control-plane' : undefined;
  if (!apiVersion.startsWith('cluster.x-k8s.io/')) return undefined;
  if (kind === 'Cluster') return 'cluster';
  if (kind === 'ClusterClass') return 'class';
  return ['MachineDeployment', 'MachinePool', 'MachineSet'].includes(kind) ? 'workers' : undefined;
}

/** The objects of a provider that hold the way into an account, and the Secrets that they take it from. */
export function isProviderIdentity({ apiVersion, kind }: Named): boolean {
  return apiVersion.startsWith('infrastructure.cluster.x-k8s.io/') && kind.endsWith('Identity');
}

const SECRET_KEY = /secret/i;

/** The names of the Secrets that an object refers to, under keys such as `clientSecret` and `configSecret`. */
export function secretsNamedIn(body: unknown): string[] {
  const found: string[] = [];
  const pending: unknown[] = [valueAt(body, ['spec'])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) for (const item of next) pending.push(item);
    if (!isRecord(next)) continue;
    for (const [key, value] of Object.entries(next)) {
      const name = isRecord(value) ? stringOf(value['name']) : stringOf(value);
      if (SECRET_KEY.test(key) && name !== undefined) found.push(name);
      if (typeof value === 'object') pending.push(value);
    }
  }
  return found;
}
