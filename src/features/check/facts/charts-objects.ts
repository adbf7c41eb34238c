import type { SourceLocation } from '../../../repository/source-location.ts';
import type { AppFacts } from './app-facts.ts';
import type { RenderedObject } from './rendered-facts.ts';

/**
 * The objects of a build that no file of the app holds, each with where it comes from: the chart's entry, else the
 * kustomization. None where nothing was rendered.
 */
export function chartsOnlyObjects(facts: AppFacts): { object: RenderedObject; place: SourceLocation }[] {
  if (facts.rendered?.status !== 'rendered') return [];
  const written = new Set(facts.objects.map(({ kind, name }) => `${kind} ${name}`));
  return facts.rendered.facts.objects.flatMap(object => {
    if (written.has(`${object.kind} ${object.name}`)) return [];
    const entry = facts.charts.find(({ chart }) => `${chart.name}-${chart.version}` === object.chart);
    const place = entry?.chart.at() ?? facts.root?.at();
    return place ? [{ object, place }] : [];
  });
}
