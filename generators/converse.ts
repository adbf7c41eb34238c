import type { Text } from '../src/text/language.ts';
import { type ErrorCode, EXIT, UserError } from '../src/errors.ts';
import { errorSentence } from '../src/cli/error-sentence.ts';
import { WentBack } from '../src/output/went-back.ts';
import { say } from '../src/locales/say.ts';
import type { Session } from '../src/cli/context.ts';
import type { Asker } from './asker.ts';

export type Talk<Answers, Result> = {
  ask: Asker;
  session: Pick<Session, 'terminal' | 't' | 'dryRun'>;
  /** Asks and plans. May run several times: what the person answered is not asked for again. */
  answer(): Promise<Answers>;
  /** Shows and writes what was answered. */
  carryOut(answers: Answers): Promise<Result>;
};

/**
 * Runs a generator to its end. Esc goes back by one question. An answer that turns out wrong is told, and asked for again. What
 * was answered is kept until everything is written.
 * @throws UserError what `answer` and `carryOut` throw where no other answer would help; what is refused twice is not asked for
 * a third time
 */
export async function converse<Answers, Result>(talk: Talk<Answers, Result>): Promise<Result> {
  const { conversation } = talk.ask;
  try {
    const result = await untilAnswered(talk);
    if (!talk.session.dryRun) conversation?.forget();
    return result;
  } catch (error) {
    if (conversation?.isKept) tell(talk, say('ask.answersKept'));
    throw error;
  }
}

async function untilAnswered<Answers, Result>(talk: Talk<Answers, Result>): Promise<Result> {
  let refused: UserError | undefined;
  for (;;) {
    talk.ask.restart();
    try {
      return await talk.carryOut(await talk.answer().catch(refusal));
    } catch (error) {
      if (error instanceof WentBack) talk.ask.conversation?.takeBack();
      else if (error instanceof Refusal) refused = askAgain(talk, error.refused, refused);
      else throw error;
    }
  }
}

/** An answer that led nowhere. */
class Refusal extends Error {
  readonly refused: UserError;

  constructor(refused: UserError) {
    super(refused.message);
    this.refused = refused;
  }
}

/** @throws Refusal where another answer may help; what is given otherwise */
function refusal(error: unknown): never {
  throw error instanceof UserError && mayBeAnswered(error) ? new Refusal(error) : error;
}

/** @throws UserError the refusal where nobody answered what is refused, or where asking again led to the very same */
function askAgain<Answers, Result>(
  talk: Talk<Answers, Result>,
  refused: UserError,
  before: UserError | undefined,
): UserError {
  const isAnswered = talk.ask.conversation?.refuse(refused.flag) ?? false;
  if (!isAnswered || refused.message === before?.message) throw refused;
  tell(talk, errorSentence(refused));
  return refused;
}

function tell<Answers, Result>({ session }: Talk<Answers, Result>, line: Text): void {
  session.terminal.say(session.terminal.style(session.t(line), 'yellow'));
}

/** Whether another answer may help: what was named is wrong, cannot be had, or may not be trusted. */
function mayBeAnswered({ code, exit }: UserError): boolean {
  return !HOPELESS.has(code) && ([EXIT.usage, EXIT.upstream, EXIT.untrusted] as number[]).includes(exit);
}

const HOPELESS = new Set<ErrorCode>(['E_MISSING', 'E_USAGE', 'E_CONFIG', 'E_TEMPLATE', 'E_DEADLINE']);
