import { UserError } from '../src/errors.ts';
import type { Question } from './question.ts';

/**
 * Runs a check of an answer that was given earlier: a refusal is then asked for where it was given, or ends the run.
 * @throws UserError as the check does, with the question's flag
 */
export function refusing(question: Question, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, texts, subject } = error;
    throw new UserError(code, texts.message, {
      ...(texts.hint ? { hint: texts.hint } : {}),
      ...(subject === undefined ? {} : { subject }),
      flag: question.flag,
      cause: error,
    });
  }
}
