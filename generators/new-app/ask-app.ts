import { untranslated, type Text } from '../../src/text/language.ts';
import { fullNames } from '../../src/repository/image-names.ts';
import {
  type AppRequest,
  type AppSource,
  buildsOf,
  folderOf,
  mainOf,
  type Landing,
  type SecretStub,
} from '../../src/scaffold/app-request.ts';
import { UserError } from '../../src/errors.ts';
import { requireServiceName, parseSecret } from '../../src/repository/names.ts';
import { plainToTls } from '../../src/scaffold/backend.ts';
import { setRouteValues } from '../../src/scaffold/chart-route-values.ts';
import { fetchManifest } from '../../src/scaffold/fetch-manifest.ts';
import { type AppChart, type ChartChoice, pinnedChart, pullCharts } from '../../src/charts/pull-charts.ts';
import {
  inspectCharts,
  inspectImage,
  inspectManifests,
  type RenderedApp,
} from '../../src/render/inspect-app.ts';
import { type AskContext, allGiven } from './ask-context.ts';
import { askReleases, routeOptions } from './ask-charts.ts';
import { parseGiven, refusing } from '../refusing.ts';
import { requirePossibleName } from './app-name.ts';
import { askOverlays } from './ask-overlays.ts';
import { askName, askPlace, requireGivenFree } from './ask-place.ts';
import { askRoute, type ChosenRoute, type RouteFacts } from './ask-route.ts';
import { askSource, type Draft } from './ask-source.ts';
import { dependencyNotes, secretNames, secretNotesOf, sightNotes } from './sight-notes.ts';
import { shellQuote } from '../../src/text/shell-quote.ts';
import type { EmittedDelivery } from '../../src/deliveries/emit.ts';
import type { NewChart } from '../../src/deliveries/siblings/emission.ts';
import { askDelivery, isEmitted } from './ask-delivery.ts';
import { wantedSecrets } from '../../src/scaffold/app-files.ts';
import { placeSecrets } from '../../src/scaffold/place-secret.ts';
import { say } from '../../src/locales/say.ts';
import { APP_QUESTIONS } from './questions.ts';

/** A whole answer: what to make, and what a person should know about how it came about. */
export type AskedApp = {
  request: AppRequest;
  draft: Draft;
  notes: Text[];
  /** Why its charts were not rendered; undefined if they were. */
  unseen: Text | undefined;
};

/** Asks for everything that a new app needs: what it is, where it goes, how it is reached, which secrets it takes. */
export async function askApp(context: AskContext): Promise<AskedApp> {
  const { ask } = context;
  const { draft, environment, overlays, name, landing } = await askWhatAndWhere(context);
  const looked = await look(context, draft, { name, namespace: landing?.namespace ?? name });
  requireServices(context, looked);
  const { sight } = looked;
  const { route, charts } = await settleRoute(context, looked, {
    app: name,
    environment: overlays ? mainOf(overlays) : environment,
    folder: folderOf({ environment, name, landing }),
    services: sight.services,
    unseen: sight.unseen !== undefined,
    // What a chart is told of its route would hold in every environment.
    options: overlays ? [] : routeOptions(looked.charts),
    landing,
  });
  const secrets = await askSecrets(context, sight);
  requireSecretPlace(context, landing);
  ask.requireAnswers();
  const images = fullNames(sight.images, context.gitops.conventions, sight.manifests);
  const app = { name, environment, overlays, landing };
  const hasPlace = landing === undefined || landing.folder !== undefined;
  return {
    request: {
      ...app,
      source: sourceOf(draft, looked, charts),
      route: route.route,
      secrets: hasPlace ? secrets : [],
      images: images.renamed,
    },
    draft,
    unseen: sight.unseen,
    notes: [
      ...sightNotes(sight),
      ...(hasPlace && draft.kind !== 'image' ? secretNotesOf(sight, secrets) : []),
      ...images.notes.map(untranslated),
      ...dependencyNotes(charts),
      ...(route.route.kind === 'own' ? plainToTls(sight.services, route.route.backend) : []),
      ...(landing ? landingNotes(landing, secrets) : []),
      ...(hasPlace ? secretNotes(context, { ...app, secrets }) : []),
    ],
  };
}

/** What decides what is looked up: the source, the environment, the delivery, the name. */
async function askWhatAndWhere(context: AskContext) {
  const { ask } = context;
  ask.beforeAsking(() => requireGivenFree(context));
  const draft = await askSource(context);
  const overlaid = await askOverlays(context);
  const environment = overlaid ? overlaid.root : await askPlace(context);
  const delivery = overlaid ? 'kustomize' : await askDelivery(context, { draft, environment });
  const name = await askName(context, draft, environment);
  if (draft?.kind === 'charts') await askReleases(draft.charts, name);
  ask.requireAnswers();
  if (!draft || environment === undefined || name === undefined)
    throw new Error('an answer is missing unnoticed');
  refusing(APP_QUESTIONS.name, () => {
    requirePossibleName(context, environment, name);
    if (draft.kind === 'image') requireServiceName(name);
  });
  const landing = isEmitted(delivery)
    ? await landingOf(context, { draft, delivery, environment, name })
    : undefined;
  return { draft, environment, overlays: overlaid?.environments, name, landing };
}

type ToLand = { draft: Draft; delivery: EmittedDelivery; environment: string; name: string };

/** Where the app comes to stand: known as soon as its chart and its name are. */
async function landingOf(
  { gitops: { repository }, deliveryTemplates: templates }: AskContext,
  { draft, delivery, environment, name }: ToLand,
): Promise<Landing> {
  const { landApp } = await import('../../src/scaffold/delivered/land-app.ts');
  const charts = draft.kind === 'charts' ? draft.charts.map(chart => plannedChart(chart.choice(name))) : [];
  return landApp({ repository, templates }, { delivery, environment, name, charts, resources: [] });
}

function plannedChart({ address, version, release }: ChartChoice): NewChart {
  const { name, repo = '' } = address;
  return { name, repo, version: version.version, release, overrides: {}, copy: '' };
}

function landingNotes({ delivery, folder, home }: Landing, secrets: readonly SecretStub[]): Text[] {
  const names = secretNames(secrets);
  return [
    ...(folder === undefined && secrets.length > 0
      ? [say('newApp.secretsHaveNoPlace', { delivery, names })]
      : []),
    ...(delivery === 'umbrella' ? [say('newApp.updateDependencies', { home: shellQuote(home) })] : []),
  ];
}

/** A chart names its Services after the release, which goes by the name of the app. */
function requireServices({ ask }: AskContext, { charts, sight }: Looked): void {
  const isNameGiven = ask.given(APP_QUESTIONS.name) !== undefined;
  refusing(isNameGiven ? APP_QUESTIONS.release : APP_QUESTIONS.name, () => {
    for (const service of charts.length > 0 ? sight.services : []) requireServiceName(service.name);
  });
}

type Looked = {
  sight: RenderedApp;
  charts: AppChart[];
  manifest: Extract<AppSource, { kind: 'manifest' }> | undefined;
};

/** Fetches what the draft names, and sees what it really renders. */
async function look(
  context: AskContext,
  draft: Draft,
  { name, namespace }: { name: string; namespace: string },
): Promise<Looked> {
  switch (draft.kind) {
    case 'image':
      return { sight: inspectImage(name, draft.image, draft.port), charts: [], manifest: undefined };
    case 'manifest': {
      const { source, manifests } = await fetchManifest(context.network, draft.url);
      return { sight: inspectManifests(manifests), charts: [], manifest: source };
    }
    case 'charts': {
      const charts = await pullCharts(
        context.charts,
        draft.charts.map(chart => chart.choice(name)),
      );
      return { sight: await inspectCharts(context, charts, namespace), charts, manifest: undefined };
    }
  }
}

/**
 * Asks for the route and applies it. If a chart's own route values turn out to do nothing, the next best is asked for,
 * unless a flag demands them.
 */
async function settleRoute(
  context: AskContext,
  looked: Looked,
  facts: RouteFacts,
): Promise<{ route: ChosenRoute; charts: AppChart[] }> {
  const route = await askRoute(context, facts);
  try {
    const namespace = facts.landing?.namespace ?? facts.app;
    return { route, charts: await applyRoute(context, looked.charts, namespace, route) };
  } catch (error) {
    const demanded = context.given.some(({ name }) => name === 'route');
    if (demanded || !(error instanceof UserError) || error.code !== 'E_RENDER') throw error;
    context.note(error.texts.message);
  }
  return settleRoute(context, looked, {
    ...facts,
    options: facts.options.filter(option => option !== route.option),
  });
}

/** The chart whose own values make the route gets them set; the others stay as they are. */
async function applyRoute(
  context: AskContext,
  charts: AppChart[],
  namespace: string,
  { option, hosts }: ChosenRoute,
): Promise<AppChart[]> {
  const gateway = context.gitops.conventions.gateway?.value;
  if (!option || !gateway) return charts;
  const route = { block: option.block, gateway, hosts, namespace };
  return Promise.all(
    charts.map((chart, index) =>
      index === option.chart ? setRouteValues(context, chart, route) : Promise.resolve(chart),
    ),
  );
}

function sourceOf(draft: Draft, { manifest }: Looked, charts: readonly AppChart[]): AppSource {
  if (draft.kind === 'image') return draft;
  if (manifest) return manifest;
  return { kind: 'charts', charts: charts.map(pinnedChart) };
}

/** Secrets that somebody named are manifests, which have to lie somewhere. @throws UserError E_VALUE */
function requireSecretPlace(context: AskContext, landing: Landing | undefined): void {
  if (!landing || landing.folder !== undefined || allGiven(context, 'secret').every(text => text === ''))
    return;
  throw new UserError('E_VALUE', say('newApp.noPlaceForSecret'), {
    hint: say('newApp.leaveSecretOut'),
    flag: 'secret',
    subject: '--secret',
  });
}

/** Each once: that nothing shows how secrets are kept holds for all of them. */
function secretNotes(
  { gitops }: AskContext,
  app: Pick<AppRequest, 'environment' | 'name' | 'landing' | 'overlays' | 'secrets'>,
): Text[] {
  const notes = buildsOf(app).flatMap(({ folder, namespace }) =>
    placeSecrets(gitops, folder, wantedSecrets(app, namespace)).flatMap(placed => placed.notes),
  );
  return [...new Map(notes.map(note => [note.en, note])).values()];
}

/** The Secrets to prepare: those given, else those that workloads read and nothing renders. */
async function askSecrets(context: AskContext, sight: RenderedApp): Promise<SecretStub[]> {
  const given = allGiven(context, 'secret');
  if (given.length > 0) return given.flatMap(text => secretsIn(parseGiven(APP_QUESTIONS.secret, text)));
  const wanted = sight.secrets
    .filter(({ keys }) => keys.length > 0)
    .map(({ name, keys }) => `${name}:${keys.join(',')}`);
  if (wanted.length === 0 && sight.unseen === undefined) return [];
  const why = wanted.length > 0 ? NEEDED : NONE_SEEN;
  const answer = await context.ask.text(APP_QUESTIONS.secret, { value: wanted.join(' '), why, sure: true });
  return secretsIn(answer ?? '');
}

function secretsIn(text: string): SecretStub[] {
  return text
    .split(/\s+/)
    .filter(part => part !== '')
    .map(parseSecret);
}

const NEEDED = say('newApp.workloadsReadThemNothingRenders');
const NONE_SEEN = say('newApp.noneSeen');
