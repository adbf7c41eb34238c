import { parseSecret } from '../../src/repository/names.ts';
import { namespaceOf, type App } from '../../src/repository/model.ts';
import { openKeys, parseSealedSecrets, type SealedSecret } from '../../src/sealing/sealed-secret.ts';
import { renderStub, type Stub } from '../../src/sealing/stub.ts';
import type { AppContext } from '../new-app/generator.ts';
import type { Suggestion } from '../asker.ts';
import { type AdditionSpec, type Answered, askApp, resourcePath, see } from './addition.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add secret`: a SealedSecret that waits for its values; `slipway seal` fills it in and lists it. */
export const secretAddition: AdditionSpec = {
  word: 'secret',
  description: say('add.sealedsecretApp'),
  questions: [ADD_QUESTIONS.secret],
  ask: askSecret,
};

async function askSecret(context: AppContext): Promise<Answered> {
  const { ask, gitops, templates } = context;
  const app = await askApp(context);
  const answer =
    ask.given(ADD_QUESTIONS.secret) ??
    (await ask.text(ADD_QUESTIONS.secret, await suggestSecret(context, app)));
  ask.requireAnswers();
  const { name, keys } = parseSecret(answer ?? '');
  const path = resourcePath(context, app, `${name}-sealedsecret.yaml`);
  const stub = { name, namespace: namespaceOf(app), keys };
  const text = renderStub(stub, path, templates['resources/sealedsecret.yaml']);
  // One that was sealed meanwhile is what this stub became.
  const existing = gitops.repository.text.get(path);
  const same = existing === undefined ? undefined : findSame(existing, path, stub);
  const why = say('add.stubListedUnderResourcesOnce');
  const resource = { path, text: same ? (existing ?? text) : text, why, listed: false };
  const isSealed = same !== undefined && openKeys(same).length === 0;
  const unsealed = isSealed ? [] : [path];
  return { app, request: { kind: 'resource', resource }, notes: [], unsealed, moreAnswers: [] };
}

function findSame(text: string, path: string, { name, keys }: Stub): SealedSecret | undefined {
  return parseSealedSecrets(text, path).find(
    secret => secret.name === name && keys.every(key => secret.values.some(value => value.key === key)),
  );
}

/** What workloads of the app read and nothing renders. */
async function suggestSecret(context: AppContext, app: App): Promise<Suggestion | undefined> {
  const { secrets } = await see(context, app);
  const missing = secrets.find(({ keys }) => keys.length > 0);
  if (!missing) return undefined;
  const why = say('add.workloadsReadNothingRenders');
  return { value: `${missing.name}:${missing.keys.join(',')}`, why, sure: true };
}
