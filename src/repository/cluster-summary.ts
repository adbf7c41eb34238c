import type { ListedApplication } from './applications.ts';
import type { Sets } from './sets/set-repository.ts';
import type { Text } from '../text/language.ts';

/** A cluster as the repository declares it. */
type ClusterDeclared = {
  file: string;
  /** Undefined where it is sealed, or nobody says it. */
  name: string | undefined;
  server: string | undefined;
  /** Whether Argo CD holds a Secret for it that is limited to nothing. */
  isHeldWhole: boolean;
};

/** What a repository says of its clusters. */
export type ClusterSummary = {
  clusters: readonly ClusterDeclared[];
  /** Files below `clusters/` that are half written, declare a cluster twice, have no master here, or are no YAML. */
  problems: readonly { file: string; why: Text }[];
};

/** `cluster-secret.example.yaml`: for people to read. */
const SAMPLE = /(?:^|[-_./])(?:examples?|samples?|template)\b/i;

/** The clusters of files and of Secrets; of one that both declare, what either says. */
export function summarizeClusters({
  clusters,
  declared,
}: Pick<Sets, 'clusters' | 'declared'>): ClusterSummary {
  const held = clusters.map(({ file, name, server, isHeldWhole }) => ({
    file,
    name,
    server,
    isHeldWhole: isHeldWhole && !SAMPLE.test(file),
  }));
  const names = new Set(held.map(({ name }) => name));
  const others = declared.clusters
    .filter(({ name }) => !names.has(name))
    .map(({ file, name, destination }) => ({
      file,
      name: 'name' in destination ? destination.name : name,
      server: 'server' in destination ? destination.server : undefined,
      isHeldWhole: false,
    }));
  const problems = [...declared.problems, ...declared.stray].map(({ subject = '', texts }) => ({
    file: subject,
    why: texts.message,
  }));
  return { clusters: [...held, ...others], problems };
}

/** The cluster that an Application deploys to, whoever names it how. */
type Landing = {
  /** Undefined where nobody says it. */
  cluster: string | undefined;
  /** Whether the Argo CD of that very cluster does so. */
  isOwn: boolean;
};

/** Where an Application lands: below `clusters/<name>/`, the cluster of Argo CD itself is that one. */
export function landsOn(
  { clusters, declared }: { clusters: ReadonlySet<string>; declared: ClusterSummary },
  { cluster, from }: Pick<ListedApplication, 'cluster' | 'from'>,
): Landing {
  if (cluster === undefined) return { cluster, isOwn: false };
  if (cluster === 'in-cluster') return { cluster: clusterFolderOf(from, clusters) ?? cluster, isOwn: true };
  const known = declared.clusters.find(
    ({ name, server }) => name === cluster || (server !== undefined && sameServer(server, cluster)),
  );
  return { cluster: known?.name ?? cluster, isOwn: false };
}

/** The cluster whose folder `clusters/<name>/` a file stands in: a folder of that name elsewhere may be anything. */
export function clusterFolderOf(file: string, clusters: ReadonlySet<string>): string | undefined {
  const name = /(?:^|\/)clusters\/([^/]+)\//.exec(file)?.[1];
  return name !== undefined && clusters.has(name) ? name : undefined;
}

/** Whether two addresses are one, but for the slash at their end. */
export function sameServer(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}
