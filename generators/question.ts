import type { Text } from '../src/text/language.ts';
import type { Flag } from '../src/cli/flags.ts';

/** One thing a generator needs to know: a flag, and the prompt that asks where the flag is missing. */
export type Question = {
  flag: string;
  /** `<version>`, shown in the help. */
  value: string;
  repeatable?: boolean;
  /** Given as the command's argument: no flag. */
  positional?: true;
  /** Flags beside which this one would be dropped: nothing asks for it there. */
  notWith?: readonly Clash[];
  /** The flag without which this one would be dropped. */
  onlyWith?: string;
  help: Text;
  /** What the prompt says; the help text without one. */
  message?: Text;
  /** Normalises an answer; throws UserError with the rule it breaks. */
  parse?(text: string): string;
};

/** A flag, or some values of it; `chart` is `chart:server.route` too. */
export type Clash = { flag: string; values?: readonly string[] };

/** The flags of a command are its generator's questions, but for the one that is its argument. */
export function flagsOf<Asked extends Question>(questions: readonly Asked[]): FlagsOf<Asked> {
  const flags = questions.filter(isFlag).map(question => [question.flag, flagOf(question)]);
  return Object.fromEntries(flags) as FlagsOf<Asked>;
}

type FlagsOf<Asked extends Question> = {
  [Each in Asked as Each extends { positional: true } ? never : Each['flag']]: Flag & { value: string };
};

/** Whether a question is answered by a flag. */
export function isFlag({ positional }: Question): boolean {
  return !positional;
}

function flagOf({ value, repeatable, help }: Question): Flag {
  return { value, help, ...(repeatable ? { repeatable } : {}) };
}
