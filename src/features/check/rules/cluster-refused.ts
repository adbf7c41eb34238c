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
  return cluster.unknown
    .filter(object => !comesWithRepository(facts, object))
    .map(object => ({
      ...placeOfObject(facts, object, ['apiVersion']),
      message: say('cluster.serverSays', object),
      hint: say('cluster.bringCrdFirst'),
    }));
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
