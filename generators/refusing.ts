import { UserError } from '../src/errors.ts';
import { say } from '../src/locales/say.ts';
import type { Text } from '../src/text/language.ts';
import { isFlag, type Question } from './question.ts';

/**
 * Runs a check of an answer that was given earlier: a refusal is then asked for where it was given, or ends the run.
 * @throws UserError as the check does, with the question's flag
 */
export function refusing(question: Question, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof UserError ? refusedFor(question, error, error.texts.message) : error;
  }
}

/**
 * Takes what the command line gives for a question, gives it as the question wants it.
 * @throws UserError as the question's own rule does, with the name of the flag in front
 */
export function parseGiven(question: Question, text: string): string {
  try {
    return question.parse?.(text) ?? text;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message } = error.texts;
    const { flag } = question;
    throw refusedFor(question, error, isFlag(question) ? say('ask.flagRefused', { flag, message }) : message);
  }
}

function refusedFor({ flag }: Question, error: UserError, message: Text): UserError {
  const { code, texts, subject } = error;
  return new UserError(code, message, {
    ...(texts.hint ? { hint: texts.hint } : {}),
    ...(subject === undefined ? {} : { subject }),
    flag,
    cause: error,
  });
}
