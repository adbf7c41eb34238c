import type { ChartAddress } from '../../src/charts/address.ts';
import { findRouteBlocks } from '../../src/scaffold/chart-routes.ts';
import { parseChartName } from '../../src/repository/names.ts';
import type { ChartVersion } from '../../src/charts/chart-version.ts';
import { display, displayUrl } from '../../src/text/display.ts';
import { joinTexts, untranslated, type Text } from '../../src/text/language.ts';
import type { Candidate, Mark } from '../../src/charts/versions/version-policy.ts';
import { UserError } from '../../src/errors.ts';
import type { Choice } from '../../src/output/prompts.ts';
import type { Charts, Chosen, FoundPlaces } from '../../src/charts/lookup.ts';
import type { AppChart, ChartChoice } from '../../src/charts/pull-charts.ts';
import type { Asker, Suggestion } from '../asker.ts';
import type { AskContext } from './ask-context.ts';
import type { ChartFlags } from './chart-flags.ts';
import { APP_QUESTIONS } from './questions.ts';
import type { RouteOption } from './ask-route.ts';
import { say } from '../../src/locales/say.ts';

/** A chart that was chosen, with the version to pin. */
export type ChosenChart = {
  address: ChartAddress;
  version: ChartVersion;
  ask: Asker;
  /** What to pull, once the app's name is known. */
  choice(app: string): ChartChoice;
};

/** Asks for one chart and its version: looks the chart up in between. */
export async function askChart(
  { ask, charts, t }: AskContext,
  flags: ChartFlags,
): Promise<ChosenChart | undefined> {
  const own = ask.scoped(flags);
  const address = await askAddress(own, charts);
  if (!address) return undefined;
  const version = await askVersion({ ask: own, charts, t }, address);
  if (!version) return undefined;
  const choice = (app: string): ChartChoice => ({
    address,
    version,
    release: own.answerTo(APP_QUESTIONS.release) ?? app,
  });
  return { address, version, ask: own, choice };
}

/** One chart takes the app's name as release; of several, each takes its own behind it, as `overleaf-redis`. */
export async function askReleases(charts: readonly ChosenChart[], app: string | undefined): Promise<void> {
  if (app === undefined) return;
  for (const { ask, address } of charts) {
    const own = charts.length === 1 || address.name === app ? app : `${app}-${address.name}`;
    await ask.text(APP_QUESTIONS.release, {
      value: own,
      why: say('newApp.afterApp'),
      sure: true,
    });
  }
}

async function askAddress(ask: Asker, charts: Charts): Promise<ChartAddress | undefined> {
  const text = await ask.search(APP_QUESTIONS.chart, term => searchChoices(term, charts));
  if (text === undefined) return undefined;
  const [name = '', foundRepo] = text.split(FOUND_IN);
  const request = charts.parse(name, foundRepo ?? ask.given(APP_QUESTIONS.repo));
  if (request.status === 'address') return request.address;
  return chooseRepository(ask, request.name, charts);
}

// Between name and repository in the value of a search choice; no part of either.
const FOUND_IN = '\n';

async function searchChoices(term: string, charts: Charts): Promise<Choice[]> {
  const found = await charts.search(term);
  return found.map(chart => ({
    value: `${chart.name}${FOUND_IN}${chart.repo}`,
    name: display(`${chart.name}  ${chart.repo.replace(/^https:\/\//, '')}`),
    description: display([chart.version, chart.description].filter(part => part !== undefined).join(' · ')),
  }));
}

async function chooseRepository(ask: Asker, name: string, charts: Charts): Promise<ChartAddress | undefined> {
  const places = await charts.find(parseChartName(name));
  const { found } = places;
  const [only, ...others] = found;
  if (!only) throw notFound(name, places);
  if (others.length === 0) return only;
  const labelOf = (address: ChartAddress): string => charts.sourceOf(address).label(address);
  const choices = found.map(labelOf).map(label => ({ value: label, name: label }));
  const repo = await ask.choose(APP_QUESTIONS.repo, choices);
  return found.find(address => labelOf(address) === repo);
}

/** "No such chart" is the answer of those that answered; a repository that did not is its own failure. */
function notFound(name: string, { unanswered, registries }: FoundPlaces): UserError {
  const [first] = unanswered;
  const hint = say('newApp.nameRepositoryRepoHttpsOci');
  if (first) {
    const reasons = joinTexts(
      unanswered.map(({ texts }) => texts.message),
      '; ',
    );
    return new UserError(first.code, say('newApp.notAllAnswered', { name, reasons }), {
      hint,
      subject: name,
    });
  }
  const message =
    registries.length > 0
      ? say('newApp.noListedRepositoryHas', { name, registries: registries.map(displayUrl).join(', ') })
      : say('newApp.noRepositoryUseHereHas', { name });
  return new UserError('E_NO_CHART', message, { hint, subject: name });
}

async function askVersion(
  { ask, charts, t }: Pick<AskContext, 'ask' | 'charts' | 't'>,
  address: ChartAddress,
): Promise<ChartVersion | undefined> {
  const versions = await charts.versions(address);
  if (charts.sourceOf(address).isLocal) return versions[0];
  const range = ask.given(APP_QUESTIONS.version);
  const choice = charts.choose(address, versions, range);
  if (range !== undefined) {
    ask.decide(APP_QUESTIONS.version, choice.release.version, describeChoice(choice));
    return choice.release;
  }
  const shown = charts.candidates(address, versions).slice(0, MAX_SHOWN);
  const choices = shown.map(candidate => ({
    value: candidate.release.version,
    name: t(describeCandidate(candidate)),
  }));
  const suggestion: Suggestion = { value: choice.release.version, why: describeChoice(choice), sure: true };
  const picked = await ask.choose(APP_QUESTIONS.version, choices, suggestion);
  return versions.find(({ version }) => version === picked);
}

const MAX_SHOWN = 30;

const REASONS = {
  'asked-for': say('newApp.asked'),
  newest: say('newApp.newestStableOne'),
  'newest-in-range': say('newApp.newestRange'),
} as const satisfies Record<Chosen['why'], Text>;

const MARKS = {
  'too-young': say('newApp.tooYoung'),
  'age-unknown': say('newApp.ageUnknown'),
  'pre-release': say('newApp.preRelease'),
  'other-line': say('newApp.anotherLine'),
  deprecated: say('newApp.deprecated'),
  removed: say('newApp.withdrawn'),
  major: say('newApp.anotherMajorVersion'),
} as const satisfies Record<Mark, Text>;

function describeChoice(choice: Chosen): Text {
  const passed = choice.passedOver.slice(0, 3).map(describeCandidate);
  const over = joinTexts(passed, '; ');
  return joinTexts(
    [
      REASONS[choice.why],
      ...choice.marks.map(mark => MARKS[mark]),
      ...(passed.length > 0 ? [say('newApp.passedOver', { over })] : []),
    ],
    ', ',
  );
}

function describeCandidate({ release, marks, ageDays }: Candidate<ChartVersion>): Text {
  const age = ageDays === undefined ? [] : [say('newApp.daysOld', { ageDays })];
  const app = release.appVersion === undefined ? [] : [untranslated(`app ${display(release.appVersion)}`)];
  const notes = joinTexts([...age, ...app, ...marks.map(mark => MARKS[mark])], ', ');
  const version = display(release.version);
  return say('newApp.versionWithNotes', { version, notes });
}

/** The route blocks of all charts of the app. */
export function routeOptions(charts: readonly AppChart[]): RouteOption[] {
  return charts.flatMap(({ data }, chart) => findRouteBlocks(data).map(block => ({ chart, block })));
}
