import type { ChartAddress } from '../../src/charts/address.ts';
import { repositoryUrlProblem } from '../../src/repository/repository-url.ts';
import { parseChartName } from '../../src/repository/names.ts';
import { display, displayUrl } from '../../src/text/display.ts';
import { joinTexts } from '../../src/text/language.ts';
import { UserError } from '../../src/errors.ts';
import type { Choice, FoundChoices } from '../../src/output/prompts.ts';
import type { FoundCharts, FoundPlaces } from '../../src/charts/lookup.ts';
import type { Asker } from '../asker.ts';
import type { Question } from '../question.ts';
import type { AskContext } from './ask-context.ts';
import { say } from '../../src/locales/say.ts';

type AddressContext = Pick<AskContext, 'charts' | 't'> & {
  ask: Asker;
  questions: { chart: Question; repo: Question };
};

/**
 * Where a chart comes from: searched by its name, or named by its address, whether that is in use here or not: a registry's
 * chart, a folder, or a repository, whose charts are listed then.
 * @throws UserError E_NO_CHART, E_VALUE, and what keeps a repository from being read
 */
export async function askAddress(context: AddressContext): Promise<ChartAddress | undefined> {
  const { ask, charts, questions } = context;
  const repo = ask.given(questions.repo);
  if (repo !== undefined && isRepository(repo) && ask.given(questions.chart) === undefined && ask.interactive)
    return askListed(context, repo);
  const text = await ask.search(questions.chart, {
    source: term => searchAll(context, term.trim()),
    holds: () => true,
  });
  if (text === undefined) return undefined;
  const [name = '', foundRepo] = text.split(FOUND_IN);
  if (foundRepo === undefined && ask.given(questions.chart) === undefined && isRepository(name))
    return askListed(context, name);
  const request = charts.parse(name, repo ?? foundRepo);
  if (request.status === 'address') return request.address;
  return chooseRepository(context, request.name);
}

// Between name and repository in the value of a search choice; no part of either.
const FOUND_IN = '\n';

async function searchAll(context: AddressContext, term: string): Promise<FoundChoices> {
  const { charts, t } = context;
  const typed = typedAddress(context, term);
  if (typed) return typed;
  const found = await charts.search(term);
  const choices = found.charts.map(chart => chartChoice(chart, chart.repo.replace(/^https:\/\//, '')));
  const elsewhere = choices.length === 0 ? [t(say('newApp.typeAddress'))] : [];
  const { near } = found;
  const meant =
    near === undefined ? [] : [t(say('newApp.nearestChart', { term: display(term), near: display(near) }))];
  return { choices, notes: [...meant, ...notesOf(context, found), ...elsewhere] };
}

/** What was typed as an address; looked up once it is chosen, not at each letter. */
function typedAddress({ charts, t }: AddressContext, term: string): FoundChoices | undefined {
  if (isRepository(term)) {
    const name = t(say('newApp.chartsOfRepository', { url: display(term) }));
    return { choices: [{ value: term, name, short: term }], notes: [] };
  }
  if (!/^(?:oci:\/\/|\.{0,2}\/|charts\/)/.test(term)) return unfinished(term) ? NOTHING : undefined;
  try {
    const kind = charts.parse(term, undefined);
    const name = term.startsWith('oci:')
      ? say('newApp.chartOfRegistry', { term })
      : say('newApp.chartOfFolder', { term });
    return kind.status === 'address'
      ? { choices: [{ value: term, name: t(name), short: term }], notes: [] }
      : undefined;
  } catch (error) {
    if (error instanceof UserError) return { choices: [], notes: [t(error.texts.message)] };
    throw error;
  }
}

const NOTHING: FoundChoices = { choices: [], notes: [] };

function isRepository(text: string): boolean {
  return /^https?:\/\//.test(text) && repositoryUrlProblem(text) === undefined;
}

/** `https:/`, `oci:`: nothing to look for yet. */
function unfinished(term: string): boolean {
  return /^(?:https?|oci):\/{0,2}$/.test(term);
}

async function askListed(context: AddressContext, repo: string): Promise<ChartAddress | undefined> {
  const { ask, charts, questions } = context;
  // What keeps it from being read is told before anything is asked about it.
  await charts.search('', repo);
  const message = say('newApp.whichChartOf', { url: display(repo) });
  const name = await ask.search(
    { ...questions.chart, message },
    {
      key: `${questions.chart.flag} ${repo}`,
      source: async term => {
        const found = await charts.search(term, repo);
        return {
          choices: found.charts.map(chart => ({ ...chartChoice(chart, ''), value: chart.name })),
          notes: [],
        };
      },
      holds: () => true,
    },
  );
  if (name === undefined) return undefined;
  const request = charts.parse(parseChartName(name), repo);
  return request.status === 'address' ? request.address : undefined;
}

function chartChoice(
  { name, repo, version, description }: FoundCharts['charts'][number],
  place: string,
): Choice {
  return {
    value: `${name}${FOUND_IN}${repo}`,
    name: display([name, place].filter(part => part !== '').join('  ')),
    description: display([version, description].filter(part => part !== undefined).join(' · ')),
  };
}

/** Where the network is down, none of many repositories can be searched: the list must not be pushed off the screen. */
const MOST_NOTES = 3;

function notesOf({ t }: AddressContext, { unseen }: FoundCharts): string[] {
  const shown = unseen.slice(0, MOST_NOTES).map(reason => t(say('newApp.notLookedInto', { reason })));
  const more = unseen.length - shown.length;
  return more > 0 ? [...shown, t(say('newApp.moreNotLookedInto', { more }))] : shown;
}

async function chooseRepository(
  { ask, charts, questions }: AddressContext,
  name: string,
): Promise<ChartAddress | undefined> {
  const places = await charts.find(parseChartName(name));
  const { found } = places;
  const [only, ...others] = found;
  if (!only) throw notFound(name, places);
  if (others.length === 0) return only;
  const labelOf = (address: ChartAddress): string => charts.sourceOf(address).label(address);
  const choices = found.map(labelOf).map(label => ({ value: label, name: label }));
  const repo = await ask.choose(questions.repo, choices);
  return found.find(address => labelOf(address) === repo);
}

/** "No such chart" is the answer of those that answered; a repository that did not is its own failure. */
function notFound(name: string, { unanswered, registries, near }: FoundPlaces): UserError {
  const [first] = unanswered;
  const hint =
    near === undefined
      ? say('newApp.nameRepositoryRepoHttpsOci')
      : say('cli.didYouMeanWord', { near: display(near) });
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
