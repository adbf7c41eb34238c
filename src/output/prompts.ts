import { styleText } from 'node:util';
import { checkbox, confirm, input, password, search, select, Separator } from '@inquirer/prompts';
import { display, displayBlock } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { WentBack } from './went-back.ts';

/** `short` is what stays on the screen once it is chosen; the name without it. */
export type Choice = { value: string; name: string; short?: string; description?: string };

/** `back`: Esc goes back to the question before, which throws `WentBack`. */
type Asked = { message: string; default?: string | undefined; back?: boolean };

/** What a search found, and what it could not look into, which is shown below it. */
export type Found = { choices: Choice[]; notes: string[] };

/** What a person is asked; each rejects with E_CANCELLED on Ctrl+C. */
export type Prompts = {
  input(question: Asked & { validate(text: string): true | string }): Promise<string>;
  select(question: Asked & { choices: Choice[] }): Promise<string>;
  /** A list that narrows while the person types; the default is what stands there at first. */
  search(question: Asked & { source(term: string): Promise<Found> }): Promise<string>;
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
export function openPrompts(options: PromptOptions): Prompts {
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
    input: ({ message, default: preset, validate, back }) =>
      answered(stage, back, context =>
        input(
          {
            message: displayBlock(message),
            validate: text => shownProblem(validate(text)),
            ...(preset === undefined ? {} : { default: preset }),
          },
          context,
        ),
      ),
    confirm: ({ message, back, default: preset }) => {
      const { yes, no, yesOrNo } = words;
      const transformer = (isYes: boolean): string => (isYes ? yes : no);
      const theme = { keywords: { yes: 'Yes', no: 'No', error: () => yesOrNo } };
      const question = { message: displayBlock(message), default: preset, transformer, theme };
      return answered(stage, back, context => confirm(question, context));
    },
    hidden: ({ message, validate }) => {
      const maskedText = `[${words.hidden}]`;
      const shown = { mask: false, toggleMask: false, theme: { style: { maskedText } } };
      const question = {
        message: displayBlock(message),
        validate: (text: string) => shownProblem(validate(text)),
      };
      return answered(stage, false, context => password({ ...question, ...shown }, context));
    },
  };
}

/** What is chosen from a list. */
function lists(stage: Stage, words: Words): Pick<Prompts, 'select' | 'search' | 'checkbox'> {
  const { move, choose, toggle, all, invert, go } = words;
  const keys = (back = false) => [`↑↓ ${move}`, `⏎ ${choose}`, ...(back ? [`esc ${words.back}`] : [])];
  const checkboxKeys = [`↑↓ ${move}`, `␣ ${toggle}`, `a ${all}`, `i ${invert}`, `⏎ ${go}`];
  const tip = (own: readonly string[]) => ({ keysHelpTip: () => own.join(' · ') });
  return {
    select: ({ message, choices, default: preset, back }) => {
      const known = preset === undefined ? {} : { default: preset };
      const shown = { message: displayBlock(message), choices: choices.map(shownChoice), ...known };
      const theme = { style: tip(keys(back)) };
      return answered(stage, back, context => select({ ...shown, theme, pageSize: 12 }, context));
    },
    search: ({ message, source, default: preset = '', back }) => {
      const theme = { style: { ...tip(keys(back)), error: (text: string) => problemLine(text, words) } };
      const shown = { message: displayBlock(message), initialValue: preset, theme, pageSize: 12 };
      stage.lastKey = undefined;
      return answered(stage, back, context =>
        search(
          { ...shown, source: (term = '', { signal }) => settled(stage, source, { term, signal }) },
          context,
        ),
      );
    },
    checkbox: ({ message, choices }) => {
      const shown = { message: displayBlock(message), choices: choices.map(shownChoice), pageSize: 15 };
      return answered(stage, false, context =>
        checkbox({ ...shown, theme: { style: tip(checkboxKeys) } }, context),
      );
    },
  };
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
  source: (term: string) => Promise<Found>,
  { term, signal }: { term: string; signal: AbortSignal },
): Promise<Listed[]> {
  if (term !== '') await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  const { choices, notes } = signal.aborted ? NOTHING : await source(term);
  const isEntered = stage.lastKey === 'return' && choices[0]?.value === term;
  if (isEntered && !signal.aborted) setImmediate(pressEnter);
  return [...choices.map(shownChoice), ...notes.map(note => new Separator(display(note)))];
}

const NOTHING: Found = { choices: [], notes: [] };

function pressEnter(): void {
  process.stdin.emit('keypress', '\r', { name: 'return', sequence: '\r' });
}

/** What the library says where nothing matches; it takes no word of ours for it. */
const LIBRARY_NO_MATCH = 'No results found';

function problemLine(text: string, { noMatch }: Words): string {
  return styleText('red', `> ${text === LIBRARY_NO_MATCH ? noMatch : text}`);
}

/** Names and descriptions come from charts and repositories. */
function shownChoice<Shown extends Choice>(choice: Shown): Shown {
  const { name, short, description } = choice;
  return {
    ...choice,
    name: display(name),
    ...(short === undefined ? {} : { short: display(short) }),
    ...(description === undefined ? {} : { description: display(description) }),
  };
}

function shownProblem(verdict: true | string): true | string {
  return verdict === true ? true : displayBlock(verdict);
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
