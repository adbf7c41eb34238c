import { type Language, untranslated, type Text } from '../src/text/language.ts';
import { type MissingAnswer, UserError } from '../src/errors.ts';
import type { Choice, Prompts } from '../src/output/prompts.ts';
import type { Question } from './question.ts';
import { say } from '../src/locales/say.ts';
import { errorSentence } from '../src/cli/error-sentence.ts';

/** What slipway would answer itself. Only a `sure` one is taken without --yes when nobody can be asked. */
export type Suggestion = { value: string; why: Text; sure: boolean };

/** An answer and where it came from. */
export type Answer = { flag: string; value: string; from: 'flag' | 'person' | 'slipway'; why: Text };

type Missing = { answer: MissingAnswer; why: string };

export type AskerOptions = {
  /** Answers given as flags. */
  given: Record<string, string>;
  /** Undefined where nobody can be asked. */
  prompts: Prompts | undefined;
  /** --yes: suggestions are taken without asking. */
  yes: boolean;
  language: Language;
};

/**
 * Resolves questions: a flag first, then --yes or a sure suggestion, then a prompt. Where nobody can be asked, what is
 * missing is collected, and `requireAnswers` reports all of it at once.
 */
export class Asker {
  readonly answers: Answer[] = [];
  readonly #options: AskerOptions;
  readonly #missing: Missing[];

  constructor(options: AskerOptions, missing: Missing[] = []) {
    this.#options = options;
    this.#missing = missing;
  }

  /** For a part that may occur several times: flags and answers of its own, one list of what is missing. */
  scoped(given: Record<string, string>): Asker {
    return new Asker({ ...this.#options, given }, this.#missing);
  }

  get interactive(): boolean {
    return this.#options.prompts !== undefined && !this.#options.yes;
  }

  given(question: Question): string | undefined {
    const text = this.#options.given[question.flag];
    if (text === undefined) return undefined;
    return this.#record(question, parse(question, text), 'flag');
  }

  async text(question: Question, suggestion?: Suggestion): Promise<string | undefined> {
    const known = this.given(question) ?? this.#suggested(question, suggestion);
    const { prompts } = this.#options;
    if (known !== undefined || !prompts) return known ?? this.#miss(question, suggestion);
    const answer = await prompts.input({
      message: this.#message(question),
      default: suggestion?.value,
      validate: text => problemWith(question, text)?.[this.#options.language] ?? true,
    });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** One of a few. A single choice is no question. */
  async choose(question: Question, choices: Choice[], suggestion?: Suggestion): Promise<string | undefined> {
    const known = this.given(question) ?? this.#suggested(question, suggestion);
    const { prompts } = this.#options;
    const values = choices.map(({ value }) => value);
    if (known !== undefined || !prompts) return known ?? this.#miss(question, suggestion, values);
    const answer = await prompts.select({
      message: this.#message(question),
      choices,
      default: suggestion?.value,
    });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** One of very many, narrowed while typing. */
  async search(question: Question, source: (term: string) => Promise<Choice[]>): Promise<string | undefined> {
    const known = this.given(question);
    const { prompts } = this.#options;
    if (known !== undefined || !prompts || this.#options.yes) return known ?? this.#miss(question, undefined);
    const answer = await prompts.search({ message: this.#message(question), source });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** A step of the way that no flag answers; the first choice where nobody is asked. */
  async pick(message: string, choices: Choice[]): Promise<string> {
    const { prompts, yes } = this.#options;
    return prompts && !yes ? prompts.select({ message, choices }) : (choices[0]?.value ?? '');
  }

  /** Like `pick`, for yes or no: no where nobody is asked. */
  async confirm(message: string, preset: boolean): Promise<boolean> {
    const { prompts, yes } = this.#options;
    return prompts && !yes ? prompts.confirm({ message, default: preset }) : false;
  }

  /** What was answered to a question so far. */
  answerTo(question: Question): string | undefined {
    return this.answers.find(({ flag }) => flag === question.flag)?.value;
  }

  /** @throws UserError E_MISSING with every flag, and every argument such as `<name>`, that is still open */
  requireAnswers(): void {
    if (this.#missing.length === 0) return;
    const flags = this.#missing.map(({ answer: { flag }, why }) => {
      const given = flag.startsWith('<') ? flag : `--${flag}`;
      return `${given}${why ? ` (${why})` : ''}`;
    });
    throw new UserError('E_MISSING', say('ask.nobodyCanAskedTheseAnswers', { flags: flags.join(', ') }), {
      hint: this.#wouldYesDo() ? say('ask.giveThemFlagsYesTake') : say('ask.giveThemFlags'),
      missing: this.#missing.map(({ answer }) => answer),
    });
  }

  /** --yes is advised only where it was not given and answers all of it. */
  #wouldYesDo(): boolean {
    return !this.#options.yes && this.#missing.every(({ answer }) => answer.suggestion !== undefined);
  }

  #suggested(question: Question, suggestion: Suggestion | undefined): string | undefined {
    if (!suggestion) return undefined;
    const taken = this.#options.yes || (suggestion.sure && !this.#options.prompts);
    return taken ? this.decide(question, suggestion.value, suggestion.why) : undefined;
  }

  #miss(question: Question, suggestion: Suggestion | undefined, choices: readonly string[] = []): undefined {
    const why = suggestion ? `suggested: ${suggestion.value}, ${suggestion.why.en}` : '';
    const answer = {
      flag: question.positional ? question.value : question.flag,
      ...(choices.length > 0 ? { choices } : {}),
      ...(suggestion ? { suggestion: suggestion.value } : {}),
    };
    this.#missing.push({ answer, why });
    return undefined;
  }

  /** Records what slipway answers by itself; a later answer for the same flag replaces it. */
  decide(question: Question, value: string, why: Text): string {
    return this.#record(question, value, 'slipway', why);
  }

  #record(question: Question, value: string, from: Answer['from'], why: Text = untranslated('')): string {
    const index = this.answers.findIndex(answer => answer.flag === question.flag);
    if (index >= 0) this.answers.splice(index, 1);
    this.answers.push({ flag: question.flag, value, from, why });
    return value;
  }

  #message(question: Question): string {
    return (question.message ?? question.help)[this.#options.language];
  }
}

function parse(question: Question, text: string): string {
  return question.parse ? question.parse(text) : text;
}

function problemWith(question: Question, text: string): Text | undefined {
  try {
    parse(question, text);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return errorSentence(error);
    throw error;
  }
}
