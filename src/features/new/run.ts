import { posix } from 'node:path';
import { Asker } from '../../../generators/asker.ts';
import { converse } from '../../../generators/converse.ts';
import { askTeam, givenAnswers } from '../../../generators/new/ask.ts';
import { openAsking } from '../../../generators/open-asking.ts';
import type { ChangeSet } from '../../change-set.ts';
import { buildBeforeWriting } from '../../cli/build-before-writing.ts';
import { type CommandContext, openContext } from '../../cli/command-context.ts';
import type { Session } from '../../cli/context.ts';
import type { GivenFlag } from '../../cli/flags.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { openRepository } from '../../cli/open-repository.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { EXIT } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { renderContents } from '../../output/preview.ts';
import { touchedApps } from '../../render/build-changes.ts';
import { createDrafts } from '../../repository/drafts.ts';
import { askedAnswers, type TeamAnswers } from '../../repository/generators/answers.ts';
import { planMade } from '../../repository/generators/plan.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import { readGenerator, type StoredGenerator } from '../../repository/generators/read.ts';
import {
  generatedPath,
  parseGenerated,
  renderGenerated,
  withRun,
} from '../../repository/generators/record.ts';
import { makeTree, type MadeTree } from '../../repository/generators/render.ts';
import type { NewInput } from './flags.ts';
import { describeGenerators } from './open-flags.ts';
import { showGenerated, showGenerators } from './view.ts';

/** new: what a team's own generator makes, asked, planned, shown and written as by every other; alone, the list of them. */
export async function runNew(session: Session, input: NewInput): Promise<number> {
  const name = input.positionals[0] ?? (await chooseGenerator(session, input));
  return name === undefined ? EXIT.done : runGenerator(session, input, name);
}

/** A list, unless a person is there to choose. */
async function chooseGenerator(session: Session, input: NewInput): Promise<string | undefined> {
  const found = await describeGenerators(await openRepository(session, 'read'));
  if (found.length === 0 || !session.terminal.interactive || session.yes) {
    showGenerators(session, input, found);
    return undefined;
  }
  const choices = found.map(({ name, summary }) => ({ value: name, name, description: session.t(summary) }));
  return (await openPrompts(session)).select({ message: session.t(say('generators.which')), choices });
}

async function runGenerator(given: Session, input: NewInput, name: string): Promise<number> {
  const lookups = await openContext(given, input, 'write');
  const { session, files } = lookups;
  try {
    const generator = await readGenerator(files, name);
    const answered = givenAnswers(generator, input.given);
    const ask = await openAsker(lookups, generator, answered);
    await converse({
      ask,
      session,
      answer: async () => {
        const planned = await planGenerated(lookups, generator, await askTeam(ask, generator, lookups));
        const apps = touchedApps([...lookups.repository.apps, ...newFolders(planned.made)], planned.changes);
        return { ...planned, builds: await buildBeforeWriting(lookups, { ...planned, apps }) };
      },
      carryOut: async ({ made, changes, builds }) => {
        showEdits(session, changes, generatedPath(made.app));
        await writeChanges(session, changes, { root: files.root, uncommitted: 'save', back: true });
        showGenerated({ session, input, lookups, ask, generator }, { made, changes, builds });
      },
    });
    return EXIT.done;
  } finally {
    await lookups.close();
  }
}

async function openAsker(
  { session, files }: CommandContext,
  { name }: StoredGenerator,
  given: readonly GivenFlag[],
): Promise<Asker> {
  const asking = await openAsking(session, { root: files.root, generator: `new ${name}`, given });
  const answers = Object.fromEntries(given.map(flag => [flag.name, flag.value]));
  return new Asker({ given: answers, asking, yes: session.yes, language: session.language });
}

type PlannedRun = { made: MadeTree; changes: ChangeSet };

async function planGenerated(
  { files, repository, conventions, session }: CommandContext,
  generator: StoredGenerator,
  answers: TeamAnswers,
): Promise<PlannedRun> {
  const made = makeTree(generator, answers, { repository, conventions });
  const drafts = createDrafts(files);
  const why = session.t(generator.description);
  await planMade({ drafts, style: conventions.style, why }, made);
  const record = generatedPath(made.app);
  const { name, digest } = generator;
  const run = {
    generator: name,
    digest,
    answers: askedAnswers(generator, answers),
    files: Object.fromEntries(made.files),
    changes: made.changes,
  };
  const before = await drafts.read(record);
  const text = renderGenerated(withRun(parseGenerated(before, record), run));
  await drafts.write({ path: record, text, why: session.t(say('generators.record')) });
  return { made, changes: drafts.changes() };
}

/** The folders that kustomize builds once they are made. */
function newFolders({ files }: MadeTree): { path: string }[] {
  return [...files.keys()].filter(isKustomization).map(file => ({ path: posix.dirname(file) }));
}

/** What a dry run would write, but for the record of it; a person who is asked sees all of it anyway. */
function showEdits({ terminal, dryRun, json }: Session, { changes }: ChangeSet, record: string): void {
  const shown = changes.filter(({ path }) => path !== record);
  if (dryRun && !json && !terminal.interactive && shown.length > 0)
    terminal.say(renderContents({ changes: shown }, terminal.aside).join('\n'));
}
