import { say } from '../../../locales/say.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import { placeOfObject } from '../facts/charts-objects.ts';
import type { ClusterVerdict } from '../facts/rendered-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { comesWithRepository } from './cluster-refused.ts';

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

/** One line for each reason: where nobody lets us in, every object has the same. */
function notJudged(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  const reasons = [...new Set(cluster.notJudged.map(({ reason }) => reason.en))];
  return reasons.flatMap((reason): Diagnostic[] => {
    const [first, ...others] = cluster.notJudged.filter(object => object.reason.en === reason);
    if (!first) return [];
    const more = others.length;
    return [
      {
        ...placeOfObject(facts, first, []),
        message:
          more === 0
            ? say('cluster.objectNotAsked', first)
            : say('cluster.objectsNotAsked', { ...first, more }),
        hint: say('cluster.seeThatItIsAsked'),
      },
    ];
  });
}

function coming(facts: AppFacts, cluster: ClusterVerdict): Diagnostic[] {
  return cluster.unknown
    .filter(object => comesWithRepository(facts, object))
    .map(({ apiVersion, kind, name }) => ({
      ...placeOfObject(facts, { kind, name }, ['apiVersion']),
      severity: 'note',
      message: say('cluster.objectNotAsked', {
        kind,
        name,
        reason: say('cluster.definitionComes', { apiVersion }),
      }),
      hint: say('cluster.seeThatItIsAsked'),
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
