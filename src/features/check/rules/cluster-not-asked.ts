import { say } from '../../../locales/say.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
import type { ClusterVerdict } from '../facts/rendered-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { comesWithRepository, grouped, kindIn } from './cluster-refused.ts';

/** What nobody judged is not in order: it is unknown. */
export const clusterNotAsked: AppRule = {
  scope: 'app',
  severity: 'warning',
  needs: 'cluster',
  title: say('rules.clusterJudgesEveryObject'),
  check: facts => {
    const cluster = facts.rendered?.status === 'rendered' ? facts.rendered.cluster : undefined;
    return cluster
      ? [...notJudged(facts, cluster), ...coming(facts, cluster), ...elsewhere(facts, cluster)]
      : [];
  },
};

/** One line for each reason: where a right is missing, it is for all objects of the app. */
function notJudged(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  return grouped(cluster.notJudged, ({ reason, lacks }) => lacks ?? reason.en).map(({ first, more }) => ({
    ...placeOfObject(facts, first, []),
    message: wordsOf(first, more),
    hint: first.lacks === 'right' ? say('cluster.takesRightsOfApply') : say('cluster.seeThatItIsAsked'),
  }));
}

function wordsOf(first: ClusterVerdict['notJudged'][number], more: number): Text {
  return more === 0
    ? say('cluster.objectNotAsked', first)
    : say('cluster.objectsNotAsked', { ...first, more });
}

function coming(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  const known = cluster.unknown.filter(object => comesWithRepository(facts, object));
  return grouped(known, kindIn).map(({ first: { apiVersion, kind, name }, more }) => ({
    ...placeOfObject(facts, { kind, name }, ['apiVersion']),
    severity: 'note',
    message: wordsOf({ kind, name, reason: say('cluster.definitionComes', { apiVersion }) }, more),
    hint: say('cluster.syncDefinitionFirst'),
  }));
}

function elsewhere({ root }: AppFacts, { absentNamespaces }: ClusterVerdict): Diagnostic[] {
  if (!root) return [];
  return absentNamespaces.map(namespace => ({
    ...root.at(),
    severity: 'note',
    message: say('cluster.absentNamespace', { namespace }),
    hint: say('cluster.namespaceMadeByTheSync'),
  }));
}
