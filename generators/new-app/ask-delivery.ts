import type { AppDelivery } from '../../src/deliveries/chart-use.ts';
import type { EmittedDelivery } from '../../src/deliveries/emit.ts';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { countDeliveries, findUnits } from '../../src/deliveries/siblings/find-units.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import type { Repository } from '../../src/repository/model.ts';
import { display } from '../../src/text/display.ts';
import type { Text } from '../../src/text/language.ts';
import type { Suggestion } from '../asker.ts';
import type { AskContext } from './ask-context.ts';
import type { Draft } from './ask-source.ts';
import { APP_QUESTIONS, DELIVERIES } from './questions.ts';

type Asked = { draft: Draft | undefined; environment: string | undefined };

/**
 * What will install the app: what its siblings are installed by, else what the repository shows; asked only where that is
 * not clear. Where nothing but kustomize is in use, nothing is asked and nothing said.
 * @throws UserError E_VALUE for one that cannot hold what the app is made of
 */
export async function askDelivery(context: AskContext, asked: Asked): Promise<AppDelivery> {
  const { ask, gitops, t } = context;
  const given = ask.given(APP_QUESTIONS.delivery);
  const isPlaced = ask.given(APP_QUESTIONS.env) !== undefined;
  if (given === undefined && !isPlaced && asked.draft?.kind === 'charts')
    requireNoTemplates(gitops.repository);
  const suggestion = given === undefined ? suggestDelivery(gitops.repository, asked) : undefined;
  if (given === undefined && suggestion === undefined) return 'kustomize';
  const choices = DELIVERIES.map(value => ({ value, name: t(NAMES[value]) }));
  const answer = given ?? (await settle(context, choices, suggestion));
  const delivery = DELIVERIES.find(value => value === answer) ?? 'kustomize';
  requireHolding(delivery, asked.draft);
  return delivery;
}

const NAMES = {
  kustomize: say('newApp.byKustomize'),
  flux: say('newApp.byFlux'),
  argo: say('newApp.byArgo'),
  umbrella: say('newApp.byUmbrella'),
} as const satisfies Record<AppDelivery, Text>;

/** What is clear is not asked about, also where somebody could be. */
async function settle(
  { ask }: AskContext,
  choices: { value: string; name: string }[],
  suggestion: Suggestion | undefined,
): Promise<string | undefined> {
  if (suggestion?.sure) return ask.decide(APP_QUESTIONS.delivery, suggestion.value, suggestion.why);
  return ask.choose(APP_QUESTIONS.delivery, choices, suggestion);
}

/** Two thirds make it clear. */
const CLEAR = 2 / 3;

/** Undefined where kustomize is all that is in use. */
function suggestDelivery(repository: Repository, { draft, environment }: Asked): Suggestion | undefined {
  if (findUnits(repository).length === 0) return withoutUnits(repository, draft);
  const beside =
    environment === undefined ? new Map<AppDelivery, number>() : countDeliveries(repository, environment);
  const isBeside = beside.size > 0;
  const counts = isBeside ? beside : countDeliveries(repository);
  const ranked = [...counts].toSorted(([, a], [, b]) => b - a);
  const of = ranked.reduce((sum, [, count]) => sum + count, 0);
  const [[first, count] = ['kustomize', 0] as const] = ranked;
  const place = isBeside ? display(environment ?? '') : undefined;
  const why =
    place === undefined
      ? say('newApp.ofChartsHere', { count, of })
      : say('newApp.ofChartsBeside', { count, of, place });
  const isHolding = draft?.kind === 'charts' || first === 'flux';
  if (!isHolding)
    return { value: 'kustomize', why: say('newApp.deliveryHoldsCharts', { delivery: first }), sure: true };
  return { value: first, why, sure: count >= of * CLEAR };
}

/** Flux renders no charts of kustomizations: where it deploys, a chart needs a release. */
function withoutUnits(repository: Repository, draft: Draft | undefined): Suggestion | undefined {
  const [build] = readDeliveries(repository).flux;
  const isKustomize = countDeliveries(repository).size > 0;
  if (!isKustomize && draft?.kind === 'charts') requireNoSet(repository);
  if (!build || isKustomize || draft?.kind !== 'charts') return undefined;
  return {
    value: 'flux',
    why: say('newApp.fluxDeploys', { file: display(build.object.at.file) }),
    sure: true,
  };
}

/** Where most charts are those of Applications in the templates of a chart, another one has its place there, in words of their own. */
function requireNoTemplates(repository: Repository): void {
  const inTemplates = findUses(repository).filter(
    ({ delivery, at }) => delivery === 'argo' && repository.isTemplate(at.file),
  );
  const others = [...countDeliveries(repository).values()].reduce((sum, count) => sum + count, 0);
  const [first] = inTemplates;
  if (!first || inTemplates.length <= others) return;
  const { file } = first.at;
  throw new UserError('E_VALUE', say('newApp.chartsOfTemplates', { file: display(file) }), {
    hint: say('newApp.addTemplate'),
    subject: file,
  });
}

/** What a list makes Applications of is added to that list, in words that only its template knows. */
function requireNoSet(repository: Repository): void {
  const used = new Set(findUses(repository).map(({ at }) => at.file));
  const set = readDeliveries(repository).objects.find(
    ({ kind, at }) => kind === 'ApplicationSet' && used.has(at.file),
  );
  if (!set) return;
  throw new UserError('E_VALUE', say('newApp.chartsOfSet', { file: display(set.at.file) }), {
    hint: say('newApp.addToSet'),
    subject: set.at.file,
  });
}

function requireHolding(delivery: AppDelivery, draft: Draft | undefined): void {
  if (draft === undefined || draft.kind === 'charts' || delivery === 'kustomize' || delivery === 'flux')
    return;
  throw new UserError('E_VALUE', say('newApp.deliveryHoldsCharts', { delivery }), {
    hint: say('newApp.takeKustomizeDelivery'),
  });
}

/** Whether a delivery has a form of its own. */
export function isEmitted(delivery: AppDelivery): delivery is EmittedDelivery {
  return delivery !== 'kustomize';
}
