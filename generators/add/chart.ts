import { isSamePath } from '../../src/repository/kustomization-paths.ts';
import { fullNames } from '../../src/repository/image-names.ts';
import { untranslated, type Text } from '../../src/text/language.ts';
import { type App, namespaceOf } from '../../src/repository/model.ts';
import type { Charts } from '../../src/charts/lookup.ts';
import { pinnedChart, pullCharts } from '../../src/charts/pull-charts.ts';
import { inspectCharts, type RenderedApp } from '../../src/render/inspect-app.ts';
import type { AppContext } from '../new-app/generator.ts';
import { askChart, type ChosenChart } from '../new-app/ask-charts.ts';
import { groupChartFlags } from '../new-app/chart-flags.ts';
import { APP_QUESTIONS } from '../new-app/questions.ts';
import { dependencyNotes, sightNotes } from '../new-app/sight-notes.ts';
import { display } from '../../src/text/display.ts';
import { UserError } from '../../src/errors.ts';
import { type AdditionSpec, type Answered, askExistingApp } from './addition.ts';
import { say } from '../../src/locales/say.ts';

const { chart, repo, version, release } = APP_QUESTIONS;

/** `slipway add chart`: a further chart for an app. */
export const chartAddition: AdditionSpec = {
  word: 'chart',
  description: say('add.furtherChartApp'),
  questions: [chart, repo, version, release],
  ask: askAdded,
};

async function askAdded(context: AppContext): Promise<Answered> {
  const app = await askExistingApp(context);
  await requireRenderedCharts(context, app);
  const [flags = {}, ...more] = groupChartFlags(context.given);
  if (more.length > 0)
    throw new UserError('E_USAGE', say('add.addChartTakesOneChart'), { hint: say('add.runOnceEach') });
  const chosen = await askChart(context, flags);
  if (chosen) await askRelease(chosen, app);
  context.ask.requireAnswers();
  if (!chosen) throw new Error('an answer is missing unnoticed');
  const charts = await pullCharts(context.charts, [chosen.choice(app.name)]);
  const [pulled] = charts;
  if (!pulled) throw new Error('a chart is missing unnoticed');
  const sight = await inspectCharts(context, charts, namespaceOf(app));
  const { images, notes } = completeImages(context, app, sight);
  return {
    app,
    request: { kind: 'chart', addition: { chart: pinnedChart(pulled), images } },
    notes: [...sightNotes(sight), ...notes, ...dependencyNotes(charts)],
    unsealed: [],
    moreAnswers: repeatable(context.charts, chosen),
  };
}

/** @throws UserError E_VALUE where Flux builds the app: it renders no `helmCharts` */
async function requireRenderedCharts(
  { gitops: { repository } }: AppContext,
  { path, environment }: App,
): Promise<void> {
  const [{ readDeliveries }, { countDeliveries }] = await Promise.all([
    import('../../src/deliveries/read-deliveries.ts'),
    import('../../src/deliveries/siblings/find-units.ts'),
  ]);
  const { flux } = readDeliveries(repository);
  const builder = flux.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  if (!builder || countDeliveries(repository).has('kustomize')) return;
  const file = display(builder.object.at.file);
  throw new UserError('E_VALUE', say('add.fluxRendersNoCharts', { app: display(path), file }), {
    hint: say('add.makeAppForChart', { environment: display(environment) }),
    subject: path,
  });
}

/** The first chart of an app takes its name; a further one its own behind it, as `overleaf-redis`. */
async function askRelease({ ask, address }: ChosenChart, app: App): Promise<void> {
  const { charts } = app.kustomization;
  const own = charts.length === 0 || address.name === app.name ? app.name : `${app.name}-${address.name}`;
  const why = say('add.afterApp');
  await ask.text(release, { value: own, why, sure: true });
}

type Images = { images: readonly { name: string; newName: string }[]; notes: Text[] };

/** Full names matter only where the app sends its images through the mirror. */
function completeImages({ gitops }: AppContext, app: App, sight: RenderedApp): Images {
  const mirror = gitops.conventions.imagePrefix?.value;
  if (!mirror) return { images: [], notes: [] };
  if (!app.kustomization.transformers.some(entry => isSamePath(entry, mirror.file)))
    return {
      images: [],
      notes: [say('add.doesNotListImagesDo', { path: app.path, file: mirror.file })],
    };
  const { renamed, notes } = fullNames(sight.images, gitops.conventions, sight.manifests);
  return { images: renamed, notes: notes.map(untranslated) };
}

/** The exact version and repository, so that the same run again means the same chart. */
function repeatable(charts: Charts, { ask, address, version: pinned }: ChosenChart): Answered['moreAnswers'] {
  const flags = charts.sourceOf(address).repeatFlags(address, pinned.version);
  const place = flags.map(flag => ({ ...flag, from: 'slipway', why: untranslated('') }) as const);
  return [...place, ...ask.answers.filter(({ flag }) => flag === release.flag)];
}
