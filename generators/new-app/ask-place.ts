import { parseAppName, requireServiceName } from '../../src/repository/names.ts';
import { requireFreeName, requirePossibleName } from './app-name.ts';
import type { AskContext } from './ask-context.ts';
import type { Draft } from './ask-source.ts';
import { APP_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** The environment: the folder beside whose apps the new one goes. */
export async function askPlace({ ask, gitops }: AskContext): Promise<string | undefined> {
  const { value: environments, evidence } = gitops.conventions.environments;
  const [first = 'production'] = environments;
  const suggestion = {
    value: first,
    why: evidence.en === '' ? say('repository.default') : evidence,
    sure: environments.length <= 1,
  };
  if (environments.length <= 1)
    return ask.given(APP_QUESTIONS.env) ?? ask.decide(APP_QUESTIONS.env, first, suggestion.why);
  return ask.choose(
    APP_QUESTIONS.env,
    environments.map(name => ({ value: name, name })),
    suggestion,
  );
}

/** The name of the app; the chart or the image suggests one. Whoever is asked is told at once that an app has it. */
export async function askName(
  context: AskContext,
  draft: Draft | undefined,
  environment: string | undefined,
): Promise<string | undefined> {
  const { ask } = context;
  const given = ask.given(APP_QUESTIONS.name);
  if (given !== undefined && environment !== undefined && ask.conversation?.isEmpty === false)
    requireFreeName(context, environment, given);
  if (given !== undefined) return given;
  const isService = draft?.kind === 'image';
  const parse = (text: string): string => {
    const name = parseAppName(text);
    requirePossibleName(context, environment ?? '', name);
    requireFreeName(context, environment ?? '', name);
    if (isService) requireServiceName(name);
    return name;
  };
  const question = ask.interactive ? { ...APP_QUESTIONS.name, parse } : APP_QUESTIONS.name;
  const value = suggestName(draft);
  if (value === undefined) return ask.text(question);
  return ask.text(question, {
    value: ask.interactive ? firstFree(context, environment, value) : value,
    why: draft?.kind === 'charts' ? AFTER_CHART : AFTER_IMAGE,
    sure: true,
  });
}

/**
 * What the command line names already is looked at before anything is asked.
 * @throws UserError E_APP_EXISTS, E_CASE_COLLISION, E_NAME
 */
export function requireGivenFree(context: AskContext): void {
  const { ask, gitops } = context;
  const [only, ...others] = gitops.conventions.environments.value;
  const name = ask.given(APP_QUESTIONS.name);
  const environment = ask.given(APP_QUESTIONS.env) ?? (others.length > 0 ? undefined : only);
  if (name === undefined || environment === undefined) return;
  requirePossibleName(context, environment, name);
  requireFreeName(context, environment, name);
}

/** Whoever is asked is offered a name that they may take: `grafana-2` beside `grafana`. */
function firstFree({ gitops }: AskContext, environment: string | undefined, name: string): string {
  const taken = new Set(gitops.repository.apps.map(({ path }) => path.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(`${environment}/${candidate}`.toLowerCase())) return candidate;
  }
}

const AFTER_CHART = say('newApp.afterChart');
const AFTER_IMAGE = say('newApp.afterImage');

function suggestName(draft: Draft | undefined): string | undefined {
  if (draft?.kind === 'charts') return draft.charts[0]?.address.name;
  const last = draft?.kind === 'image' ? /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(draft.image)?.[1] : undefined;
  return last?.toLowerCase().replaceAll(/[._]+/g, '-');
}
