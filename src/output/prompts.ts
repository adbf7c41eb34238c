import { styleText } from 'node:util';
import { checkbox, confirm, input, password, search, select } from '@inquirer/prompts';
import { display, displayBlock } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

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
  words: {
    move: string;
    choose: string;
    toggle: string;
    all: string;
    invert: string;
    go: string;
    yes: string;
    no: string;
    hidden: string;
    noMatch: string;
    yesOrNo: string;
  };
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
  return { ...typed(context, options.words), ...lists(context, options.words) };
}

type PromptContext = { output: NodeJS.WritableStream; signal: AbortSignal; clearPromptOnDone: boolean };
type Words = PromptOptions['words'];

/** What is answered by typing. */
function typed(context: PromptContext, words: Words): Pick<Prompts, 'input' | 'confirm' | 'hidden'> {
  return {
    input: ({ message, default: preset, validate }) =>
      cancellable(
        input(
          {
            message: displayBlock(message),
            validate: text => shownProblem(validate(text)),
            ...(preset === undefined ? {} : { default: preset }),
          },
          context,
        ),
      ),
    confirm: question => {
      const { yes, no, yesOrNo } = words;
      const transformer = (isYes: boolean): string => (isYes ? yes : no);
      const theme = { keywords: { yes: 'Yes', no: 'No', error: () => yesOrNo } };
      return cancellable(
        confirm({ ...question, message: displayBlock(question.message), transformer, theme }, context),
      );
    },
    hidden: ({ message, validate }) => {
      const maskedText = `[${words.hidden}]`;
      const shown = { mask: false, toggleMask: false, theme: { style: { maskedText } } };
      return cancellable(
        password(
          { message: displayBlock(message), validate: text => shownProblem(validate(text)), ...shown },
          context,
        ),
      );
    },
  };
}

/** What is chosen from a list. */
function lists(context: PromptContext, words: Words): Pick<Prompts, 'select' | 'search' | 'checkbox'> {
  const keysHelpTip = (): string => `↑↓ ${words.move} · ⏎ ${words.choose}`;
  const theme = { style: { keysHelpTip } };
  const { move, toggle, all, invert, go } = words;
  const checkboxKeys = `↑↓ ${move} · ␣ ${toggle} · a ${all} · i ${invert} · ⏎ ${go}`;
  const checkboxTheme = { style: { keysHelpTip: () => checkboxKeys } };
  return {
    select: ({ message, choices, default: preset }) =>
      cancellable(
        select(
          {
            message: displayBlock(message),
            choices: choices.map(shownChoice),
            theme,
            pageSize: 12,
            ...(preset === undefined ? {} : { default: preset }),
          },
          context,
        ),
      ),
    search: ({ message, source }) =>
      cancellable(
        search(
          {
            message: displayBlock(message),
            theme: { style: { keysHelpTip, error: (text: string) => problemLine(text, words) } },
            pageSize: 12,
            source: async (term, asked) => (await source(term ?? '', asked.signal)).map(shownChoice),
          },
          context,
        ),
      ),
    checkbox: ({ message, choices }) =>
      cancellable(
        checkbox(
          {
            message: displayBlock(message),
            choices: choices.map(shownChoice),
            theme: checkboxTheme,
            pageSize: 15,
          },
          context,
        ),
      ),
  };
}

/** What the library says where nothing matches; it takes no word of ours for it. */
const LIBRARY_NO_MATCH = 'No results found';

function problemLine(text: string, { noMatch }: Words): string {
  return styleText('red', `> ${text === LIBRARY_NO_MATCH ? noMatch : text}`);
}

/** Names and descriptions come from charts and repositories. */
function shownChoice<Shown extends Choice>(choice: Shown): Shown {
  const { name, description } = choice;
  return {
    ...choice,
    name: display(name),
    ...(description === undefined ? {} : { description: display(description) }),
  };
}

function shownProblem(verdict: true | string): true | string {
  return verdict === true ? true : displayBlock(verdict);
}

async function cancellable<Answer>(prompt: Promise<Answer>): Promise<Answer> {
  try {
    return await prompt;
  } catch (error) {
    const names = ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'];
    if (error instanceof Error && names.includes(error.name))
      throw new UserError('E_CANCELLED', say('output.cancelled'), { cause: error });
    throw error;
  }
}
