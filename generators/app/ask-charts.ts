import type { ChartAddress } from '../../src/domain/chart-address.ts';
import { findRouteBlocks } from '../../src/domain/chart-routes.ts';
import { parseChartName } from '../../src/domain/names.ts';
import type { ChartVersion } from '../../src/domain/chart-version.ts';
import type { Candidate } from '../../src/domain/version-policy.ts';
import { UserError } from '../../src/errors.ts';
import type { Choice } from '../../src/io/prompts.ts';
import type { Charts, Chosen } from '../../src/use-cases/charts.ts';
import type { AppChart, ChartChoice } from '../../src/use-cases/pull-charts.ts';
import type { Asker, Suggestion } from '../asker.ts';
import type { AskContext } from './ask-context.ts';
import type { ChartFlags } from './chart-flags.ts';
import { APP_QUESTIONS } from './questions.ts';
import type { RouteOption } from './ask-route.ts';

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
  { ask, charts }: AskContext,
  flags: ChartFlags,
): Promise<ChosenChart | undefined> {
  const own = ask.scoped(flags);
  const address = await askAddress(own, charts);
  if (!address) return undefined;
  const version = await askVersion(own, address, charts);
  if (!version) return undefined;
  const choice = (app: string): ChartChoice => ({
    address,
    version,
    release: own.decisionOn(APP_QUESTIONS.release) ?? app,
  });
  return { address, version, ask: own, choice };
}

/** One chart takes the app's name as release; of several, each takes its own behind it, as `overleaf-redis`. */
export async function askReleases(charts: readonly ChosenChart[], app: string | undefined): Promise<void> {
  if (app === undefined) return;
  for (const { ask, address } of charts) {
    const own = charts.length === 1 || address.name === app ? app : `${app}-${address.name}`;
    await ask.text(APP_QUESTIONS.release, { value: own, why: 'after the app', sure: true });
  }
}

async function askAddress(ask: Asker, charts: Charts): Promise<ChartAddress | undefined> {
  const text = await ask.search(APP_QUESTIONS.chart, term => searchChoices(term, charts));
  if (text === undefined) return undefined;
  const [name = '', foundRepo] = text.split(FOUND_IN);
  const request = charts.parse(name, foundRepo ?? ask.given(APP_QUESTIONS.repo));
  if (request.status === 'address') return request.address;
  return chooseRepository(ask, request.name, await charts.find(parseChartName(request.name)));
}

// Between name and repository in the value of a search choice; no part of either.
const FOUND_IN = '\n';

async function searchChoices(term: string, charts: Charts): Promise<Choice[]> {
  const found = await charts.search(term);
  return found.map(chart => ({
    value: `${chart.name}${FOUND_IN}${chart.repo}`,
    name: `${chart.name}  ${chart.repo.replace(/^https:\/\//, '')}`,
    description: [chart.version, chart.description].filter(part => part !== undefined).join(' · '),
  }));
}

async function chooseRepository(
  ask: Asker,
  name: string,
  found: ChartAddress[],
): Promise<ChartAddress | undefined> {
  const [only, ...others] = found;
  if (!only)
    throw new UserError('E_NO_CHART', `no repository in use here has a chart named ${name}`, {
      hint: 'Name its repository with --repo https://… or oci://….',
      subject: name,
    });
  if (others.length === 0) return only;
  const choices = found.map(address => ({ value: repoOf(address), name: repoOf(address) }));
  const repo = await ask.choose(APP_QUESTIONS.repo, choices);
  return found.find(address => repoOf(address) === repo);
}

export function repoOf(address: ChartAddress): string {
  return address.kind === 'local' ? '' : address.repo;
}

async function askVersion(
  ask: Asker,
  address: ChartAddress,
  charts: Charts,
): Promise<ChartVersion | undefined> {
  const versions = await charts.versions(address);
  if (address.kind === 'local') return versions[0];
  const range = ask.given(APP_QUESTIONS.version);
  const choice = charts.choose(address, versions, range);
  if (range !== undefined) {
    ask.decide(APP_QUESTIONS.version, choice.release.version, describeChoice(choice));
    return choice.release;
  }
  const shown = charts.candidates(address, versions).slice(0, MAX_SHOWN);
  const choices = shown.map(candidate => ({
    value: candidate.release.version,
    name: describeCandidate(candidate),
  }));
  const suggestion: Suggestion = { value: choice.release.version, why: describeChoice(choice), sure: true };
  const picked = await ask.choose(APP_QUESTIONS.version, choices, suggestion);
  return versions.find(({ version }) => version === picked);
}

const MAX_SHOWN = 30;

function describeChoice(choice: Chosen): string {
  const reasons = {
    'asked-for': 'asked for',
    newest: 'the newest stable one',
    'newest-in-range': 'the newest in the range',
  };
  const passed = choice.passedOver.map(describeCandidate).slice(0, 3);
  const marks = choice.marks.map(mark => mark.replace('-', ' '));
  return [
    reasons[choice.why],
    ...marks,
    ...(passed.length > 0 ? [`passed over ${passed.join('; ')}`] : []),
  ].join(', ');
}

function describeCandidate({ release, marks, ageDays }: Candidate<ChartVersion>): string {
  const app = release.appVersion === undefined ? [] : [`app ${release.appVersion}`];
  const age = ageDays === undefined ? ['age unknown'] : [`${ageDays} days old`];
  const notes = marks.filter(mark => mark !== 'age-unknown').map(mark => mark.replace('-', ' '));
  return `${release.version} (${[...age, ...app, ...notes].join(', ')})`;
}

/** The route blocks of all charts of the app. */
export function routeOptions(charts: readonly AppChart[]): RouteOption[] {
  return charts.flatMap(({ data }, chart) => findRouteBlocks(data).map(block => ({ chart, block })));
}
