import type { Language, Text } from '../src/text/language.ts';
import type { Choice, Prompts } from '../src/output/prompts.ts';
import { display } from '../src/text/display.ts';
import { say } from '../src/locales/say.ts';
import type { Conversation } from './conversation.ts';
import { nameOfDraft } from './kept-draft.ts';

/** One prompt: what its answer is kept under, what is suggested, and which earlier answer still holds. */
export type AskedPrompt = {
  key: string;
  message: string;
  suggested: string | undefined;
  holds(value: string): boolean;
  /** How the answer is shown, if not as it is. */
  nameOf?(value: string): string | Text | undefined;
  ask(prompts: Prompts, offered: string | undefined): Promise<string>;
};

export type AskingOptions = {
  prompts: Prompts;
  conversation: Conversation;
  language: Language;
  /** Shows a line to the person who is asked. */
  tell(line: Text): void;
};

/** Throws what stands against asking. */
export type Check = () => void | Promise<void>;

/** A person who answers: asked what was not answered before, in this run or in one that was stopped. */
export class Asking {
  readonly conversation: Conversation;
  readonly #options: AskingOptions;
  #checks: Check[] = [];
  #isOpen = false;

  constructor(options: AskingOptions) {
    this.#options = options;
    this.conversation = options.conversation;
  }

  /** Looked at before the first question is put: what would be refused in the end must not be asked for. */
  beforeAsking(check: Check): void {
    if (!this.#isOpen) this.#checks.push(check);
  }

  /** What was answered before and still holds, else what the person answers now. */
  async ask({ key, message, suggested, holds, nameOf, ask }: AskedPrompt): Promise<string> {
    await this.#open();
    const { conversation } = this;
    const before = conversation.recall(key, holds);
    if (before !== undefined) {
      if (conversation.isTold) this.#options.tell(told(message, nameOf?.(before) ?? before));
      return before;
    }
    const value = await ask(this.#options.prompts, conversation.offer(key, suggested));
    conversation.record({ key, value, own: value !== suggested });
    return value;
  }

  /** One of a few. */
  select({ choices, ...asked }: Omit<AskedPrompt, 'holds' | 'ask'> & { choices: Choice[] }): Promise<string> {
    const isChoice = (own: string): boolean => choices.some(({ value }) => value === own);
    return this.ask({
      ...asked,
      holds: isChoice,
      nameOf: own => choices.find(({ value }) => value === own)?.name,
      ask: ({ select }, offered) => {
        const preset = offered !== undefined && isChoice(offered) ? offered : asked.suggested;
        return select({ message: asked.message, choices, default: preset, back: true });
      },
    });
  }

  /** Yes or no. */
  async confirm(question: Text, preset: boolean): Promise<boolean> {
    const message = question[this.#options.language];
    const answer = await this.ask({
      key: question.en,
      message,
      suggested: String(preset),
      holds: value => YES_OR_NO.has(value),
      nameOf: value => YES_OR_NO.get(value),
      ask: async ({ confirm }, offered) =>
        String(await confirm({ message, default: offered === 'true', back: true })),
    });
    return answer === 'true';
  }

  /** What stands against asking at all; then, once, whether to go on where an earlier run stopped. */
  async #open(): Promise<void> {
    if (this.#isOpen) return;
    for (const check of this.#checks.splice(0)) await check();
    const { conversation, language, prompts, tell } = this.#options;
    tell(say('ask.backAndStop'));
    const left = conversation.leftByEarlierRun();
    const { answers } = left;
    const name = nameOfDraft(left);
    const message = say('ask.goOnWhereStopped', { count: answers.length, name })[language];
    if (answers.length > 0 && !left.isAboutTheSame) tell(say('ask.keptForAnother', { name }));
    else if (answers.length > 0 && (await prompts.confirm({ message, default: true })))
      conversation.resume(answers);
    else conversation.forget();
    this.#isOpen = true;
  }
}

const YES_OR_NO = new Map([
  ['true', say('ask.answerYes')],
  ['false', say('ask.answerNo')],
]);

function told(message: string, answer: string | Text): Text {
  const shown = typeof answer === 'string' ? display(answer.split('\n').join('  ')) : answer;
  return say('ask.answeredBefore', { message, answer: shown });
}
