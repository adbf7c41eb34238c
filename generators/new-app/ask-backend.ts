import { type BackendFor, isClear, rankBackends } from '../../src/scaffold/backend.ts';
import { parseServicePort } from '../../src/repository/names.ts';
import type { Backend } from '../../src/scaffold/app-request.ts';
import type { RenderedService } from '../../src/repository/rendered.ts';
import type { AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';

export type BackendFacts = {
  app: string;
  services: readonly RenderedService[];
  /** The services are a guess: nothing was rendered. */
  unseen: boolean;
  /** Who speaks to the backend; the Gateway unless it passes TLS through. */
  speaker?: BackendFor;
};

/** The Service and port behind a route, the most likely first. */
export async function askBackend({ ask, t }: AskContext, facts: BackendFacts): Promise<Backend> {
  const candidates = rankBackends(facts.services, facts.app, facts.speaker);
  const [best] = candidates;
  const suggestion = best && {
    value: `${best.service}:${best.port}`,
    why: best.why,
    sure: !facts.unseen && (isClear(candidates) || candidates.length === 1),
  };
  const choices = candidates.map(({ service, port, why }) => ({
    value: `${service}:${port}`,
    name: `${service}:${port}`,
    description: t(why),
  }));
  const answer =
    choices.length > 0
      ? await ask.choose(APP_QUESTIONS.service, choices, suggestion)
      : await ask.text(APP_QUESTIONS.service);
  if (answer === undefined) return { service: '', port: 0 };
  const { service, port } = parseServicePort(answer);
  return { service, port };
}
