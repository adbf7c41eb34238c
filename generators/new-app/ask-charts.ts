import type { ChartAddress } from '../../src/charts/address.ts';
import { findRouteBlocks } from '../../src/scaffold/chart-routes.ts';
import type { ChartVersion } from '../../src/charts/chart-version.ts';
import { UserError } from '../../src/errors.ts';
import { display } from '../../src/text/display.ts';
import { joinTexts, untranslated, type Text } from '../../src/text/language.ts';
import type { Candidate, Mark } from '../../src/charts/versions/version-policy.ts';
import type { Chosen } from '../../src/charts/lookup.ts';
import type { AppChart, ChartChoice } from '../../src/charts/pull-charts.ts';
import type { Asker, Suggestion } from '../asker.ts';
import { askAddress } from './ask-address.ts';
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
  const address = await askAddress({ ask: own, charts, t, questions: APP_QUESTIONS });
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

async function askVersion(
  { ask, charts, t }: Pick<AskContext, 'ask' | 'charts' | 't'>,
  address: ChartAddress,
): Promise<ChartVersion | undefined> {
  const versions = await charts.versions(address);
  if (charts.sourceOf(address).isLocal) return versions[0];
  const range = ask.given(APP_QUESTIONS.version);
  if (range !== undefined) {
    const choice = charts.choose(address, versions, range);
    ask.decide(APP_QUESTIONS.version, choice.release.version, describeChoice(choice));
    return choice.release;
  }
  const shown = charts.candidates(address, versions).slice(0, MAX_SHOWN);
  const choices = shown.map(candidate => ({
    value: candidate.release.version,
    name: t(describeCandidate(candidate)),
  }));
  const suggestion = suggestVersion({ ask, charts }, address, versions);
  const picked = await ask.choose(APP_QUESTIONS.version, choices, suggestion);
  return versions.find(({ version }) => version === picked);
}

/** A person may choose where slipway would not, such as among versions that are all too young. */
function suggestVersion(
  { ask, charts }: Pick<AskContext, 'ask' | 'charts'>,
  address: ChartAddress,
  versions: ChartVersion[],
): Suggestion | undefined {
  try {
    const choice = charts.choose(address, versions, undefined);
    return { value: choice.release.version, why: describeChoice(choice), sure: true };
  } catch (error) {
    const isOpen = error instanceof UserError && error.code === 'E_NO_VERSION' && versions.length > 0;
    if (isOpen && ask.interactive) return undefined;
    throw error;
  }
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
