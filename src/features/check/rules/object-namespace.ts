import type { AppFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { Place } from '../../../repository/place.ts';
import type { RenderedObject } from '../facts/rendered-facts.ts';
import type { AppRule } from '../rule.ts';
import { isNamespaced } from '../../../repository/cluster-scoped.ts';

const NAMED = 4;

/**
 * Since 5.8.0 kustomize gives no namespace to what charts render. Argo CD puts such objects into the
 * Application's namespace; kubectl and Flux put them into whatever is current.
 */
export const objectNamespace: AppRule = {
  scope: 'app',
  severity: 'warning',
  needs: 'rendering',
  title: { en: 'every namespaced object has a namespace', 'zh-CN': '每个命名空间级对象都有 namespace' },
  check: facts => {
    if (facts.rendered?.status !== 'rendered') return [];
    const { objects, scopes } = facts.rendered.facts;
    const homeless = objects.filter(
      ({ apiVersion, kind, namespace }) =>
        namespace === undefined && isNamespaced(apiVersion, kind, scopes) === true,
    );
    const labels = [...new Set(homeless.map(({ chart }) => chart))];
    return labels.map(label =>
      remark(
        facts,
        placeOf(facts, label),
        homeless.filter(({ chart }) => chart === label),
      ),
    );
  },
};

function placeOf(facts: AppFacts, label: string | undefined): Place {
  const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === label);
  const only = facts.charts.length === 1 ? facts.charts[0] : undefined;
  const place = (entry ?? only)?.chart.at() ?? facts.root?.at();
  return place ?? { file: facts.folder, line: 1, column: 1 };
}

function remark(facts: AppFacts, place: Place, objects: readonly RenderedObject[]): Remark {
  const more = objects.length - NAMED;
  const named = objects
    .slice(0, NAMED)
    .map(({ kind, name }) => `${kind} ${name}`)
    .join(', ');
  const kinds = [...new Set(objects.map(({ kind }) => kind))].join('|');
  return {
    ...place,
    message: {
      en: `no namespace in ${named}${more > 0 ? ` and ${more} more` : ''}`,
      'zh-CN': `${named}${more > 0 ? ` 等 ${objects.length} 个对象` : ''} 没有 namespace`,
    },
    hint: {
      en: `set the chart's namespaceOverride if it has one, or patch target kind "${kinds}" with namespace ${facts.root?.namespace ?? facts.name}`,
      'zh-CN': `若 chart 支持则设置 namespaceOverride，或用 patches 为 "${kinds}" 添加 namespace ${facts.root?.namespace ?? facts.name}`,
    },
  };
}
