import { type Language, untranslated, type Text } from '../src/text/language.ts';
import { type MissingAnswer, UserError } from '../src/errors.ts';
import type { Choice, FoundChoices } from '../src/output/prompts.ts';
import type { Asking, Check } from './asking.ts';
import type { Conversation } from './conversation.ts';
import type { Question } from './question.ts';
import { say } from '../src/locales/say.ts';
import { errorSentence } from '../src/cli/error-sentence.ts';

/** What slipway would answer itself. Only a `sure` one is taken without --yes when nobody can be asked. */
export type Suggestion = { value: string; why: Text; sure: boolean };

/** An answer and where it came from. */
export type Answer = { flag: string; value: string; from: 'flag' | 'person' | 'slipway'; why: Text };

/** How one of very many is found. `key` tells two searches of one flag apart. */
export type Search = {
  source(term: string): Promise<FoundChoices>;
  holds(value: string): boolean;
  key?: string;
};

type Missing = { answer: MissingAnswer; why: string };

export type AskerOptions = {
  /** Answers given as flags. */
  given: Record<string, string>;
  /** Undefined where nobody can be asked. */
  asking: Asking | undefined;
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

  /** What the person answered; undefined where nobody is asked. */
  get conversation(): Conversation | undefined {
    return this.#options.yes ? undefined : this.#options.asking?.conversation;
  }

  get interactive(): boolean {
    return this.conversation !== undefined;
  }

  given(question: Question): string | undefined {
    const text = this.#options.given[question.flag];
    if (text === undefined) return undefined;
    return this.#record(question, parse(question, text), 'flag');
  }

  async text(question: Question, suggestion?: Suggestion): Promise<string | undefined> {
    const known = this.given(question) ?? this.#suggested(question, suggestion);
    const { asking } = this.#options;
    if (known !== undefined || !asking) return known ?? this.#miss(question, suggestion);
    const isRefused = suggestion !== undefined && problemWith(question, suggestion.value) !== undefined;
    const shown = this.#shown(question, isRefused ? undefined : suggestion);
    const answer = await asking.ask({
      ...shown,
      holds: text => problemWith(question, text) === undefined,
      ask: ({ input }, offered) =>
        input({
          message: shown.message,
          default: offered,
          back: true,
          validate: text => problemWith(question, text)?.[this.#options.language] ?? true,
        }),
    });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** One of a few. */
  async choose(question: Question, choices: Choice[], suggestion?: Suggestion): Promise<string | undefined> {
    const known = this.given(question) ?? this.#suggested(question, suggestion);
    const { asking } = this.#options;
    const values = choices.map(({ value }) => value);
    if (known !== undefined || !asking) return known ?? this.#miss(question, suggestion, values);
    const answer = await asking.select({ ...this.#shown(question, suggestion), choices });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** One of very many, narrowed while typing; an earlier answer's first line stands there at first. */
  async search(
    question: Question,
    { source, holds, key = question.flag }: Search,
  ): Promise<string | undefined> {
    const known = this.given(question);
    const { asking, yes } = this.#options;
    if (known !== undefined || !asking || yes) return known ?? this.#miss(question, undefined);
    const { message } = this.#shown(question, undefined);
    const answer = await asking.ask({
      key,
      message,
      suggested: undefined,
      holds,
      ask: ({ search }, offered) => search({ message, source, default: offered?.split('\n')[0], back: true }),
    });
    return this.#record(question, parse(question, answer), 'person');
  }

  /** A step of the way that no flag answers; the first choice where nobody is asked. */
  async pick(question: Text, choices: Choice[]): Promise<string> {
    const { asking, language, yes } = this.#options;
    if (!asking || yes) return choices[0]?.value ?? '';
    return asking.select({ key: question.en, message: question[language], suggested: undefined, choices });
  }

  /** Like `pick`, for yes or no: no where nobody is asked. */
  async confirm(question: Text, preset: boolean): Promise<boolean> {
    const { asking, yes } = this.#options;
    return asking && !yes ? asking.confirm(question, preset) : false;
  }

  /** Looked at before a person is asked anything: what would be refused in the end must not be asked for. */
  beforeAsking(check: Check): void {
    this.#options.asking?.beforeAsking(check);
  }

  /** Everything is put again from the first question on. */
  restart(): void {
    this.answers.length = 0;
    this.#missing.length = 0;
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
    const taken = this.#options.yes || (suggestion.sure && !this.#options.asking);
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

  #shown({ flag, message, help }: Question, suggestion: Suggestion | undefined) {
    return { key: flag, message: (message ?? help)[this.#options.language], suggested: suggestion?.value };
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
