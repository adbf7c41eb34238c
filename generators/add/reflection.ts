import { REFLECTED_KINDS, type ReflectedKind } from '../../src/features/add/reflection.ts';
import { appManifests } from '../../src/repository/model.ts';
import { UserError } from '../../src/errors.ts';
import type { AppContext } from '../new-app/generator.ts';
import { allGiven } from '../new-app/ask-context.ts';
import { type AdditionSpec, type Answered, askExistingApp, missingChart } from './addition.ts';
import { ADD_QUESTIONS, parseNamespaces } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add reflection`: lets Reflector copy a Secret or ConfigMap of an app to other namespaces. */
export const reflectionAddition: AdditionSpec = {
  word: 'reflection',
  description: say('add.letsReflectorCopySecretConfigmap'),
  questions: [ADD_QUESTIONS.object, ADD_QUESTIONS.to],
  ask: askReflection,
};

async function askReflection(context: AppContext): Promise<Answered> {
  const { ask, gitops } = context;
  const app = await askExistingApp(context);
  const objects = appManifests(gitops.repository, app, new RegExp(REFLECTED_KINDS.join('|'))).map(
    ({ file, manifest: { kind, name } }) => ({ file, kind, name, value: `${kind}/${name}` }),
  );
  if (objects.length === 0)
    throw new UserError(
      'E_VALUE',
      say('add.hasNoReflect', { path: app.path, reflected_kinds: REFLECTED_KINDS.join(', no ') }),
      {
        subject: app.path,
      },
    );
  const chosen = await ask.choose(
    ADD_QUESTIONS.object,
    objects.map(({ value }) => ({ value, name: value })),
  );
  const namespaces = await askNamespaces(context);
  ask.requireAnswers();
  const object = objects.find(({ value }) => value === chosen);
  if (!object)
    throw new UserError('E_VALUE', say('add.hasNo', { path: app.path, chosen }), {
      hint: say('add.has', { objects: objects.map(({ value }) => value).join(', ') }),
      subject: app.path,
    });
  const { file, name } = object;
  const reflection = { kind: object.kind as ReflectedKind, name, namespaces };
  const notes = missingChart(gitops.repository, 'reflector');
  return { app, request: { kind: 'reflection', file, reflection }, notes, unsealed: [], moreAnswers: [] };
}

async function askNamespaces(context: AppContext): Promise<string[]> {
  const given = allGiven(context, 'to');
  const answer = given.length > 0 ? given.join(',') : await context.ask.text(ADD_QUESTIONS.to);
  return answer === undefined ? [] : parseNamespaces(answer);
}
