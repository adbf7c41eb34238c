import type { AppFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { RenderedObject } from '../facts/rendered-facts.ts';
import type { AppRule } from '../rule.ts';
import { isNamespaced } from '../../../repository/cluster-scoped.ts';
import { say } from '../../../locales/say.ts';

const NAMED = 4;

/**
 * Since 5.8.0 kustomize gives no namespace to what charts render. Argo CD puts such objects into the
 * Application's namespace; kubectl and Flux put them into whatever is current.
 */
export const objectNamespace: AppRule = {
  scope: 'app',
  severity: 'warning',
  needs: 'rendering',
  title: say('rules.everyNamespacedObjectHasNamespace'),
  check: facts => {
    if (facts.rendered?.status !== 'rendered' || isPlacedByOthers(facts)) return [];
    const { objects, scopes } = facts.rendered.facts;
    const homeless = objects.filter(
      ({ apiVersion, kind, namespace }) =>
        namespace === undefined && isNamespaced(apiVersion, kind, scopes) === true,
    );
    const labels = [...new Set(homeless.map(({ chart }) => chart))];
    return labels.map(label =>
      diagnostic(
        facts,
        placeOf(facts, label),
        homeless.filter(({ chart }) => chart === label),
      ),
    );
  },
};

/** Flux gives all of them a namespace; and where kustomizations name none, what deploys them has to, wherever it is. */
function isPlacedByOthers({ deployedTo, root, conventions }: AppFacts): boolean {
  if (deployedTo?.wins) return true;
  return root?.namespace === undefined && !conventions.habits.namespaceIsFolder;
}

function placeOf(facts: AppFacts, label: string | undefined): SourceLocation {
  const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === label);
  const only = facts.charts.length === 1 ? facts.charts[0] : undefined;
  const place = (entry ?? only)?.chart.at() ?? facts.root?.at();
  return place ?? { file: facts.folder, line: 1, column: 1 };
}

function diagnostic(facts: AppFacts, place: SourceLocation, objects: readonly RenderedObject[]): Diagnostic {
  const more = objects.length - NAMED;
  const named = objects
    .slice(0, NAMED)
    .map(({ kind, name }) => `${kind} ${name}`)
    .join(', ');
  const kinds = [...new Set(objects.map(({ kind }) => kind))].join('|');
  return {
    ...place,
    message: say('rules.noNamespace', {
      named,
      value: more > 0 ? ` and ${more} more` : '',
      value2: more > 0 ? ` 等 ${objects.length} 个对象` : '',
    }),
    hint: say('rules.setChartsNamespaceoverrideIfHas', {
      kinds,
      namespace: facts.root?.namespace ?? facts.deployedTo?.namespace ?? facts.name,
    }),
  };
}
