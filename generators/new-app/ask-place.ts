import { UserError } from '../../src/errors.ts';
import { parseAppName } from '../../src/repository/names.ts';
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
  if (given !== undefined) return given;
  const parse = (text: string): string => freeName(context, environment, parseAppName(text));
  const question = { ...APP_QUESTIONS.name, parse };
  const value = suggestName(draft);
  if (value === undefined) return ask.text(question);
  return ask.text(question, {
    value,
    why: draft?.kind === 'charts' ? AFTER_CHART : AFTER_IMAGE,
    sure: true,
  });
}

/** @throws UserError E_APP_EXISTS without --force */
function freeName(
  { gitops, force = false }: AskContext,
  environment: string | undefined,
  name: string,
): string {
  const folder = `${environment}/${name}`;
  if (force || !gitops.repository.apps.some(app => app.path === folder)) return name;
  throw new UserError('E_APP_EXISTS', say('newApp.appThere', { folder }), {
    hint: say('newApp.chooseAnotherName'),
    subject: folder,
  });
}

const AFTER_CHART = say('newApp.afterChart');
const AFTER_IMAGE = say('newApp.afterImage');

function suggestName(draft: Draft | undefined): string | undefined {
  if (draft?.kind === 'charts') return draft.charts[0]?.address.name;
  const last = draft?.kind === 'image' ? /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(draft.image)?.[1] : undefined;
  return last?.toLowerCase().replaceAll(/[._]+/g, '-');
}
