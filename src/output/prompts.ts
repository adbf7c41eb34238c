import { styleText } from 'node:util';
import { checkbox, confirm, input, password, search, select, Separator } from '@inquirer/prompts';
import { display, displayBlock } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { WentBack } from './went-back.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** `short` is what stays on the screen once it is chosen; the name without it. */
export type Choice = { value: string; name: string; short?: string; description?: string };

/** `back`: Esc goes back to the question before, which throws `WentBack`. */
type Asked = { message: string; default?: string | undefined; back?: boolean };

/** What a search found, and what it could not look into, which is shown below it. */
export type FoundChoices = { choices: Choice[]; notes: string[] };

/** What a person is asked; each rejects with E_CANCELLED on Ctrl+C. */
export type Prompts = {
  input(question: Asked & { validate(text: string): true | string }): Promise<string>;
  select(question: Asked & { choices: Choice[] }): Promise<string>;
  /** A list that narrows while the person types; the default is what stands there at first. */
  search(question: Asked & { source(term: string): Promise<FoundChoices> }): Promise<string>;
  /** Any number of a list. */
  checkbox(question: { message: string; choices: (Choice & { checked: boolean })[] }): Promise<string[]>;
  confirm(question: { message: string; default: boolean; back?: boolean }): Promise<boolean>;
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
    back: string;
    yes: string;
    no: string;
    hidden: string;
    noMatch: string;
    yesOrNo: string;
  };
};

/** Prompts on stderr, so that stdout stays the result. */
export function createPrompts(options: PromptOptions): Prompts {
  const closed = new AbortController();
  const stage: Stage = {
    output: options.output,
    signal: AbortSignal.any([options.signal, closed.signal]),
    lastKey: undefined,
  };
  process.stdin.on('keypress', (_: unknown, key?: { ctrl?: boolean; name?: string }) => {
    stage.lastKey = key?.name;
    // Ctrl+D closes the line reader, and the prompt would wait for ever.
    if (key?.ctrl && key.name === 'd') closed.abort();
  });
  return { ...typed(stage, options.words), ...lists(stage, options.words) };
}

/** What prompts are shown on, and the key that was pressed last. */
type Stage = { output: NodeJS.WritableStream; signal: AbortSignal; lastKey: string | undefined };
type Words = PromptOptions['words'];

/** What is answered by typing. */
function typed(stage: Stage, words: Words): Pick<Prompts, 'input' | 'confirm' | 'hidden'> {
  return {
    input: ({ message, default: preset, validate, back }) => {
      const { style, typing, ...look } = lookOf(stage, message);
      const theme = { style: { ...style, message: typing } };
      const shown = { ...look, theme, ...(isPlain(preset) ? { default: preset } : {}) };
      const check = (text: string) => shownProblem(validate(text), stage);
      return answered(stage, back, context => input({ ...shown, validate: check }, context));
    },
    confirm: ({ message, back, default: preset }) => {
      const { yes, no, yesOrNo } = words;
      const transformer = (isYes: boolean): string => (isYes ? yes : no);
      const { style, ...look } = lookOf(stage, message);
      const theme = { style, keywords: { yes: 'Yes', no: 'No', error: () => yesOrNo } };
      return answered(stage, back, context =>
        confirm({ ...look, default: preset, transformer, theme }, context),
      );
    },
    hidden: ({ message, validate }) => {
      const { style, ...look } = lookOf(stage, message);
      const theme = { style: { ...style, maskedText: `[${words.hidden}]` } };
      const shown = { ...look, mask: false, toggleMask: false, theme };
      const check = (text: string) => shownProblem(validate(text), stage);
      return answered(stage, false, context => password({ ...shown, validate: check }, context));
    },
  };
}

/** What is chosen from a list. */
function lists(stage: Stage, words: Words): Pick<Prompts, 'select' | 'search' | 'checkbox'> {
  const { move, choose, toggle, all, invert, go } = words;
  const keys = (back = false) => [`↑↓ ${move}`, `⏎ ${choose}`, ...(back ? [`esc ${words.back}`] : [])];
  const checkboxKeys = [`↑↓ ${move}`, `␣ ${toggle}`, `a ${all}`, `i ${invert}`, `⏎ ${go}`];
  const tip = (own: readonly string[]) => ({
    keysHelpTip: () => broken(own.join(' · '), columnsOf(stage), ''),
  });
  return {
    select: ({ message, choices, default: preset, back }) => {
      const { style, ...look } = lookOf(stage, message);
      const known = preset === undefined ? {} : { default: preset };
      const shown = { ...look, choices: choices.map(choice => shownChoice(choice, stage)), ...known };
      const theme = { style: { ...style, ...tip(keys(back)) } };
      return answered(stage, back, context => select({ ...shown, theme, pageSize: 12 }, context));
    },
    search: ({ message, source, default: preset = '', back }) => {
      const { style, typing, ...look } = lookOf(stage, message);
      const error = (text: string): string => problemLine(text, words);
      const theme = { style: { ...style, message: typing, ...tip(keys(back)), error } };
      const shown = { ...look, initialValue: isPlain(preset) ? preset : '', theme, pageSize: 12 };
      stage.lastKey = undefined;
      return answered(stage, back, context =>
        search(
          { ...shown, source: (term = '', { signal }) => settled(stage, source, { term, signal }) },
          context,
        ),
      );
    },
    checkbox: ({ message, choices }) => {
      const { style, ...look } = lookOf(stage, message);
      const items = choices.map(choice => shownChoice(choice, stage, '   '));
      const theme = { style: { ...style, ...tip(checkboxKeys) } };
      return answered(stage, false, context =>
        checkbox({ ...look, choices: items, pageSize: 15, theme }, context),
      );
    },
  };
}

/** What is offered as an answer is shown as it is: nothing that acts or hides is offered. */
function isPlain(preset: string | undefined): preset is string {
  return preset !== undefined && display(preset) === preset;
}

function lookOf(stage: Stage, message: string): ReturnType<typeof promptLook> {
  return promptLook(displayBlock(message), columnsOf(stage));
}

/** The last column stays free: behind a line that fills it the prompt library adds an empty one. */
function columnsOf({ output }: Stage): number {
  const columns = 'columns' in output && typeof output.columns === 'number' ? output.columns : 0;
  return (columns || 80) - 1;
}

/** What stands before a question, and before an item of a list. */
const MARK = '  ';

/** What is typed begins a line of its own where less than this is free behind the question. */
const TYPING_ROOM = 24;

/**
 * A question as it fits a terminal, for the prompt library breaks lines in the middle of words: the message at words, and what
 * follows it (the default, the answer, what is typed) on a line of its own where it does not fit behind.
 */
export function promptLook(message: string, columns: number) {
  const lines = wrap(message, columns - MARK.length, { hang: MARK, hard: true });
  const used = widthOf(lines.at(-1) ?? '') + (lines.length === 1 ? MARK.length : 0);
  const behind = (text: string, from = used): string =>
    from + 1 + widthOf(text) <= columns ? text : `\n${MARK}${broken(text, columns)}`;
  const isTight = columns - used - 1 < TYPING_ROOM;
  const typedFrom = isTight ? 1 : used;
  return {
    message: lines.join('\n'),
    style: {
      answer: (text: string) => styleText('cyan', behind(text)),
      defaultAnswer: (text: string) => styleText('dim', behind(`(${text})`, typedFrom)),
      // Broken nowhere, for the cursor stands behind it.
      searchTerm: (text: string) => styleText('cyan', text),
      description: (text: string) => styleText('cyan', wrap(text, columns, { hard: true }).join('\n')),
    },
    /** The message of a question that is answered by typing. */
    typing: (text: string, status: string) =>
      styleText('bold', text) + (isTight && status !== 'done' ? `\n${MARK.slice(1)}` : ''),
  };
}

/** The text of an item, or of a line below a list, with room for what stands before it. */
function broken(text: string, columns: number, mark = MARK): string {
  return wrap(text, columns - mark.length, { hard: true }).join(`\n${mark}`);
}

/** How long nobody types before what is typed is looked for. */
const PAUSE_MS = 200;

type Listed = Choice | Separator;

/**
 * Looks for what is typed once nobody types; what could not be looked into stands below, and cannot be chosen. The library
 * takes no Enter while it waits: whoever typed the very value of the first choice gets it as soon as it is there.
 */
async function settled(
  stage: Stage,
  source: (term: string) => Promise<FoundChoices>,
  { term, signal }: { term: string; signal: AbortSignal },
): Promise<Listed[]> {
  if (term !== '') await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  const { choices, notes } = signal.aborted ? NOTHING : await source(term);
  const isEntered = stage.lastKey === 'return' && choices[0]?.value === term;
  if (isEntered && !signal.aborted) setImmediate(pressEnter);
  return [
    ...choices.map(choice => shownChoice(choice, stage)),
    ...notes.map(note => new Separator(broken(display(note), columnsOf(stage), ' '))),
  ];
}

const NOTHING: FoundChoices = { choices: [], notes: [] };

function pressEnter(): void {
  process.stdin.emit('keypress', '\r', { name: 'return', sequence: '\r' });
}

/** What the library says where nothing matches; it takes no word of ours for it. */
const LIBRARY_NO_MATCH = 'No results found';

function problemLine(text: string, { noMatch }: Words): string {
  return styleText('red', `> ${text === LIBRARY_NO_MATCH ? noMatch : text}`);
}

/** Names and descriptions come from charts and repositories. */
function shownChoice<Shown extends Choice>(choice: Shown, stage: Stage, mark?: string): Shown & Choice {
  const { name, short = name, description } = choice;
  return {
    ...choice,
    name: broken(display(name), columnsOf(stage), mark),
    short: display(short),
    ...(description === undefined ? {} : { description: display(description) }),
  };
}

function shownProblem(verdict: true | string, stage: Stage): true | string {
  return verdict === true ? true : broken(displayBlock(verdict), columnsOf(stage));
}

/** What one prompt is shown with. The library reads `clearPromptOnDone` when the prompt ends. */
type PromptContext = Pick<Stage, 'output' | 'signal'> & { clearPromptOnDone: boolean };

/** Runs one prompt. Esc takes it off the screen, where its question has one before it. */
async function answered<Answer>(
  { output, signal }: Stage,
  back: boolean | undefined,
  ask: (context: PromptContext) => Promise<Answer>,
): Promise<Answer> {
  const escape = new AbortController();
  const context = { output, signal: AbortSignal.any([signal, escape.signal]), clearPromptOnDone: false };
  const onKey = (_: unknown, key?: { name?: string }): void => {
    if (!back || key?.name !== 'escape') return;
    context.clearPromptOnDone = true;
    escape.abort();
  };
  process.stdin.on('keypress', onKey);
  try {
    return await ask(context);
  } catch (error) {
    const names = ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'];
    if (!(error instanceof Error) || !names.includes(error.name)) throw error;
    if (escape.signal.aborted && !signal.aborted) throw new WentBack();
    throw new UserError('E_CANCELLED', say('output.cancelled'), { cause: error });
  } finally {
    process.stdin.off('keypress', onKey);
  }
}
