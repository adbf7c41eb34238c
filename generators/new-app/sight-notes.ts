import type { Text } from '../../src/text/language.ts';
import type { AppChart } from '../../src/charts/pull-charts.ts';
import type { RenderedApp } from '../../src/render/inspect-app.ts';
import { say } from '../../src/locales/say.ts';

/** Why what is said about Services and images may be wrong, and what of a chart was not looked at. */
export function sightNotes({ unseen, cutSchemas, warnings }: RenderedApp): Text[] {
  return [...unseenNote(unseen), ...cutSchemas.map(cutNote), ...warnings.map(lookupNote)];
}

function unseenNote(unseen: Text | undefined): Text[] {
  if (unseen === undefined) return [];
  return [say('newApp.servicesImagesSecretsGuessedFrom', { unseen })];
}

function cutNote(reference: string): Text {
  return say('newApp.valuesNotHeldWholeCharts', { reference });
}

function lookupNote(warning: string): Text {
  return say('render.compareWithCluster', { warning });
}

/** The config management plugin in the cluster builds them; kustomize itself does not. */
export function dependencyNotes(charts: readonly AppChart[]): Text[] {
  const unbuilt = charts.filter(
    ({ archive, chart }) => archive === undefined && chart.dependencies.length > 0,
  );
  return unbuilt.map(({ chart }) => say('newApp.localChartDependenciesRunHelm', { name: chart.name }));
}
