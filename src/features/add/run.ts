import path from 'node:path';
import {
  type AddGenerator,
  ADDITIONS,
  type AdditionWord,
  ALL_ADDITIONS,
} from '../../../generators/add/generator.ts';
import { isFlag } from '../../../generators/question.ts';
import { requireNoClash } from '../../../generators/clashes.ts';
import { converse } from '../../../generators/converse.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { GivenFlag, Input } from '../../cli/flags.ts';
import type { Session } from '../../cli/context.ts';
import { openApp } from '../../../generators/new-app/open-app.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { showAddition, syncNotes } from './view.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { buildBeforeWriting } from '../../cli/build-before-writing.ts';
import { touchedApps } from '../../render/build-changes.ts';
import { FROM_EXAMPLE } from './examples.ts';
import { nearest } from '../../text/nearest.ts';
import { say } from '../../locales/say.ts';

/** add: ask, plan, show, write. */
export async function runAdd(given: Session, input: Input): Promise<number> {
  if (input.positionals[0] === 'generator') {
    const { addTeamGenerator } = await import('./run-generator.ts');
    return addTeamGenerator(given, input);
  }
  const word = await requireWord(given, input);
  requireFitting(word, input);
  const flags = addFlags(given, input);
  if (word === 'cluster' && !input.switches.has('capi')) {
    requireNoClash(ALL_ADDITIONS.cluster.questions, flags);
    const { runAddCluster } = await import('./cluster/run-cluster.ts');
    return runAddCluster({ session: given, input }, flags);
  }
  const generator = ADDITIONS[word];
  requireNoClash(generator.questions, flags);
  const opening = { generator: generator.name, flags };
  const { context, lookups } = await openApp({ session: given, input }, opening);
  const { session } = lookups;
  try {
    await converse({
      ask: context.ask,
      session,
      answer: async () => {
        const asked = await generator.ask(context);
        const changes = await generator.plan(context, asked);
        const answers = { ...asked, notes: [...asked.notes, ...syncNotes(context, asked, changes)] };
        const apps = touchedApps([...context.gitops.repository.apps, answers.app], changes);
        return { answers, changes, builds: await buildBeforeWriting(lookups, { changes, apps }) };
      },
      carryOut: async ({ answers, changes, builds }) => {
        for (const note of answers.notes) context.note(note);
        // What a person wrote stays, so that work that is not committed yet is no reason to refuse.
        await writeChanges(session, changes, { root: context.files.root, uncommitted: 'save', back: true });
        showAddition({ session, input }, context, { answers, changes, builds });
      },
    });
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

function addFlags({ cwd }: Session, { positionals, given }: Input): GivenFlag[] {
  const [, app] = positionals;
  const own = given
    .filter(({ name }) => !['cwd', 'lang', 'demo'].includes(name))
    .map(flag => (flag.name === 'from-template' ? { ...flag, value: path.resolve(cwd, flag.value) } : flag));
  return app === undefined ? own : [...own, { name: 'app', value: app }];
}

async function requireWord(session: Session, { positionals }: Input): Promise<AdditionWord> {
  const words = Object.keys(ALL_ADDITIONS) as AdditionWord[];
  const [given] = positionals;
  const known = words.find(word => word === given);
  if (known) return known;
  const kinds = [...words, 'generator'];
  const near = nearest(given ?? '', kinds);
  if (given !== undefined || session.yes || !session.terminal.interactive)
    throw new UserError(
      'E_USAGE',
      given === undefined ? say('add.whatAddMissing') : say('add.nothingAddCalled', { given }),
      {
        hint: near ? say('cli.didYouMeanWord', { near }) : say('add.giveOne', { words: kinds.join(', ') }),
      },
    );
  const prompts = await openPrompts(session);
  const choices = words.map(value => ({
    value,
    name: value,
    description: session.t(ALL_ADDITIONS[value].description),
  }));
  const message = session.t(say('add.whatAdded'));
  const chosen = await prompts.select({ message, choices });
  return words.find(word => word === chosen) ?? 'chart';
}

/** A flag of another addition would be ignored, so that something else would be made than was asked for. */
function requireFitting(word: AdditionWord, { given, switches }: Input): void {
  const flagsOf = ({ questions }: Pick<AddGenerator, 'questions'>): string[] =>
    questions.filter(isFlag).map(({ flag }) => flag);
  const everyGenerator = [...Object.values(ALL_ADDITIONS), ADDITIONS.cluster];
  const own = new Set(flagsOf(switches.has('capi') ? ADDITIONS[word] : ALL_ADDITIONS[word]));
  const all = new Set([...everyGenerator.flatMap(flagsOf), FROM_EXAMPLE]);
  const foreign = given.find(({ name }) => all.has(name) && !own.has(name));
  if (foreign)
    throw new UserError('E_USAGE', say('add.doesNotGoAdd', { name: foreign.name, word }), {
      hint: say('add.takes', { value: [...own].map(flag => `--${flag}`).join(', ') }),
    });
}
