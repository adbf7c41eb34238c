import type { Text } from '../../src/text/language.ts';
import type { App, Repository } from '../../src/repository/model.ts';
import { selectAppAnywhere } from '../../src/repository/select-apps.ts';
import type { AdditionRequest } from '../../src/features/add/plan-addition.ts';
import type { Resource } from '../../src/scaffold/plan-resource.ts';
import type { SeenApp } from '../../src/render/inspect-existing-app.ts';
import type { AppContext } from '../new-app/generator.ts';
import type { Answer } from '../asker.ts';
import type { Generator } from '../generator.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** What the questions of `add` come to. */
export type Addition = {
  /** What `slipway add` calls it. */
  word: string;
  app: App;
  /** What stands behind the word on the command line, where it is not the app's folder. */
  place?: readonly string[];
  request: AdditionRequest;
  /** What a person should know about how it came about. */
  notes: Text[];
  /** Stubs that wait for their values before the commit. */
  unsealed: string[];
  /** Lines for a shell that make it whole before the commit, such as the one that encrypts. */
  next?: readonly string[];
  /** Answers beside those that the context's own asker records. */
  moreAnswers: readonly Answer[];
};

/** The same, as a single generator answers it. */
export type Answered = Omit<Addition, 'word'>;

/** What is asked for one kind of addition; the app is always the first question. */
export type AdditionSpec = Pick<Generator<AppContext, Addition>, 'description' | 'questions'> & {
  word: string;
  ask(context: AppContext): Promise<Answered>;
};

/**
 * The app that is extended.
 * @throws UserError E_VALUE if there is none, or several of this name
 */
export async function askExistingApp({ ask, gitops }: AppContext): Promise<App> {
  const choices = gitops.repository.apps.map(({ path }) => ({ value: path, name: path }));
  const answer = await ask.search(ADD_QUESTIONS.app, {
    source: async term => ({
      choices: choices.filter(({ value }) => value.includes(term.trim().toLowerCase())),
      notes: [],
    }),
    holds: value => choices.some(choice => choice.value === value),
  });
  ask.requireAnswers();
  return selectAppAnywhere(gitops.repository, answer ?? '');
}

export type NamedFile = { name: string; file: string };

/** `production/wiki/resources/pvc.yaml`: where the repository keeps plain resources. */
function resourcePath({ gitops }: AppContext, app: App, file: string): string {
  const folder = gitops.conventions.style.resourcesFolder.value;
  return [app.path, folder, file].filter(part => part !== '').join('/');
}

type ResourceNames = {
  names: readonly NamedFile[];
  render(name: string): string;
  why: Text;
  /** Whether a chart of the app renders an object of this kind and name. */
  isTaken?: (name: string) => boolean;
};

/** The first of several names whose file is free or says the very same; the last one if none is. */
export function settleResource(
  context: AppContext,
  app: App,
  { names, render, why, isTaken = () => false }: ResourceNames,
): Resource {
  const open = names.filter(({ name }) => !isTaken(name));
  const places = (open.length > 0 ? open : names).map(({ name, file }) => ({
    path: resourcePath(context, app, file),
    text: render(name),
    why,
    listed: true,
  }));
  const { text } = context.gitops.repository;
  const free = places.find(place => [undefined, place.text].includes(text.get(place.path)));
  const chosen = free ?? places.at(-1);
  if (!chosen) throw new Error('settle resource: no name');
  return chosen;
}

/** The object does nothing without its controller. */
export function missingChart({ apps }: Repository, chart: string): Text[] {
  if (apps.some(({ kustomization }) => kustomization.charts.some(({ name }) => name === chart))) return [];
  return [say('add.noAppRepositoryInstalls', { chart })];
}

/** What an app is made of, rendered; the renderer is loaded when an answer needs it. */
export async function see(context: AppContext, app: App): Promise<SeenApp> {
  const { seeExistingApp } = await import('../../src/render/inspect-existing-app.ts');
  return seeExistingApp(context, app);
}
