import type { SourceLocation } from '../../../repository/source-location.ts';
import type { Step } from '../../../yaml/nodes.ts';
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
    const place = releaseOf(facts, object)?.at() ?? entry?.chart.at() ?? facts.root?.at();
    return place ? [{ object, place }] : [];
  });
}

/** Where a rendered object stands: in the file that holds it, else at the entry of its chart, else in the kustomization. */
export function placeOfObject(
  facts: AppFacts,
  { kind, name }: { kind: string; name: string },
  steps: readonly Step[],
): SourceLocation {
  const own = facts.objects.find(object => object.kind === kind && object.name === name);
  if (own) return own.at(...steps);
  const object = renderedObject(facts, kind, name);
  const entry = facts.charts.find(each => `${each.chart.name}-${each.chart.version}` === object?.chart);
  const from = object && releaseOf(facts, object);
  return from?.at() ?? entry?.chart.at() ?? placeOfApp(facts);
}

/** Where an app stands: its kustomization, else the first of its files. */
export function placeOfApp({ root, files, folder }: AppFacts): SourceLocation {
  return root?.at() ?? { file: files[0] ?? folder, line: 1, column: 1 };
}

/** The object of the app's own files that asked for what a chart rendered. */
function releaseOf({ objects }: AppFacts, { from }: Pick<RenderedObject, 'from'>) {
  return from && objects.find(({ kind, name }) => kind === from.kind && name === from.name);
}

function renderedObject({ rendered }: AppFacts, kind: string, name: string): RenderedObject | undefined {
  if (rendered?.status !== 'rendered') return undefined;
  return rendered.facts.objects.find(object => object.kind === kind && object.name === name);
}
