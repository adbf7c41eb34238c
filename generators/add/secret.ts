import { parseSecret } from '../../src/repository/names.ts';
import { namespaceOf, type App } from '../../src/repository/model.ts';
import { placeSecrets } from '../../src/scaffold/place-secret.ts';
import { renderSecret } from '../../src/scaffold/secret-file.ts';
import type { AppContext } from '../new-app/generator.ts';
import type { Suggestion } from '../asker.ts';
import { type AdditionSpec, type Answered, askExistingApp, see } from './addition.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add secret`: a Secret as the repository keeps its secrets, without a value. */
export const secretAddition: AdditionSpec = {
  word: 'secret',
  description: say('add.sealedsecretApp'),
  questions: [ADD_QUESTIONS.secret],
  ask: askSecret,
};

async function askSecret(context: AppContext): Promise<Answered> {
  const { ask, gitops, templates } = context;
  const app = await askExistingApp(context);
  const answer =
    ask.given(ADD_QUESTIONS.secret) ??
    (await ask.text(ADD_QUESTIONS.secret, await suggestSecret(context, app)));
  ask.requireAnswers();
  const { name, keys } = parseSecret(answer ?? '');
  const [placed] = placeSecrets(gitops, app.path, [{ name, keys, namespace: namespaceOf(app) }]);
  if (!placed) throw new Error('a secret is missing unnoticed');
  const { path, listed, why, notes, unsealed, next, mechanism } = placed;
  const text = renderSecret(placed, templates);
  const resource = { path, text, why, listed, ifTaken: say(TAKEN[mechanism], { path }) };
  return { app, request: { kind: 'resource', resource }, notes, unsealed, next, moreAnswers: [] };
}

/** What adds a key to a Secret that is there. */
const TAKEN = {
  sealed: 'scaffold.slipwaySealIntoKeyKey',
  sops: 'scaffold.sopsOpensIt',
  external: 'scaffold.addKeyByHand',
} as const;

/** What workloads of the app read and nothing renders. */
async function suggestSecret(context: AppContext, app: App): Promise<Suggestion | undefined> {
  const { secrets } = await see(context, app);
  const missing = secrets.find(({ keys }) => keys.length > 0);
  if (!missing) return undefined;
  const why = say('add.workloadsReadNothingRenders');
  return { value: `${missing.name}:${missing.keys.join(',')}`, why, sure: true };
}
