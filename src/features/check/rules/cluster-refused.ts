import { say } from '../../../locales/say.ts';
import { servedVersionsOf } from '../../../repository/served-versions.ts';
import type { Text } from '../../../text/language.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
import type { ClusterVerdict } from '../facts/rendered-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';

/** What the API server of the cluster refuses stops the whole sync. */
export const clusterRefused: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'cluster',
  title: say('rules.clusterTakesEveryObject'),
  check: facts => {
    const cluster = facts.rendered?.status === 'rendered' ? facts.rendered.cluster : undefined;
    return cluster ? [...refused(facts, cluster), ...unknown(facts, cluster), ...warned(facts, cluster)] : [];
  },
};

function refused(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  return cluster.refused.map(object => ({
    ...placeOfObject(facts, object, object.path),
    message: wordsOf(object),
    hint: say('cluster.mendWhatServerSays'),
  }));
}

/** Whose word it is decides who can be asked about it. */
function wordsOf({ kind, name, by, reason }: ClusterVerdict['refused'][number]): Text {
  if (by.kind === 'server') return say('cluster.serverSays', { kind, name, reason });
  const args = { kind, name, by: by.name, reason };
  return by.kind === 'webhook' ? say('cluster.webhookSays', args) : say('cluster.policySays', args);
}

/** A kind whose definition this repository brings is refused only until that is synced: nobody judged it. */
function unknown(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  const strange = cluster.unknown.filter(object => !comesWithRepository(facts, object));
  return grouped(strange, kindIn).map(({ first, more }) => ({
    ...placeOfObject(facts, first, ['apiVersion']),
    message:
      more === 0 ? say('cluster.serverSays', first) : say('cluster.serverSaysOfMore', { ...first, more }),
    hint: say('cluster.bringCrdFirst'),
  }));
}

/** The kind of an object and its version. */
export function kindIn({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  return `${apiVersion} ${kind}`;
}

/** Of those that have the same key the first, and how many more there are. */
export function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): { first: Item; more: number }[] {
  const groups = new Map<string, { first: Item; more: number }>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.more += 1;
    else groups.set(keyOf(item), { first: item, more: 0 });
  }
  return [...groups.values()];
}

/** Whether a definition in the repository, or one that it renders, serves this kind in this version. */
export function comesWithRepository(
  { served }: AppFacts,
  object: { apiVersion: string; kind: string },
): boolean {
  return servedVersionsOf(served, object)?.includes(object.apiVersion) ?? false;
}

function warned({ root }: AppFacts, { warnings }: ClusterVerdict): Diagnostic[] {
  if (!root) return [];
  return warnings.map(reason => ({
    ...root.at(),
    severity: 'note',
    message: say('cluster.serverWarns', { reason }),
    hint: say('cluster.readTheWarning'),
  }));
}
