import type { Text } from '../../src/text/language.ts';
import type { AppChart } from '../../src/charts/pull-charts.ts';
import type { RenderedApp } from '../../src/render/inspect-app.ts';
import type { MissingSecret } from '../../src/repository/rendered.ts';
import { display } from '../../src/text/display.ts';
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

/** Takes what is rendered and the Secrets that are prepared, gives what one has of the other and not the other way round. */
export function secretNotesOf(
  { secrets, manifests, unseen }: Pick<RenderedApp, 'secrets' | 'manifests' | 'unseen'>,
  prepared: readonly MissingSecret[],
): Text[] {
  const missing = secrets.flatMap(secret => lacking(secret, prepared) ?? []);
  const rendered = JSON.stringify(manifests.map(({ body }) => body));
  const unnamed = prepared.filter(({ name }) => !rendered.includes(JSON.stringify(name)));
  return [
    ...(missing.length > 0 ? [say('newApp.secretsNotPrepared', { names: secretNames(missing) })] : []),
    ...(unnamed.length > 0 && unseen === undefined
      ? [say('newApp.secretsNotNamed', { names: unnamed.map(({ name }) => display(name)).join(', ') })]
      : []),
  ];
}

/** What is still to be made of a Secret; undefined for one that is prepared with every key that is read. */
function lacking(
  { name, keys }: MissingSecret,
  prepared: readonly MissingSecret[],
): MissingSecret | undefined {
  const own = prepared.find(secret => secret.name === name);
  if (!own) return { name, keys };
  const left = keys.filter(key => !own.keys.includes(key));
  return left.length > 0 ? { name, keys: left } : undefined;
}

/** `db (password, user); tls`: Secrets with the keys that are read of each. */
export function secretNames(secrets: readonly MissingSecret[]): string {
  const shown = secrets.map(({ name, keys }) => (keys.length > 0 ? `${name} (${keys.join(', ')})` : name));
  return display(shown.join('; '));
}
