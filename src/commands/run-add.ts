import { ADDITIONS, type AdditionWord } from '../../generators/add.ts';
import type { Addition } from '../../generators/add/addition.ts';
import type { AppContext } from '../../generators/app.ts';
import { type Ends, runGenerator } from '../../generators/index.ts';
import { EXIT, UserError } from '../errors.ts';
import type { GivenFlag, Input } from '../flags.ts';
import type { Session } from '../session.ts';
import { openApp } from './open-app.ts';
import type { Lookups } from './open-lookups.ts';
import { openPrompts } from './open-prompts.ts';
import type { AppRun } from './run-new-app.ts';
import { showAddition } from './show-add.ts';
import { writeChanges } from './write-changes.ts';

/** add: ask, plan, show, write. */
export async function runAdd(session: Session, input: Input): Promise<number> {
  const word = await requireWord(session, input);
  requireFitting(word, input);
  const ends = addEnds({ session, input });
  try {
    await runGenerator(ADDITIONS[word].name, { language: session.language, add: ends });
    return EXIT.done;
  } finally {
    await ends.close();
  }
}

/** Opens the repository before the questions, shows and writes the plan after them. */
export function addEnds(run: AppRun): Ends<AppContext, Addition> & { close(): Promise<void> } {
  let lookups: Lookups | undefined;
  return {
    open: async () => {
      const opened = await openApp(run, addFlags(run.input));
      lookups = opened.lookups;
      return opened.context;
    },
    finish: async (context, { answers, changes }) => {
      const session = lookups?.session ?? run.session;
      const { prompts, files } = context;
      for (const note of answers.notes) context.note(note);
      // What a person wrote stays, so that work that is not committed yet is no reason to refuse.
      await writeChanges(session, changes, { root: files.root, prompts, uncommitted: 'save' });
      showAddition({ session, input: run.input }, context, { answers, changes });
      return `${changes.changes.length} changes`;
    },
    close: async () => lookups?.close(),
  };
}

function addFlags({ positionals, given }: Input): GivenFlag[] {
  const [, app] = positionals;
  const own = given.filter(({ name }) => !['cwd', 'lang', 'demo'].includes(name));
  return app === undefined ? own : [...own, { name: 'app', value: app }];
}

async function requireWord(session: Session, { positionals }: Input): Promise<AdditionWord> {
  const words = Object.keys(ADDITIONS) as AdditionWord[];
  const [given] = positionals;
  const known = words.find(word => word === given);
  if (known) return known;
  if (given !== undefined || !session.terminal.interactive)
    throw new UserError(
      'E_USAGE',
      given === undefined ? 'what to add is missing' : `nothing to add is called ${given}`,
      {
        hint: `Give one of ${words.join(', ')}.`,
      },
    );
  const prompts = await openPrompts(session);
  const choices = words.map(value => ({
    value,
    name: value,
    description: session.t(ADDITIONS[value].description),
  }));
  const message = session.t({ en: 'What is added?', 'zh-CN': '添加什么？' });
  const chosen = await prompts.select({ message, choices });
  return words.find(word => word === chosen) ?? 'chart';
}

/** A flag of another addition would be ignored, so that something else would be made than was asked for. */
function requireFitting(word: AdditionWord, { given }: Input): void {
  const own = new Set(ADDITIONS[word].questions.map(({ flag }) => flag));
  const all = new Set(Object.values(ADDITIONS).flatMap(({ questions }) => questions.map(({ flag }) => flag)));
  const foreign = given.find(({ name }) => all.has(name) && !own.has(name));
  if (foreign)
    throw new UserError('E_USAGE', `--${foreign.name} does not go with add ${word}`, {
      hint: `It takes ${[...own].map(flag => `--${flag}`).join(', ')}.`,
    });
}
