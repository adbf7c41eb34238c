import { type BackendFor, isClear, rankBackends } from '../../src/scaffold/backend.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { display } from '../../src/text/display.ts';
import type { Text } from '../../src/text/language.ts';
import { parseServicePort } from '../../src/repository/names.ts';
import type { Backend } from '../../src/scaffold/app-request.ts';
import type { RenderedService } from '../../src/repository/rendered.ts';
import type { AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';

export type BackendFacts = {
  app: string;
  /** The app's folder. */
  path: string;
  services: readonly RenderedService[];
  /** The services are a guess: nothing was rendered. */
  unseen: boolean;
  /** What looks most like a web port is no sure answer: a web port is not what is asked for. */
  isOther?: boolean;
  /** Who speaks to the backend; the Gateway unless it passes TLS through. */
  speaker?: BackendFor;
};

/**
 * Takes what the app renders, gives the Service and port behind a route, the most likely first.
 * @throws UserError E_VALUE for one that the app does not render
 */
export async function askBackend({ ask, t }: AskContext, facts: BackendFacts): Promise<Backend> {
  const candidates = rankBackends(facts.services, facts.app, facts.speaker);
  const [best] = candidates;
  const suggestion = best && {
    value: `${best.service}:${best.port}`,
    why: best.why,
    sure: !facts.unseen && !facts.isOther && (isClear(candidates) || candidates.length === 1),
  };
  const choices = candidates.map(({ service, port, why }) => ({
    value: `${service}:${port}`,
    name: `${service}:${port}`,
    description: t(why),
  }));
  const question = { ...APP_QUESTIONS.service, parse: (text: string) => (parseBackend(text, facts), text) };
  const answer =
    choices.length > 0 ? await ask.choose(question, choices, suggestion) : await ask.text(question);
  if (answer === undefined) return { service: '', port: 0 };
  const { service, port } = parseServicePort(answer);
  return { service, port };
}

function parseBackend(text: string, { path, services, unseen }: BackendFacts): Backend {
  const known = services.flatMap(({ name, ports }) => ports.map(({ port }) => `${name}:${port}`));
  const hint =
    known.length > 0
      ? say('ask.rendersServices', { known: display(known.join(', ')) })
      : say('ask.rendersNoServiceAll');
  const backend = wellFormed(text, unseen ? undefined : hint);
  if (unseen || known.includes(text)) return backend;
  throw new UserError('E_VALUE', say('ask.rendersNoServicePort', { path: display(path), ...backend }), {
    hint,
    subject: path,
  });
}

/** A person who named the Service alone is told which ports there are. */
function wellFormed(text: string, hint: Text | undefined): Backend {
  try {
    return parseServicePort(text);
  } catch (error) {
    if (!(error instanceof UserError) || !hint) throw error;
    throw new UserError(error.code, error.texts.message, { hint, cause: error });
  }
}
