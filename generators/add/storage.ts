import { learnAccessMode } from '../../src/repository/conventions/access-modes.ts';
import { untranslated } from '../../src/text/language.ts';
import { parseStorage } from '../../src/repository/names.ts';
import { renderTemplate } from '../../src/repository/templates.ts';
import { UserError } from '../../src/errors.ts';
import type { AppContext } from '../new-app/generator.ts';
import { type AdditionSpec, type Answered, askExistingApp, settleResource } from './addition.ts';
import { ACCESS_MODES, ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add storage`: a volume claim of a storage class that the repository knows. */
export const storageAddition: AdditionSpec = {
  word: 'storage',
  description: say('add.volumeClaimApp'),
  questions: [ADD_QUESTIONS.storage, ADD_QUESTIONS.access, ADD_QUESTIONS.name],
  ask: askStorage,
};

async function askStorage(context: AppContext): Promise<Answered> {
  const { ask, gitops, templates } = context;
  const app = await askExistingApp(context);
  const classes = gitops.conventions.storageClasses;
  const [usual] = classes?.value ?? [];
  const parse = (text: string): string => {
    requireKnownClass(parseStorage(text).storageClass, classes?.value);
    return text;
  };
  const answer = await ask.text(
    { ...ADD_QUESTIONS.storage, parse },
    usual === undefined
      ? undefined
      : { value: `${usual}:1Gi`, why: classes?.evidence ?? untranslated(''), sure: false },
  );
  ask.requireAnswers();
  const { storageClass, size } = parseStorage(answer ?? '');
  const accessMode = await askAccess(context, storageClass);
  const given = ask.given(ADD_QUESTIONS.name);
  const name = given ?? `${app.name}-data`;
  const resource = settleResource(context, app, {
    names: [{ name, file: given === undefined ? 'pvc.yaml' : `${name}-pvc.yaml` }],
    render: claim =>
      renderTemplate(templates['resources/pvc.yaml'], { claim, accessMode, class: storageClass, size }),
    why: untranslated(`${storageClass} ${size} ${accessMode}`),
  });
  const note = say('add.mountNameClaimNothingMounts', { name });
  return { app, request: { kind: 'resource', resource }, notes: [note], unsealed: [], moreAnswers: [] };
}

async function askAccess({ ask, gitops }: AppContext, storageClass: string): Promise<string> {
  const { value, evidence } = learnAccessMode(gitops.repository, storageClass);
  const choices = ACCESS_MODES.map(mode => ({ value: mode, name: mode }));
  const answer = await ask.choose(ADD_QUESTIONS.access, choices, {
    value,
    why: evidence,
    sure: true,
  });
  return answer ?? value;
}

function requireKnownClass(storageClass: string, known: readonly string[] | undefined): void {
  if (!known || known.includes(storageClass)) return;
  throw new UserError('E_VALUE', say('add.noAppRepositoryUsesStorage', { storageClass }), {
    hint: say('add.knownOthersGoIntoStorageclasses', { known: known.join(', ') }),
    subject: storageClass,
  });
}
