import { memoized } from '../../../data/memoized.ts';
import { readPlaces, usesBesideKustomize } from '../../../deliveries/find-uses.ts';
import { argoProblems } from './argo-problems.ts';
import type { DeliveryFacts } from './delivery-problem.ts';
import { fluxProblems } from './flux-problems.ts';
import { type Delivered, deliveredId, openDelivered } from './open-delivered.ts';
import type { RepositorySummary } from '../facts/repository-summary.ts';
import type { CheckCache } from '../incremental/open-check-cache.ts';
import type { Snapshot } from '../incremental/snapshot.ts';

/** Looks at what delivers charts in a repository. */
export function deliveryFacts(delivered: Delivered): DeliveryFacts {
  const uses = usesBesideKustomize(delivered.repository);
  return {
    problems: [...fluxProblems(delivered, uses), ...argoProblems(delivered, uses)],
    reads: readPlaces(uses),
  };
}

/** What is known of deliveries: what a run reads of them where it has to, and what stands wrong. */
export type OpenedDeliveries = {
  /** What delivers charts beside kustomize: read when somebody asks. */
  delivered(): Promise<Delivered | undefined>;
  /** Kept from run to run, by the id of all that it rests on. */
  deliveries: CheckCache['deliveries'];
};

/** Looks at deliveries, or takes what the last run saw of them, where nothing has changed since. */
export async function openDeliveries(
  snapshot: Snapshot,
  summary: RepositorySummary,
  memory: CheckCache,
): Promise<OpenedDeliveries> {
  const delivered = memoized(() => openDelivered(snapshot, summary));
  const id = await deliveredId(snapshot, summary);
  if (id === undefined) return { delivered, deliveries: undefined };
  if (memory.deliveries?.id === id) return { delivered, deliveries: memory.deliveries };
  const read = await delivered();
  return { delivered, deliveries: read && { id, facts: deliveryFacts(read) } };
}
