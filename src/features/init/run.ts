import { converse } from '../../../generators/converse.ts';
import { type AskedRepository, repositoryGenerator } from '../../../generators/init/generator.ts';
import { type ChangeSet, joinChangeSets } from '../../change-set.ts';
import { EXIT } from '../../errors.ts';
import type { InitInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { type OpenedInit, openInit } from './open.ts';
import { renderPreview } from '../../output/preview.ts';
import { showInit } from './view.ts';
import { openPrompts } from '../../cli/open-prompts.ts';
import { writeChanges } from '../../cli/write-changes.ts';
import { say } from '../../locales/say.ts';

/** init: ask, look charts up, plan, show, write what is missing. */
export async function runInit(given: Session, input: InitInput): Promise<number> {
  const opened = await openInit(given, input);
  const { context, session } = opened;
  try {
    await converse({
      ask: context.facts.ask,
      answer: () => repositoryGenerator.ask(context),
      carryOut: answers => writeInit(opened, answers, input),
      session,
    });
    return EXIT.done;
  } finally {
    await opened.close();
  }
}

async function writeInit(opened: OpenedInit, answers: AskedRepository, input: InitInput): Promise<void> {
  const { session, root } = opened;
  const force = input.switches.has('force');
  const overwrites = await approveOverwrites(opened, answers.plan.overwrites, force);
  const changes = joinChangeSets(answers.plan.additions, overwrites);
  // Every overwrite was agreed to.
  await writeChanges(session, changes, { root, force, uncommitted: 'save', back: true });
  showInit(opened, answers, { changes, input });
}

/** What differs is always shown; it is written only with --force or a person's yes. --yes alone is none. */
async function approveOverwrites(
  { session }: OpenedInit,
  overwrites: ChangeSet,
  force: boolean,
): Promise<ChangeSet> {
  if (overwrites.changes.length === 0) return overwrites;
  if (!session.json) session.terminal.say(renderPreview(overwrites, session.terminal.aside));
  if (force) return overwrites;
  const message = session.t(say('init.theseFilesThereDifferOverwrite'));
  const agreed =
    session.terminal.interactive &&
    !session.yes &&
    (await (await openPrompts(session)).confirm({ message, default: false, back: true }));
  return agreed ? overwrites : joinChangeSets();
}
