import { checkbox, confirm, input, password, search, select } from '@inquirer/prompts';
import { UserError } from '../errors.ts';

export type Choice = { value: string; name: string; description?: string };

type Asked = { message: string; default?: string | undefined };

/** What a person is asked; each rejects with E_CANCELLED on Ctrl+C. */
export type Prompts = {
  input(question: Asked & { validate(text: string): true | string }): Promise<string>;
  select(question: Asked & { choices: Choice[] }): Promise<string>;
  /** A list that narrows while the person types. */
  search(question: {
    message: string;
    source(term: string, signal: AbortSignal): Promise<Choice[]>;
  }): Promise<string>;
  /** Any number of a list. */
  checkbox(question: { message: string; choices: (Choice & { checked: boolean })[] }): Promise<string[]>;
  confirm(question: { message: string; default: boolean }): Promise<boolean>;
  /** Shows nothing of what is typed, not even how much. */
  hidden(question: { message: string; validate(text: string): true | string }): Promise<string>;
};

export type PromptOptions = {
  output: NodeJS.WritableStream;
  signal: AbortSignal;
  /** Words of the key hints and of a confirmation, in the person's language. */
  words: { move: string; choose: string; yes: string; no: string; hidden: string };
};

/** Prompts on stderr, so that stdout stays the result. */
export function openPrompts(options: PromptOptions): Prompts {
  const closed = new AbortController();
  // Ctrl+D closes the line reader, and the prompt would wait for ever.
  process.stdin.on('keypress', (_: unknown, key?: { ctrl?: boolean; name?: string }) => {
    if (key?.ctrl && key.name === 'd') closed.abort();
  });
  const signal = AbortSignal.any([options.signal, closed.signal]);
  const context = { output: options.output, signal, clearPromptOnDone: false };
  const keysHelpTip = (): string => `↑↓ ${options.words.move} · ⏎ ${options.words.choose}`;
  const theme = { style: { keysHelpTip } };
  return {
    input: ({ message, default: preset, validate }) =>
      cancellable(
        input({ message, validate, ...(preset === undefined ? {} : { default: preset }) }, context),
      ),
    select: ({ message, choices, default: preset }) =>
      cancellable(
        select(
          { message, choices, theme, pageSize: 12, ...(preset === undefined ? {} : { default: preset }) },
          context,
        ),
      ),
    search: ({ message, source }) =>
      cancellable(
        search(
          { message, theme, pageSize: 12, source: (term, typed) => source(term ?? '', typed.signal) },
          context,
        ),
      ),
    checkbox: ({ message, choices }) =>
      cancellable(checkbox({ message, choices, theme, pageSize: 15 }, context)),
    confirm: question => {
      const transformer = (yes: boolean): string => (yes ? options.words.yes : options.words.no);
      return cancellable(confirm({ ...question, transformer }, context));
    },
    hidden: ({ message, validate }) => {
      const maskedText = `[${options.words.hidden}]`;
      const shown = { mask: false, toggleMask: false, theme: { style: { maskedText } } };
      return cancellable(password({ message, validate, ...shown }, context));
    },
  };
}

async function cancellable<Answer>(prompt: Promise<Answer>): Promise<Answer> {
  try {
    return await prompt;
  } catch (error) {
    const names = ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'];
    if (error instanceof Error && names.includes(error.name))
      throw new UserError('E_CANCELLED', 'cancelled', { cause: error });
    throw error;
  }
}
