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

/** The name of the app; the chart or the image suggests one. */
export async function askName({ ask }: AskContext, draft: Draft | undefined): Promise<string | undefined> {
  const value = suggestName(draft);
  if (value === undefined) return ask.text(APP_QUESTIONS.name);
  return ask.text(APP_QUESTIONS.name, {
    value,
    why: draft?.kind === 'charts' ? AFTER_CHART : AFTER_IMAGE,
    sure: true,
  });
}

const AFTER_CHART = say('newApp.afterChart');
const AFTER_IMAGE = say('newApp.afterImage');

function suggestName(draft: Draft | undefined): string | undefined {
  if (draft?.kind === 'charts') return draft.charts[0]?.address.name;
  const last = draft?.kind === 'image' ? /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(draft.image)?.[1] : undefined;
  return last?.toLowerCase().replaceAll(/[._]+/g, '-');
}
