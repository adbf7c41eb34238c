import { parseSecret } from '../../src/repository/names.ts';
import type { SecretStub } from '../../src/scaffold/app-request.ts';
import type { RenderedApp } from '../../src/render/inspect-app.ts';
import { allGiven, type AskContext } from './ask-context.ts';
import { APP_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** The Secrets to prepare: those given, else those that workloads read and nothing renders. */
export async function askSecrets(context: AskContext, sight: RenderedApp): Promise<SecretStub[]> {
  const given = allGiven(context, 'secret');
  if (given.length > 0) return given.map(parseSecret);
  const wanted = sight.secrets
    .filter(({ keys }) => keys.length > 0)
    .map(({ name, keys }) => `${name}:${keys.join(',')}`);
  if (wanted.length === 0 && sight.unseen === undefined) return [];
  const why = wanted.length > 0 ? NEEDED : NONE_SEEN;
  const answer = await context.ask.text(APP_QUESTIONS.secret, { value: wanted.join(' '), why, sure: true });
  return (answer ?? '')
    .split(/\s+/)
    .filter(part => part !== '')
    .map(parseSecret);
}

const NEEDED = say('newApp.workloadsReadThemNothingRenders');
const NONE_SEEN = say('newApp.noneSeen');
