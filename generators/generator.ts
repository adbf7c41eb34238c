import type { ChangeSet } from '../src/change-set.ts';
import type { Text } from '../src/text/language.ts';
import type { Question } from './question.ts';

/**
 * One thing that slipway can make, as data: the command line and plop both go by it. It writes nothing: `ask` gets
 * answers, `plan` makes a change set of them, and the command applies that.
 */
export type Generator<Context, Answers> = {
  /** The command's name: `new-app`, `add route`. */
  name: string;
  description: Text;
  /** What it may ask, in order; bypass values of plop are taken in this order. */
  questions: readonly Question[];
  /** @throws UserError E_MISSING with every flag that is still open where nobody can be asked */
  ask(context: Context): Promise<Answers>;
  plan(context: Context, answers: Answers): Promise<ChangeSet>;
};

/** What a generator came to. */
export type Generated<Answers> = { answers: Answers; changes: ChangeSet };
