import { openPrompts } from '../src/cli/open-prompts.ts';
import type { Session } from '../src/cli/context.ts';
import { GLOBAL_FLAGS } from '../src/cli/global-flags.ts';
import { openKeptAnswers } from '../src/system/files/kept-answers.ts';
import { thisMachine } from '../src/system/files/machine.ts';
import { Asking } from './asking.ts';
import { Conversation } from './conversation.ts';
import type { GivenAnswer } from './kept-draft.ts';

/**
 * The person to ask; undefined where there is none, or --yes answers. What is answered is kept for a later run of the same
 * generator in the same repository.
 */
export async function openAsking(
  session: Session,
  { root, generator, given }: { root: string; generator: string; given: readonly GivenAnswer[] },
): Promise<Asking | undefined> {
  const { terminal, yes, language, t } = session;
  if (!terminal.interactive || yes) return undefined;
  const kept = openKeptAnswers(thisMachine(session.env), [root, generator]);
  return new Asking({
    prompts: await openPrompts(session),
    conversation: new Conversation(
      {
        ...kept,
        mayKeep: text => session.secrets.clean(text) === text && !MAY_HOLD_LOGIN.test(text),
      },
      given.filter(({ name }) => !HOW_IT_RUNS.has(name)),
    ),
    language,
    tell: line => terminal.say(terminal.style(t(line), 'dim')),
  });
}

/** Flags that answer no question. */
const HOW_IT_RUNS = new Set([...Object.keys(GLOBAL_FLAGS), 'demo']);

/** An address with a user, a password or a query. */
const MAY_HOLD_LOGIN = /:\/\/[^/\s]*@|:\/\/\S*\?/;
