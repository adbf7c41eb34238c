import type { ListedApplication } from './applications.ts';
import { landsOn, summarizeClusters } from './cluster-summary.ts';
import type { Repository } from './model.ts';

/** Where what deploys to one cluster stands. */
export const CLUSTER_FOLDER = /^clusters\/([^/]+)\//;

/** @returns what tells the cluster that a destination means, by the file in which it is written; undefined where nobody says it */
export function landingsOf({
  text,
  sets,
}: Pick<Repository, 'text' | 'sets'>): (
  at: Pick<ListedApplication, 'cluster' | 'from'>,
) => string | undefined {
  const folders = [...text.keys()].flatMap(file => CLUSTER_FOLDER.exec(file)?.[1] ?? []);
  const facts = { clusters: new Set(folders), declared: summarizeClusters(sets) };
  return at => landsOn(facts, at).cluster;
}

/** The cluster that a kubeconfig leads to: the one that `add cluster` calls it after, else it stands for one itself. */
export function clusterOfKubeconfig({ sets }: Pick<Repository, 'sets'>, secret: string): string {
  return sets.declared.clusters.find(({ name }) => secret === `${name}-kubeconfig`)?.name ?? secret;
}
