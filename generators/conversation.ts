import {
  type GivenAnswer,
  isAboutTheSame,
  type KeptDraft,
  parseDraft,
  type PersonAnswer,
  renderDraft,
} from './kept-draft.ts';

/** Where the answers of a person outlast a run that did not come to its end. */
export type KeptAnswers = {
  /** Undefined if there are none, or none that may be trusted. */
  read(): string | undefined;
  write(text: string): void;
  remove(): void;
  /** Whether a text may stand in a file: no login, no secret. */
  mayKeep(text: string): boolean;
};

/**
 * What a person has answered so far. A generator asks the same way whether its questions are new or not: what was answered
 * before answers again, until a question is reached that has no answer yet.
 */
export class Conversation {
  readonly #kept: KeptAnswers | undefined;
  readonly #given: readonly GivenAnswer[];
  /** Of this pass, in order. */
  #answered: PersonAnswer[] = [];
  /** Given in an earlier pass, not reached in this one yet. */
  #ahead: PersonAnswer[] = [];
  /** Taken back, or overtaken by another answer: what is offered where they are asked for again. */
  #offered: PersonAnswer[] = [];

  #isTold = false;

  /** Nothing outlasts the run without `kept`; `given` is what the command line answers. */
  constructor(kept?: KeptAnswers, given: readonly GivenAnswer[] = []) {
    this.#kept = kept;
    this.#given = given;
  }

  get isEmpty(): boolean {
    return this.#answered.length === 0;
  }

  /** What an earlier run left, judged as the text of a stranger. */
  leftByEarlierRun(): KeptDraft & { isAboutTheSame: boolean } {
    const draft = parseDraft(this.#kept?.read() ?? '');
    return { ...draft, isAboutTheSame: isAboutTheSame(draft, this.#given) };
  }

  /** A person goes on where an earlier run stopped: its answers answer by themselves, as long as they hold. */
  resume(answers: readonly PersonAnswer[]): void {
    this.#ahead = [...answers];
    this.#isTold = true;
  }

  /** What answers by itself was not seen in this run. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** The questions are put again from the first on; the last one that was answered is asked again. */
  takeBack(): void {
    this.#offered = [...this.#answered.splice(-1), ...this.#offered];
    this.#restart();
  }

  /**
   * Takes back an answer that was refused, the last one if it is not said which, and what was answered after it: a later run
   * does not give it again. Tells whether a person gave it.
   */
  refuse(key?: string): boolean {
    const index = this.#answered.findLastIndex(answer => key === undefined || answer.key === key);
    const [refused, ...after] = index < 0 ? [] : this.#answered.splice(index);
    // The last one may be a slip of the hand, and is offered to be mended.
    this.#offered = [...(refused && key === undefined ? [refused] : after), ...this.#offered];
    this.#keep();
    this.#restart();
    return refused !== undefined;
  }

  #restart(): void {
    this.#ahead = this.#answered;
    this.#answered = [];
    this.#isTold = false;
  }

  /** The answer given before, if it still holds; the question is passed then. */
  recall(key: string, holds: (value: string) => boolean): string | undefined {
    const index = this.#ahead.findIndex(answer => answer.key === key);
    const found = this.#ahead[index];
    if (!found) return undefined;
    this.#ahead.splice(0, index + 1);
    if (holds(found.value)) {
      this.#answered.push(found);
      return found.value;
    }
    // What follows was answered in the light of this one.
    this.#offered.unshift({ ...found, own: true }, ...this.#ahead.splice(0));
    return undefined;
  }

  /** What is offered as the answer: what this person answered earlier, else what is suggested. */
  offer(key: string, suggested: string | undefined): string | undefined {
    const earlier = this.#offered.find(answer => answer.key === key);
    return earlier?.own ? earlier.value : suggested;
  }

  record(answer: PersonAnswer): void {
    // Until then it is offered, however often a person goes back.
    const index = this.#offered.findIndex(({ key }) => key === answer.key);
    if (index >= 0) this.#offered.splice(index, 1);
    this.#answered.push(answer);
    this.#keep();
  }

  #keep(): void {
    const answers = this.#answered.filter(({ value }) => this.#kept?.mayKeep(value));
    // Without what the line said, nobody could tell later what they were answered for.
    const isTold = this.#given.every(({ value }) => this.#kept?.mayKeep(value));
    if (answers.length === 0 || !isTold) this.#kept?.remove();
    else this.#kept?.write(renderDraft({ answers, given: this.#given }));
  }

  /** The run came to its end, or a person does not want them. */
  forget(): void {
    this.#kept?.remove();
  }

  /** Whether a later run could go on. */
  get isKept(): boolean {
    return this.#answered.length + this.#ahead.length > 0 && this.#kept?.read() !== undefined;
  }
}
