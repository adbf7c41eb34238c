import type { Text } from '../../src/domain/language.ts';
import type { App } from '../../src/domain/repository.ts';
import { UserError } from '../../src/errors.ts';
import type { AppContext } from '../app.ts';
import { ADD_QUESTIONS } from './questions.ts';

/** What every addition comes to, besides its own. */
export type Addition = {
  app: App;
  /** What a person should know about how it came about. */
  notes: Text[];
  /** Steps before the commit. */
  next: Text[];
};

/**
 * The app that is extended.
 * @throws UserError E_NO_APP, E_MISSING if several environments have one of this name
 */
export async function askApp({ ask, gitops }: AppContext): Promise<App> {
  const { apps } = gitops.repository;
  const choices = apps.map(({ path }) => ({ value: path, name: path }));
  const answer = await ask.search(ADD_QUESTIONS.app, async term =>
    choices.filter(({ value }) => value.includes(term.trim().toLowerCase())),
  );
  ask.requireAnswers();
  const found = apps.filter(({ name, path }) => name === answer || path === answer?.replace(/\/+$/, ''));
  const [app, ...others] = found;
  if (!app)
    throw new UserError('E_NO_APP', `the repository has no app ${answer}`, {
      hint: `slipway new-app ${answer} makes one.`,
      subject: answer ?? '',
    });
  if (others.length === 0) return app;
  throw new UserError('E_MISSING', `several environments have an app ${app.name}`, {
    hint: `Name one: ${found.map(({ path }) => path).join(', ')}.`,
  });
}

/** The namespace that the objects of an app land in. */
export function namespaceOf(app: App): string {
  return app.kustomization.namespace ?? app.name;
}
